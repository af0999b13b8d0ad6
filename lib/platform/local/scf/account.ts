import { limits } from "../../../model/quotas";
import { regions } from "../../../model/region";
import type { Handlers } from "../context";

/** QTA-CONC where the documents say nothing of a region. */
const usualConcurrencyMb = 128_000;

export const accountActions = {
  GetAccount(context) {
    const { database, region, settings } = context;
    const { quotas } = settings;
    const functions = new Map<string, string[]>();
    for (const row of database.all<{ namespace: string; name: string }>(
      "SELECT namespace, name FROM functions WHERE region = ? ORDER BY namespace, name",
      region,
    )) {
      const names = functions.get(row.namespace);
      if (names) names.push(row.name);
      else functions.set(row.namespace, [row.name]);
    }
    const namespaces = database
      .all<{ name: string }>("SELECT name FROM namespaces WHERE region = ? ORDER BY name", region)
      .map((row) => row.name);
    const concurrency = regions[region]?.concurrencyMb ?? usualConcurrencyMb;
    const perType = quotas.triggersOfOneType;
    return {
      AccountUsage: {
        NamespacesCount: namespaces.length,
        Namespace: namespaces.map((name) => ({
          Namespace: name,
          Functions: functions.get(name) ?? [],
          FunctionsCount: functions.get(name)?.length ?? 0,
        })),
        TotalConcurrencyMem: concurrency,
        TotalAllocatedConcurrencyMem: 0,
        UserConcurrencyMemLimit: concurrency,
      },
      AccountLimit: {
        NamespacesCount: quotas.namespaces,
        Namespace: namespaces.map((name) => ({
          Namespace: name,
          FunctionsCount: quotas.functionsPerNamespace,
          TimeoutLimit: limits.timeoutSeconds,
          InitTimeoutLimit: quotas.initTimeoutSeconds,
          TestModelLimit: quotas.testEvents,
          RetryNumLimit: limits.asyncInvocation.retryAttempts,
          MinMsgTTL: limits.asyncInvocation.eventAgeSeconds.smallest,
          MaxMsgTTL: limits.asyncInvocation.eventAgeSeconds.largest,
          Trigger: {
            Cos: perType,
            Timer: perType,
            Cmq: perType,
            Ckafka: perType,
            Apigw: perType,
            Cls: perType,
            Clb: perType,
            Mps: perType,
          },
        })),
      },
    };
  },
} satisfies Partial<Handlers<"scf">>;
