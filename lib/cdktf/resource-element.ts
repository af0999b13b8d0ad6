import { TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";
import type { CodePackage } from "../assets";
import type { PlannedResource } from "../model/plan";
import type { ResourceSchema } from "../model/resource-schema";
import { canonicalJson, reference, type Properties, type Reference, type Value } from "../model/value";
import type { SourceLocation } from "../rules/finding";
import { addressOf } from "./address";
import { StackSynthesis } from "./stack-synthesis";
import { AttributeToken, toPlanValue } from "./plan-values";
import { captureLocation } from "./source-location";

const RESOURCE_ELEMENT = Symbol.for("cdktf-scf/ResourceElement");

/** The node in the construct tree that becomes one resource of the plan. Constructs have one, with the id `Resource`. */
export class ResourceElement extends Construct {
  readonly address: string;
  /** @internal */
  readonly schema: ResourceSchema;
  private readonly synthesis: StackSynthesis;
  private readonly properties: () => object;
  private readonly location: () => SourceLocation | undefined;

  /**
   * @param properties called when the plan is made, so that whatever is added to a construct later is part of it
   * @internal
   */
  constructor(scope: Construct, id: string, schema: ResourceSchema, properties: () => object) {
    super(scope, id);
    Object.defineProperty(this, RESOURCE_ELEMENT, { value: true });
    this.schema = schema;
    this.properties = properties;
    this.location = captureLocation();
    this.address = addressOf(this);
    this.synthesis = StackSynthesis.of(TerraformStack.of(this));
    this.synthesis.addResource(this);
  }

  /** Whether a value is one, whichever copy of this library made it. */
  static is(value: unknown): value is ResourceElement {
    return typeof value === "object" && value !== null && RESOURCE_ELEMENT in value;
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
    return this.location();
  }

  /**
   * This resource as it will stand in the plan.
   *
   * @internal
   */
  plan(dependsOn: readonly string[]): PlannedResource {
    return { address: this.address, dependsOn, kind: this.schema.kind, properties: this.plannedProperties() };
  }

  /** In the order that the plan is written in; lists whose order means nothing are put into one. */
  private plannedProperties(): Properties {
    const given = this.properties() as Readonly<Record<string, unknown>>;
    const result: Record<string, Value> = {};
    let known = 0;
    for (const { name, unordered } of orderedProperties(this.schema)) {
      if (!(name in given)) continue;
      known += 1;
      const value = toPlanValue(given[name], this);
      if (value === undefined) continue;
      result[name] =
        unordered && Array.isArray(value) ? [...(value as Value[])].sort(byCanonicalText) : value;
    }
    // A rule speaks about properties that the kind does not have.
    return known === Object.keys(given).length ? result : (toPlanValue(given, this) as Properties);
  }
}

interface OrderedProperty {
  readonly name: string;
  readonly unordered: boolean;
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

function byCanonicalText(left: Value, right: Value): number {
  const [first, second] = [canonicalJson(left), canonicalJson(right)];
  return first < second ? -1 : first > second ? 1 : 0;
}
