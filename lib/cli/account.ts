import type { NamespaceSnapshot, RegionSnapshot } from "../model/account-snapshot";
import { isQuota, type Quotas } from "../model/quotas";
import type { Action, Request, Response } from "../platform/api";
import { classify, PlatformError } from "../platform/errors";
import type { Platform } from "../platform/platform";
import { mapConcurrently } from "../reconciler/concurrently";

const PAGE = 100;
const CALLS_AT_ONCE = 5;
const ATTEMPTS = 6;
const FIRST_PAUSE_MILLISECONDS = 200;

/** Asks the platform for an account's quotas in one region, and for what is there. Only reads. */
export async function readRegion(
  platform: Platform,
  uin: string | undefined,
  now = new Date(),
): Promise<RegionSnapshot> {
  const { AccountUsage: usage = {}, AccountLimit: limit = {} } = await call(platform, "GetAccount", {});
  const used = new Map((usage.Namespace ?? []).map((entry) => [entry.Namespace ?? "", entry]));
  const allowed = new Map((limit.Namespace ?? []).map((entry) => [entry.Namespace ?? "", entry]));
  const complete = used.size >= (usage.NamespacesCount ?? Infinity);
  const names = complete ? [...used.keys()] : await namespaceNames(platform);
  const namespaces = await mapConcurrently(
    names.filter((name) => name !== "").sort(),
    CALLS_AT_ONCE,
    async (name): Promise<[string, NamespaceSnapshot]> => {
      const { Functions: listed, FunctionsCount: count } = used.get(name) ?? {};
      const functions =
        listed && listed.length >= (count ?? Infinity) ? listed : await functionNames(platform, name);
      const functionLimit = allowed.get(name)?.FunctionsCount;
      return [
        name,
        {
          functions: [...functions].sort(),
          ...(isQuota("functionsPerNamespace", functionLimit) ? { functionLimit } : {}),
        },
      ];
    },
  );
  // What holds for every namespace that has nothing of its own is what holds for `default`, which always exists.
  const usual = allowed.get("default") ?? limit.Namespace?.[0] ?? {};
  const triggers = Object.entries(usual.Trigger ?? {})
    .filter(([type, number]) => type !== "Total" && isQuota("triggersOfOneType", number) && number > 0)
    .map(([type, number]) => [type.toLowerCase(), number] as const);
  const triggersOfType = Object.fromEntries(triggers);
  const quotas: Record<keyof Quotas, unknown> = {
    namespaces: limit.NamespacesCount,
    functionsPerNamespace: usual.FunctionsCount,
    initTimeoutSeconds: usual.InitTimeoutLimit,
    triggersOfOneType: triggersOfType["timer"],
    testEvents: positive(usual.TestModelLimit),
    // What the account has set for itself is what its functions get; what it could set is the more.
    concurrencyMb: positive(usage.UserConcurrencyMemLimit) ?? positive(usage.TotalConcurrencyMem),
    // The platform reports nothing of these.
    layers: undefined,
    versionsPerLayer: undefined,
    codeBytes: undefined,
    egressIps: undefined,
    scheduledActions: undefined,
  };
  const provisioned = (usage.Namespace ?? []).flatMap((entry) => entry.TotalAllocatedProvisionedMem ?? []);
  return {
    region: platform.region,
    ...(uin === undefined ? {} : { uin }),
    takenAt: `${now.toISOString().slice(0, 19)}Z`,
    quotas: Object.fromEntries(Object.entries(quotas).filter(([name, value]) => isQuota(name, value))),
    triggersOfType,
    namespaces: Object.fromEntries(namespaces),
    layers: Object.fromEntries(await layerVersions(platform)),
    ...(usage.TotalAllocatedConcurrencyMem === undefined
      ? {}
      : { reservedConcurrencyMb: usage.TotalAllocatedConcurrencyMem }),
    ...(provisioned.length === 0
      ? {}
      : { provisionedConcurrencyMb: provisioned.reduce((sum, megabytes) => sum + megabytes, 0) }),
  };
}

function positive(value: number | null | undefined): number | undefined {
  return typeof value === "number" && value > 0 ? value : undefined;
}

async function namespaceNames(platform: Platform): Promise<string[]> {
  const namespaces = await pages(async (Offset) => {
    const page = await call(platform, "ListNamespaces", { Offset, Limit: PAGE });
    return { items: page.Namespaces ?? [], total: page.TotalCount ?? 0 };
  });
  return namespaces.flatMap(({ Name }) => Name ?? []);
}

async function functionNames(platform: Platform, Namespace: string): Promise<string[]> {
  const functions = await pages(async (Offset) => {
    const page = await call(platform, "ListFunctions", { Namespace, Offset, Limit: PAGE });
    return { items: page.Functions ?? [], total: page.TotalCount ?? 0 };
  });
  return functions.flatMap(({ FunctionName }) => FunctionName ?? []);
}

async function layerVersions(platform: Platform): Promise<[string, number][]> {
  const layers = await pages(async (Offset) => {
    const page = await call(platform, "ListLayers", { Offset, Limit: PAGE });
    return { items: page.Layers ?? [], total: page.TotalCount ?? 0 };
  });
  const names = layers.flatMap(({ LayerName }) => LayerName ?? []).sort();
  return mapConcurrently(names, CALLS_AT_ONCE, async (LayerName) => {
    const { LayerVersions = [] } = await call(platform, "ListLayerVersions", { LayerName });
    return [LayerName, LayerVersions.length];
  });
}

async function pages<T>(
  page: (offset: number) => Promise<{ items: readonly T[]; total: number }>,
): Promise<T[]> {
  const all: T[] = [];
  for (;;) {
    const { items, total } = await page(all.length);
    all.push(...items);
    if (items.length === 0 || all.length >= total) return all;
  }
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
