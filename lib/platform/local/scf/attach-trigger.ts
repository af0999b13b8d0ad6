import { refuse } from "../context";
import type { Context } from "../context";
import { checkApi } from "./api-gateway";
import { nameOf, resolveQualifier } from "./lookup";
import type { FunctionRow } from "./lookup";
import { countTriggers } from "./trigger-store";
import type { TriggerRow } from "./trigger-store";
import type { Specification } from "./trigger-types";

/** A trigger that is to be, whichever service makes it. */
export interface NewTrigger extends Specification {
  readonly type: string;
  readonly qualifier: string;
  readonly name: string;
  readonly description?: string;
  readonly argument?: string;
  readonly enabled?: number;
}

/** Attaches a trigger to a function, as far as its type, the function and what is attached already allow. */
export function attachTrigger(context: Context, fn: FunctionRow, trigger: NewTrigger): TriggerRow {
  const { database, region, now, settings } = context;
  checkFunctionType(fn, trigger.type);
  checkUnique(context, fn, trigger);
  if (trigger.type === "apigw") checkApi(context, fn, trigger);
  const quota = settings.quotas.triggersOfOneType;
  const used = countTriggers(context, fn, trigger.type);
  if (used >= quota) {
    refuse(
      "LimitExceeded.Trigger",
      `${nameOf(fn)} has ${used} ${trigger.type} triggers; the quota is ${quota}`,
    );
  }
  const id = database.insert(
    `INSERT INTO triggers (function, region, qualifier, type, identity, source, name, specification,
       description, argument, enabled, created, modified) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    fn.id,
    region,
    trigger.qualifier,
    trigger.type,
    trigger.identity,
    trigger.source ?? null,
    trigger.name,
    trigger.answered,
    trigger.description ?? "",
    trigger.argument ?? "",
    trigger.enabled ?? 1,
    now,
    now,
  );
  const row = database.get<TriggerRow>("SELECT * FROM triggers WHERE id = ?", id);
  return row ?? refuse("InternalError", `The trigger ${trigger.name} is gone`);
}

/** TRG-QUAL. */
export function checkQualifier(context: Context, fn: FunctionRow, qualifier: string): void {
  if (resolveQualifier(context, fn, qualifier)) return;
  refuse("ResourceNotFound.Qualifier", `${nameOf(fn)} has no version or alias ${qualifier.slice(0, 80)}`);
}

/** WEB-TRG: web functions answer requests, by API gateway or by their own URL; no event source calls them. */
function checkFunctionType(fn: FunctionRow, type: string): void {
  if (fn.type !== "HTTP" || type === "apigw" || type === "http") return;
  refuse("UnsupportedOperation.Trigger", `${nameOf(fn)} is a web function: it has no ${type} trigger`);
}

/** A trigger that is there already, or an event source that has its function. */
function checkUnique(context: Context, fn: FunctionRow, trigger: NewTrigger): void {
  const { database, region } = context;
  const { qualifier, type, identity, source, name } = trigger;
  const same = database.get(
    "SELECT 1 FROM triggers WHERE function = ? AND qualifier = ? AND type = ? AND identity = ?",
    fn.id,
    qualifier,
    type,
    identity,
  );
  if (same) {
    refuse("ResourceInUse.Trigger", `${nameOf(fn)}:${qualifier} has a ${type} trigger ${name} already`);
  }
  if (source === undefined) return;
  const other = database.get<{ namespace: string; name: string }>(
    `SELECT functions.namespace AS namespace, functions.name AS name FROM triggers
     JOIN functions ON functions.id = triggers.function
     WHERE triggers.region = ? AND triggers.type = ? AND source = ?`,
    region,
    type,
    source,
  );
  if (!other) return;
  const owner = `${other.namespace}/${other.name}`;
  if (type === "apigw") {
    refuse(
      "FailedOperation.ApiGateway",
      `The same path and method of ${name} call the function ${owner} already`,
    );
  }
  refuse(
    "ResourceInUse.Cos",
    `The same event, prefix and suffix of ${name} call the function ${owner} already`,
  );
}
