import type { Request } from "../../api";
import { refuse } from "../context";
import type { Context } from "../context";
import { nameOf, resolveQualifier, versionNumber } from "./lookup";
import type { FunctionRow } from "./lookup";

export type RoutingConfig = NonNullable<Request<"scf", "CreateAlias">["RoutingConfig"]>;

/** Where an alias leads: one version, or a second one beside it for a part of the invocations. */
export interface Routing {
  readonly version: number;
  readonly additional: number | null;
  readonly config: RoutingConfig;
}

/** ALS-TWO, ALS-WEIGHT, ALS-RULE, ALS-SELF. Both lists empty means that everything goes to the main version. */
export function checkRouting(
  context: Context,
  fn: FunctionRow,
  mainVersion: string,
  config: RoutingConfig,
): Routing {
  const version = requireVersion(context, fn, mainVersion);
  const weights = config.AdditionalVersionWeights ?? [];
  const matches = config.AddtionVersionMatchs ?? [];
  if (weights.length > 0 && matches.length > 0) {
    refuse("InvalidParameterValue.RoutingConfig", "An alias routes by weight or by match, not by both");
  }
  if (weights.length > 1) {
    refuse(
      "InvalidParameterValue.AdditionalVersionWeights",
      `An alias points to two versions at most: one beside the main version, not ${weights.length}`,
    );
  }
  if (matches.length > 1) {
    refuse(
      "InvalidParameterValue.RoutingConfig",
      `An alias points to two versions at most: one match beside the main version, not ${matches.length}`,
    );
  }
  const [weight] = weights;
  const [match] = matches;
  if (weight) checkWeight(weight.Weight);
  if (match) checkMatch(match);
  const second = weight ?? match;
  if (!second) return { version, additional: null, config: {} };
  const additional = requireVersion(context, fn, second.Version);
  if (additional === version) {
    refuse(
      "InvalidParameterValue.RoutingConfig",
      `The main version and the additional one are the same: ${second.Version}`,
    );
  }
  return { version, additional, config };
}

function requireVersion(context: Context, fn: FunctionRow, name: string): number {
  const number = versionNumber(name);
  if (number !== undefined && resolveQualifier(context, fn, name)) return number;
  return refuse("ResourceNotFound.FunctionVersion", `${nameOf(fn)} has no version ${name.slice(0, 80)}`);
}

/** The share of the additional version, as a fraction; the main version has the rest. */
function checkWeight(weight: number): void {
  if (weight >= 0 && weight <= 1) return;
  refuse(
    "InvalidParameterValue.AdditionalVersionWeights",
    `Weight is ${weight}; it is a share from 0 to 1 (a percentage from 0 to 100)`,
  );
}

/** ALS-KEY, ALS-EXACT, ALS-RANGE. */
function checkMatch(match: { Key: string; Method: string; Expression: string }): void {
  const code = "InvalidParameterValue.RoutingConfig";
  if (!/^invoke\.headers\.[A-Za-z0-9_-]+$/.test(match.Key)) {
    refuse(code, "The key of a match is invoke.headers.<name>");
  }
  if (match.Method === "exact") {
    if (match.Expression === "") refuse(code, "The expression of an exact match is empty");
    return;
  }
  if (match.Method !== "range") refuse(code, "The method of a match is exact or range");
  // The documents write both `(a,b)` and `[a, b]`.
  const bounds = /^(?:\((-?\d+), *(-?\d+)\)|\[(-?\d+), *(-?\d+)\])$/.exec(match.Expression);
  const low = bounds?.[1] ?? bounds?.[3];
  const high = bounds?.[2] ?? bounds?.[4];
  if (low === undefined || high === undefined) {
    refuse(code, "The expression of a range match is (a,b) or [a,b] with whole numbers");
  }
  if (BigInt(low) > BigInt(high)) refuse(code, `The range begins at ${low}, after its end at ${high}`);
}
