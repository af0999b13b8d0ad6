import { listenerOf } from "../../rules/bindings";
import { described } from "./described";
import { find } from "./lookup";
import type { PlannedStacks } from "./planned-stacks";
import { describeRoutes, routesOf, type Route } from "./routes";
import { targetsOf, type RequestTarget } from "./rule-targets";
import { unknownText } from "./unknown";

/** Something that a forwarding rule sends requests to: a function or a back-end server. */
export interface ReachableTarget {
  /** Address of the function. */
  readonly function?: string;
  /** Address of the alias, where one is bound. */
  readonly alias?: string;
  /** What is bound: `alias live`, `version 3`, `$LATEST`. */
  readonly qualifier?: string;
  /** The versions behind it. */
  readonly versions?: readonly Route[];
  /** A back-end server, `ins-1:80` or `10.0.0.1:80`. */
  readonly backend?: string;
  /** 0–100; 0 takes no new requests (CLB-WEIGHT). Undefined when it is known at deployment only. */
  readonly weight: number | undefined;
}

/** What the requests of one forwarding rule can reach. */
export interface Reachable {
  /** Address of the rule. */
  readonly rule: string;
  /** Address of its listener. */
  readonly listener: string;
  readonly domain: string;
  readonly path: string;
  readonly targets: readonly ReachableTarget[];
  /** Addresses, sorted. Targets of weight 0 are left out here and in the lists below. */
  readonly functions: readonly string[];
  /** Addresses, sorted. */
  readonly aliases: readonly string[];
  /** `shop/orders: 3`, sorted. Versions with a share of 0 are left out. */
  readonly versions: readonly string[];
}

/**
 * Functions, aliases and versions that requests of a forwarding rule reach, or its back-end servers.
 *
 * @param rule its path, or as much of its end as no other forwarding rule has
 * @throws ScfError `PATH_UNKNOWN` when no forwarding rule is there, `PATH_AMBIGUOUS` when several paths end like that
 */
export function reachableFrom(plan: PlannedStacks, rule: string): Reachable {
  const resource = find(plan, rule, ["clb_rule"]);
  const text = (name: "domain" | "path" | "listenerId"): string => {
    const value: unknown = resource.get(name);
    return typeof value === "string" ? value : unknownText(resource.app, resource.raw(name));
  };
  const targets = targetsOf(resource).map(reachableTarget);
  const reached = targets.filter(({ weight }) => weight !== 0);
  return described(
    {
      rule: resource.address,
      listener: listenerOf(resource)?.address ?? text("listenerId"),
      domain: text("domain"),
      path: text("path"),
      targets,
      functions: sorted(reached.map((target) => target.function)),
      aliases: sorted(reached.map((target) => target.alias)),
      versions: sorted(
        reached.flatMap(({ function: owner, versions = [] }) =>
          versions.filter(({ percent }) => percent !== 0).map(({ version }) => `${owner}: ${version}`),
        ),
      ),
    },
    (answer) =>
      `${answer.domain}${answer.path}: ${answer.targets.map(describeTarget).join("; ") || "no targets"}`,
  );
}

function reachableTarget({ destination, backend, weight }: RequestTarget): ReachableTarget {
  if (!destination) return { ...(backend === undefined ? {} : { backend }), weight };
  const { function: owner, alias, qualifier, routing } = destination;
  return {
    function: owner,
    ...(alias === undefined ? {} : { alias }),
    qualifier,
    versions: routesOf(routing),
    weight,
  };
}

function describeTarget(target: ReachableTarget): string {
  const weight = `weight ${target.weight ?? "unknown"}`;
  if (target.backend !== undefined) return `${target.backend}, ${weight}`;
  return `${target.qualifier} of ${target.function}, ${weight}: ${describeRoutes(target.versions ?? [])}`;
}

function sorted(texts: readonly (string | undefined)[]): string[] {
  return [...new Set(texts.filter((text) => text !== undefined))].sort();
}
