import type { z } from "zod";
import type { PlannedLifecycle, PlannedResource } from "../../model/plan";
import { schemaOf } from "../../model/resources";
import type { PropertyMetadata, ResourceSchema } from "../../model/resource-schema";
import { terraformAttribute, terraformName } from "../../model/terraform";
import { eachReference, type Value } from "../../model/value";
import { JoinedTexts } from "./joined-texts";
import { writerOf, type NameReference, type ValueWriter } from "./value-writer";

/** What a resource's text needs to know of the resources around it. */
export interface Surroundings {
  readonly name: NameReference;
  /** `scf_function.orders` for a resource of this stack, undefined for one of another. */
  readonly terraformAddressOf: (address: string) => string | undefined;
  /** The address in Terraform of what has to be replaced when it is; undefined for what stays behind when replaced. */
  readonly containerOf: (address: string) => string | undefined;
}

/** Writes the resources of one kind. */
export class ResourceWriter {
  /** In the order that plans have properties in; without a writer those that exist for the rules only. */
  private readonly names: readonly string[];
  private readonly writers: readonly (PropertyWriter | undefined)[];
  private readonly texts = new JoinedTexts();

  constructor(kind: string) {
    const { metadata, properties } = schemaOf(kind) as ResourceSchema;
    this.names = Object.keys(metadata).sort();
    this.writers = this.names.map((name) => {
      const { checkOnly, immutable } = metadata[name] as PropertyMetadata;
      if (checkOnly) return undefined;
      return new PropertyWriter(name, writerOf(properties.shape[name] as z.ZodType), immutable === true);
    });
  }

  /** `"orders":{…}`, with the address in front, which Terraform passes over. */
  write(resource: PlannedResource, around: Surroundings): string {
    const { address, properties, dependsOn, lifecycle } = resource;
    const texts: string[] = [];
    let containers: readonly string[] = none;
    let index = 0;
    for (const name in properties) {
      const found = this.names.indexOf(name, index);
      if (found === -1) continue;
      index = found + 1;
      const writer = this.writers[found];
      if (writer === undefined) continue;
      texts.push(writer.write(properties[name] as Value, around));
      if (writer.containers.length > 0) containers = [...containers, ...writer.containers];
    }
    const settings = settingsText(dependsOn, lifecycle, containers, around);
    return `"${terraformName(address)}":{"//":${JSON.stringify(address)}${this.texts.join(texts)}${settings}}`;
  }
}

/** Writes one property. Neighbours mostly have the same value, which is the same object then: its text is kept. */
class PropertyWriter {
  /** What has to be replaced for the value that was written last to mean the same. */
  containers: readonly string[] = none;
  private latest: Value | undefined;
  private text = "";
  private readonly key: string;

  constructor(
    name: string,
    private readonly writeValue: ValueWriter,
    private readonly immutable: boolean,
  ) {
    this.key = `,"${terraformAttribute(name)}":`;
  }

  write(value: Value, around: Surroundings): string {
    if (value === this.latest) return this.text;
    this.latest = value;
    this.text = this.key + this.writeValue(value, around.name);
    this.containers = this.immutable && typeof value === "object" ? containersIn(value, around) : none;
    return this.text;
  }
}

const none: readonly string[] = [];

/** A property that cannot change names what a resource lives in: what is replaced takes with it what it holds. */
function containersIn(value: Value, around: Surroundings): readonly string[] {
  const found = new Set<string>();
  eachReference(value, ({ $ref }) => {
    const container = around.containerOf($ref.address);
    if (container !== undefined) found.add(container);
  });
  return [...found];
}

/** What Terraform is told beside the properties. */
function settingsText(
  dependsOn: readonly string[],
  lifecycle: PlannedLifecycle | undefined,
  containers: readonly string[],
  around: Surroundings,
): string {
  if (dependsOn.length === 0 && lifecycle === undefined && containers.length === 0) return "";
  const retain = lifecycle?.retain ? ',"retain":true' : "";
  return retain + dependsOnText(dependsOn, around) + lifecycleText(lifecycle, containers);
}

function dependsOnText(dependsOn: readonly string[], around: Surroundings): string {
  const inside = dependsOn.flatMap((address) => around.terraformAddressOf(address) ?? none);
  return inside.length === 0 ? "" : `,"depends_on":${JSON.stringify(inside)}`;
}

function lifecycleText(lifecycle: PlannedLifecycle | undefined, containers: readonly string[]): string {
  if (!lifecycle?.protect && containers.length === 0) return "";
  const settings = {
    ...(lifecycle?.protect ? { prevent_destroy: true } : {}),
    ...(containers.length > 0
      ? { replace_triggered_by: [...new Set(containers)].map((container) => `${container}.instance`) }
      : {}),
  };
  return `,"lifecycle":${JSON.stringify(settings)}`;
}
