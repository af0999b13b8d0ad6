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
  readonly schema: ResourceSchema;
  private readonly synthesis: StackSynthesis;
  private readonly properties: () => object;
  private readonly location: () => SourceLocation | undefined;

  /**
   * @param properties called when the plan is made, so that whatever is added to a construct later is part of it
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

  /** Has the package staged beside the plan. */
  usePackage(codePackage: CodePackage): void {
    this.synthesis.addPackage(codePackage);
  }

  locate(): SourceLocation | undefined {
    return this.location();
  }

  /** The properties with lists in order whose order means nothing, so that writing them another way is no difference. */
  private sorted(properties: Properties): Properties {
    const names = Object.keys(this.schema.metadata).filter((name) => this.schema.metadata[name]?.unordered);
    if (names.length === 0) return properties;
    const result: Record<string, Value> = { ...properties };
    for (const name of names) {
      const list = result[name];
      if (Array.isArray(list)) result[name] = [...(list as Value[])].sort(byCanonicalText);
    }
    return result;
  }

  /** This resource as it will stand in the plan. */
  plan(dependsOn: readonly string[]): PlannedResource {
    return {
      address: this.address,
      kind: this.schema.kind,
      properties: this.sorted(toPlanValue(this.properties(), this) as Properties),
      dependsOn,
    };
  }
}

function byCanonicalText(left: Value, right: Value): number {
  const [first, second] = [canonicalJson(left), canonicalJson(right)];
  return first < second ? -1 : first > second ? 1 : 0;
}
