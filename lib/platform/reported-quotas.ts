import { isQuota, type Quotas } from "../model/quotas";
import type { Response } from "./api";

/** The quotas that an account reports for one region. Those of which it says nothing are absent. */
export function reportedQuotas({
  AccountUsage: usage = {},
  AccountLimit: limit = {},
}: Response<"scf", "GetAccount">): Partial<Quotas> {
  // What holds for every namespace that has nothing of its own is what holds for `default`, which always exists.
  const usual = usualLimits(limit.Namespace);
  const quotas: Record<keyof Quotas, unknown> = {
    namespaces: limit.NamespacesCount,
    functionsPerNamespace: usual.FunctionsCount,
    initTimeoutSeconds: usual.InitTimeoutLimit,
    triggersOfOneType: reportedTriggerLimits(usual)["timer"],
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
  return Object.fromEntries(Object.entries(quotas).filter(([name, value]) => isQuota(name, value)));
}

type NamespaceLimit = NonNullable<
  NonNullable<Response<"scf", "GetAccount">["AccountLimit"]>["Namespace"]
>[number];

/** The limits of a namespace that has none of its own. */
export function usualLimits(namespaces: readonly NamespaceLimit[] | undefined): NamespaceLimit {
  return namespaces?.find(({ Namespace }) => Namespace === "default") ?? namespaces?.[0] ?? {};
}

/** Triggers of each type that one function may have. */
export function reportedTriggerLimits({ Trigger }: NamespaceLimit): { readonly [type: string]: number } {
  const limits = Object.entries(Trigger ?? {})
    .filter(([type, number]) => type !== "Total" && isQuota("triggersOfOneType", number) && number > 0)
    .map(([type, number]) => [type.toLowerCase(), number as number] as const);
  return Object.fromEntries(limits);
}

/** Zero stands for none. */
export function positive(value: number | null | undefined): number | undefined {
  return typeof value === "number" && value > 0 ? value : undefined;
}
