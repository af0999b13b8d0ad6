import { byAddress, type Plan, type PlannedResource } from "../../model/plan";
import { PROVIDER, terraformAddress, terraformAttribute, terraformType } from "../../model/terraform";
import { isSensitiveOutput, terraformOutputName } from "../../model/terraform-outputs";
import type { Properties, Reference } from "../../model/value";
import { movedBlocks } from "./moved-blocks";
import { ResourceWriter, type Surroundings } from "./resource-writer";
import { writeFreely } from "./value-writer";

/** What resources of this stack refer to in others. */
export interface ForeignReferences {
  expression(reference: Reference): string;
  /** The kind of the resource at an address. */
  kindOf(address: string): string | undefined;
}

/** Kinds whose objects stay when another takes their place: what refers to them is not replaced with them. */
export const KEPT_KINDS: ReadonlySet<string> = new Set(["scf_version", "scf_layer"]);

/** The oldest Terraform that replaces one resource with another. */
const REPLACES_TOGETHER = ">= 1.2";

/** Resources that are made text together: a large configuration is never in memory as text. */
const AT_ONCE = 100;

/**
 * The configuration of a stack as Terraform's JSON, piece by piece: one line per resource, those of a type together.
 *
 * @param foreign what is referred to in other stacks
 */
export function* configurationChunks(
  plan: Plan,
  provider: Properties,
  foreign: ForeignReferences,
): Generator<string> {
  const around = surroundings(plan, foreign);
  yield `{\n"provider":{"${PROVIDER}":${writeFreely(provider, around.name)}}`;
  yield* resourceChunks(plan, around);
  const moved = movedBlocks(plan);
  if (moved.length > 0) yield `,\n"moved":${JSON.stringify(moved)}`;
  yield outputsText(plan, around, foreign);
  yield around.replaces ? `,\n"terraform":{"required_version":"${REPLACES_TOGETHER}"}\n}\n` : "\n}\n";
}

interface StackSurroundings extends Surroundings {
  /** Whether a resource is replaced when another one is. */
  replaces: boolean;
}

function surroundings(plan: Plan, foreign: ForeignReferences): StackSurroundings {
  const resources = byAddress(plan);
  const terraformAddressOf = (address: string): string | undefined => {
    const resource = resources.get(address);
    return resource && terraformAddress(resource.kind, address);
  };
  const around: StackSurroundings = {
    replaces: false,
    terraformAddressOf,
    name: (reference) => {
      const own = terraformAddressOf(reference.$ref.address);
      return own === undefined
        ? foreign.expression(reference)
        : `\${${own}.${terraformAttribute(reference.$ref.attribute)}}`;
    },
    containerOf: (address) => {
      const kind = resources.get(address)?.kind;
      if (kind === undefined || KEPT_KINDS.has(kind)) return undefined;
      around.replaces = true;
      return terraformAddressOf(address);
    },
  };
  return around;
}

function* resourceChunks({ resources }: Plan, around: Surroundings): Generator<string> {
  if (resources.length === 0) return;
  yield ',\n"resource":{';
  let separator = "\n";
  for (const [kind, members] of byKind(resources)) {
    const writer = new ResourceWriter(kind);
    yield `${separator}"${terraformType(kind)}":{\n`;
    for (let index = 0; index < members.length; index += AT_ONCE) {
      let text = index === 0 ? "" : ",\n";
      for (const resource of members.slice(index, index + AT_ONCE)) {
        text += `${resource === members[index] ? "" : ",\n"}${writer.write(resource, around)}`;
      }
      yield text;
    }
    yield "}";
    separator = ",\n";
  }
  yield "}";
}

function byKind(resources: readonly PlannedResource[]): ReadonlyMap<string, PlannedResource[]> {
  const kinds = new Map<string, PlannedResource[]>();
  for (const resource of resources) {
    const members = kinds.get(resource.kind);
    if (members) members.push(resource);
    else kinds.set(resource.kind, [resource]);
  }
  return kinds;
}

function outputsText(plan: Plan, around: Surroundings, foreign: ForeignReferences): string {
  const resources = byAddress(plan);
  const kindOf = (address: string): string | undefined =>
    resources.get(address)?.kind ?? foreign.kindOf(address);
  const outputs = Object.entries(plan.outputs).map(([name, output]) => {
    const { description } = output;
    const settings = [
      `"value":${writeFreely(output.value, around.name)}`,
      // No template: Terraform takes it as it stands.
      ...(description === undefined ? [] : [`"description":${JSON.stringify(description)}`]),
      ...(isSensitiveOutput(output, kindOf) ? ['"sensitive":true'] : []),
    ];
    return `"${terraformOutputName(plan.stack, name)}":{${settings.join()}}`;
  });
  return outputs.length === 0 ? "" : `,\n"output":{\n${outputs.join(",\n")}}`;
}
