import type { Plan, PlannedResource } from "../../model/plan";
import { stackOf } from "../../model/stack-of";
import { isReference, type Value } from "../../model/value";
import { pathBelowStack, text } from "./captions";
import type { Family, GraphNode } from "./graph";

/** Finds what properties name: a declared resource, or a node for what the drawn stacks do not declare. */
export class Lookup {
  private readonly resources = new Map<string, PlannedResource>();
  private readonly named = new Map<string, string>();
  private readonly outsiders = new Map<string, GraphNode>();

  constructor(plans: readonly Plan[]) {
    for (const plan of plans) {
      for (const resource of plan.resources) {
        this.resources.set(resource.address, resource);
        const name = nameIn(resource);
        if (name !== undefined) this.named.set(keyOf(plan.stack, resource.kind, name), resource.address);
      }
    }
  }

  /** What was asked for and is not declared. */
  get outside(): readonly GraphNode[] {
    return [...this.outsiders.values()];
  }

  has(address: string): boolean {
    return this.resources.has(address);
  }

  kindOf(address: string): string | undefined {
    return this.resources.get(address)?.kind;
  }

  /** Id of the function that a resource belongs to, by the properties that name it. */
  functionOf(stack: string, namespace: Value | undefined, name: Value | undefined): string {
    return this.find(stack, "scf_function", name, {
      key: [namespace, name],
      caption: { kind: "function", family: "code", title: text(name) },
    });
  }

  /** Id of what a qualifier means: an alias, a version, or for `$LATEST` the function itself. */
  qualified(stack: string, functionId: string, qualifier: Value | undefined): string {
    if (qualifier === undefined || qualifier === "$LATEST") return functionId;
    const isNumber = typeof qualifier === "string" && /^\d+$/.test(qualifier);
    const kind = isNumber ? "version" : "alias";
    return this.find(stack, `scf_${kind}`, qualifier, {
      key: [functionId, qualifier],
      caption: { kind, family: "code", title: isNumber ? `version ${text(qualifier)}` : text(qualifier) },
      group: functionId,
    });
  }

  /** Id of a resource that a property names, by reference or by its name. */
  find(
    stack: string,
    kind: string,
    value: Value | undefined,
    outsider: {
      readonly key: readonly (Value | undefined)[];
      readonly caption: Pick<GraphNode, "kind" | "title"> & { readonly family: Family };
      readonly group?: string;
    },
  ): string {
    if (isReference(value)) return this.referred(stack, value.$ref.address);
    const { key, caption, group } = outsider;
    const known = this.named.get(keyOf(stack, kind, key));
    if (known !== undefined) return known;
    return this.addOutsider({
      id: `outside ${stack} ${kind} ${key.map(text).join(" ")}`,
      ...caption,
      subtitle: "not declared here",
      stack,
      ...(group === undefined ? {} : { group }),
    });
  }

  /** Id of a node for an address that a reference names; its stack may be one that is not drawn. */
  referred(stack: string, address: string): string {
    if (this.resources.has(address)) return address;
    return this.addOutsider({
      id: `outside ${stack} ${address}`,
      kind: "resource",
      family: "other",
      title: pathBelowStack(address),
      subtitle: `of stack ${stackOf(address)}`,
      stack,
    });
  }

  private addOutsider(node: Omit<GraphNode, "outside" | "properties" | "findings">): string {
    this.outsiders.set(node.id, { ...node, outside: true, properties: [], findings: [] });
    return node.id;
  }
}

function keyOf(stack: string, kind: string, name: readonly (Value | undefined)[]): string {
  return [stack, kind, ...name.map(text)].join("\n");
}

/** By what other resources name one when they do not refer to it. */
function nameIn({ kind, properties }: PlannedResource): readonly (Value | undefined)[] | undefined {
  switch (kind) {
    case "scf_function":
      return [properties["namespace"], properties["functionName"]];
    case "scf_alias":
      return isReference(properties["functionName"])
        ? [properties["functionName"].$ref.address, properties["name"]]
        : undefined;
    case "cam_role":
      return [properties["roleName"]];
    case "cam_policy":
      return [properties["policyName"]];
    case "scf_layer":
      return [properties["layerName"]];
    case "scf_namespace":
      return [properties["name"]];
    default:
      return undefined;
  }
}
