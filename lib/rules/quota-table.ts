import type { KindName } from "../model/resources";
import { concurrencyQuota, limits } from "../model/quotas";
import { UNKNOWN, type AppModel, type ModelResource } from "./app-model";
import { zipBytes } from "./account";
import { accountScopes, isOver, type AccountScope, type Tally } from "./account-use";
import { functionIdentity, functionName, identityOf, identityOfKnown } from "./identity";
import { groupBy } from "./per-app";

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
  uses(scope: AccountScope): readonly QuotaUse[];
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
    rule: "CON-RES",
    unit: "MB",
    uses: ({ existing, quotas, region }) =>
      inAccount(
        "reserved concurrency",
        existing?.reservedConcurrencyMb,
        Math.max(0, concurrencyQuota(quotas, region) - limits.unreservedConcurrencyMb),
      ),
  },
  {
    rule: "CON-PSUM",
    unit: "MB",
    uses: ({ existing, quotas, region }) =>
      inAccount(
        "provisioned concurrency",
        existing?.provisionedConcurrencyMb,
        concurrencyQuota(quotas, region),
      ),
  },
  {
    rule: "QTA-EIP",
    unit: "number",
    uses(scope) {
      const addresses = groupBy(scope.resources("scf_function"), egressAddress).size;
      return [inProgram("fixed egress addresses", addresses, scope.quotas.egressIps)];
    },
  },
  {
    rule: "TRG-COUNT",
    unit: "number",
    uses: (scope) => [
      ...fullest(scope, "scf_timer_trigger", "timer", "timer triggers"),
      ...fullest(scope, "clb_function_binding", "clb", "load balancer bindings"),
    ],
  },
];

/** Rules that are judged by what is counted here, so that counting again makes their findings old. */
export const countingRules: ReadonlySet<string> = new Set([
  "QTA-SNAP",
  ...rows.map(({ rule }) => rule).filter((rule) => rule.startsWith("QTA-")),
]);

/** The quotas of every account and region that the app deploys to, sorted. */
export function quotaTable(app: AppModel): RegionQuotas[] {
  const key = ({ uin, region }: RegionQuotas): string => `${uin} ${region}`;
  return accountScopes(app)
    .map((scope) => ({
      region: scope.region,
      uin: scope.uin,
      accountKnown: scope.existing !== undefined,
      lines: rows.flatMap((row) =>
        row.uses(scope).map((use) => ({ rule: row.rule, unit: row.unit, ...use })),
      ),
    }))
    .sort((left, right) => (key(left) < key(right) ? -1 : 1));
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

function inAccount(name: string, account: number | undefined, limit: number): QuotaUse[] {
  return account === undefined
    ? []
    : [{ name, account, program: undefined, total: account, limit, over: false }];
}

/** The function with the most triggers of a type: the others are farther from the limit. */
function fullest<K extends KindName & ("scf_timer_trigger" | "clb_function_binding")>(
  scope: AccountScope,
  kind: K,
  type: string,
  name: string,
): QuotaUse[] {
  const triggers = scope.resources<"scf_timer_trigger" | "clb_function_binding">(kind);
  let most: readonly (typeof triggers)[number][] = [];
  for (const ofOne of groupBy(triggers, functionIdentity).values()) {
    if (ofOne.length > most.length) most = ofOne;
  }
  const first = most[0];
  if (!first) return [];
  const of = functionName(first) ?? "a function not known yet";
  return [inProgram(`${name} of ${of}`, most.length, scope.triggerLimit(type))];
}

/** All functions without a private network share one fixed address, and so do all of one subnet (NET-EIP). */
function egressAddress(resource: ModelResource<"scf_function">): string | undefined {
  if (resource.get("fixedEgressIp") !== true) return undefined;
  const network: unknown = resource.get("vpc");
  if (network === undefined || network === null) return "";
  return network === UNKNOWN ? identityOf(resource, resource.raw("vpc")) : identityOfKnown(network);
}
