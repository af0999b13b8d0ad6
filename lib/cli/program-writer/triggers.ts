import type { Found } from "../../kinds/kind";
import { basicGatewayTimeout } from "../../model/resources/api-gateway-trigger";
import { call, literal, object, type Expression } from "./expression";
import { idBelow } from "./functions";
import { idOf } from "./names";
import { invocable } from "./versions";
import { functionKey, number, objectsOf, seconds, text, unless, valueOf, type Writing } from "./writing";

/** How each kind of trigger is written, and what a good id for it is. */
const writers: Readonly<
  Record<string, (found: Found, writing: Writing) => { name: string; trigger: Expression }>
> = {
  scf_timer_trigger: (found) => ({
    name: text(found, "triggerName"),
    trigger: call(
      "scf.Trigger.timer",
      object({
        name: literal(text(found, "triggerName")),
        schedule: call("scf.Schedule.cron", literal(text(found, "cron"))),
        enabled: unless(valueOf(found, "enabled"), true),
        message: unless(text(found, "message"), ""),
        description: unless(text(found, "description"), ""),
      }),
    ),
  }),
  scf_cos_trigger: (found, { region }) => ({
    name: text(found, "bucket").replace(/-\d+$/, ""),
    trigger: call(
      "scf.Trigger.cos",
      object({
        bucket: literal(text(found, "bucket")),
        events: literal([text(found, "event")]),
        prefix: unless(text(found, "prefix"), ""),
        suffix: unless(text(found, "suffix"), ""),
        region: unless(text(found, "bucketRegion"), region),
        enabled: unless(valueOf(found, "enabled"), true),
      }),
    ),
  }),
  scf_ckafka_trigger: (found) => ({
    name: text(found, "topic"),
    trigger: call(
      "scf.Trigger.ckafka",
      object({
        instanceId: literal(text(found, "instanceId")),
        topic: literal(text(found, "topic")),
        offset: offsetOf(text(found, "offset")),
        consumerGroup: unless(text(found, "consumerGroup"), ""),
        maxMessages: unless(number(found, "maxMessages"), 100),
        retries: unless(number(found, "retries"), 10_000),
        maxWait: seconds(number(found, "maxWait"), 60),
        enabled: unless(valueOf(found, "enabled"), true),
        description: unless(text(found, "description"), ""),
      }),
    ),
  }),
  scf_cls_trigger: (found) => ({
    name: "logs",
    trigger: call(
      "scf.Trigger.cls",
      object({
        topicId: literal(text(found, "topicId")),
        maxWait: seconds(number(found, "maxWait"), 60),
        maxMessages: unless(number(found, "maxMessages"), 100),
      }),
    ),
  }),
  scf_mps_trigger: (found) => ({
    name: "media",
    trigger: call("scf.Trigger.mps", object({ eventType: literal(text(found, "eventType")) })),
  }),
  scf_api_gateway_trigger: (found) => {
    const protocol = text(found, "protocol");
    const serviceId = text(found, "serviceId");
    const usualMethod = protocol.startsWith("WS") ? "GET" : "ANY";
    const props = object({
      serviceId: unless(serviceId, ""),
      path: unless(text(found, "path"), "/"),
      method: unless(text(found, "method"), usualMethod),
      environment: unless(text(found, "environment"), "release"),
      protocol: unless(protocol, "HTTPS"),
      backendTimeout:
        serviceId === "" ? undefined : seconds(number(found, "backendTimeout"), basicGatewayTimeout),
      integratedResponse: unless(valueOf(found, "integratedResponse"), false),
      authentication: serviceId === "" ? undefined : unless(valueOf(found, "authentication"), false),
    });
    const isUsual = typeof props === "object" && "fields" in props && props.fields.length === 0;
    return { name: "api", trigger: call("scf.Trigger.apiGateway", ...(isUsual ? [] : [props])) };
  },
};

export function writeTriggers(writing: Writing): void {
  const { program } = writing;
  for (const [kind, write] of Object.entries(writers)) {
    for (const found of objectsOf(writing, kind)) {
      const owner = writing.functions.get(functionKey(found));
      if (!owner) continue;
      const qualifier = text(found, "qualifier");
      const target = invocable(writing, owner, qualifier);
      if (!target) {
        program.leftOut.push(`trigger ${found.id}: the alias ${qualifier} that it starts is left out`);
        continue;
      }
      const { name, trigger } = write(found, writing);
      const plain = idOf(name, "trigger");
      const id = idBelow(writing, target.address, plain, `${plain}-trigger`);
      // A function starts `$LATEST` by itself.
      const scope = target.expression.replace(/\.latest$/, "");
      program.add("Triggers", call(`${scope}.addTrigger`, literal(id), trigger));
      program.stands(`${target.address}/${id}`, found.id);
    }
  }
  for (const found of objectsOf(writing, "scf_cmq_trigger")) {
    program.leftOut.push(`CMQ trigger ${found.id}: CMQ is discontinued, no program can declare one`);
  }
}

function offsetOf(offset: string): Expression | undefined {
  if (offset === "latest" || offset === "") return undefined;
  return /^\d+$/.test(offset) ? call("new Date", offset) : literal(offset);
}
