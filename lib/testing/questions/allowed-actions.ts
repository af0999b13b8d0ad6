import { accountActions, functionActions } from "../../model/permissions";
import type { AppModel } from "../../rules/app-model";
import { account } from "../../rules/identity";
import { matchesPattern, patternsOverlap } from "../../rules/wildcards";
import { described } from "./described";
import { modelOf, type PlannedStacks } from "./planned-stacks";
import { permissionsOf, type PermissionStatement } from "./permission-statements";
import { findPrincipal } from "./principals";

/** One action on one resource, or on those that a pattern stands for. */
export interface AllowedAction {
  /** `scf:InvokeFunction`. Patterns of SCF's actions are spelt out, those of other services stay as they are. */
  readonly action: string;
  /** Address of a function of the plan, or the resource as the policy names it: `*` for all. */
  readonly resource: string;
  /** The condition under which it is allowed; absent for always. */
  readonly when?: string;
  /** What of it is denied after all; absent for nothing. */
  readonly except?: readonly DeniedPart[];
  /** Name of the policy that allows it. */
  readonly policy: string;
}

/** A part of what is allowed that another statement denies: denying wins. */
export interface DeniedPart {
  readonly action: string;
  readonly resource: string;
  readonly when?: string;
}

/** What somebody may do. */
export interface AllowedActions {
  /** Address of the role or policy, or the name of a user, a group or a role of others. */
  readonly of: string;
  /** Names of the policies that count. */
  readonly policies: readonly string[];
  /** Sorted by action and resource. */
  readonly allowed: readonly AllowedAction[];
  /** What the plan does not say, a sentence each. */
  readonly unknown: readonly string[];
}

/**
 * What a role may do: everything that its policies allow and none of them denies (CAM-DOC). Policies that are attached by other
 * apps or by hand are not known to a plan.
 *
 * @param of path of a role or of a policy, or as much of its end as no other of them has; for a user, a group or a role that others
 *   made, and that is given policies here, its name
 * @throws ScfError `PATH_UNKNOWN` when that is none of these, `PATH_AMBIGUOUS` or `NAME_AMBIGUOUS` when it is several
 */
export function allowedActions(plan: PlannedStacks, of: string): AllowedActions {
  const app = modelOf(plan);
  const principal = findPrincipal(plan, of);
  const { statements, unknown } = permissionsOf(principal.policies);
  const labelOf = (resource: string): string => resourceLabel(app, principal.account, resource);
  const denied = statements.filter(({ effect }) => effect === "deny");
  const allowed = statements
    .filter(({ effect }) => effect === "allow")
    .flatMap((statement) => actionsOf(statement).flatMap((entry) => afterDenials(entry, denied, labelOf)));
  return described(
    {
      of: principal.address,
      policies: principal.policies.map(({ name }) => name),
      allowed: distinct(allowed),
      unknown,
    },
    describe,
  );
}

interface Entry {
  readonly action: string;
  readonly resource: string;
  readonly when: string | undefined;
  readonly policy: string;
}

const onAccount: readonly string[] = accountActions.map((name) => `scf:${name}`);
const scfActions: readonly string[] = [...onAccount, ...functionActions.map((name) => `scf:${name}`)];

function actionsOf({ actions, resources, when, policy }: PermissionStatement): Entry[] {
  return actions.flatMap(spelledOut).flatMap((action) =>
    resources
      // CAM-STAR: on named resources, actions on the account have no effect.
      .filter((resource) => resource === "*" || !onAccount.includes(action))
      .map((resource) => ({ action, resource, when, policy })),
  );
}

/** The actions of SCF that a pattern stands for, and the pattern itself where it stands for those of other services, too. */
function spelledOut(pattern: string): readonly string[] {
  const action = pattern.replace(/^name\//, "");
  if (!action.includes("*")) return [action];
  const own = scfActions.filter((candidate) => matchesPattern(action, candidate));
  return action.startsWith("scf:") ? own : [...own, action];
}

function afterDenials(
  entry: Entry,
  denied: readonly PermissionStatement[],
  labelOf: (resource: string) => string,
): AllowedAction[] {
  const except: DeniedPart[] = [];
  for (const { actions, resources, when } of denied) {
    for (const action of actions.map((each) => each.replace(/^name\//, ""))) {
      for (const resource of resources) {
        if (!overlaps(action, resource, entry)) continue;
        if (when === undefined && covers(action, resource, entry)) return [];
        except.push({
          action,
          resource: labelOf(resource),
          ...(when === undefined ? {} : { when }),
        });
      }
    }
  }
  return [
    {
      action: entry.action,
      resource: labelOf(entry.resource),
      ...(entry.when === undefined ? {} : { when: entry.when }),
      ...(except.length === 0 ? {} : { except }),
      policy: entry.policy,
    },
  ];
}

function overlaps(action: string, resource: string, entry: Entry): boolean {
  return patternsOverlap(action, entry.action) && patternsOverlap(plain(resource), plain(entry.resource));
}

/** A star of the pattern that is covered can only be met by a star of the one that covers. */
function covers(action: string, resource: string, entry: Entry): boolean {
  return matchesPattern(action, entry.action) && matchesPattern(plain(resource), plain(entry.resource));
}

/** Parts of a resource's name that are left out stand for all regions, or for the account itself (CAM-RES). */
function plain(resource: string): string {
  const [head, project = "", service = "", region = "", owner = "", ...rest] = resource.split(":");
  if (head !== "qcs" || rest.length === 0) return resource;
  return [
    head,
    project,
    service,
    region || "*",
    owner === "" || owner === "uin/" ? "*" : owner,
    ...rest,
  ].join(":");
}

/** The address of the one function that a resource names. */
function resourceLabel(app: AppModel, owner: string, resource: string): string {
  const match = /^qcs::scf:([^:]*):[^:]*:namespace\/([^/*]+)\/function\/([^/*]+)$/.exec(resource);
  if (!match) return resource;
  const [, region = "", namespace, name] = match;
  const named = app
    .ofKind("scf_function")
    .find(
      (candidate) =>
        account(candidate) === owner &&
        (region === "" || candidate.region === region) &&
        candidate.get("namespace") === namespace &&
        candidate.get("functionName") === name,
    );
  return named?.address ?? resource;
}

function distinct(entries: readonly AllowedAction[]): AllowedAction[] {
  const byText = new Map(
    entries.map((entry) => [JSON.stringify([entry.action, entry.resource, entry]), entry]),
  );
  return [...byText].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, entry]) => entry);
}

function describe({ of, allowed, unknown }: AllowedActions): string {
  const lines = allowed.map(({ action, resource, when, except = [] }) => {
    const exceptions = except.map(
      (part) => `${part.action} on ${part.resource}${part.when === undefined ? "" : ` when ${part.when}`}`,
    );
    const on = resource === "*" ? "everything" : resource;
    return `${action} on ${on}${when === undefined ? "" : ` when ${when}`}${exceptions.length === 0 ? "" : `, except ${exceptions.join(", ")}`}`;
  });
  const head = allowed.length === 0 ? `${of} may do nothing` : `${of} may do`;
  return [head, ...lines, ...unknown.map((sentence) => `not known: ${sentence}`)].join("\n  ");
}
