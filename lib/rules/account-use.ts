import type { ExistingFunctions, ExistingUse } from "../model/account-snapshot";
import type { Plan } from "../model/plan";
import { defaultQuotas, effectiveQuotas, isQuota, type Quotas } from "../model/quotas";
import type { KindName } from "../model/resources";
import { UNKNOWN, type AppModel, type ModelResource } from "./app-model";
import { accountAndRegionOf, functionIdentity, identityOf, identityOfKnown } from "./identity";
import { groupBy, perApp } from "./per-app";
import { grouped } from "./text";

/** What is counted against the quotas of one account and region: by the program, and by what is there besides. */

/** Every region has it, and nobody declares it. */
export const DEFAULT_NAMESPACE = "default";

/** How many of something there will be. */
export interface Tally {
  /** In the program. */
  readonly declared: number;
  /** In the account, whether the program declares them or not; undefined when nobody knows. */
  readonly existing: number | undefined;
  /** In the account, and certainly none of the program's. */
  readonly besides: number;
  /** All together, once the program is deployed. */
  readonly total: number;
}

/**
 * Whether a tally breaks a quota. What is there already and over the quota is no fault of a program that adds nothing to it.
 */
export function isOver({ declared, existing, total }: Tally, quota: number): boolean {
  return total > quota && (declared > quota || existing === undefined || total > existing);
}

/**
 * @param there how many of the declared ones exist
 * @param unknown how many of them have no known name: each may be any of those that exist
 */
function tally(declared: number, there: number, unknown: number, existing: number | undefined): Tally {
  const besides = Math.max(0, (existing ?? 0) - there - unknown);
  return { declared, existing, besides, total: besides + declared };
}

/** Functions in one namespace. */
export interface NamespaceTally extends Tally {
  /** Undefined when it is not known yet. */
  readonly name: string | undefined;
  readonly limit: number;
  /** Each once, those that exist first. */
  readonly functions: readonly ModelResource<"scf_function">[];
  /** How many of `functions` exist. */
  readonly there: number;
}

export interface NamesTally extends Tally {
  /** One resource for each name that the program declares or uses. */
  readonly members: readonly ModelResource[];
}

/** All stacks of one account and region together. */
export class AccountScope {
  readonly region: string;
  /** Account id; empty for the account that deploys. */
  readonly uin: string;
  /** Quotas of the account and region; where stacks contradict each other, the smaller one. */
  readonly quotas: Quotas;
  /** What the snapshot says is there; undefined without one. */
  readonly existing: ExistingUse | undefined;
  private byKind: Map<string, ModelResource[]> | undefined;
  private byNamespace: Map<string, ModelResource<"scf_function">[]> | undefined;
  private functionsThere: Map<string, ReadonlySet<string>> | undefined;

  constructor(
    readonly app: AppModel,
    readonly plans: readonly Plan[],
  ) {
    const provider = plans[0]?.provider;
    this.region = provider?.region ?? "";
    this.uin = provider?.account.uin ?? "";
    this.existing = plans.find((plan) => plan.existing)?.existing;
    this.quotas = sharedQuotas(plans);
  }

  resources<K extends KindName>(kind: K): readonly ModelResource<K>[] {
    this.byKind ??= resourcesByKind(this.app, this);
    return (this.byKind.get(kind) ?? []) as unknown as readonly ModelResource<K>[];
  }

  /** Whether what exists was saved earlier, and not asked just now. */
  get isSaved(): boolean {
    return this.snapshotFile !== undefined;
  }

  /** `scf.account.json of 2026-11-20`: which snapshot tells what exists. */
  get snapshot(): string {
    const file = this.snapshotFile;
    if (file === undefined) return "as it is now";
    const time = this.plans.flatMap((plan) => this.app.snapshotTimes.get(plan.stack) ?? [])[0];
    return time === undefined ? file : `${file} of ${time.slice(0, 10)}`;
  }

  private get snapshotFile(): string | undefined {
    return this.plans.flatMap(({ provider }): unknown[] => [provider.account.snapshot]).find(isText);
  }

  /** Whether a function of the program is in the account already; false when nobody knows. */
  hasFunction(resource: ModelResource<"scf_function">): boolean {
    const [namespace, name]: unknown[] = [resource.get("namespace"), resource.get("functionName")];
    if (typeof namespace !== "string" || typeof name !== "string") return false;
    this.functionsThere ??= functionsThere(this.plans);
    return this.functionsThere.get(namespace)?.has(name) ?? false;
  }

  /** Functions per namespace that the program uses. */
  get functions(): readonly NamespaceTally[] {
    return [...this.functionsByNamespace().values()].map((members) => this.namespace(members));
  }

  private functionsByNamespace(): Map<string, ModelResource<"scf_function">[]> {
    this.byNamespace ??= groupBy(this.resources("scf_function"), (resource) =>
      identityOf(resource, resource.raw("namespace")),
    );
    return this.byNamespace;
  }

  /** Functions of one namespace that the program does not use. */
  untouched(name: string): NamespaceTally {
    const known = this.existingFunctions(name);
    const limit = this.functionLimit(name);
    return { ...tally(0, 0, 0, known?.count), name, limit, functions: [], there: 0 };
  }

  private namespace(members: readonly ModelResource<"scf_function">[]): NamespaceTally {
    const value: unknown = members[0]?.get("namespace");
    const name = typeof value === "string" ? value : undefined;
    const limit = this.functionLimit(name);
    const existing =
      name === undefined || !this.existing ? undefined : (this.existingFunctions(name)?.count ?? 0);
    // Most programs are far from the limit: nothing has to be told apart in them.
    if (existing === undefined && members.length <= limit) {
      return { ...tally(members.length, 0, 0, undefined), name, limit, functions: members, there: 0 };
    }
    // The same function declared twice is FN-UNIQUE's business and one function here.
    const distinct = firstOfEach(members, functionIdentity);
    const there = existing === undefined ? [] : distinct.filter((resource) => this.hasFunction(resource));
    const isThere = new Set(there);
    const unknown = distinct.filter((resource) => resource.get("functionName") === UNKNOWN).length;
    return {
      ...tally(distinct.length, there.length, unknown, existing),
      name,
      limit,
      functions: [...there, ...distinct.filter((resource) => !isThere.has(resource))],
      there: there.length,
    };
  }

  private existingFunctions(name: string): ExistingFunctions | undefined {
    return own(this.existing?.functions, name);
  }

  private functionLimit(name: string | undefined): number {
    const byHand = this.plans.some(({ provider }) =>
      isQuota("functionsPerNamespace", provider.quotas.functionsPerNamespace),
    );
    const reported = name === undefined || byHand ? undefined : this.existingFunctions(name)?.limit;
    return reported ?? this.quotas.functionsPerNamespace;
  }

  /** Namespaces that the program declares, or that its functions name: those have to exist as well. */
  get namespaces(): NamesTally {
    const declared = this.resources("scf_namespace").map((resource) => use(resource, resource.raw("name")));
    const named = [...this.functionsByNamespace().values()]
      .flatMap(([first]) => (first ? use(first, first.raw("namespace")) : []))
      // One that is not known yet may be any of the others.
      .filter(({ name }) => typeof name === "string");
    const uses = [...declared, ...named].filter(({ name }) => name !== DEFAULT_NAMESPACE);
    const others = this.existing?.namespaces.filter((name) => name !== DEFAULT_NAMESPACE);
    const counted = countNames(uses, new Set(others), others?.length);
    const { declared: ours, existing: there, total } = counted;
    // `default` is part of every number but `besides`.
    return {
      ...counted,
      declared: ours + 1,
      existing: there === undefined ? undefined : there + 1,
      total: total + 1,
    };
  }

  get layers(): NamesTally {
    // Several resources with one name are versions of one layer.
    const uses = this.resources("scf_layer").map((resource) => use(resource, resource.raw("layerName")));
    const there = this.existing && Object.keys(this.existing.layers);
    return countNames(uses, new Set(there), there?.length);
  }

  /** How many versions a layer has; undefined when nobody knows. */
  layerVersions(name: string): number | undefined {
    return this.existing && (own(this.existing.layers, name) ?? 0);
  }

  /** How many triggers of a type one function may have, by the platform's name of the type in small letters. */
  triggerLimit(type: string): number {
    const byHand = this.plans.some(({ provider }) =>
      isQuota("triggersOfOneType", provider.quotas.triggersOfOneType),
    );
    return (byHand ? undefined : own(this.existing?.triggersOfType, type)) ?? this.quotas.triggersOfOneType;
  }
}

interface Use {
  readonly resource: ModelResource;
  readonly identity: string;
  readonly name: unknown;
}

function use(resource: ModelResource, value: Parameters<typeof identityOf>[1]): Use {
  const name = resource.app.follow(value);
  return {
    resource,
    identity: name === UNKNOWN ? identityOf(resource, value) : identityOfKnown(name),
    name,
  };
}

/**
 * @param there names that exist, as far as the program may use them
 * @param existing how many exist; undefined when nobody knows
 */
function countNames(
  uses: readonly Use[],
  there: ReadonlySet<string>,
  existing: number | undefined,
): NamesTally {
  const distinct = firstOfEach(uses, ({ identity }) => identity);
  const known = distinct.filter(({ name }) => typeof name === "string" && there.has(name)).length;
  const unknown = distinct.filter(({ name }) => name === UNKNOWN).length;
  return {
    ...tally(distinct.length, known, unknown, existing),
    members: distinct.map(({ resource }) => resource),
  };
}

/** One of those that stand for the same. */
export function firstOfEach<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return [...groupBy(items, keyOf).values()].flatMap(([first]) => (first === undefined ? [] : [first]));
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function own<T>(record: { readonly [name: string]: T } | undefined, name: string): T | undefined {
  return record && Object.hasOwn(record, name) ? record[name] : undefined;
}

function sharedQuotas(plans: readonly Plan[]): Quotas {
  const first = plans[0];
  if (!first) return effectiveQuotas({ quotas: {} });
  const shared: Record<string, number | undefined> = { ...effectiveQuotas(first.provider) };
  for (const { provider } of plans.slice(1)) {
    for (const [name, value] of Object.entries(provider.quotas)) {
      if (!isQuota(name, value)) continue;
      const stated = plans.flatMap((plan) => plan.provider.quotas[name] ?? []);
      shared[name] = Math.min(...stated.filter((quota) => isQuota(name, quota)));
    }
  }
  return shared as unknown as Quotas;
}

function functionsThere(plans: readonly Plan[]): Map<string, ReadonlySet<string>> {
  const there = new Map<string, Set<string>>();
  for (const plan of plans) {
    for (const [namespace, { declared }] of Object.entries(plan.existing?.functions ?? {})) {
      const names = there.get(namespace) ?? new Set();
      for (const name of declared) names.add(name);
      there.set(namespace, names);
    }
  }
  return there;
}

const scopesByKey = perApp(
  (app: AppModel) =>
    new Map(
      [...groupBy(app.plans, accountAndRegionOf)].map(([key, plans]) => [key, new AccountScope(app, plans)]),
    ),
);

const resourcesByScope = perApp((app: AppModel) => {
  const keys = new Map(app.plans.map((plan) => [plan, accountAndRegionOf(plan)]));
  return groupBy(app.resources, ({ plan }) => keys.get(plan));
});

function resourcesByKind(app: AppModel, { plans }: AccountScope): Map<string, ModelResource[]> {
  const key = plans[0] && accountAndRegionOf(plans[0]);
  const resources = (key !== undefined && resourcesByScope(app).get(key)) || [];
  return groupBy(resources, ({ kind }) => kind);
}

/** Every account and region that the app deploys to, in the order of the stacks. */
export function accountScopes(app: AppModel): readonly AccountScope[] {
  return [...scopesByKey(app).values()];
}

/** The account and region of a resource. */
export function accountScopeOf({ app, plan }: ModelResource): AccountScope {
  return scopesByKey(app).get(accountAndRegionOf(plan)) ?? new AccountScope(app, [plan]);
}

/** Test events of an account, in all regions together. */
export interface TestEventsTally extends NamesTally {
  /** Account id; empty for the account that deploys. */
  readonly uin: string;
  readonly limit: number;
  /** The account's scope whose snapshot tells what exists, or else its first. */
  readonly scope: AccountScope;
}

/** One for each account that the app deploys to. */
export const testEventTallies = perApp((app: AppModel): readonly TestEventsTally[] =>
  [...groupBy(accountScopes(app), ({ uin }) => uin)].flatMap(([uin, scopes]) => {
    const [first] = scopes;
    if (!first) return [];
    const uses = scopes
      .flatMap((scope) => scope.resources("scf_test_event"))
      .map((resource) => use(resource, resource.raw("name")));
    // Two regions tell of the same test events, maybe of different days: the one that knows more is believed.
    const telling = scopes
      .filter(({ existing }) => existing?.testEvents)
      .sort((left, right) => countOf(right) - countOf(left))[0];
    const plans = scopes.flatMap((scope) => scope.plans);
    const declared = new Set(plans.flatMap(({ existing }) => existing?.testEvents?.declared ?? []));
    return {
      ...countNames(uses, declared, telling && countOf(telling)),
      uin,
      limit: accountQuota(plans, "testEvents"),
      scope: telling ?? first,
    };
  }),
);

function countOf({ existing }: AccountScope): number {
  return existing?.testEvents?.count ?? 0;
}

/** A quota of the account, not of a region: what one of the stacks gives by hand holds for all. */
function accountQuota(plans: readonly Plan[], name: "testEvents"): number {
  const values = (sources: readonly (Partial<Quotas> | undefined)[]): number[] =>
    sources.flatMap((quotas) => {
      const value: unknown = quotas?.[name];
      return isQuota(name, value) ? [value as unknown as number] : [];
    });
  const byHand = values(plans.map(({ provider }) => provider.quotas));
  const reported = values(plans.map(({ provider }) => provider.reportedQuotas));
  const known = byHand.length > 0 ? byHand : reported;
  return known.length > 0 ? Math.min(...known) : defaultQuotas[name];
}

/** Where a number comes from, when a snapshot is part of it; what is counted in MB says so. */
export function besides(tally: Tally, scope: AccountScope, unit = ""): string {
  if (tally.besides === 0) return "";
  return `: ${grouped(tally.besides)}${unit} in the account that this program does not declare (${scope.snapshot}), ${grouped(tally.declared)}${unit} declared here`;
}

/** What else can be done about a quota that is too small, when a snapshot is part of what is counted. */
export function orSaveAgain(fix: string, tally: Tally, scope: AccountScope): { fix?: string } {
  if (tally.besides === 0 || !scope.isSaved) return {};
  return {
    fix: `${fix}, or save the snapshot again with \`cdktf-scf quota --save\` if the account has changed since`,
  };
}
