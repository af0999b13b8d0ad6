import type { Plan } from "../../model/plan";
import { headerOf, type RoutingMatch } from "../../model/routing";
import { quote } from "../../rules/text";
import { aliasRouting, type AliasRouting } from "./alias-routing";
import { described } from "./described";
import { find } from "./lookup";
import { UNKNOWN_ANSWER } from "./unknown";
import { functionLabel } from "./versions";

/** What one version gets of an alias's requests: a share, or those that fulfil a condition. */
export interface Route {
  /** `3`, `$LATEST`, or `currentVersion of shop/orders`, whose number the deployment gives. */
  readonly version: string;
  /** Share of the requests, 0–100; absent where a condition decides. */
  readonly percent?: number;
  /** Which requests it gets; absent where chance decides. */
  readonly when?: string;
}

/** Where the requests of an alias go. */
export interface Routes {
  /** Address of the alias. */
  readonly alias: string;
  /** Address of its function. */
  readonly function: string;
  /** The main version first. */
  readonly versions: readonly Route[];
}

/**
 * Which versions get which requests through an alias (ALS-WEIGHT, ALS-RULE).
 *
 * @param alias its address, `function:alias`, or its name where no other alias of the stack has it
 * @throws ScfError `TARGET_UNKNOWN`, `TARGET_AMBIGUOUS` or `TARGET_KIND` when that is no alias of the stack, or several
 */
export function routes(plan: Plan, alias: string): Routes {
  const resource = find(plan, alias, ["scf_alias"]);
  return described(
    {
      alias: resource.address,
      function: functionLabel(resource),
      versions: routesOf(aliasRouting(resource)),
    },
    (answer) => `${answer.alias}: ${describeRoutes(answer.versions)}`,
  );
}

export function routesOf(routing: AliasRouting): readonly Route[] {
  const { main } = routing;
  switch (routing.type) {
    case "single":
      return [{ version: main, percent: 100 }];
    case "weighted":
      return [
        { version: main, percent: rounded(100 - routing.percent) },
        { version: routing.second, percent: routing.percent },
      ];
    case "match":
      return [
        { version: main, when: "otherwise" },
        { version: routing.second, when: conditionText(routing.match) },
      ];
    case "unknown":
      return [
        { version: main, when: `${UNKNOWN_ANSWER}: ${routing.why}` },
        { version: routing.second, when: `${UNKNOWN_ANSWER}: ${routing.why}` },
      ];
  }
}

/** `User is exactly "Bob"`. */
export function conditionText(match: RoutingMatch): string {
  const header = headerOf(match);
  return match.method === "exact"
    ? `header ${header} is exactly ${quote(match.expression)}`
    : `header ${header} is a whole number in ${match.expression}`;
}

export function describeRoutes(versions: readonly Route[]): string {
  return versions
    .map(({ version, percent, when }) => `${version} (${percent === undefined ? when : `${percent} %`})`)
    .join(", ");
}

/** 100 − 33.3 is 66.7, and not 66.69999999999999. */
function rounded(percent: number): number {
  return Number(percent.toFixed(9));
}
