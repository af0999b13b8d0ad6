import { parseJson, refuse } from "../context";
import type { Context, Handlers } from "../context";
import { flag } from "../database";
import { checkLength } from "../names";
import { pageRange } from "../paging";
import { checkWord } from "../words";
import { attachTrigger, checkQualifier } from "./attach-trigger";
import { findFunction, latest, nameOf, requirePresent } from "./lookup";
import type { FunctionRow } from "./lookup";
import { describeTrigger, triggersOf } from "./trigger-store";
import type { TriggerRow } from "./trigger-store";
import { creatableType, triggerType } from "./trigger-types";
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

/** Several triggers of a bucket or a service share a name: their description tells which one is meant. */
function findTrigger(context: Context, fn: FunctionRow, type: TriggerType, request: TriggerName): TriggerRow {
  const qualifier = qualifierOf(request);
  const identity = type.sharesName
    ? type.read(request.TriggerName, request.TriggerDesc, context.region).identity
    : undefined;
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

function checkFixed(type: TriggerType, before: string, after: string): void {
  if (!type.fixed) return;
  const [old, wanted] = [before, after].map((text) => parseJson<Record<string, unknown>>(text));
  for (const name of type.fixed) {
    if (old?.[name] === wanted?.[name]) continue;
    refuse(
      "InvalidParameterValue.TriggerDesc",
      `${name} stays as it is: delete the trigger and make it anew`,
    );
  }
}

export const triggers = {
  CreateTrigger(context, request) {
    const fn = findFunction(context, request);
    requirePresent(fn);
    const type = creatableType(request.Type);
    const qualifier = qualifierOf(request);
    checkQualifier(context, fn, qualifier);
    checkLength(request.Description ?? "", "trigger", "InvalidParameterValue.Description");
    const enabled = readSwitch(request.Enable ?? "OPEN");
    const specification = type.read(request.TriggerName, request.TriggerDesc, context.region);
    const row = attachTrigger(context, fn, {
      type: request.Type,
      qualifier,
      name: request.TriggerName,
      ...specification,
      description: request.Description ?? "",
      argument: request.CustomArgument ?? "",
      enabled,
    });
    return { TriggerInfo: describeTrigger(row) };
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
        : type.read(request.TriggerName, request.TriggerDesc, context.region).answered;
    checkFixed(type, row.specification, specification);
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
