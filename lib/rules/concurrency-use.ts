import type { ExistingFunctions } from "../model/account-snapshot";
import { concurrencyQuota, limits } from "../model/quotas";
import { firstOfEach, type AccountScope, type Tally } from "./account-use";
import { UNKNOWN, type ModelResource } from "./app-model";
import { functionIdentity, identityOf } from "./identity";
import { groupBy } from "./per-app";
import { amountsOf, startedVersion, versionMemory, type Reservation, type Starting } from "./provisioning";

/** Concurrency of one account and region in MB: what the program plans, and what the account holds besides. */

/** What functions without a reservation keep, in a region and in a namespace with a quota of its own. */
const KEPT = limits.unreservedConcurrencyMb;

type NamespaceQuota = ModelResource<"scf_namespace_concurrency">;

export interface Amount<R> {
  readonly resource: R;
  readonly megabytes: number;
}

export interface ConcurrencyTally<R> extends Tally {
  /** The region's quota, or the namespace's own. */
  readonly quota: number;
  /** What may be taken of it. */
  readonly allowed: number;
  /** What the program plans, as far as it is known: each once. */
  readonly planned: readonly R[];
}

/** What functions reserve, the largest first. */
export type ReservedTally = ConcurrencyTally<Amount<Reservation>>;

/** CON-RES. */
export function reservedIn(scope: AccountScope): ReservedTally {
  return reservedOf(scope, scope.resources("scf_reserved_concurrency"), quotaOf(scope), () => true);
}

export interface NamespaceReservedTally extends ReservedTally {
  readonly namespace: string;
}

/** The same in each namespace that has a quota in the account, and that the program gives none. */
export function reservedInNamespaces(scope: AccountScope): readonly NamespaceReservedTally[] {
  const quotas = Object.entries(scope.existing?.functions ?? {}).flatMap(([namespace, { concurrencyMb }]) =>
    concurrencyMb === undefined ? [] : [{ namespace, concurrencyMb }],
  );
  if (quotas.length === 0) return [];
  const planned = new Set(scope.resources("scf_namespace_concurrency").map(namespaceOf));
  // One that is not known yet may be any of them.
  if (planned.has(UNKNOWN)) return [];
  const reservations = groupBy(scope.resources("scf_reserved_concurrency"), (resource) => {
    const namespace = namespaceOf(resource);
    return typeof namespace === "string" ? namespace : undefined;
  });
  return quotas
    .filter(({ namespace }) => !planned.has(namespace))
    .map(({ namespace, concurrencyMb }) => ({
      ...reservedOf(scope, reservations.get(namespace) ?? [], concurrencyMb, (name) => name === namespace),
      namespace,
    }));
}

/** What the functions of a namespace reserve, when the program gives it a quota of its own. */
export function reservedBeside(
  scope: AccountScope,
  resource: NamespaceQuota,
  totalMb: number,
  reservations: ReadonlyMap<string, readonly Reservation[]>,
): ReservedTally {
  const namespace = namespaceOf(resource);
  return reservedOf(
    scope,
    reservations.get(namespaceIdentity(resource)) ?? [],
    totalMb,
    (name) => name === namespace,
  );
}

/** Reservations by namespace, for `reservedBeside`. */
export function reservationsByNamespace(scope: AccountScope): ReadonlyMap<string, readonly Reservation[]> {
  return groupBy(scope.resources("scf_reserved_concurrency"), namespaceIdentity);
}

function reservedOf(
  scope: AccountScope,
  resources: readonly Reservation[],
  quota: number,
  inNamespace: (namespace: string) => boolean,
): ReservedTally {
  const distinct = firstOfEach(resources, functionIdentity);
  const planned = distinct
    .flatMap((resource) => {
      const megabytes = reservedMb(resource);
      return megabytes === undefined ? [] : [{ resource, megabytes }];
    })
    .sort((left, right) => right.megabytes - left.megabytes);
  const there = namespacesOf(scope, inNamespace);
  const existing = {
    totalMb: sum(there.map(([, { reserved }]) => reserved?.totalMb)),
    holdings: there.flatMap(([namespace, { reserved }]) =>
      Object.entries(reserved?.declaredMb ?? {}).map(([name, megabytes]) => ({
        owner: ownerKey(namespace, name),
        item: "",
        megabytes,
      })),
    ),
  };
  const claims = distinct.map((resource) => ({ owner: ownerOf(resource), item: "" }));
  return {
    ...tally(scope, sum(planned.map(({ megabytes }) => megabytes)), existing, claims),
    quota,
    allowed: Math.max(0, quota - KEPT),
    planned,
  };
}

/** What is provisioned for one version. */
export interface ProvisionedAmount {
  readonly resource: Starting;
  /** Instances that there certainly are. */
  readonly instances: number;
  /** Instances that there may be at any time. */
  readonly most: number;
  /** Of one instance. */
  readonly memory: number;
}

export interface ProvisionedTally extends ConcurrencyTally<ProvisionedAmount> {
  /** While all scheduled actions set their highest numbers; the same where there are none that set more. */
  readonly peak: Tally;
  /** What is planned that is more than the quota by itself while a scheduled action has its way. */
  readonly impossible: readonly ProvisionedAmount[];
}

/** CON-PSUM. */
export function provisionedIn(scope: AccountScope): ProvisionedTally {
  const distinct = firstOfEach<Starting>(
    [...scope.resources("scf_provisioned_concurrency"), ...startingAliases(scope.resources("scf_alias"))],
    versionIdentity,
  );
  const planned = distinct.flatMap((resource): ProvisionedAmount[] => {
    const { certain, most } = amountsOf(resource);
    const memory = versionMemory(resource);
    return certain === undefined || most === undefined || typeof memory !== "number"
      ? []
      : [{ resource, instances: certain, most, memory }];
  });
  const there = namespacesOf(scope, () => true);
  const existing = {
    totalMb: sum(there.map(([, { provisioned }]) => provisioned?.totalMb)),
    holdings: there.flatMap(([namespace, { provisioned }]) =>
      Object.entries(provisioned?.declaredMb ?? {}).flatMap(([name, versions]) =>
        Object.entries(versions).map(([item, megabytes]) => ({
          owner: ownerKey(namespace, name),
          item,
          megabytes,
        })),
      ),
    ),
  };
  const claims = distinct.map((resource) => {
    const qualifier: unknown = scope.app.follow(startedVersion(resource));
    return { owner: ownerOf(resource), item: typeof qualifier === "string" ? qualifier : undefined };
  });
  const quota = quotaOf(scope);
  const used = tally(
    scope,
    sum(planned.map(({ instances, memory }) => instances * memory)),
    existing,
    claims,
  );
  const more = sum(planned.map(({ most, instances, memory }) => (most - instances) * memory));
  return {
    ...used,
    quota,
    allowed: quota,
    planned,
    peak: { ...used, declared: used.declared + more, total: used.total + more },
    impossible: planned.filter(({ most, memory }) => most * memory > quota),
  };
}

/** QTA-CONC: the namespaces' own quotas. Those whose amount is no quota are left out. */
export function namespaceQuotasIn(scope: AccountScope): ConcurrencyTally<Amount<NamespaceQuota>> {
  const distinct = firstOfEach(scope.resources("scf_namespace_concurrency"), namespaceIdentity);
  const planned = distinct.flatMap((resource) => {
    const megabytes: unknown = resource.get("totalMb");
    return isNamespaceQuota(megabytes) ? [{ resource, megabytes }] : [];
  });
  const holdings = namespacesOf(scope, () => true).flatMap(([namespace, { concurrencyMb: megabytes }]) =>
    megabytes === undefined ? [] : [{ owner: namespace, item: "", megabytes }],
  );
  const existing = { totalMb: sum(holdings.map(({ megabytes }) => megabytes)), holdings };
  const claims = distinct.map((resource) => {
    const namespace = namespaceOf(resource);
    return { owner: typeof namespace === "string" ? namespace : undefined, item: "" };
  });
  const quota = quotaOf(scope);
  const declared = sum(planned.map(({ megabytes }) => megabytes));
  return { ...tally(scope, declared, existing, claims), quota, allowed: quota, planned };
}

export function isNamespaceQuota(megabytes: unknown): megabytes is number {
  return Number.isInteger(megabytes) && (megabytes as number) > 0;
}

/** Whether it is an amount that can be reserved. */
export function isReservation(megabytes: unknown): megabytes is number {
  return Number.isSafeInteger(megabytes) && (megabytes as number) >= 0;
}

export function versionIdentity(resource: Starting): string {
  return `${functionIdentity(resource)}|${identityOf(resource, startedVersion(resource))}`;
}

/** Aliases that have instances of their versions. */
export function startingAliases(
  aliases: readonly ModelResource<"scf_alias">[],
): readonly ModelResource<"scf_alias">[] {
  return aliases.filter((alias) => alias.raw("provisioned") !== undefined);
}

function reservedMb(resource: Reservation): number | undefined {
  const megabytes: unknown = resource.get("reservedMb");
  return isReservation(megabytes) ? megabytes : undefined;
}

type InNamespace = ModelResource<"scf_namespace_concurrency" | "scf_reserved_concurrency">;

function namespaceIdentity(resource: InNamespace): string {
  return identityOf(resource, resource.raw("namespace"));
}

function namespaceOf(resource: InNamespace): unknown {
  return resource.get("namespace");
}

function quotaOf({ quotas, region }: AccountScope): number {
  return concurrencyQuota(quotas, region);
}

function namespacesOf(
  scope: AccountScope,
  include: (namespace: string) => boolean,
): readonly [string, ExistingFunctions][] {
  // Each plan knows by name what its own stack may be declaring; the totals are the same in all of them.
  const [first, ...others] = scope.plans.flatMap(({ existing }) => (existing ? [existing.functions] : []));
  return Object.entries(first ?? {})
    .filter(([name]) => include(name))
    .map(([name, functions]) => [name, others.reduce((all, other) => merged(all, other[name]), functions)]);
}

function merged(all: ExistingFunctions, other: ExistingFunctions | undefined): ExistingFunctions {
  const { reserved, provisioned } = all;
  if (!other || (!reserved && !provisioned)) return all;
  return {
    ...all,
    ...(reserved && {
      reserved: { ...reserved, declaredMb: { ...reserved.declaredMb, ...other.reserved?.declaredMb } },
    }),
    ...(provisioned && {
      provisioned: {
        ...provisioned,
        declaredMb: { ...provisioned.declaredMb, ...other.provisioned?.declaredMb },
      },
    }),
  };
}

function ownerKey(namespace: string, functionName: string): string {
  return JSON.stringify([namespace, functionName]);
}

function ownerOf(resource: Reservation | Starting): string | undefined {
  const bound = resource as ModelResource<"scf_alias">;
  const [namespace, name]: unknown[] = [bound.get("namespace"), bound.get("functionName")];
  return typeof namespace === "string" && typeof name === "string" ? ownerKey(namespace, name) : undefined;
}

/** Something in the account that takes concurrency: a version of a function, say. */
interface Holding {
  readonly owner: string;
  readonly item: string;
  readonly megabytes: number;
}

/** What the program sets, in place of what there is; parts that are not known yet are undefined. */
interface Claim {
  readonly owner: string | undefined;
  readonly item: string | undefined;
}

interface Existing {
  /** Of everything, whether the program may be declaring it or not. */
  readonly totalMb: number;
  readonly holdings: readonly Holding[];
}

function tally(scope: AccountScope, declared: number, existing: Existing, claims: readonly Claim[]): Tally {
  if (!scope.existing) return { declared, existing: undefined, besides: 0, total: declared };
  const besides = Math.max(0, existing.totalMb - replaced(existing.holdings, claims));
  return { declared, existing: existing.totalMb, besides, total: besides + declared };
}

/** How much of what there is the program sets anew. What is not known yet may stand for the largest that it fits. */
function replaced(holdings: readonly Holding[], claims: readonly Claim[]): number {
  if (holdings.length === 0) return 0;
  const left = groupBy(
    [...holdings].sort((left, right) => right.megabytes - left.megabytes),
    ({ owner }) => owner,
  );
  let megabytes = 0;
  const take = (owner: string, matches: (holding: Holding) => boolean): void => {
    const held = left.get(owner) ?? [];
    const index = held.findIndex(matches);
    if (index >= 0) megabytes += held.splice(index, 1)[0]?.megabytes ?? 0;
  };
  for (const { owner, item } of claims) {
    if (owner !== undefined && item !== undefined) take(owner, (holding) => holding.item === item);
  }
  for (const { owner, item } of claims) {
    if (owner !== undefined && item === undefined) take(owner, () => true);
  }
  const unknown = claims.filter(({ owner }) => owner === undefined).length;
  const largest = [...left.values()].flat().sort((one, other) => other.megabytes - one.megabytes);
  return megabytes + sum(largest.slice(0, unknown).map((holding) => holding.megabytes));
}

function sum(values: readonly (number | undefined)[]): number {
  return values.reduce<number>((total, value) => total + (value ?? 0), 0);
}
