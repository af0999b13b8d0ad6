import { refuse } from "../context";
import type { Context, Handlers } from "../context";
import { flag } from "../database";
import { checkLength } from "../names";
import { pageRange } from "../paging";
import { checkWord } from "../words";
import { findFunction, latest, nameOf, requirePresent, resolveQualifier } from "./lookup";
import type { FunctionRow } from "./lookup";
import { countTriggers, describeTrigger, triggersOf } from "./trigger-store";
import type { TriggerRow } from "./trigger-store";
import { triggerType } from "./trigger-types";
import type { TriggerType } from "./trigger-types";

interface TriggerName {
  readonly Type: string;
  readonly TriggerName: string;
  readonly TriggerDesc?: string | undefined;
  readonly Qualifier?: string | undefined;
}

function qualifierOf(request: { readonly Qualifier?: string | undefined }): string {
  return request.Qualifier === undefined || request.Qualifier === "" ? latest : request.Qualifier;
}

function readSwitch(value: string): number {
  return flag(checkWord(value, ["OPEN", "CLOSE"], "Enable", "InvalidParameterValue.Enable") === "OPEN");
}

/** Several COS triggers share a name, that of their bucket: their description tells which one is meant. */
function findTrigger(context: Context, fn: FunctionRow, type: TriggerType, request: TriggerName): TriggerRow {
  const qualifier = qualifierOf(request);
  const identity =
    request.Type === "cos" ? type.read(request.TriggerName, request.TriggerDesc).identity : undefined;
  const sql = "SELECT * FROM triggers WHERE function = ? AND qualifier = ? AND type = ? AND name = ?";
  const found = context.database
    .all<TriggerRow>(sql, fn.id, qualifier, request.Type, request.TriggerName)
    .find((row) => identity === undefined || row.identity === identity);
  return (
    found ??
    refuse(
      "ResourceNotFound.Trigger",
      `${nameOf(fn)}:${qualifier} has no ${request.Type} trigger ${request.TriggerName.slice(0, 100)}`,
    )
  );
}

/** TRG-QUAL. */
function checkQualifier(context: Context, fn: FunctionRow, qualifier: string): void {
  if (resolveQualifier(context, fn, qualifier)) return;
  refuse("ResourceNotFound.Qualifier", `${nameOf(fn)} has no version or alias ${qualifier.slice(0, 80)}`);
}

/** A trigger that is there already, or an event source that has its function. */
function checkUnique(
  context: Context,
  fn: FunctionRow,
  request: TriggerName,
  identity: string,
  source: string | undefined,
): void {
  const { database, region } = context;
  const qualifier = qualifierOf(request);
  const same = database.get(
    "SELECT 1 FROM triggers WHERE function = ? AND qualifier = ? AND type = ? AND identity = ?",
    fn.id,
    qualifier,
    request.Type,
    identity,
  );
  if (same) {
    refuse(
      "ResourceInUse.Trigger",
      `${nameOf(fn)}:${qualifier} has a ${request.Type} trigger ${request.TriggerName} already`,
    );
  }
  if (source === undefined) return;
  const other = database.get<{ namespace: string; name: string }>(
    `SELECT functions.namespace AS namespace, functions.name AS name FROM triggers
     JOIN functions ON functions.id = triggers.function
     WHERE triggers.region = ? AND triggers.type = ? AND source = ?`,
    region,
    request.Type,
    source,
  );
  if (!other) return;
  refuse(
    "ResourceInUse.Cos",
    `The same event, prefix and suffix of ${request.TriggerName} call the function ${other.namespace}/${other.name} already`,
  );
}

export const triggers = {
  CreateTrigger(context, request) {
    const { database, region, now, settings } = context;
    const fn = findFunction(context, request);
    requirePresent(fn);
    const type = triggerType(request.Type);
    // WEB-TRG: web functions answer requests; no event source calls them.
    if (fn.type === "HTTP" && request.Type !== "http") {
      refuse(
        "UnsupportedOperation.Trigger",
        `${nameOf(fn)} is a web function: it has no ${request.Type} trigger`,
      );
    }
    const qualifier = qualifierOf(request);
    checkQualifier(context, fn, qualifier);
    checkLength(request.Description ?? "", "trigger", "InvalidParameterValue.Description");
    const enabled = readSwitch(request.Enable ?? "OPEN");
    const specification = type.read(request.TriggerName, request.TriggerDesc);
    checkUnique(context, fn, request, specification.identity, specification.source);
    const quota = settings.quotas.triggersOfOneType;
    const used = countTriggers(context, fn, request.Type);
    if (used >= quota) {
      refuse(
        "LimitExceeded.Trigger",
        `${nameOf(fn)} has ${used} ${request.Type} triggers; the quota is ${quota}`,
      );
    }
    const id = database.insert(
      `INSERT INTO triggers (function, region, qualifier, type, identity, source, name, specification,
         description, argument, enabled, created, modified) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      fn.id,
      region,
      qualifier,
      request.Type,
      specification.identity,
      specification.source ?? null,
      request.TriggerName,
      specification.answered,
      request.Description ?? "",
      request.CustomArgument ?? "",
      enabled,
      now,
      now,
    );
    const row = database.get<TriggerRow>("SELECT * FROM triggers WHERE id = ?", id);
    return row ? { TriggerInfo: describeTrigger(row) } : {};
  },

  UpdateTrigger(context, request) {
    const fn = findFunction(context, request);
    requirePresent(fn);
    const type = triggerType(request.Type);
    if (!type.updatable) {
      refuse(
        "InvalidParameterValue.Type",
        `A ${request.Type} trigger is not updated: delete it and make it anew`,
      );
    }
    checkQualifier(context, fn, qualifierOf(request));
    const row = findTrigger(context, fn, type, request);
    const specification =
      request.TriggerDesc === undefined
        ? row.specification
        : type.read(request.TriggerName, request.TriggerDesc).answered;
    checkLength(request.Description ?? "", "trigger", "InvalidParameterValue.Description");
    context.database.run(
      `UPDATE triggers SET specification = ?, description = ?, argument = ?, enabled = ?, modified = ? WHERE id = ?`,
      specification,
      request.Description ?? row.description,
      request.CustomArgument ?? row.argument,
      request.Enable === undefined ? row.enabled : readSwitch(request.Enable),
      context.now,
      row.id,
    );
    return {};
  },

  UpdateTriggerStatus(context, request) {
    const fn = findFunction(context, request);
    requirePresent(fn);
    const type = triggerType(request.Type);
    if (!type.switchable) {
      refuse("InvalidParameterValue.Type", `A ${request.Type} trigger is not switched on and off`);
    }
    checkQualifier(context, fn, qualifierOf(request));
    const row = findTrigger(context, fn, type, request);
    context.database.run(
      "UPDATE triggers SET enabled = ?, modified = ? WHERE id = ?",
      readSwitch(request.Enable),
      context.now,
      row.id,
    );
    return {};
  },

  DeleteTrigger(context, request) {
    const fn = findFunction(context, request, "ResourceNotFound.Function");
    requirePresent(fn);
    const row = findTrigger(context, fn, triggerType(request.Type), request);
    context.database.run("DELETE FROM triggers WHERE id = ?", row.id);
    return {};
  },

  ListTriggers(context, request) {
    const fn = findFunction(context, request);
    const filters = new Map((request.Filters ?? []).map((filter) => [filter.Name, new Set(filter.Values)]));
    for (const name of filters.keys()) {
      checkWord(
        name,
        ["Qualifier", "TriggerName", "Description", "Type"],
        "A filter",
        "InvalidParameterValue.Filters",
      );
    }
    const found = triggersOf(context, fn).filter(
      (trigger) =>
        (filters.get("Qualifier")?.has(trigger.Qualifier) ?? true) &&
        (filters.get("TriggerName")?.has(trigger.TriggerName) ?? true) &&
        (filters.get("Description")?.has(trigger.Description) ?? true) &&
        (filters.get("Type")?.has(trigger.Type) ?? true),
    );
    const range = pageRange(request.Offset, request.Limit, "InvalidParameterValue");
    return {
      TotalCount: found.length,
      Triggers: found.slice(range.offset, range.offset + range.limit),
    };
  },
} satisfies Partial<Handlers<"scf">>;
