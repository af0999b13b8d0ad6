import type { ResourceSchema } from "../model/resource-schema";
import type { Properties } from "../model/value";
import type { Response } from "../platform/api";
import { ofEveryFunction } from "./every-function";
import type { FunctionAddress } from "./function-status";
import { importParts } from "./import-id";
import type { Importing, Live, OperationContext, ReadContext } from "./kind";
import { isFunctionNotFound, unlessNotFound } from "./not-found";
import { readMark, wholeDescription } from "./ownership";
import { allPages, shared } from "./pages";
import { asFound } from "./plan-shape";

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

/** All triggers of a function, of whatever type; none when the function is gone. */
async function triggersOf(
  context: ReadContext,
  { namespace, functionName }: FunctionAddress,
): Promise<readonly TriggerInfo[]> {
  const triggers = await shared(context, `triggers of ${namespace}/${functionName}`, () =>
    unlessNotFound(
      allPages(100, async (Offset, Limit) => {
        const page = await context.call("scf", "ListTriggers", {
          FunctionName: functionName,
          Namespace: namespace,
          Offset,
          Limit,
        });
        return { items: page.Triggers ?? [], total: page.TotalCount ?? 0 };
      }),
      isFunctionNotFound,
    ),
  );
  return triggers ?? [];
}

function qualifierOf(trigger: TriggerInfo): string {
  return trigger.Qualifier ?? "$LATEST";
}

/** The first trigger of one type on the target that `matches`; undefined too when the function is gone. */
export async function findTrigger(
  context: ReadContext,
  target: TriggerTarget,
  type: string,
  matches: (trigger: TriggerInfo, description: Properties) => boolean,
): Promise<{ readonly trigger: TriggerInfo; readonly description: Properties } | undefined> {
  for (const trigger of await triggersOf(context, target)) {
    if (trigger.Type !== type || qualifierOf(trigger) !== target.qualifier) continue;
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

/** What tells the triggers of one type apart, and how the platform describes them. */
export interface TriggerType<K> {
  readonly schema: ResourceSchema;
  /** As the API calls it. */
  readonly type: string;
  /** What its last part of an id looks like, for people. */
  readonly shape: string;
  /** What tells it apart from others of its type on the same code; undefined where it is none that a plan can declare. */
  nameOf(trigger: TriggerInfo, description: Properties): string | undefined;
  /** As the plan has it. Of one that a list has found nothing is known. */
  describe(target: TriggerTarget, trigger: TriggerInfo, description: Properties, known: Partial<K>): Live;
}

/** The trigger of that name on the target, as the plan has it. */
export async function readTrigger<K>(
  context: ReadContext,
  type: TriggerType<K>,
  target: TriggerTarget,
  name: string,
  known: Partial<K>,
): Promise<Live | undefined> {
  const found = await findTrigger(
    context,
    target,
    type.type,
    (trigger, description) => type.nameOf(trigger, description) === name,
  );
  return found && type.describe(target, found.trigger, found.description, known);
}

export function triggerImport<S extends ResourceSchema, K>(
  imported: TriggerType<K>,
): Pick<Importing<S>, "id" | "find" | "list"> {
  const { schema, type, shape } = imported;
  const id = `namespace/function:qualifier/${type}/${shape}`;
  const form = new RegExp(`^([^/:]+)/([^/:]+):([^/]+)/${type}/(.+)$`, "s");
  const targetOf = ({ namespace, functionName }: FunctionAddress, trigger: TriggerInfo): TriggerTarget => ({
    namespace,
    functionName,
    qualifier: qualifierOf(trigger),
  });
  return {
    id,

    async find(context, text, wanted) {
      const [namespace = "", functionName = "", qualifier = "", name = ""] = importParts(
        schema.title,
        id,
        form,
        text,
      );
      const target = { namespace, functionName, qualifier };
      return readTrigger(context, imported, target, name, wanted as Partial<K>);
    },

    list: (context) =>
      ofEveryFunction(context, async (address) => {
        const triggers = await triggersOf(context, address);
        return triggers
          .filter((trigger) => trigger.Type === type)
          .flatMap((trigger) => {
            const description = describedBy(trigger);
            const name = imported.nameOf(trigger, description);
            if (name === undefined) return [];
            const target = targetOf(address, trigger);
            const live = imported.describe(target, trigger, description, {});
            return [asFound(schema, `${targetText(target)}/${type}/${name}`, live)];
          });
      }),
  };
}

/** What a trigger's description says: the program's own words, and the mark of ownership after them. */
export function describedAs(
  trigger: TriggerInfo,
  known: string | undefined,
): { readonly description: string; readonly owner?: string } {
  const { description, owner } = readMark(trigger.Description);
  return {
    description: wholeDescription(description, known),
    ...(owner === undefined ? {} : { owner }),
  };
}

/** A trigger as the plan has it: what every type has, and what is its own. */
export function liveTrigger(target: TriggerTarget, own: Properties, attributes: Properties = {}): Live {
  const { namespace, functionName, qualifier } = target;
  return { properties: { namespace, functionName, qualifier, ...own }, attributes };
}

function isObject(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
