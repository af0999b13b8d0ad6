import { refuse } from "../context";
import type { Context } from "../context";

export interface FunctionRow {
  readonly id: number;
  readonly region: string;
  readonly namespace: string;
  readonly name: string;
  readonly public_id: string;
  readonly type: string;
  readonly fixed: string;
  readonly tags: string;
  readonly retry_attempts: number;
  readonly event_age: number;
  readonly next_version: number;
  readonly gone_at: number | null;
  readonly created: number;
}

export interface VersionRow {
  readonly id: number;
  readonly function: number;
  readonly number: number;
  readonly description: string;
  readonly configuration: string;
  readonly environment: Uint8Array | null;
  readonly code_hash: string;
  readonly code_bytes: number;
  readonly uncompressed_bytes: number;
  readonly pending: string;
  readonly ready_at: number;
  /** What it is when its time has come and the work on it failed. */
  readonly failed: string | null;
  readonly created: number;
  readonly modified: number;
}

interface FunctionName {
  readonly Namespace?: string | undefined;
  readonly FunctionName?: string | undefined;
}

export const latest = "$LATEST";
export const defaultAlias = "$DEFAULT";

export function namespaceOf(request: { readonly Namespace?: string | undefined }): string {
  return request.Namespace === undefined || request.Namespace === "" ? "default" : request.Namespace;
}

function namespaceExists(context: Context, namespace: string): boolean {
  const sql = "SELECT 1 FROM namespaces WHERE region = ? AND name = ?";
  return context.database.get(sql, context.region, namespace) !== undefined;
}

export function requireNamespace(context: Context, namespace: string): void {
  if (!namespaceExists(context, namespace)) {
    refuse("ResourceNotFound.Namespace", `The namespace ${namespace} does not exist in ${context.region}`);
  }
}

export function lookUpFunction(context: Context, namespace: string, name: string): FunctionRow | undefined {
  return context.database.get<FunctionRow>(
    "SELECT * FROM functions WHERE region = ? AND namespace = ? AND name = ?",
    context.region,
    namespace,
    name,
  );
}

/** The function of a call, or a refusal. Actions that have no code for a missing namespace name the function instead. */
export function findFunction(
  context: Context,
  request: FunctionName,
  missingNamespace: "ResourceNotFound.Namespace" | "ResourceNotFound.Function" = "ResourceNotFound.Namespace",
): FunctionRow {
  const namespace = namespaceOf(request);
  const found = lookUpFunction(context, namespace, request.FunctionName ?? "");
  if (found) return found;
  if (!namespaceExists(context, namespace)) {
    refuse(missingNamespace, `The namespace ${namespace} does not exist in ${context.region}`);
  }
  return refuse(
    "ResourceNotFound.Function",
    `The function ${namespace}/${request.FunctionName ?? ""} does not exist in ${context.region}`,
  );
}

export function nameOf(fn: FunctionRow): string {
  return `${fn.namespace}/${fn.name}`;
}

export function versionName(number: number): string {
  return number === 0 ? latest : String(number);
}

/** The number that a version's name stands for; 0 for `$LATEST`. */
export function versionNumber(name: string): number | undefined {
  if (name === latest) return 0;
  return /^[1-9]\d{0,14}$/.test(name) ? Number(name) : undefined;
}

export function lookUpVersion(context: Context, fn: FunctionRow, number: number): VersionRow | undefined {
  const sql = "SELECT * FROM versions WHERE function = ? AND number = ?";
  return context.database.get<VersionRow>(sql, fn.id, number);
}

export function latestOf(context: Context, fn: FunctionRow): VersionRow {
  return lookUpVersion(context, fn, 0) ?? refuse("InternalError", `${nameOf(fn)} has no ${latest}`);
}

/** What a qualifier stands for: a version's number, by way of an alias if it names one. */
export interface ResolvedQualifier {
  readonly type: "VERSION" | "ALIAS";
  readonly number: number;
}

export function resolveQualifier(
  context: Context,
  fn: FunctionRow,
  qualifier: string,
): ResolvedQualifier | undefined {
  const number = versionNumber(qualifier);
  if (number !== undefined) {
    if (number === 0) return { type: "VERSION", number };
    const sql = "SELECT 1 FROM versions WHERE function = ? AND number = ?";
    return context.database.get(sql, fn.id, number) ? { type: "VERSION", number } : undefined;
  }
  const alias = context.database.get<{ version: number }>(
    "SELECT version FROM aliases WHERE function = ? AND name = ?",
    fn.id,
    qualifier,
  );
  return alias && { type: "ALIAS", number: alias.version };
}

/** The version that a qualifier, `$LATEST` by default, stands for. */
export function findVersion(
  context: Context,
  fn: FunctionRow,
  qualifier: string | undefined,
  missing: string,
): VersionRow {
  const name = qualifier === undefined || qualifier === "" ? latest : qualifier;
  const resolved = resolveQualifier(context, fn, name);
  const version = resolved && lookUpVersion(context, fn, resolved.number);
  return version ?? refuse(missing, `${nameOf(fn)} has no version or alias ${name}`);
}

export function statusOf(
  context: Context,
  fn: Pick<FunctionRow, "gone_at">,
  version: Pick<VersionRow, "pending" | "ready_at" | "failed">,
): string {
  if (fn.gone_at !== null) return "Deleting";
  return version.ready_at > context.now ? version.pending : (version.failed ?? "Active");
}

/** Refuses while the function is being created, updated or deleted. A version that is being published does not count. */
export function requireActive(context: Context, fn: FunctionRow, version: VersionRow): void {
  const status = statusOf(context, fn, version);
  if (status === "Active") return;
  const what = version.number === 0 ? nameOf(fn) : `${nameOf(fn)}:${version.number}`;
  refuse(
    "FailedOperation.FunctionStatusError",
    `The function ${what} is ${status}: it can be changed when it is Active`,
  );
}

/** Refuses while something is being done to it. What failed can be deleted, and changed unless it was never made. */
export function requireSettled(
  context: Context,
  fn: FunctionRow,
  version: VersionRow,
  what: "change" | "delete",
): void {
  const failed = version.ready_at <= context.now ? version.failed : null;
  if (fn.gone_at === null && failed !== null && (what === "delete" || failed !== "CreateFailed")) return;
  requireActive(context, fn, version);
}

/** Refuses while the function is being deleted, for what does not mind that it is being updated. */
export function requirePresent(fn: FunctionRow): void {
  if (fn.gone_at === null) return;
  refuse("FailedOperation.FunctionStatusError", `The function ${nameOf(fn)} is Deleting`);
}
