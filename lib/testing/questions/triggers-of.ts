import { functionIdentity } from "../../rules/identity";
import { allStarting, nounOf, triggerKinds, unswitchableKinds } from "../../rules/trigger-kinds";
import { described } from "./described";
import { startedBy } from "./destination";
import { find } from "./lookup";
import type { PlannedStacks } from "./planned-stacks";
import { describeRoutes, routesOf, type Route } from "./routes";

/** The others always fire. */
const switchable = triggerKinds.filter((kind) => !(unswitchableKinds as readonly string[]).includes(kind));

/** One thing that starts a function. */
export interface FunctionTrigger {
  /** Address of the trigger, or of the load balancer's binding. */
  readonly trigger: string;
  /** `timer trigger`, `load balancer binding`. */
  readonly type: string;
  /** `alias live`, `version 3`, `$LATEST`. */
  readonly starts: string;
  readonly versions: readonly Route[];
  /** Whether it fires; undefined when it is known at deployment only. */
  readonly enabled: boolean | undefined;
}

/** What starts a function. */
export interface Triggers {
  /** Address of the function. */
  readonly function: string;
  /** Sorted by address. */
  readonly triggers: readonly FunctionTrigger[];
}

/**
 * All triggers of a function, those of its versions and aliases among them, and the load balancer rules that are bound to it.
 *
 * @param of path of the function, or as much of its end as no other function has
 * @throws ScfError `PATH_UNKNOWN` when no function is there, `PATH_AMBIGUOUS` when several paths end like that
 */
export function triggersOf(plan: PlannedStacks, of: string): Triggers {
  const owner = find(plan, of, ["scf_function"]);
  const identity = functionIdentity(owner);
  const triggers = allStarting(owner.app)
    .filter((starting) => functionIdentity(starting) === identity)
    .map((starting): FunctionTrigger => {
      const { qualifier, routing } = startedBy(starting);
      const isSwitchable = (switchable as readonly string[]).includes(starting.kind);
      const enabled: unknown = isSwitchable
        ? starting.app.follow(starting.planned.properties["enabled"])
        : true;
      return {
        trigger: starting.address,
        type: nounOf(starting.kind),
        starts: qualifier,
        versions: routesOf(routing),
        enabled: typeof enabled === "boolean" ? enabled : undefined,
      };
    })
    .sort((left, right) => (left.trigger < right.trigger ? -1 : 1));
  return described({ function: owner.address, triggers }, (answer) =>
    [
      `${answer.function} is started by ${answer.triggers.length === 0 ? "nothing" : ""}`.trim(),
      ...answer.triggers.map(
        ({ trigger, type, starts, versions, enabled }) =>
          `${trigger}, ${type}${enabled === false ? ", disabled" : ""}: ${starts}, ${describeRoutes(versions)}`,
      ),
    ].join("\n  "),
  );
}
