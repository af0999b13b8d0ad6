import { cosEvents } from "../model/resources/cos-trigger";
import type { AppModel, PropertyName } from "./app-model";
import { closest } from "./edit-distance";
import type { Report } from "./rule";
import { grouped, quote } from "./text";
import type { TriggerKind } from "./trigger-kinds";
import { eachNumber, eachText } from "./unchecked";

/** Forms of event sources that the API reference gives and the documents do not. */

const BUCKET = /^[a-z0-9][a-z0-9-]*-\d+$/;
const COS_EVENT = /^cos:[A-Za-z]+(:(\*|[A-Za-z]+))?$/;

export function checkTriggerForms(app: AppModel, report: Report): void {
  eachText(app, report, "scf_cos_trigger", "bucket", (bucket, { address }) => {
    if (BUCKET.test(bucket)) return;
    report({
      message: `${quote(bucket)} is not the name of a bucket with the account's id`,
      places: [{ address }],
      fix: 'write it as "uploads-1250000000": name, hyphen, id of the account',
    });
  });
  eachText(app, report, "scf_cos_trigger", "suffix", (suffix, { address }) => {
    if (suffix === "" || suffix.startsWith(".")) return;
    report({
      message: `the suffix ${quote(suffix)} of a COS trigger does not begin with a period`,
      places: [{ address }],
      fix: `use ${quote(`.${suffix.replace(/^[*.]+/, "")}`)}`,
    });
  });
  eachText(app, report, "scf_cos_trigger", "event", (event, { address }) => {
    if ((cosEvents as readonly string[]).includes(event)) return;
    const isForm = COS_EVENT.test(event);
    const meant = closest(event, cosEvents);
    // The platform may have got further events since.
    report({
      ...(isForm ? { severity: "warning" } : {}),
      message: isForm
        ? `${quote(event)} is not an event of COS that cdktf-scf knows`
        : `${quote(event)} is not an event of COS`,
      places: [{ address }],
      fix: meant === undefined ? 'use an event such as "cos:ObjectCreated:*"' : `did you mean ${meant}?`,
    });
  });
  eachText(app, report, "scf_ckafka_trigger", "offset", (offset, { address }) => {
    if (/^(latest|earliest|\d{1,15})$/.test(offset)) return;
    report({
      message: `${quote(offset)} is not where reading a CKafka topic can begin`,
      places: [{ address }],
      fix: 'use "latest", "earliest" or a date',
    });
  });
  eachText(app, report, "scf_ckafka_trigger", "instanceId", (instance, { address }) => {
    if (/^ckafka-[a-z0-9]+$/.test(instance)) return;
    report({
      message: `${quote(instance)} is not the id of a CKafka instance`,
      places: [{ address }],
      fix: 'give an id such as "ckafka-a1b2c3d4"',
    });
  });
  eachText(app, report, "scf_ckafka_trigger", "topic", (topic, { address }) => {
    if (topic === "")
      report({ message: "the topic has no name", places: [{ address }], fix: "give its name" });
  });
  eachText(app, report, "scf_cls_trigger", "topicId", (topic, { address }) => {
    if (topic.trim() !== "") return;
    report({ message: "the log topic has no id", places: [{ address }], fix: "give the topic's id" });
  });
  checkWhole(app, report, "scf_ckafka_trigger", "maxMessages", { noun: "messages", smallest: 1 });
  checkWhole(app, report, "scf_ckafka_trigger", "retries", { noun: "retries", smallest: 0 });
  const wait = { noun: "seconds to wait", smallest: 1 };
  checkWhole(app, report, "scf_ckafka_trigger", "maxWait", { ...wait, largest: 60 });
  checkWhole(app, report, "scf_cls_trigger", "maxWait", wait);
  checkWhole(app, report, "scf_cls_trigger", "maxMessages", { noun: "logs", smallest: 1, largest: 10_000 });
  checkWhole(app, report, "scf_api_gateway_trigger", "backendTimeout", wait);
  eachText(app, report, "scf_api_gateway_trigger", "path", (path, { address }) => {
    if (path.startsWith("/")) return;
    report({
      message: `the path ${quote(path)} of an API does not begin with /`,
      places: [{ address }],
      fix: `use ${quote(`/${path}`)}`,
    });
  });
  eachText(app, report, "scf_api_gateway_trigger", "serviceId", (service, { address }) => {
    if (/^service-[a-z0-9]+$/.test(service)) return;
    report({
      message: `${quote(service)} is not the id of an API gateway service`,
      places: [{ address }],
      fix: 'give an id such as "service-a1b2c3d4", or none for a basic gateway',
    });
  });
}

function checkWhole<K extends TriggerKind>(
  app: AppModel,
  report: Report,
  kind: K,
  property: PropertyName<K>,
  range: { readonly noun: string; readonly smallest: number; readonly largest?: number },
): void {
  const { noun, smallest, largest = Infinity } = range;
  eachNumber(app, report, kind, property, (value, { address }) => {
    if (Number.isInteger(value) && value >= smallest && value <= largest) return;
    const limits = largest === Infinity ? `${smallest} or more` : `${smallest} to ${grouped(largest)}`;
    const valid = Math.min(
      largest,
      Math.max(smallest, Number.isFinite(value) ? Math.round(value) : smallest),
    );
    report({
      message: `\`${property}\` is ${grouped(value)} ${noun}: it is a whole number, ${limits}`,
      places: [{ address }],
      fix: `use ${grouped(valid)}`,
    });
  });
}
