import { limits } from "../../../model/quotas";
import { refuse } from "../context";
import type { Context, Handlers } from "../context";
import {
  concurrencyOfNamespaces,
  namespaceQuotaMb,
  regionQuotaMb,
  reservedByOthers,
  reservedInNamespace,
} from "./concurrency-usage";
import {
  findFunction,
  latestOf,
  nameOf,
  namespaceOf,
  requireActive,
  requireNamespace,
  requirePresent,
} from "./lookup";
import type { FunctionRow } from "./lookup";

function checkMegabytes(value: number, name: string, smallest: number): void {
  if (Number.isSafeInteger(value) && value >= smallest) return;
  refuse("InvalidParameterValue", `${name} is a whole number of MB from ${smallest} on, not ${value}`);
}

/** CON-RES, in the region and in a namespace with a quota of its own. */
function checkReservation(context: Context, fn: FunctionRow, wanted: number): void {
  const code = "LimitExceeded.FunctionReservedConcurrencyMemory";
  const kept = limits.unreservedConcurrencyMb;
  const check = (where: string, total: number, others: number): void => {
    const left = Math.max(0, total - others - kept);
    if (wanted <= left) return;
    refuse(
      code,
      `${nameOf(fn)} can reserve ${left} MB at most, not ${wanted}: ${where} has ${total} MB, other functions reserve ${others}, and ${kept} stay for those without reservation`,
    );
  };
  check(context.region, regionQuotaMb(context), reservedByOthers(context, fn.id));
  const own = namespaceQuotaMb(context, fn.namespace);
  if (own !== undefined) {
    check(`the namespace ${fn.namespace}`, own, reservedInNamespace(context, fn.namespace, fn.id));
  }
}

export const concurrency = {
  PutReservedConcurrencyConfig(context, request) {
    const { database, region } = context;
    const fn = findFunction(context, request);
    requireActive(context, fn, latestOf(context, fn));
    const wanted = request.ReservedConcurrencyMem;
    checkMegabytes(wanted, "ReservedConcurrencyMem", 0);
    checkReservation(context, fn, wanted);
    database.run(
      `INSERT INTO reserved_concurrency (function, region, megabytes) VALUES (?, ?, ?)
       ON CONFLICT (function) DO UPDATE SET megabytes = excluded.megabytes`,
      fn.id,
      region,
      wanted,
    );
    return {};
  },

  DeleteReservedConcurrencyConfig(context, request) {
    const fn = findFunction(context, request);
    requirePresent(fn);
    context.database.run("DELETE FROM reserved_concurrency WHERE function = ?", fn.id);
    return {};
  },

  /** CON-ZERO: 0 is a reservation, no value is none. */
  GetReservedConcurrencyConfig(context, request) {
    const fn = findFunction(context, request);
    const row = context.database.get<{ megabytes: number }>(
      "SELECT megabytes FROM reserved_concurrency WHERE function = ?",
      fn.id,
    );
    return row ? { ReservedMem: row.megabytes } : {};
  },

  /** NS-PKG needs a purchased package; the account of the local platform has one. */
  PutTotalConcurrencyConfig(context, request) {
    const namespace = namespaceOf(request);
    requireNamespace(context, namespace);
    const wanted = request.TotalConcurrencyMem;
    checkMegabytes(wanted, "TotalConcurrencyMem", 1);
    const used = reservedInNamespace(context, namespace);
    const smallest = used + limits.unreservedConcurrencyMb;
    if (wanted < smallest) {
      refuse(
        "LimitExceeded.TotalConcurrencyMemory",
        `The namespace ${namespace} needs ${smallest} MB at least, not ${wanted}: its functions reserve ${used}, and ${limits.unreservedConcurrencyMb} stay for those without reservation`,
      );
    }
    const others = [...concurrencyOfNamespaces(context)].reduce(
      (sum, [name, { own }]) => sum + (name === namespace ? 0 : (own ?? 0)),
      0,
    );
    const total = regionQuotaMb(context);
    if (wanted + others > total) {
      refuse(
        "LimitExceeded.UserTotalConcurrencyMemory",
        `${context.region} has ${total} MB and other namespaces have ${others} of them: ${wanted} for ${namespace} are too many`,
      );
    }
    context.database.run(
      "UPDATE namespaces SET concurrency = ? WHERE region = ? AND name = ?",
      wanted,
      context.region,
      namespace,
    );
    return {};
  },
} satisfies Partial<Handlers<"scf">>;
