import { limits } from "../../model/quotas";
import type { AccountScope } from "../../rules/account-use";
import type { ModelResource } from "../../rules/app-model";
import {
  isNamespaceQuota,
  isReservation,
  provisionedIn,
  reservationsByNamespace,
  reservedBeside,
  reservedIn,
  reservedInNamespaces,
  startingAliases,
} from "../../rules/concurrency-use";
import { functionIdentity } from "../../rules/identity";
import { startOfDay } from "../../rules/schedules";
import { grouped } from "../../rules/text";
import { described } from "../questions/described";
import type { PlannedStacks } from "../questions/planned-stacks";
import { asCalled } from "../outcome";
import { instancesAt, knownProvisioning, runsBetween, type KnownProvisioning } from "./provisioned";
import { scopeOf } from "./scope";
import { instantOf, timeText, type Time } from "./time";

const DAY = 24 * 3_600_000;
const YEAR = 366 * DAY;
const KEPT = limits.unreservedConcurrencyMb;

/** At which instant concurrency is looked at. */
export interface ConcurrencyOptions {
  /** When. */
  readonly at: Time;
  /**
   * When it was deployed: scheduled actions before it never ran.
   * @default a year before
   */
  readonly deployed?: Time;
  /**
   * A stack of the account and region that is meant; its id.
   * @default the account and region that all stacks go to
   */
  readonly stack?: string;
}

/** The concurrency of the region, in MB of memory. */
export interface AccountConcurrency {
  readonly region: string;
  /** QTA-CONC. */
  readonly quotaMb: number;
  /** Of all functions, those of the account's snapshot included (CON-RES). */
  readonly reservedMb: number;
  /** What functions without a reservation share: the quota less what is reserved. */
  readonly sharedMb: number;
  /** What can still be reserved: 12,800 MB of the shared part cannot. */
  readonly reservableMb: number;
  /** Of all versions, those of the account's snapshot included; dynamic settings count with their maximum (CON-PSUM). */
  readonly provisionedMb: number;
  /** What can still be provisioned. It takes nothing away from what is shared. */
  readonly provisionableMb: number;
}

/** A namespace with a quota of its own, in MB of memory. */
export interface NamespaceConcurrencyLeft {
  readonly namespace: string;
  readonly quotaMb: number;
  readonly reservedMb: number;
  readonly sharedMb: number;
}

/** A version with instances that are started before requests come (CON-PROV). */
export interface ProvisionedVersion {
  /** `3`, or `currentVersion of shop/orders`. */
  readonly version: string;
  /** How many there are; the maximum of a dynamic setting. */
  readonly instances: number;
  /** The least that a dynamic setting has. */
  readonly minimum?: number;
  /** MB of all of them. */
  readonly megabytes: number;
  /** Name of the scheduled action that set the number; absent before the first one. */
  readonly action?: string;
}

/** What one function has, in MB of memory. */
export interface FunctionConcurrency {
  /** Address of the function. */
  readonly function: string;
  /** MB of one instance; undefined when it is known at deployment only. */
  readonly memoryMb: number | undefined;
  /** What it has for itself; absent where it shares. 0 stops it (CON-ZERO). */
  readonly reservedMb?: number;
  /** The most that it can use: its reservation, or what is shared where it is. */
  readonly availableMb: number;
  /** The same as whole instances; undefined when the memory is not known. */
  readonly availableInstances: number | undefined;
  readonly provisioned: readonly ProvisionedVersion[];
}

/** The minute of a day at which the least can still be provisioned. */
export interface LeastConcurrency {
  /** The first such instant of the day of `at`, in UTC+8. */
  readonly at: string;
  readonly provisionedMb: number;
  readonly provisionableMb: number;
}

/** How much concurrency there is and what is left of it. */
export interface ConcurrencyLeft {
  /** In UTC+8. */
  readonly at: string;
  readonly account: AccountConcurrency;
  /** Those with a quota of their own, sorted. */
  readonly namespaces: readonly NamespaceConcurrencyLeft[];
  /** Of the plan, by address. */
  readonly functions: readonly FunctionConcurrency[];
  readonly least: LeastConcurrency;
  /** What the plan does not say and is not counted, a sentence each. */
  readonly unknown: readonly string[];
}

/**
 * What is reserved, provisioned and left at an instant, with the scheduled actions applied, for the stacks of one account and region
 * and what their snapshot says besides. An alias that releases versions counts with the instances of its last one. Instances count as started at once; the platform starts 100 a minute (QTA-PBURST).
 *
 * @throws ScfError `TIME_FORM` when `at` or `deployed` is no point in time, `STACK_UNKNOWN` when there is no such stack,
 *   `STACK_AMBIGUOUS` when none is named and there are several accounts or regions
 */
export function concurrency(plan: PlannedStacks, options: ConcurrencyOptions): ConcurrencyLeft {
  return asCalled(concurrency, () => {
    const at = instantOf(options.at, "at");
    const since = options.deployed === undefined ? at - YEAR : instantOf(options.deployed, "deployed");
    const scope = scopeOf(plan, options.stack);
    const reserved = reservedIn(scope);
    const tally = provisionedIn(scope);
    const provisionings = tally.planned.map(knownProvisioning);
    const provisionedAt = (instant: number): number =>
      tally.besides +
      provisionings.reduce((sum, each) => sum + instancesAt(each, since, instant).instances * each.memory, 0);
    const provisionedMb = provisionedAt(at);
    const midnight = startOfDay(at);
    const account: AccountConcurrency = {
      region: scope.region,
      quotaMb: reserved.quota,
      reservedMb: reserved.total,
      sharedMb: reserved.quota - reserved.total,
      reservableMb: Math.max(0, reserved.quota - reserved.total - KEPT),
      provisionedMb,
      provisionableMb: tally.quota - provisionedMb,
    };
    const namespaces = namespacesOf(scope);
    const least = leastOfDay(provisionings, since, midnight, provisionedAt(midnight));
    return described(
      {
        at: timeText(at),
        account,
        namespaces,
        functions: scope
          .resources("scf_function")
          .map((owner) => functionConcurrency(owner, { account, namespaces, provisionings, since, at })),
        least: { ...least, provisionableMb: tally.quota - least.provisionedMb },
        unknown: unknownOf(scope, provisionings),
      },
      describe,
    );
  });
}

function namespacesOf(scope: AccountScope): readonly NamespaceConcurrencyLeft[] {
  const reservations = reservationsByNamespace(scope);
  const planned = scope.resources("scf_namespace_concurrency").flatMap((resource) => {
    const [namespace, quotaMb]: unknown[] = [resource.get("namespace"), resource.get("totalMb")];
    if (typeof namespace !== "string" || !isNamespaceQuota(quotaMb)) return [];
    return [{ namespace, quotaMb, reservedMb: reservedBeside(scope, resource, quotaMb, reservations).total }];
  });
  const existing = reservedInNamespaces(scope).map(({ namespace, quota, total }) => ({
    namespace,
    quotaMb: quota,
    reservedMb: total,
  }));
  return [...planned, ...existing]
    .map((entry) => ({ ...entry, sharedMb: entry.quotaMb - entry.reservedMb }))
    .sort((left, right) => (left.namespace < right.namespace ? -1 : 1));
}

interface Moment {
  readonly account: AccountConcurrency;
  readonly namespaces: readonly NamespaceConcurrencyLeft[];
  readonly provisionings: readonly KnownProvisioning[];
  readonly since: number;
  readonly at: number;
}

function functionConcurrency(owner: ModelResource<"scf_function">, moment: Moment): FunctionConcurrency {
  const { account, namespaces, provisionings, since, at } = moment;
  const identity = functionIdentity(owner);
  const reservedMb: unknown = owner.app
    .ofKind("scf_reserved_concurrency")
    .find((reservation) => functionIdentity(reservation) === identity)
    ?.get("reservedMb");
  const namespace: unknown = owner.get("namespace");
  const shared = (namespaces.find((each) => each.namespace === namespace) ?? account).sharedMb;
  const availableMb = isReservation(reservedMb) ? reservedMb : shared;
  const memory: unknown = owner.get("memory");
  const memoryMb = typeof memory === "number" ? memory : undefined;
  return {
    function: owner.address,
    memoryMb,
    ...(isReservation(reservedMb) ? { reservedMb } : {}),
    availableMb,
    availableInstances: memoryMb === undefined ? undefined : Math.max(0, Math.floor(availableMb / memoryMb)),
    provisioned: provisionings
      .filter(({ resource }) => functionIdentity(resource) === identity)
      .map((provisioning): ProvisionedVersion => {
        const { instances, action } = instancesAt(provisioning, since, at);
        return {
          version: provisioning.version,
          instances,
          ...(provisioning.minimum === undefined ? {} : { minimum: provisioning.minimum }),
          megabytes: instances * provisioning.memory,
          ...(action === undefined ? {} : { action }),
        };
      }),
  };
}

/** What is provisioned changes only when an action runs: no other instant of the day has to be looked at. */
function leastOfDay(
  provisionings: readonly KnownProvisioning[],
  since: number,
  midnight: number,
  atMidnight: number,
): { at: string; provisionedMb: number } {
  const changes = new Map<number, number>();
  for (const provisioning of provisionings) {
    let { instances: before } = instancesAt(provisioning, since, midnight);
    for (const [instant, instances] of runsBetween(provisioning, Math.max(since, midnight), midnight + DAY)) {
      if (instances === before) continue;
      changes.set(instant, (changes.get(instant) ?? 0) + (instances - before) * provisioning.memory);
      before = instances;
    }
  }
  let provisionedMb = atMidnight;
  let most = { instant: midnight, provisionedMb };
  for (const [instant, change] of [...changes].sort(([left], [right]) => left - right)) {
    provisionedMb += change;
    if (provisionedMb > most.provisionedMb) most = { instant, provisionedMb };
  }
  return { at: timeText(most.instant), provisionedMb: most.provisionedMb };
}

function unknownOf(scope: AccountScope, known: readonly KnownProvisioning[]): readonly string[] {
  const counted = new Set(known.map(({ address }) => address));
  return [
    ...[...scope.resources("scf_provisioned_concurrency"), ...startingAliases(scope.resources("scf_alias"))]
      .filter(({ address }) => !counted.has(address))
      .map(({ address }) => `${address}: instances or memory are known at deployment only`),
    ...known
      .filter(({ actions, actionCount }) => actions.length < actionCount)
      .map(({ address }) => `${address}: not all of its scheduled actions are known before the deployment`),
    ...scope
      .resources("scf_reserved_concurrency")
      .filter((resource) => !isReservation(resource.get("reservedMb")))
      .map(({ address }) => `${address}: what is reserved is known at deployment only`),
    ...scope
      .resources("scf_namespace_concurrency")
      .filter(
        (resource) =>
          typeof resource.get("namespace") !== "string" || !isNamespaceQuota(resource.get("totalMb")),
      )
      .map(({ address }) => `${address}: the namespace's quota is known at deployment only`),
  ];
}

function describe({ at, account, namespaces, functions, least, unknown }: ConcurrencyLeft): string {
  const mb = (amount: number): string => `${grouped(amount)} MB`;
  return [
    `${account.region} at ${at}: ${mb(account.quotaMb)}, reserved ${mb(account.reservedMb)}, shared ${mb(account.sharedMb)}, provisioned ${mb(account.provisionedMb)}, left to provision ${mb(account.provisionableMb)}`,
    ...namespaces.map(
      ({ namespace, quotaMb, sharedMb }) => `namespace ${namespace}: ${mb(quotaMb)}, shared ${mb(sharedMb)}`,
    ),
    ...functions.map(({ function: owner, reservedMb, availableMb, provisioned }) => {
      const versions = provisioned.map(({ version, instances }) => `; ${instances} instances of ${version}`);
      const how = reservedMb === undefined ? "shares" : "reserved";
      return `${owner}: ${how} ${mb(availableMb)}${versions.join("")}`;
    }),
    `least left to provision: ${mb(least.provisionableMb)} at ${least.at}`,
    ...unknown.map((sentence) => `not known: ${sentence}`),
  ].join("\n  ");
}
