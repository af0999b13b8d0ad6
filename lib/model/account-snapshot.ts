import { ScfError } from "./error";
import type { Plan } from "./plan";
import type { Quotas } from "./quotas";
import { canonicalJson } from "./value";

/** What an account reports of its quotas and of what it holds, kept in a file so that synthesis can count with it. */

export const SNAPSHOT_FORMAT = "cdktf-scf/account";
export const SNAPSHOT_VERSION = 1;
/** Where it is saved when nobody says otherwise, beside cdktf.json. */
export const SNAPSHOT_FILE = "scf.account.json";

export interface AccountSnapshot {
  readonly format: typeof SNAPSHOT_FORMAT;
  readonly formatVersion: typeof SNAPSHOT_VERSION;
  /** Sorted by account and region. */
  readonly regions: readonly RegionSnapshot[];
}

/** One region of one account at one time. */
export interface RegionSnapshot {
  readonly region: string;
  /** Account id as the provider names it; absent when it names none. */
  readonly uin?: string;
  /** When it was read, in UTC with seconds. */
  readonly takenAt: string;
  /** What the account reports of its quotas. */
  readonly quotas: Partial<Quotas>;
  /** Quotas of triggers on one function, by the platform's name of the type in small letters. */
  readonly triggersOfType: { readonly [type: string]: number };
  /** By name. */
  readonly namespaces: { readonly [name: string]: NamespaceSnapshot };
  /** Number of versions, by name of the layer. */
  readonly layers: { readonly [name: string]: number };
  /** Concurrency that functions have reserved for themselves, in MB. */
  readonly reservedConcurrencyMb?: number;
  /** Provisioned concurrency of all versions, in MB. */
  readonly provisionedConcurrencyMb?: number;
}

export interface NamespaceSnapshot {
  /** Names, sorted. */
  readonly functions: readonly string[];
  /** Functions that the namespace may hold, when it says so. */
  readonly functionLimit?: number;
}

/** What a plan holds of a snapshot: counts, and the names only of what the stack itself declares. */
export interface ExistingUse {
  /** Sorted. */
  readonly namespaces: readonly string[];
  readonly functions: { readonly [namespace: string]: ExistingFunctions };
  /** Number of versions, by name of the layer. */
  readonly layers: { readonly [name: string]: number };
  /** Quotas of triggers of a type, where they differ from `triggersOfOneType`. */
  readonly triggersOfType?: { readonly [type: string]: number };
  readonly reservedConcurrencyMb?: number;
  readonly provisionedConcurrencyMb?: number;
}

export interface ExistingFunctions {
  readonly count: number;
  /** Those that the stack may be declaring, sorted: they count once. */
  readonly declared: readonly string[];
  /** Where this namespace has another quota than the rest. */
  readonly limit?: number;
}

/** The snapshot's bytes: regions and keys sorted, two spaces, a newline at the end. */
export function serializeSnapshot(regions: readonly RegionSnapshot[]): string {
  const key = (entry: RegionSnapshot): string => `${entry.uin ?? ""} ${entry.region}`;
  const sorted = [...regions].sort((left, right) => (key(left) < key(right) ? -1 : 1));
  const snapshot: AccountSnapshot = {
    format: SNAPSHOT_FORMAT,
    formatVersion: SNAPSHOT_VERSION,
    regions: sorted,
  };
  return `${canonicalJson(snapshot, 2)}\n`;
}

/**
 * Reads a snapshot back and checks that it is one.
 *
 * @throws ScfError `SNAPSHOT_DAMAGED` when it is not JSON or no snapshot, `SNAPSHOT_VERSION` when another version wrote it
 */
export function parseSnapshot(text: string, file: string): AccountSnapshot {
  const damaged = (problem: string, cause?: unknown): ScfError =>
    new ScfError("SNAPSHOT_DAMAGED", `${file} ${problem}.`, {
      fix: "Delete it and run `cdktf-scf quota --save` to write it again.",
      cause,
    });
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw damaged(`is not JSON: ${(cause as Error).message}`, cause);
  }
  const candidate = parsed as Partial<AccountSnapshot> | null;
  if (typeof candidate !== "object" || candidate === null || candidate.format !== SNAPSHOT_FORMAT) {
    throw damaged("is no snapshot of an account");
  }
  if (candidate.formatVersion !== SNAPSHOT_VERSION) {
    throw new ScfError(
      "SNAPSHOT_VERSION",
      `${file} has snapshot format ${String(candidate.formatVersion)}; this cdktf-scf reads format ${SNAPSHOT_VERSION}.`,
      { fix: "Save it again with `cdktf-scf quota --save`, or use the cdktf-scf that wrote it." },
    );
  }
  if (!Array.isArray(candidate.regions)) throw damaged("is damaged: `regions` is missing");
  for (const entry of candidate.regions as unknown[]) {
    const problem = problemOf(entry);
    if (problem) throw damaged(`is damaged: ${problem}`);
  }
  return candidate as AccountSnapshot;
}

function problemOf(entry: unknown): string | undefined {
  if (!isRecord(entry) || typeof entry["region"] !== "string") return "an entry has no region";
  const of = `of ${entry["region"]}`;
  if (entry["uin"] !== undefined && typeof entry["uin"] !== "string") return `\`uin\` ${of} is no text`;
  if (typeof entry["takenAt"] !== "string") return `\`takenAt\` ${of} is missing`;
  for (const name of ["quotas", "triggersOfType", "layers"]) {
    const amounts = entry[name];
    if (!isRecord(amounts) || !Object.values(amounts).every(isAmount))
      return `\`${name}\` ${of} is no list of amounts`;
  }
  for (const name of ["reservedConcurrencyMb", "provisionedConcurrencyMb"]) {
    if (entry[name] !== undefined && !isAmount(entry[name])) return `\`${name}\` ${of} is no amount`;
  }
  const namespaces = entry["namespaces"];
  if (!isRecord(namespaces)) return `\`namespaces\` ${of} is missing`;
  for (const [name, namespace] of Object.entries(namespaces)) {
    const functions = isRecord(namespace) ? namespace["functions"] : undefined;
    if (!Array.isArray(functions) || !functions.every((item) => typeof item === "string"))
      return `namespace ${name} ${of} has no list of functions`;
    const limit = (namespace as Partial<NamespaceSnapshot>).functionLimit;
    if (limit !== undefined && !isAmount(limit))
      return `namespace ${name} ${of} has a limit that is no amount`;
  }
  return undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isAmount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** The entry of an account and region. */
export function regionOf(
  snapshot: AccountSnapshot,
  provider: { readonly region: string; readonly account: { readonly uin?: string } },
): RegionSnapshot | undefined {
  return snapshot.regions.find(
    ({ region, uin }) => region === provider.region && (uin ?? "") === (provider.account.uin ?? ""),
  );
}

/**
 * What a plan holds of a region's snapshot. Its size follows the stack, not the account.
 *
 * @param mayDeclare whether the stack may be declaring a function of that name
 */
function existingUse(entry: RegionSnapshot, mayDeclare: (functionName: string) => boolean): ExistingUse {
  const { functionsPerNamespace, triggersOfOneType } = entry.quotas;
  const names = Object.keys(entry.namespaces).sort();
  const functions = names.map((name): [string, ExistingFunctions] => {
    const { functions: there = [], functionLimit } = entry.namespaces[name] ?? {};
    return [
      name,
      {
        count: there.length,
        declared: there.filter(mayDeclare).sort(),
        ...(functionLimit === undefined || functionLimit === functionsPerNamespace
          ? {}
          : { limit: functionLimit }),
      },
    ];
  });
  const triggers = Object.entries(entry.triggersOfType).filter(([, limit]) => limit !== triggersOfOneType);
  return {
    namespaces: names,
    functions: Object.fromEntries(functions),
    layers: entry.layers,
    ...(triggers.length === 0 ? {} : { triggersOfType: Object.fromEntries(triggers) }),
    ...(entry.reservedConcurrencyMb === undefined
      ? {}
      : { reservedConcurrencyMb: entry.reservedConcurrencyMb }),
    ...(entry.provisionedConcurrencyMb === undefined
      ? {}
      : { provisionedConcurrencyMb: entry.provisionedConcurrencyMb }),
  };
}

/** A plan that counts with a region's snapshot, instead of what it counted with before. */
export function withSnapshot(plan: Plan, entry: RegionSnapshot): Plan {
  const names = plan.resources.flatMap(({ kind, properties }) =>
    kind === "scf_function" ? [properties["functionName"]] : [],
  );
  return {
    ...plan,
    provider: { ...plan.provider, reportedQuotas: entry.quotas },
    existing: existingUse(entry, declarable(names)),
  };
}

/** Whether functions with these names, as they stand in a plan, may be declared: one that is not known may be any. */
function declarable(names: readonly unknown[]): (functionName: string) => boolean {
  if (names.some((name) => typeof name !== "string")) return () => true;
  const known = new Set(names);
  return (name) => known.has(name);
}
