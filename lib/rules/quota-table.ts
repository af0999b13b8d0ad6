import { zipBytes } from "./account";
import { accountScopes, isOver, testEventTallies, type AccountScope, type Tally } from "./account-use";
import type { AppModel } from "./app-model";
import { namespaceQuotasIn, provisionedIn, reservedIn, reservedInNamespaces } from "./concurrency-use";
import { functionIdentity, functionName } from "./identity";
import { egressAddresses } from "./network";
import { groupBy } from "./per-app";
import { actionsOf, provisionedName } from "./provisioning";
import {
  nounOf,
  platformTypeOf,
  startingKinds,
  type StartingKind,
  type StartingResource,
} from "./trigger-kinds";

/** What is used of every quota: by the account, by the program, together, and how much is allowed. */

/** One quota in one scope. */
export interface QuotaUse {
  /** `functions in default`, as people read it. */
  readonly name: string;
  /** In the account already; undefined when nobody knows. */
  readonly account: number | undefined;
  /** What the program declares, whether it exists or not; undefined where a program declares nothing of the kind. */
  readonly program: number | undefined;
  /** Once the program is deployed. */
  readonly total: number;
  readonly limit: number;
  readonly over: boolean;
}

/** A quota with the rule that it comes from. */
export interface QuotaLine extends QuotaUse {
  readonly rule: string;
  readonly unit: QuotaUnit;
}

export type QuotaUnit = "number" | "bytes" | "MB";

/** All quotas of one account and region. */
export interface RegionQuotas {
  readonly region: string;
  /** Account id; empty for the account that deploys. */
  readonly uin: string;
  /** Whether what the account holds is known. */
  readonly accountKnown: boolean;
  readonly lines: readonly QuotaLine[];
}

interface QuotaRow {
  readonly rule: string;
  readonly unit: QuotaUnit;
  /** One for each scope that there is something to say about. */
  uses(scope: AccountScope, isFirstOfAccount: boolean): readonly QuotaUse[];
}

/** Every quota that is counted, in the order in which it is shown. A new one is one record. */
const rows: readonly QuotaRow[] = [
  {
    rule: "QTA-NS",
    unit: "number",
    uses: ({ namespaces, quotas }) => [counted("namespaces", namespaces, quotas.namespaces)],
  },
  {
    rule: "QTA-FN",
    unit: "number",
    uses(scope) {
      const used = scope.functions;
      const names = new Set(used.map(({ name }) => name));
      const untouched = (scope.existing?.namespaces ?? [])
        .filter((name) => !names.has(name))
        .map((name) => scope.untouched(name));
      return [...used, ...untouched]
        .sort((left, right) => ((left.name ?? "") < (right.name ?? "") ? -1 : 1))
        .map((namespace) =>
          counted(
            `functions in ${namespace.name ?? "a namespace not known yet"}`,
            namespace,
            namespace.limit,
          ),
        );
    },
  },
  {
    rule: "QTA-LYR",
    unit: "number",
    uses: ({ layers, quotas }) => [counted("layers", layers, quotas.layers)],
  },
  {
    rule: "QTA-LYRV",
    unit: "number",
    uses(scope) {
      const versions = Object.entries(scope.existing?.layers ?? {});
      const [name, account] = versions.sort(([, left], [, right]) => right - left)[0] ?? [];
      if (name === undefined || account === undefined) return [];
      const limit = scope.quotas.versionsPerLayer;
      return [
        {
          name: `versions of layer ${name}`,
          account,
          program: undefined,
          total: account,
          limit,
          over: false,
        },
      ];
    },
  },
  {
    rule: "QTA-CODE",
    unit: "bytes",
    uses: (scope) => [
      inProgram("code of functions", zipBytes(scope.resources("scf_function")), scope.quotas.codeBytes),
    ],
  },
  {
    rule: "QTA-CONC",
    unit: "MB",
    uses(scope) {
      const namespaces = namespaceQuotasIn(scope);
      // Most accounts have not bought the package that it takes.
      return namespaces.total === 0
        ? []
        : [counted("namespaces' own concurrency", namespaces, namespaces.allowed)];
    },
  },
  {
    rule: "CON-RES",
    unit: "MB",
    uses(scope) {
      const reserved = reservedIn(scope);
      return [
        counted("reserved concurrency", reserved, reserved.allowed),
        ...reservedInNamespaces(scope).map((inside) =>
          counted(`reserved concurrency in ${inside.namespace}`, inside, inside.allowed),
        ),
      ];
    },
  },
  {
    rule: "CON-PSUM",
    unit: "MB",
    uses(scope) {
      const provisioned = provisionedIn(scope);
      const { peak, allowed } = provisioned;
      if (peak.total === provisioned.total) return [counted("provisioned concurrency", peak, allowed)];
      // That all windows are open at once need not be: the rule warns of it. What is too much by itself never works.
      const over = isOver(provisioned, allowed) || provisioned.impossible.length > 0;
      return [{ ...counted("provisioned concurrency at the peak", peak, allowed), over }];
    },
  },
  {
    rule: "CON-SCHED",
    unit: "number",
    uses(scope) {
      const settings = scope
        .resources("scf_provisioned_concurrency")
        .map((resource) => ({ resource, actions: actionsOf(resource).length }))
        .sort((left, right) => right.actions - left.actions);
      const [most] = settings;
      if (!most || most.actions === 0) return [];
      const name = `scheduled actions of ${provisionedName(most.resource)}`;
      return [inProgram(name, most.actions, scope.quotas.scheduledActions)];
    },
  },
  {
    rule: "QTA-EIP",
    unit: "number",
    uses(scope) {
      const { users, certain } = egressAddresses(scope.resources("scf_function"));
      const limit = scope.quotas.egressIps;
      return [{ ...inProgram("fixed egress addresses", users.length, limit), over: certain > limit }];
    },
  },
  {
    rule: "TRG-COUNT",
    unit: "number",
    uses: (scope) => startingKinds.flatMap((kind) => fullest(scope, kind)),
  },
  {
    rule: "QTA-TEST",
    unit: "number",
    uses(scope, isFirstOfAccount) {
      // Test events are the account's, not a region's: they stand in the table once.
      const events = isFirstOfAccount && testEventTallies(scope.app).find(({ uin }) => uin === scope.uin);
      return events ? [counted("test events in all regions", events, events.limit)] : [];
    },
  },
];

/** Rules that are judged by what is counted here: what they find depends on what is known of the account. */
export const countingRules: ReadonlySet<string> = new Set(["QTA-SNAP", ...rows.map(({ rule }) => rule)]);

/** The quotas of every account and region that the app deploys to, sorted. */
export function quotaTable(app: AppModel): RegionQuotas[] {
  const key = ({ uin, region }: AccountScope): string => `${uin} ${region}`;
  return [...accountScopes(app)]
    .sort((left, right) => (key(left) < key(right) ? -1 : 1))
    .map((scope, index, scopes) => ({
      region: scope.region,
      uin: scope.uin,
      accountKnown: scope.existing !== undefined,
      lines: rows.flatMap((row) =>
        row
          .uses(scope, scopes[index - 1]?.uin !== scope.uin)
          .map((use) => ({ rule: row.rule, unit: row.unit, ...use })),
      ),
    }));
}

/** How much of a quota is used; more than 1 is too much. */
export function share({ total, limit }: QuotaUse): number {
  return limit > 0 ? total / limit : total > 0 ? Infinity : 0;
}

function counted(name: string, tally: Tally, limit: number): QuotaUse {
  const { existing: account, declared: program, total } = tally;
  return { name, account, program, total, limit, over: isOver(tally, limit) };
}

function inProgram(name: string, program: number, limit: number): QuotaUse {
  return { name, account: undefined, program, total: program, limit, over: program > limit };
}

/** The function with the most triggers of a type: the others are farther from the limit. */
function fullest(scope: AccountScope, kind: StartingKind): QuotaUse[] {
  const triggers = scope.resources(kind) as readonly StartingResource[];
  let most: readonly StartingResource[] = [];
  for (const ofOne of groupBy(triggers, functionIdentity).values()) {
    if (ofOne.length > most.length) most = ofOne;
  }
  const first = most[0];
  if (!first) return [];
  const name = `${nounOf(kind)}s of ${functionName(first) ?? "a function not known yet"}`;
  return [inProgram(name, most.length, scope.triggerLimit(platformTypeOf(kind)))];
}
