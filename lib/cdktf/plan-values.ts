import { Construct, type IConstruct } from "constructs";
import {
  DefaultTokenResolver,
  StringConcat,
  Token,
  Tokenization,
  type IPostProcessor,
  type IResolvable,
  type IResolveContext,
} from "cdktf";
import { addressOf } from "./address";
import { ScfError } from "../model/error";
import { isJoin, isSymbolic, reference, type Reference, type Value } from "../model/value";

const ATTRIBUTE: unique symbol = Symbol.for("cdktf-scf/attribute");

/** A computed attribute of one of our resources, as a token that can stand in any property of any provider. */
export class AttributeToken implements IResolvable {
  readonly creationStack: string[] = [];
  readonly [ATTRIBUTE]: Reference;

  constructor(
    address: string,
    attribute: string,
    /** How Terraform's configuration names the value, where the given construct asks for it. */
    private readonly expression: (consumer: IConstruct) => string | IResolvable,
  ) {
    this[ATTRIBUTE] = reference(address, attribute);
  }

  /** Reached only when Terraform's configuration asks for the value: the plan takes the reference before. */
  resolve(context: IResolveContext): string | IResolvable {
    return this.expression(context.scope);
  }

  toString(): string {
    const text = Token.asString(this);
    referencesByText.set(text, this[ATTRIBUTE]);
    return text;
  }
}

/** What tokens stand for that are text and nothing else, as cdktf keeps them for the life of the process, too. */
const referencesByText = new Map<string, Reference>();

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
    // Inside of an expression only Terraform can say what becomes of it. Resolving changes what the context says of that.
    const isInside = context.suppressBraces === true;
    const ours = isInside ? undefined : attributeReference(token);
    if (ours) return ours;
    const resolved: unknown = super.resolveToken(token, context, postProcessor);
    if (isInside) return resolved;
    return typeof resolved === "string" && resolved.includes("${") ? { $token: resolved } : resolved;
  }
}

const resolver = new PlanResolver();

let preparing = false;

/** Runs `work` while cdktf is told that values are resolved to learn what they need: it does so for values of other stacks. */
export function whilePreparing(work: () => void): void {
  preparing = true;
  try {
    work();
  } finally {
    preparing = false;
  }
}

/**
 * Turns what a construct holds into values of the plan. Only parts that really hold tokens go through cdktf, which costs a
 * hundred times more than looking.
 */
export function toPlanValue(value: unknown, scope: Construct): Value | undefined {
  switch (typeof value) {
    case "undefined":
      return undefined;
    case "string":
      return textValue(value, scope);
    case "number":
      return value < -1e200 && Token.isUnresolved(value) ? resolve(value, scope) : value;
    case "object":
      break;
    default:
      return value as Value;
  }
  if (value === null) return null;
  if (Array.isArray(value)) {
    if (value.length === 1 && Token.isUnresolved(value)) return resolve(value, scope);
    const items = value.map((item) => toPlanValue(item, scope));
    // A list that was filtered keeps room for more items.
    return items.includes(undefined) ? items.filter((item) => item !== undefined) : (items as Value[]);
  }
  if (isJoin(value)) return joined(value.$join.map((part) => toPlanValue(part, scope)));
  if (isSymbolic(value)) return value;
  if ("resolve" in value && Token.isUnresolved(value)) return resolve(value, scope);
  // A construct leads to its parents and from there to everything: TYPE says that an object is not what is asked for.
  if ("node" in value && Construct.isConstruct(value)) return {};
  const result: Record<string, Value> = {};
  // In the order that the plan is written in, so that nothing has to be sorted then.
  for (const key of Object.keys(value).sort()) {
    if (key.startsWith("$") || key.includes("{TfToken[")) {
      throw new ScfError(
        "KEY_RESERVED",
        `${addressOf(scope)}: ${key.startsWith("$") ? `the key "${key}"` : "a key"} cannot be used.`,
        {
          fix: "Keys are plain text: no token, and no `$` at the front. Tokens can be values.",
        },
      );
    }
    const planned = toPlanValue((value as Readonly<Record<string, unknown>>)[key], scope);
    if (planned !== undefined) result[key] = planned;
  }
  return result;
}

/** How cdktf writes a number that is not known yet, also when it stands in the middle of a text. */
const NUMBER_TOKEN = /(-1\.\d+e\+\d{3}|-\d(?:\.\d+)?e\+\d{3})/;

function textValue(text: string, scope: Construct): Value {
  const hasTextToken = text.includes("{TfToken[");
  // An attribute of ours needs nothing of what resolving does.
  const ours = hasTextToken ? referencesByText.get(text) : undefined;
  if (ours) return ours;
  if (!text.includes("e+") || !NUMBER_TOKEN.test(text)) return hasTextToken ? resolve(text, scope) : text;
  // cdktf joins these into text by itself, which would lose what they refer to.
  const parts = text.split(NUMBER_TOKEN).map((part, index) => {
    const number = index % 2 === 1 ? Number(part) : NaN;
    if (Token.isUnresolved(number)) return resolve(number, scope);
    return part.includes("{TfToken[") ? resolve(part, scope) : part;
  });
  return joined(parts);
}

/** One text again where nothing in it is symbolic, and never a join inside of a join. */
function joined(parts: readonly (Value | undefined)[]): Value {
  const flat = parts.flatMap((part) => (part === undefined || part === "" ? [] : joinParts(part)));
  if (flat.every((part) => typeof part !== "object")) return flat.join("");
  return { $join: flat };
}

function resolve(value: unknown, scope: Construct): Value {
  return Tokenization.resolve(value, { scope, resolver, preparing }) as Value;
}
