import { refuse } from "./context";
import type { Handlers } from "./context";
import { attachTrigger, checkQualifier } from "./scf/attach-trigger";
import { findFunction, latest, nameOf, requirePresent } from "./scf/lookup";
import type { FunctionRow } from "./scf/lookup";

/** The log service, as far as functions are concerned. Log topics are taken to be there. */

const mostMessages = 10_000;

export const cls: Handlers<"cls"> = {
  CreateDeliverCloudFunction(context, request) {
    const fn = findFunction(context, request, "ResourceNotFound.Function");
    requirePresent(fn);
    requireEventFunction(fn);
    const qualifier = request.Qualifier === "" ? latest : request.Qualifier;
    checkQualifier(context, fn, qualifier);
    if (request.TopicId.trim() === "") {
      refuse("ResourceNotFound.TopicNotExist", `There is no log topic ${request.TopicId.slice(0, 60)}`);
    }
    const wait = whole(request.Timeout ?? 60, "Timeout", Infinity);
    const messages = whole(request.MaxMsgNum ?? 100, "MaxMsgNum", mostMessages);
    attachTrigger(context, fn, {
      type: "cls",
      qualifier,
      name: request.TopicId,
      identity: request.TopicId,
      answered: describeDelivery(fn, qualifier, { topic: request.TopicId, wait, messages }),
    });
    return {};
  },
};

function requireEventFunction(fn: FunctionRow): void {
  if (fn.type === "Event") return;
  refuse("InvalidParameter", `${nameOf(fn)} is a web function: logs are delivered to event functions only`);
}

function whole(value: number, name: string, largest: number): number {
  if (Number.isInteger(value) && value >= 1 && value <= largest) return value;
  return refuse(
    "InvalidParameter",
    `${name} is a whole number from 1 ${largest === Infinity ? "on" : `to ${largest}`}`,
  );
}

function describeDelivery(
  fn: FunctionRow,
  qualifier: string,
  delivery: { readonly topic: string; readonly wait: number; readonly messages: number },
): string {
  return JSON.stringify({
    effective: true,
    function_name: fn.name,
    max_size: delivery.messages,
    max_wait: delivery.wait,
    name_space: fn.namespace,
    qualifier,
    topic_id: delivery.topic,
  });
}
