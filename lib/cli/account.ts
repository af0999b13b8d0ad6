import { allPages } from "../kinds/pages";
import type { NamespaceSnapshot, RegionSnapshot } from "../model/account-snapshot";
import { isQuota } from "../model/quotas";
import type { Action, Request, Response } from "../platform/api";
import { classify, PlatformError } from "../platform/errors";
import type { Platform } from "../platform/platform";
import { positive, reportedQuotas, reportedTriggerLimits, usualLimits } from "../platform/reported-quotas";
import { mapConcurrently } from "../reconciler/concurrently";

const PAGE = 100;
const CALLS_AT_ONCE = 5;
/** Their functions are asked side by side as well. */
const NAMESPACES_AT_ONCE = 2;
const ATTEMPTS = 6;
const FIRST_PAUSE_MILLISECONDS = 200;

/** Asks the platform for an account's quotas in one region, and for what is there. Only reads. */
export async function readRegion(
  platform: Platform,
  uin: string | undefined,
  now = new Date(),
): Promise<RegionSnapshot> {
  const account = await call(platform, "GetAccount", {});
  const { AccountUsage: usage = {}, AccountLimit: limit = {} } = account;
  const used = new Map((usage.Namespace ?? []).map((entry) => [entry.Namespace ?? "", entry]));
  const allowed = new Map((limit.Namespace ?? []).map((entry) => [entry.Namespace ?? "", entry]));
  const complete = used.size >= (usage.NamespacesCount ?? Infinity);
  const names = complete ? [...used.keys()] : await namespaceNames(platform);
  const namespaces = await mapConcurrently(
    names.filter((name) => name !== "").sort(),
    NAMESPACES_AT_ONCE,
    async (name): Promise<[string, NamespaceSnapshot]> => [
      name,
      await readNamespace(platform, name, used.get(name) ?? {}, allowed.get(name)?.FunctionsCount),
    ],
  );
  const testEvents = await testEventNames(platform, namespaces);
  return {
    region: platform.region,
    ...(uin === undefined ? {} : { uin }),
    takenAt: `${now.toISOString().slice(0, 19)}Z`,
    quotas: reportedQuotas(account),
    triggersOfType: reportedTriggerLimits(usualLimits(limit.Namespace)),
    namespaces: Object.fromEntries(namespaces),
    layers: Object.fromEntries(await layerVersions(platform)),
    ...(testEvents ? { testEvents } : {}),
  };
}

/** What the platform says of one namespace's use, in GetAccount. */
interface Usage {
  readonly Functions?: readonly string[];
  readonly FunctionsCount?: number;
  readonly TotalConcurrencyMem?: number | null;
  readonly TotalAllocatedConcurrencyMem?: number | null;
  readonly TotalAllocatedProvisionedMem?: number | null;
}

async function readNamespace(
  platform: Platform,
  namespace: string,
  usage: Usage,
  functionLimit: number | undefined,
): Promise<NamespaceSnapshot> {
  const { Functions: named, FunctionsCount: count = Infinity } = usage;
  const isIdle = usage.TotalAllocatedConcurrencyMem === 0 && usage.TotalAllocatedProvisionedMem === 0;
  const listed: readonly ListedFunction[] =
    named && named.length >= count && isIdle
      ? named.map((FunctionName) => ({ FunctionName }))
      : await listFunctions(platform, namespace);
  const functions = listed.flatMap(({ FunctionName }) => FunctionName ?? []).sort();
  // A namespace without a quota of its own may have 0 there, or nothing.
  const concurrencyMb = positive(usage.TotalConcurrencyMem);
  const reservedMb = isIdle ? {} : await reservations(platform, namespace, listed, usage);
  const provisionedMb = isIdle ? {} : await provisions(platform, namespace, listed, usage);
  return {
    functions,
    ...(isQuota("functionsPerNamespace", functionLimit) ? { functionLimit } : {}),
    ...(concurrencyMb === undefined ? {} : { concurrencyMb }),
    ...(Object.keys(reservedMb).length === 0 ? {} : { reservedMb }),
    ...(Object.keys(provisionedMb).length === 0 ? {} : { provisionedMb }),
  };
}

type ListedFunction = NonNullable<Response<"scf", "ListFunctions">["Functions"]>[number];

interface Figure {
  readonly name: string;
  /** As the list of functions says; undefined when it says nothing. */
  readonly megabytes: number | undefined;
}

/** Which functions have to be asked: those that the list says nothing of, if something is missing in what it says. */
function silent(figures: readonly Figure[], total: number | null | undefined): readonly Figure[] {
  const said = figures.reduce((sum, { megabytes }) => sum + (megabytes ?? 0), 0);
  return said === total ? [] : figures.filter(({ megabytes }) => megabytes === undefined);
}

function figuresOf(
  listed: readonly ListedFunction[],
  figure: (entry: ListedFunction) => number | null | undefined,
): readonly Figure[] {
  return listed.flatMap((entry) =>
    entry.FunctionName === undefined
      ? []
      : [{ name: entry.FunctionName, megabytes: figure(entry) ?? undefined }],
  );
}

async function reservations(
  platform: Platform,
  Namespace: string,
  listed: readonly ListedFunction[],
  usage: Usage,
): Promise<NonNullable<NamespaceSnapshot["reservedMb"]>> {
  const figures = figuresOf(listed, (entry) => entry.ReservedConcurrencyMem);
  const asked = await mapConcurrently(
    silent(figures, usage.TotalAllocatedConcurrencyMem),
    CALLS_AT_ONCE,
    async ({ name }): Promise<Figure> => {
      const answer = await call(platform, "GetReservedConcurrencyConfig", { Namespace, FunctionName: name });
      return { name, megabytes: answer.ReservedMem ?? undefined };
    },
  );
  const known = [...figures, ...asked].flatMap(({ name, megabytes }): [string, number][] =>
    megabytes !== undefined && megabytes > 0 ? [[name, megabytes]] : [],
  );
  return Object.fromEntries(known);
}

async function provisions(
  platform: Platform,
  namespace: string,
  listed: readonly ListedFunction[],
  usage: Usage,
): Promise<NonNullable<NamespaceSnapshot["provisionedMb"]>> {
  const figures = figuresOf(listed, (entry) => entry.TotalProvisionedConcurrencyMem);
  const toAsk = [
    ...figures.filter(({ megabytes }) => megabytes !== undefined && megabytes > 0),
    ...silent(figures, usage.TotalAllocatedProvisionedMem),
  ];
  const asked = await mapConcurrently(toAsk, CALLS_AT_ONCE, async (figure) => ({
    name: figure.name,
    versions: await provisionedVersions(platform, namespace, figure),
  }));
  return Object.fromEntries(
    asked.flatMap(({ name, versions }) => (Object.keys(versions).length === 0 ? [] : [[name, versions]])),
  );
}

async function provisionedVersions(
  platform: Platform,
  Namespace: string,
  { name: FunctionName, megabytes }: Figure,
): Promise<{ [version: string]: number }> {
  const { Allocated } = await call(platform, "GetProvisionedConcurrencyConfig", { Namespace, FunctionName });
  const allocated = (Allocated ?? []).flatMap(
    ({ Qualifier, AllocatedProvisionedConcurrencyNum: instances }) =>
      Qualifier === undefined ? [] : [{ Qualifier, instances: instances ?? 0 }],
  );
  const [only, ...others] = allocated;
  // What the platform counts is more than the instances that there are, where a setting may grow.
  if (only && others.length === 0 && megabytes !== undefined) return { [only.Qualifier]: megabytes };
  const versions: { [version: string]: number } = {};
  for (const { Qualifier, instances } of allocated.filter((version) => version.instances > 0)) {
    const { MemorySize = 0 } = await call(platform, "GetFunction", { Namespace, FunctionName, Qualifier });
    versions[Qualifier] = instances * MemorySize;
  }
  return versions;
}

/** They are the account's, and the platform tells them of any of its functions. */
async function testEventNames(
  platform: Platform,
  namespaces: readonly [string, NamespaceSnapshot][],
): Promise<string[] | undefined> {
  const [asked] = namespaces.flatMap(([Namespace, { functions }]) =>
    functions.slice(0, 1).map((FunctionName) => ({ Namespace, FunctionName })),
  );
  if (!asked) return undefined;
  const names = await allPages(PAGE, async (Offset, Limit) => {
    const page = await call(platform, "ListFunctionTestModels", { ...asked, Offset, Limit });
    return { items: page.TestModels ?? [], total: page.TotalCount ?? 0 };
  });
  return names.sort();
}

async function namespaceNames(platform: Platform): Promise<string[]> {
  const namespaces = await allPages(PAGE, async (Offset, Limit) => {
    const page = await call(platform, "ListNamespaces", { Offset, Limit });
    return { items: page.Namespaces ?? [], total: page.TotalCount ?? 0 };
  });
  return namespaces.flatMap(({ Name }) => Name ?? []);
}

async function listFunctions(platform: Platform, Namespace: string): Promise<ListedFunction[]> {
  return allPages(PAGE, async (Offset, Limit) => {
    const page = await call(platform, "ListFunctions", { Namespace, Offset, Limit });
    return { items: page.Functions ?? [], total: page.TotalCount ?? 0 };
  });
}

async function layerVersions(platform: Platform): Promise<[string, number][]> {
  const layers = await allPages(PAGE, async (Offset, Limit) => {
    const page = await call(platform, "ListLayers", { Offset, Limit });
    return { items: page.Layers ?? [], total: page.TotalCount ?? 0 };
  });
  const names = layers.flatMap(({ LayerName }) => LayerName ?? []).sort();
  return mapConcurrently(names, CALLS_AT_ONCE, async (LayerName) => {
    const { LayerVersions = [] } = await call(platform, "ListLayerVersions", { LayerName });
    return [LayerName, LayerVersions.length];
  });
}

/** These are reads: one that the platform is too busy for is made again. */
async function call<A extends Action<"scf">>(
  platform: Platform,
  action: A,
  request: Request<"scf", A>,
): Promise<Response<"scf", A>> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await platform.call("scf", action, request);
    } catch (error) {
      const sort = PlatformError.is(error) ? classify(error.code) : undefined;
      if (attempt === ATTEMPTS || (sort !== "throttled" && sort !== "internal")) throw error;
      await new Promise((resolve) => setTimeout(resolve, FIRST_PAUSE_MILLISECONDS * 2 ** (attempt - 1)));
    }
  }
}
