import type { Construct } from "constructs";
import {
  DefaultTokenResolver,
  StringConcat,
  Token,
  Tokenization,
  type IPostProcessor,
  type IResolvable,
  type IResolveContext,
} from "cdktf";
import { isSymbolic, reference, type Reference, type Value } from "../model/value";

const ATTRIBUTE = Symbol.for("cdktf-scf/attribute");

/** A computed attribute of one of our resources, as a token that can stand in any property of any provider. */
export class AttributeToken implements IResolvable {
  readonly creationStack: string[] = [];

  constructor(
    private readonly address: string,
    private readonly attribute: string,
  ) {
    Object.defineProperty(this, ATTRIBUTE, { value: reference(address, attribute) });
  }

  /** Reached only when Terraform's configuration asks for the value: the plan takes the reference before. */
  resolve(): never {
    throw new Error(
      `\`${this.attribute}\` of ${this.address} is known once cdktf-scf has deployed it, and cannot be part of the Terraform configuration: use it in properties of cdktf-scf's own constructs, or read it with \`cdktf-scf output\``,
    );
  }

  toString(): string {
    return Token.asString(this);
  }
}

function attributeReference(token: unknown): Reference | undefined {
  return (token as { [ATTRIBUTE]?: Reference })[ATTRIBUTE];
}

/** Joins the parts of a text around tokens without losing the symbolic ones. */
class PlanConcat extends StringConcat {
  override join(left: unknown, right: unknown): unknown {
    if (left === undefined) return right;
    if (right === undefined) return left;
    const parts = [...joinParts(left), ...joinParts(right)];
    return parts.every((part) => typeof part !== "object") ? parts.join("") : { $join: parts };
  }
}

function joinParts(value: unknown): Value[] {
  const join = (value as { $join?: Value[] }).$join;
  return Array.isArray(join) ? join : [value as Value];
}

/** Resolves tokens into the symbolic values of the plan instead of Terraform expressions. */
class PlanResolver extends DefaultTokenResolver {
  constructor() {
    super(new PlanConcat());
  }

  override resolveToken(
    token: IResolvable,
    context: IResolveContext,
    postProcessor: IPostProcessor,
  ): unknown {
    const ours = attributeReference(token);
    if (ours) return ours;
    const resolved: unknown = super.resolveToken(token, context, postProcessor);
    return typeof resolved === "string" && resolved.includes("${") ? { $token: resolved } : resolved;
  }
}

const resolver = new PlanResolver();

/**
 * Turns what a construct holds into values of the plan. Only parts that really hold tokens go through cdktf, which costs a
 * hundred times more than looking.
 */
export function toPlanValue(value: unknown, scope: Construct): Value | undefined {
  switch (typeof value) {
    case "undefined":
      return undefined;
    case "string":
      return value.includes("{TfToken[") ? resolve(value, scope) : value;
    case "number":
      return value < -1e200 && Token.isUnresolved(value) ? resolve(value, scope) : value;
    case "object":
      break;
    default:
      return value as Value;
  }
  if (value === null) return null;
  if (Array.isArray(value)) {
    if (Token.isUnresolved(value)) return resolve(value, scope);
    return value.map((item) => toPlanValue(item, scope)).filter((item) => item !== undefined);
  }
  if (isSymbolic(value) && !("$join" in value)) return value;
  if (Token.isUnresolved(value)) return resolve(value, scope);
  const result: Record<string, Value> = {};
  for (const [key, item] of Object.entries(value)) {
    const planned = toPlanValue(item, scope);
    if (planned !== undefined) result[key] = planned;
  }
  return result;
}

function resolve(value: unknown, scope: Construct): Value {
  return Tokenization.resolve(value, { scope, resolver, preparing: false }) as Value;
}
