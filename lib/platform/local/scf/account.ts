import { limits } from "../../../model/quotas";
import type { Handlers } from "../context";
import { concurrencyOfNamespaces, regionQuotaMb } from "./concurrency-usage";

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
    const quotaMb = regionQuotaMb(context);
    const usage = concurrencyOfNamespaces(context);
    const reservedMb = [...usage.values()].reduce((sum, { reserved }) => sum + reserved, 0);
    const perType = quotas.triggersOfOneType;
    return {
      AccountUsage: {
        NamespacesCount: namespaces.length,
        Namespace: namespaces.map((name) => ({
          Namespace: name,
          Functions: functions.get(name) ?? [],
          FunctionsCount: functions.get(name)?.length ?? 0,
          // Without a quota of its own a namespace has no total.
          ...(usage.get(name)?.own ? { TotalConcurrencyMem: usage.get(name)?.own ?? 0 } : {}),
          TotalAllocatedConcurrencyMem: usage.get(name)?.reserved ?? 0,
          TotalAllocatedProvisionedMem: usage.get(name)?.provisioned ?? 0,
        })),
        TotalConcurrencyMem: quotaMb,
        TotalAllocatedConcurrencyMem: reservedMb,
        UserConcurrencyMemLimit: quotaMb,
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
