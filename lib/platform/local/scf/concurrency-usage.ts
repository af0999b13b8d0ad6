import { concurrencyQuota } from "../../../model/quotas";
import type { Context } from "../context";

/** Concurrency in MB of memory: what a region and its namespaces have, and what is taken of it. */

/** QTA-CONC. */
export function regionQuotaMb(context: Context): number {
  return concurrencyQuota(context.settings.quotas, context.region);
}

interface NamespaceUsage {
  /** The namespace's own quota, when it has one. */
  readonly own: number | null;
  readonly reserved: number;
  readonly provisioned: number;
}

export function concurrencyOfNamespaces(context: Context): ReadonlyMap<string, NamespaceUsage> {
  const rows = context.database.all<NamespaceUsage & { name: string }>(
    `SELECT name, concurrency AS own,
       (SELECT coalesce(sum(megabytes), 0) FROM reserved_concurrency JOIN functions ON functions.id = function
        WHERE functions.region = namespaces.region AND namespace = namespaces.name) AS reserved,
       (SELECT coalesce(sum(megabytes), 0) FROM provisioned_concurrency JOIN functions ON functions.id = function
        WHERE functions.region = namespaces.region AND namespace = namespaces.name) AS provisioned
     FROM namespaces WHERE region = ?`,
    context.region,
  );
  return new Map(rows.map((row) => [row.name, row]));
}

/** The namespace's own quota, when it has one. */
export function namespaceQuotaMb(context: Context, namespace: string): number | undefined {
  const sql = "SELECT concurrency AS mb FROM namespaces WHERE region = ? AND name = ?";
  return context.database.get<{ mb: number | null }>(sql, context.region, namespace)?.mb ?? undefined;
}

/** What all functions of the region but one reserve. */
export function reservedByOthers(context: Context, functionId: number): number {
  const sql = `SELECT coalesce(sum(megabytes), 0) AS mb FROM reserved_concurrency WHERE region = ? AND function <> ?`;
  return context.database.get<{ mb: number }>(sql, context.region, functionId)?.mb ?? 0;
}

/** What the functions of one namespace but one reserve. */
export function reservedInNamespace(context: Context, namespace: string, exceptFunctionId = 0): number {
  const sql = `SELECT coalesce(sum(megabytes), 0) AS mb FROM reserved_concurrency
    JOIN functions ON functions.id = function
    WHERE functions.region = ? AND namespace = ? AND function <> ?`;
  return context.database.get<{ mb: number }>(sql, context.region, namespace, exceptFunctionId)?.mb ?? 0;
}

/** What is provisioned for all versions of the region but one. */
export function provisionedByOthers(context: Context, versionId: number): number {
  const sql = `SELECT coalesce(sum(megabytes), 0) AS mb FROM provisioned_concurrency WHERE region = ? AND version <> ?`;
  return context.database.get<{ mb: number }>(sql, context.region, versionId)?.mb ?? 0;
}
