import { ScfError } from "./error";
import type { Plan } from "./plan";
import type { Quotas } from "./quotas";
import { canonicalJson, isReference } from "./value";

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
  /** Names of the account's test events, sorted; absent where the region has no function to ask for them. */
  readonly testEvents?: readonly string[];
}

export interface NamespaceSnapshot {
  /** Names, sorted. */
  readonly functions: readonly string[];
  /** Functions that the namespace may hold, when it says so. */
  readonly functionLimit?: number;
  /** The namespace's own concurrency quota in MB, when it has one. */
  readonly concurrencyMb?: number;
  /** Concurrency that functions have reserved, in MB, by name of the function; those without are left out. */
  readonly reservedMb?: { readonly [functionName: string]: number };
  /** Provisioned concurrency in MB, by name of the function and number of the version; those without are left out. */
  readonly provisionedMb?: { readonly [functionName: string]: { readonly [version: string]: number } };
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
  readonly testEvents?: ExistingNames;
}

export interface ExistingNames {
  readonly count: number;
  /** Those that the stack may be declaring, sorted: they count once. */
  readonly declared: readonly string[];
}

export interface ExistingFunctions extends ExistingNames {
  /** Where this namespace has another quota than the rest. */
  readonly limit?: number;
  /** The namespace's own concurrency quota in MB, when it has one. */
  readonly concurrencyMb?: number;
  /** What its functions reserve, when they reserve anything. */
  readonly reserved?: ExistingReservations;
  /** What is provisioned for their versions, when anything is. */
  readonly provisioned?: ExistingProvisions;
}

export interface ExistingReservations {
  /** Of all functions of the namespace, in MB. */
  readonly totalMb: number;
  /** Of those that the stack may be declaring, by name. */
  readonly declaredMb: { readonly [functionName: string]: number };
}

export interface ExistingProvisions {
  /** Of all functions of the namespace, in MB. */
  readonly totalMb: number;
  /** Of those that the stack may be declaring, by name and version. */
  readonly declaredMb: { readonly [functionName: string]: { readonly [version: string]: number } };
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
      fix: "If it is something else, name another file. If it was a snapshot, delete it and write it again with `cdktf-scf quota --save`.",
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
      {
        fix: "Use the cdktf-scf that wrote it, or delete it and save it again with `cdktf-scf quota --save`.",
      },
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
    if (!isAmounts(entry[name])) return `\`${name}\` ${of} is no list of amounts`;
  }
  if (entry["testEvents"] !== undefined && !isNames(entry["testEvents"]))
    return `\`testEvents\` ${of} is no list of names`;
  const namespaces = entry["namespaces"];
  if (!isRecord(namespaces)) return `\`namespaces\` ${of} is missing`;
  for (const [name, namespace] of Object.entries(namespaces)) {
    if (!isRecord(namespace) || !isNames(namespace["functions"]))
      return `namespace ${name} ${of} has no list of functions`;
    const { functionLimit, concurrencyMb, reservedMb = {}, provisionedMb = {} } = namespace;
    if (functionLimit !== undefined && !isAmount(functionLimit))
      return `namespace ${name} ${of} has a limit that is no amount`;
    if (concurrencyMb !== undefined && !isAmount(concurrencyMb))
      return `namespace ${name} ${of} has a concurrency that is no amount`;
    if (!isAmounts(reservedMb) || !isRecord(provisionedMb) || !Object.values(provisionedMb).every(isAmounts))
      return `namespace ${name} ${of} has functions whose concurrency is no amount`;
  }
  return undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isNames(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function isAmounts(value: unknown): boolean {
  return isRecord(value) && Object.values(value).every(isAmount);
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

/** What a plan holds of a region's snapshot. Its size follows the stack, not the account. */
function existingUse(entry: RegionSnapshot, stack: Declarable): ExistingUse {
  const { functionsPerNamespace, triggersOfOneType } = entry.quotas;
  const names = Object.keys(entry.namespaces).sort();
  const functions = names.map((name): [string, ExistingFunctions] => {
    const namespace = entry.namespaces[name] ?? { functions: [] };
    const { functionLimit, concurrencyMb } = namespace;
    return [
      name,
      {
        ...existingNames(namespace.functions, stack.mayHaveFunction),
        ...(functionLimit === undefined || functionLimit === functionsPerNamespace
          ? {}
          : { limit: functionLimit }),
        ...(concurrencyMb === undefined ? {} : { concurrencyMb }),
        ...existingConcurrency(namespace, stack.mayHaveFunction),
      },
    ];
  });
  const triggers = Object.entries(entry.triggersOfType).filter(([, limit]) => limit !== triggersOfOneType);
  return {
    namespaces: names,
    functions: Object.fromEntries(functions),
    layers: entry.layers,
    ...(triggers.length === 0 ? {} : { triggersOfType: Object.fromEntries(triggers) }),
    ...(entry.testEvents === undefined
      ? {}
      : { testEvents: existingNames(entry.testEvents, stack.mayHaveTestEvent) }),
  };
}

type MayHave = (name: string) => boolean;

function existingNames(names: readonly string[], mayHave: MayHave): ExistingNames {
  return { count: names.length, declared: names.filter(mayHave).sort() };
}

function existingConcurrency(
  { reservedMb = {}, provisionedMb = {} }: NamespaceSnapshot,
  mayHave: MayHave,
): Pick<ExistingFunctions, "reserved" | "provisioned"> {
  const declared = <T>(byName: { readonly [name: string]: T }): { readonly [name: string]: T } =>
    Object.fromEntries(Object.entries(byName).filter(([name]) => mayHave(name)));
  const reservedTotal = sum(Object.values(reservedMb));
  const provisionedTotal = sum(Object.values(provisionedMb).flatMap((versions) => Object.values(versions)));
  return {
    ...(reservedTotal === 0
      ? {}
      : { reserved: { totalMb: reservedTotal, declaredMb: declared(reservedMb) } }),
    ...(provisionedTotal === 0
      ? {}
      : { provisioned: { totalMb: provisionedTotal, declaredMb: declared(provisionedMb) } }),
  };
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}

/** A plan that counts with a region's snapshot, instead of what it counted with before. */
export function withSnapshot(plan: Plan, entry: RegionSnapshot): Plan {
  return {
    ...plan,
    provider: { ...plan.provider, reportedQuotas: entry.quotas },
    existing: existingUse(entry, declarable(plan)),
  };
}

/** What a stack may be declaring: a name that is not known may be any. */
interface Declarable {
  readonly mayHaveFunction: MayHave;
  readonly mayHaveTestEvent: MayHave;
}

/** What is set for a function by its name. What refers to a function of the program has that one's. */
const settingKinds: ReadonlySet<string> = new Set([
  "scf_reserved_concurrency",
  "scf_provisioned_concurrency",
]);

function declarable({ resources }: Plan): Declarable {
  const functions: unknown[] = [];
  const testEvents: unknown[] = [];
  for (const { kind, properties } of resources) {
    const { functionName } = properties;
    if (kind === "scf_function" || (settingKinds.has(kind) && !isReference(functionName))) {
      functions.push(functionName);
    } else if (kind === "scf_test_event") testEvents.push(properties["name"]);
  }
  return { mayHaveFunction: oneOf(functions), mayHaveTestEvent: oneOf(testEvents) };
}

function oneOf(names: readonly unknown[]): MayHave {
  if (names.some((name) => typeof name !== "string")) return () => true;
  const known = new Set(names);
  return (name) => known.has(name);
}
