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
    return this.token(name).toString();
  }

  /** A computed attribute as a number token. */
  numberAttribute(name: string): number {
    return Token.asNumber(this.token(name));
  }

  private token(name: string): AttributeToken {
    return new AttributeToken(this.address, name, (consumer) =>
      this.synthesis.expression(this, name, consumer),
    );
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

  private givenProperties(): object {
    const given = this.properties();
    return "tags" in this.schema.metadata
      ? this.synthesis.app.organization.withTags(this.construct, this.address, given)
      : given;
  }

  /** In the order that the plan is written in; lists whose order means nothing are put into one. */
  private plannedProperties(): Properties {
    const given = this.givenProperties() as Readonly<Record<string, unknown>>;
    const layout = layoutOf(this.schema);
    const names: string[] = [];
    const values: Value[] = [];
    let known = 0;
    for (const property of layout.properties) {
      const { name } = property;
      const item = given[name];
      if (item === undefined && !(name in given)) continue;
      known += 1;
      const value =
        typeof item === "object"
          ? keptOnce(property, item, this.construct)
          : toPlanValue(item, this.construct);
      if (value === undefined) continue;
      names.push(name);
      values.push(value);
    }
    // A rule speaks about properties that the kind does not have.
    return known === Object.keys(given).length
      ? recordOf(layout, names, values)
      : (toPlanValue(given, this.construct) as Properties);
  }
}

interface OrderedProperty {
  readonly name: string;
  readonly unordered: boolean;
  /** Its value in the resource that was planned last, when it was an object. */
  latest?: Value;
}

/** How the properties of a kind are planned. */
interface Layout {
  readonly properties: readonly OrderedProperty[];
  /** One record per list of names. */
  readonly forms: Map<string, RecordForm>;
  /** That of the resource that was planned last. */
  latest: RecordForm;
}

interface RecordForm {
  readonly names: readonly string[];
  /** All of it null. */
  readonly empty: Readonly<Record<string, null>>;
}

const noProperties: RecordForm = { names: [], empty: {} };

const layouts = new WeakMap<ResourceSchema, Layout>();

function layoutOf(schema: ResourceSchema): Layout {
  const known = layouts.get(schema);
  if (known) return known;
  const properties = Object.keys(schema.metadata)
    .sort()
    .map((name) => ({ name, unordered: schema.metadata[name]?.unordered === true }));
  const layout = { properties, forms: new Map<string, RecordForm>(), latest: noProperties };
  layouts.set(schema, layout);
  return layout;
}

/**
 * Neighbours mostly have the same code, network and tags: what is the same is planned and kept once, and is quicker to go
 * through.
 */
function keptOnce(property: OrderedProperty, given: object | null, scope: Construct): Value | undefined {
  const { latest } = property;
  if (latest !== undefined && isPlanned(given, latest)) return latest;
  const planned = toPlanValue(given, scope);
  if (typeof planned !== "object" || planned === null) return planned;
  const value =
    property.unordered && Array.isArray(planned) ? [...(planned as Value[])].sort(byCanonicalText) : planned;
  if (latest !== undefined && isPlanned(value, latest)) return latest;
  property.latest = value;
  return value;
}

/** Whether this value of the plan is what would be made of what is given: what holds a token is never like one. */
function isPlanned(given: unknown, value: unknown): boolean {
  if (given === value) return true;
  if (typeof given !== "object" || typeof value !== "object" || given === null || value === null)
    return false;
  if (Object.getPrototypeOf(given) !== Object.getPrototypeOf(value)) return false;
  let keys = 0;
  for (const key in value) {
    keys += 1;
    if (!isPlanned((given as Properties)[key], (value as Properties)[key])) return false;
  }
  for (const _ in given) keys -= 1;
  return keys === 0;
}

/**
 * An object that has been given many properties one after the other is kept as a table: five times as large, and slow to go
 * through. The copy of one that was read at once is not.
 */
function recordOf(layout: Layout, names: readonly string[], values: readonly Value[]): Properties {
  if (!isSameList(layout.latest.names, names)) layout.latest = formOf(layout, names);
  const record: Record<string, Value> = { ...layout.latest.empty };
  for (let index = 0; index < names.length; index++) record[names[index] as string] = values[index] as Value;
  return record;
}

function formOf({ forms }: Layout, names: readonly string[]): RecordForm {
  const key = names.join();
  const known = forms.get(key);
  if (known) return known;
  const fields = names.map((name) => `${JSON.stringify(name)}:null`);
  const form = { names, empty: JSON.parse(`{${fields.join()}}`) as Record<string, null> };
  forms.set(key, form);
  return form;
}

function isSameList(left: readonly string[], right: readonly string[]): boolean {
  if (left.length !== right.length) return false;
  for (let index = 0; index < left.length; index++) if (left[index] !== right[index]) return false;
  return true;
}

function byCanonicalText(left: Value, right: Value): number {
  const [first, second] = [canonicalJson(left), canonicalJson(right)];
  return first < second ? -1 : first > second ? 1 : 0;
}
