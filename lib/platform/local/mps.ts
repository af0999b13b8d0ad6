import type { Request } from "../api";
import { refuse } from "./context";
import type { Context, Handlers } from "./context";
import { attachTrigger, checkQualifier } from "./scf/attach-trigger";
import { findFunction, latest, nameOf, requirePresent } from "./scf/lookup";
import type { FunctionRow } from "./scf/lookup";
import { checkWord } from "./words";

/** Media Processing Service, as far as functions are concerned. */

type Binding = Request<"mps", "BindTrigger">;

const eventTypes = ["WorkflowTask", "EditMediaTask"] as const;

export const mps: Handlers<"mps"> = {
  BindTrigger(context, request) {
    const { fn, qualifier, name, eventType } = read(context, request);
    checkQualifier(context, fn, qualifier);
    attachTrigger(context, fn, {
      type: "mps",
      qualifier,
      name,
      identity: name,
      answered: JSON.stringify({ eventType }),
    });
    return {};
  },

  UnbindTrigger(context, request) {
    const { fn, qualifier, name } = read(context, request);
    const deleted = context.database.run(
      "DELETE FROM triggers WHERE function = ? AND qualifier = ? AND type = 'mps' AND name = ?",
      fn.id,
      qualifier,
      name,
    );
    if (deleted === 0) {
      refuse("ResourceNotFound.Trigger", `${nameOf(fn)}:${qualifier} has no mps trigger ${name}`);
    }
    return {};
  },
};

function read(
  context: Context,
  request: Binding,
): { fn: FunctionRow; qualifier: string; eventType: string; name: string } {
  if (request.ScfRegion !== context.region) {
    refuse(
      "InvalidParameterValue",
      `ScfRegion is ${request.ScfRegion.slice(0, 40)}, and the call goes to ${context.region}`,
    );
  }
  const fn = findFunction(context, request, "ResourceNotFound.Function");
  requirePresent(fn);
  const eventType = checkWord(request.EventType, eventTypes, "EventType", "InvalidParameterValue");
  const qualifier = request.Qualifier === "" ? latest : request.Qualifier;
  return { fn, qualifier, eventType, name: `${eventType}Event` };
}
