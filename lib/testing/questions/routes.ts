import { headerOf, type RoutingMatch } from "../../model/routing";
import type { ModelResource } from "../../rules/app-model";
import { itemsOf, partsOf } from "../../rules/provisioning";
import { quote } from "../../rules/text";
import { aliasRouting, type AliasRouting } from "./alias-routing";
import { described } from "./described";
import { find } from "./lookup";
import type { PlannedStacks } from "./planned-stacks";
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

/** One step of a release, on the way to the end state. */
export interface RouteStep {
  /** Share of the new version, 0–100; undefined when it is known at deployment only. */
  readonly percent: number | undefined;
  /** How long it stays so; undefined when it is known at deployment only. */
  readonly waitSeconds: number | undefined;
  /** The command that decides whether the release goes on; absent for none. */
  readonly gate?: string;
}

/** Where the requests of an alias go. */
export interface Routes {
  /** Address of the alias. */
  readonly alias: string;
  /** Address of its function. */
  readonly function: string;
  /** The main version first. Of a release, what there is after its last step. */
  readonly versions: readonly Route[];
  /** The steps in which a new version takes over; absent where it does so at once. */
  readonly release?: readonly RouteStep[];
}

/**
 * Which versions get which requests through an alias (ALS-WEIGHT, ALS-RULE).
 *
 * @param alias its path, or as much of its end as no other alias has
 * @throws ScfError `PATH_UNKNOWN` when no alias is there, `PATH_AMBIGUOUS` when several paths end like that
 */
export function routes(plan: PlannedStacks, alias: string): Routes {
  const resource = find(plan, alias, ["scf_alias"]);
  const release = releaseSteps(resource);
  return described(
    {
      alias: resource.address,
      function: functionLabel(resource),
      versions: routesOf(aliasRouting(resource)),
      ...(release === undefined ? {} : { release }),
    },
    describe,
  );
}

function releaseSteps(alias: ModelResource<"scf_alias">): readonly RouteStep[] | undefined {
  const { app } = alias;
  const release = partsOf(app, alias.raw("release"));
  if (!release) return undefined;
  return itemsOf(app, release.raw("steps")).map((item): RouteStep => {
    const step = partsOf(app, item);
    const [percent, waitSeconds] = [step?.part("percent"), step?.part("waitSeconds")];
    const gate = partsOf(app, step?.raw("gate"));
    return {
      percent: typeof percent === "number" ? percent : undefined,
      waitSeconds: typeof waitSeconds === "number" ? waitSeconds : undefined,
      ...(gate ? { gate: commandIn(gate.part("command")) } : {}),
    };
  });
}

function commandIn(command: unknown): string {
  return typeof command === "string" ? command : `${UNKNOWN_ANSWER}: known at deployment only`;
}

function describe({ alias, versions, release = [] }: Routes): string {
  const steps = release.map(({ percent, gate }) =>
    [`${percent ?? UNKNOWN_ANSWER} %`, ...(gate === undefined ? [] : [`gate \`${gate}\``])].join(", "),
  );
  return [
    `${alias}: ${describeRoutes(versions)}`,
    ...steps.map((step, index) => `  step ${index + 1} of its release: ${step}`),
  ].join("\n");
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
