import { refuse } from "../context";
import type { Context } from "../context";
import { defaultAlias, latestOf, lookUpVersion, nameOf, requireSettled, versionNumber } from "./lookup";
import type { FunctionRow } from "./lookup";
import { refuseWhileProvisioning } from "./provisioning-store";

/** Takes the function away with its versions, its built-in alias and its triggers. */
export function deleteFunction(context: Context, fn: FunctionRow): void {
  const { database, now, settings } = context;
  requireSettled(context, fn, latestOf(context, fn), "delete");
  const alias = database.get<{ name: string }>(
    "SELECT name FROM aliases WHERE function = ? AND name <> ? LIMIT 1",
    fn.id,
    defaultAlias,
  );
  if (alias) {
    refuse(
      "UnsupportedOperation.AliasBind",
      `The alias ${alias.name} of ${nameOf(fn)} exists: delete it first`,
    );
  }
  // The documents do not say what becomes of a forwarding rule whose function goes. Refusing is the choice that leaves
  // no rule that points nowhere.
  refuseWhileBound(context, fn, undefined, "FailedOperation.DeleteFunction");
  refuseWhileProvisioning(context, fn, undefined);
  if (settings.delayMs > 0) {
    database.run("UPDATE functions SET gone_at = ? WHERE id = ?", now + settings.delayMs, fn.id);
  } else {
    database.run("DELETE FROM functions WHERE id = ?", fn.id);
  }
}

/** Takes a published version away, with the triggers that are attached to it. */
export function deleteVersion(context: Context, fn: FunctionRow, qualifier: string): void {
  const { database } = context;
  const number = versionNumber(qualifier);
  if (number === 0)
    refuse("InvalidParameterValue.Qualifier", `${qualifier} cannot be deleted without its function`);
  const version = number === undefined ? undefined : lookUpVersion(context, fn, number);
  if (!version) refuse("ResourceNotFound.Qualifier", `${nameOf(fn)} has no version ${qualifier}`);
  requireSettled(context, fn, version, "delete");
  // $DEFAULT counts here: it would point nowhere.
  const alias = database.get<{ name: string }>(
    "SELECT name FROM aliases WHERE function = ? AND (version = ? OR additional = ?) LIMIT 1",
    fn.id,
    version.number,
    version.number,
  );
  if (alias) {
    refuse(
      "UnsupportedOperation.AliasBind",
      `The alias ${alias.name} of ${nameOf(fn)} points to version ${version.number}`,
    );
  }
  refuseWhileBound(context, fn, qualifier, "FailedOperation.DeleteFunction");
  refuseWhileProvisioning(context, fn, version);
  database.run("DELETE FROM triggers WHERE function = ? AND qualifier = ?", fn.id, qualifier);
  database.run("DELETE FROM versions WHERE id = ?", version.id);
}

/** Refuses when a forwarding rule of a load balancer binds the function, or that version or alias of it. */
export function refuseWhileBound(
  context: Context,
  fn: FunctionRow,
  qualifier: string | undefined,
  code: string,
): void {
  const bound = context.database.get<{ balancer: string; domain: string; url: string; qualifier: string }>(
    `SELECT listeners.load_balancer AS balancer, domain, url, qualifier FROM function_targets
     JOIN rules ON rules.id = rule JOIN listeners ON listeners.id = rules.listener
     WHERE function = ? AND (? IS NULL OR qualifier = ?) LIMIT 1`,
    fn.id,
    qualifier ?? null,
    qualifier ?? null,
  );
  if (!bound) return;
  refuse(
    code,
    `The load balancer ${bound.balancer} binds ${nameOf(fn)}:${bound.qualifier} at ${bound.domain}${bound.url}: unbind it first`,
  );
}
