import type { Properties } from "../model/value";
import type { Response } from "../platform/api";
import type { Live, OperationContext, ReadContext } from "./kind";
import { isFunctionNotFound, unlessNotFound } from "./not-found";
import { allPages } from "./pages";

/** The code that a trigger starts. */
export interface TriggerTarget {
  readonly namespace: string;
  readonly functionName: string;
  readonly qualifier: string;
}

export type TriggerInfo = NonNullable<Response<"scf", "ListTriggers">["Triggers"]>[number];

/** The part of a trigger's key that all types have, as calls take it. */
export function targetRequest({ namespace, functionName, qualifier }: TriggerTarget) {
  return { FunctionName: functionName, Namespace: namespace, Qualifier: qualifier };
}

export function targetText({ namespace, functionName, qualifier }: TriggerTarget): string {
  return `${namespace}/${functionName}:${qualifier}`;
}

/** `Enable` is sent as a word and comes back as a number. */
export function switchRequest(enabled: boolean): "OPEN" | "CLOSE" {
  return enabled ? "OPEN" : "CLOSE";
}

/** The first trigger of one type on the target that `matches`; undefined too when the function is gone. */
export async function findTrigger(
  context: ReadContext,
  target: TriggerTarget,
  type: string,
  matches: (trigger: TriggerInfo, description: Properties) => boolean,
): Promise<{ readonly trigger: TriggerInfo; readonly description: Properties } | undefined> {
  const triggers = await unlessNotFound(
    allPages(100, async (Offset, Limit) => {
      const page = await context.call("scf", "ListTriggers", {
        FunctionName: target.functionName,
        Namespace: target.namespace,
        Offset,
        Limit,
      });
      return { items: page.Triggers ?? [], total: page.TotalCount ?? 0 };
    }),
    isFunctionNotFound,
  );
  for (const trigger of triggers ?? []) {
    if (trigger.Type !== type || (trigger.Qualifier ?? "$LATEST") !== target.qualifier) continue;
    const description = describedBy(trigger);
    if (matches(trigger, description)) return { trigger, description };
  }
  return undefined;
}

/** What the platform answers of a trigger beside its name; an empty object where it is no object in JSON. */
export function describedBy(trigger: { readonly TriggerDesc?: string | undefined }): Properties {
  try {
    const parsed: unknown = JSON.parse(trigger.TriggerDesc ?? "");
    return isObject(parsed) ? parsed : {};
  } catch {
    return {};
  }
}

export function objectIn(description: Properties, name: string): Properties {
  const value: unknown = description[name];
  return isObject(value) ? value : {};
}

/** Texts and numbers both come back as either. */
export function textIn(description: Properties, name: string): string {
  const value = description[name];
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : "";
}

export function numberIn(description: Properties, name: string, otherwise: number): number {
  const value = Number(description[name]);
  return Number.isFinite(value) && description[name] !== "" ? value : otherwise;
}

export function isOpen(trigger: TriggerInfo): boolean {
  return trigger.Enable === 1;
}

/** Deletes a trigger; one that is gone, or whose function is, is deleted already. */
export async function deleteTrigger(
  context: OperationContext,
  target: TriggerTarget,
  key: { readonly Type: string; readonly TriggerName: string; readonly TriggerDesc?: string },
): Promise<void> {
  await unlessNotFound(
    context.call("scf", "DeleteTrigger", { ...targetRequest(target), ...key }),
    isFunctionNotFound,
  );
}

/** A trigger as the plan has it: what every type has, and what is its own. */
export function liveTrigger(target: TriggerTarget, own: Properties, attributes: Properties = {}): Live {
  const { namespace, functionName, qualifier } = target;
  return { properties: { namespace, functionName, qualifier, ...own }, attributes };
}

function isObject(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
