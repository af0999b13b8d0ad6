import { TerraformStack, Token } from "cdktf";
import type { Construct } from "constructs";
import type { CodePackage } from "../assets";
import type { PlannedLifecycle, PlannedResource } from "../model/plan";
import type { ResourceSchema } from "../model/resource-schema";
import { canonicalJson, reference, type Properties, type Reference, type Value } from "../model/value";
import type { SourceLocation } from "../rules/finding";
import { addressOf } from "./address";
import { StackSynthesis } from "./stack-synthesis";
import { AttributeToken, toPlanValue } from "./plan-values";
import { callingFrame, locationOf } from "./source-location";

const RESOURCE_ELEMENT = Symbol.for("cdktf-scf/ResourceElement");

/**
 * What makes a construct a resource of the plan. It is no construct of its own: every node in the tree costs cdktf and
 * constructs several walks, and a resource has nothing to add to its construct's place and dependencies.
 */
export class ResourceElement {
  /** The construct's, and the resource's in plan, state and findings. */
  readonly address: string;
  private readonly synthesis: StackSynthesis;
  private readonly frame: NodeJS.CallSite | undefined;

  /**
   * @param construct what declares the resource, and no other one
   * @param properties called when the plan is made, so that whatever is added to a construct later is part of it
   * @internal
   */
  constructor(
    readonly construct: Construct,
    /** @internal */
    readonly schema: ResourceSchema,
    private readonly properties: () => object,
  ) {
    Object.defineProperty(construct, RESOURCE_ELEMENT, { value: this });
    this.frame = callingFrame(ResourceElement);
    this.address = addressOf(construct);
    this.synthesis = StackSynthesis.of(TerraformStack.of(construct));
    this.synthesis.addResource(this);
  }

  /** The resource that a construct declares, whichever copy of this library made it. */
  static of(construct: object): ResourceElement | undefined {
    return (construct as { [RESOURCE_ELEMENT]?: ResourceElement })[RESOURCE_ELEMENT];
  }

  /** A property or computed attribute of this resource, for the properties of another of ours. */
  reference(name: string): Reference {
    return reference(this.address, name);
  }

  /** A computed attribute as text, usable wherever a string is. */
  attribute(name: string): string {
    return Token.asString(new AttributeToken(this.address, name));
  }

  /** A computed attribute as a number token. */
  numberAttribute(name: string): number {
    return Token.asNumber(new AttributeToken(this.address, name));
  }

  /**
   * Has the package staged beside the plan.
   *
   * @internal
   */
  usePackage(codePackage: CodePackage): void {
    this.synthesis.addPackage(codePackage);
  }

  /** @internal */
  locate(): SourceLocation | undefined {
    return locationOf(this.frame);
  }

  /**
   * This resource as it will stand in the plan.
   *
   * @internal
   */
  plan(dependsOn: readonly string[], lifecycle?: PlannedLifecycle): PlannedResource {
    const { address, schema } = this;
    const properties = this.plannedProperties();
    if (!lifecycle) return { address, dependsOn, kind: schema.kind, properties };
    return { address, dependsOn, kind: schema.kind, lifecycle, properties };
  }

  /** In the order that the plan is written in; lists whose order means nothing are put into one. */
  private plannedProperties(): Properties {
    const given = this.properties() as Readonly<Record<string, unknown>>;
    const names: string[] = [];
    const values: Value[] = [];
    let known = 0;
    for (const property of orderedProperties(this.schema)) {
      const { name, unordered } = property;
      if (!(name in given)) continue;
      known += 1;
      const value = toPlanValue(given[name], this.construct);
      if (value === undefined) continue;
      names.push(name);
      values.push(
        keptOnce(
          property,
          unordered && Array.isArray(value) ? [...(value as Value[])].sort(byCanonicalText) : value,
        ),
      );
    }
    // A rule speaks about properties that the kind does not have.
    return known === Object.keys(given).length
      ? recordOf(names, values)
      : (toPlanValue(given, this.construct) as Properties);
  }
}

interface OrderedProperty {
  readonly name: string;
  readonly unordered: boolean;
  /** Its value in the resource that was planned last. */
  latest?: Value;
}

const orderedBySchema = new WeakMap<ResourceSchema, readonly OrderedProperty[]>();

function orderedProperties(schema: ResourceSchema): readonly OrderedProperty[] {
  const known = orderedBySchema.get(schema);
  if (known) return known;
  const ordered = Object.keys(schema.metadata)
    .sort()
    .map((name) => ({ name, unordered: schema.metadata[name]?.unordered === true }));
  orderedBySchema.set(schema, ordered);
  return ordered;
}

/** Neighbours mostly have the same code, network and tags: what is the same is kept once, and is quicker to go through. */
function keptOnce(property: OrderedProperty, value: Value): Value {
  if (typeof value !== "object" || value === null) return value;
  if (property.latest === undefined || !isSame(property.latest, value)) property.latest = value;
  return property.latest;
}

function isSame(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  let keys = 0;
  for (const key in left) {
    keys += 1;
    if (!isSame((left as Properties)[key], (right as Properties)[key])) return false;
  }
  for (const _ in right) keys -= 1;
  return keys === 0;
}

/** One record per list of names, all of it null. */
const emptyRecords = new Map<string, Readonly<Record<string, null>>>();

/**
 * An object that has been given many properties one after the other is kept as a table: five times as large, and slow to go
 * through. The copy of one that was read at once is not.
 */
function recordOf(names: readonly string[], values: readonly Value[]): Properties {
  const key = names.join();
  let empty = emptyRecords.get(key);
  if (!empty) {
    const fields = names.map((name) => `${JSON.stringify(name)}:null`);
    emptyRecords.set(key, (empty = JSON.parse(`{${fields.join()}}`) as Record<string, null>));
  }
  const record: Record<string, Value> = { ...empty };
  for (let index = 0; index < names.length; index++) record[names[index] as string] = values[index] as Value;
  return record;
}

function byCanonicalText(left: Value, right: Value): number {
  const [first, second] = [canonicalJson(left), canonicalJson(right)];
  return first < second ? -1 : first > second ? 1 : 0;
}
