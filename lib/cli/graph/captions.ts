import type { PlannedResource } from "../../model/plan";
import type { KindName } from "../../model/resources";
import type { PlannedCondition } from "../../model/resources/alarm-policy";
import type { BoundBackend } from "../../model/resources/backend-binding";
import type { PlannedProvisioning } from "../../model/resources/provisioned-concurrency";
import { isSymbolic, type Properties, type Value } from "../../model/value";
import { count } from "../render/text";
import { renderValue } from "../render/value";
import type { Family } from "./graph";

export interface Caption {
  readonly family: Family;
  readonly title: string;
  readonly subtitle: string;
}

type Describe = (properties: Properties, path: string) => readonly [title: string, ...subtitle: string[]];

/** The title says which one it is, the subtitle what tells it from the next. */
const descriptions: Partial<Record<KindName, readonly [Family, Describe]>> = {
  scf_function: ["code", ({ runtime, memory, type, code }, path) => [path, ...functionWords(runtime, memory, type, code)]],
  scf_version: ["code", (_, path) => [path.endsWith("CurrentVersion") ? "current version" : lastOf(path)]],
  scf_alias: ["code", ({ name }) => [text(name)]],
  scf_layer: ["shared", ({ compatibleRuntimes }, path) => [path, list(compatibleRuntimes)]],
  scf_namespace: ["shared", ({ name }) => [text(name)]],
  scf_timer_trigger: ["entry", ({ triggerName, cron, enabled }) => [text(triggerName), ...off(enabled), text(cron)]],
  scf_ckafka_trigger: ["entry", ({ topic, instanceId, enabled }) => [text(topic), ...off(enabled), text(instanceId)]],
  scf_cmq_trigger: ["entry", ({ topic }) => [text(topic)]],
  scf_cos_trigger: ["entry", ({ bucket, event, enabled }) => [text(bucket), ...off(enabled), text(event)]],
  scf_cls_trigger: ["entry", ({ topicId }) => [text(topicId)]],
  scf_mps_trigger: ["entry", ({ eventType }) => [text(eventType)]],
  scf_api_gateway_trigger: ["entry", ({ method, path, environment }) => [`${text(method)} ${text(path)}`, text(environment)]],
  clb_listener: ["entry", ({ protocol, port, loadBalancerId }) => [`${text(protocol)} :${text(port)}`, text(loadBalancerId)]],
  clb_rule: ["entry", ({ path, domain }) => [text(path), text(domain)]],
  clb_backend_binding: ["entry", ({ backends }) => backendWords(backends)],
  clb_cross_region: ["entry", ({ version, loadBalancerId }) => [`version ${text(version)}`, text(loadBalancerId)]],
  clb_snat_address: ["entry", ({ address, loadBalancerId }) => [text(address), text(loadBalancerId)]],
  scf_provisioned_concurrency: ["operation", ({ provisioning }) => [provisioningWords(provisioning)]],
  scf_reserved_concurrency: ["operation", ({ reservedMb }) => [`${text(reservedMb)} MB`]],
  scf_namespace_concurrency: ["operation", ({ totalMb }) => [`${text(totalMb)} MB`]],
  scf_async_invocation: ["operation", ({ retryAttempts, maximumEventAge }) => [`retries: ${text(retryAttempts)}`, `${text(maximumEventAge)} s`]],
  scf_test_event: ["operation", ({ name }) => [text(name)]],
  monitor_alarm_policy: ["operation", ({ policyName, conditions }) => [text(policyName), ...conditionWords(conditions)]],
  cam_policy: ["access", ({ policyName, statement }) => [text(policyName), ...statementWords(statement)]],
  cam_role: ["access", ({ roleName }) => [text(roleName)]],
}; // prettier-ignore

/** What stands in a resource's box. A kind that has no description of its own goes by its construct. */
export function captionOf({ kind, address, properties }: PlannedResource): Caption {
  const path = pathBelowStack(address);
  const [family, describe] = descriptions[kind as KindName] ?? ["other" as const, () => [path] as const];
  const [title, ...rest] = describe(properties, path);
  return { family, title, subtitle: rest.join(" · ") };
}

export function pathBelowStack(address: string): string {
  return address.slice(address.indexOf("/") + 1);
}

/** A property in a title: texts as they are, everything else as the other commands print it. */
export function text(value: Value | undefined): string {
  return typeof value === "string" ? value : renderValue(value);
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function functionWords(runtime?: Value, memory?: Value, type?: Value, code?: Value): string[] {
  const isImage = typeof code === "object" && code !== null && Object.hasOwn(code, "image");
  return [...(type === "HTTP" ? ["web"] : []), isImage ? "image" : text(runtime), `${text(memory)} MB`];
}

function list(values: Value | undefined): string {
  return Array.isArray(values) ? values.map((value: Value) => text(value)).join(", ") : text(values);
}

function off(enabled: Value | undefined): string[] {
  return enabled === false ? ["off"] : [];
}

/** Lists and objects of the schema; what another provider gives is known later only. */
function known<T>(value: Value | undefined): T | undefined {
  return value === undefined || isSymbolic(value) ? undefined : (value as T);
}

function backendWords(value: Value | undefined): [string, ...string[]] {
  const backends = known<readonly BoundBackend[]>(value) ?? [];
  const names = backends.map(
    ({ instanceId, address, port }) => `${text(instanceId ?? address)}:${text(port)}`,
  );
  return [count(backends.length, "back-end server"), names.join(", ")];
}

function provisioningWords(value: Value | undefined): string {
  const provisioning = known<PlannedProvisioning>(value);
  if (provisioning === undefined) return text(value);
  if (provisioning.type === "static") return `${text(provisioning.instances)} instances`;
  return `${text(provisioning.minimum)}–${text(provisioning.maximum)} instances`;
}

function conditionWords(value: Value | undefined): string[] {
  const conditions = known<readonly PlannedCondition[]>(value) ?? [];
  return conditions.map(
    ({ metric, comparison, threshold }) => `${text(metric)} ${comparison} ${text(threshold)}`,
  );
}

function statementWords(value: Value | undefined): string[] {
  const statements = known<readonly unknown[]>(value) ?? [];
  return statements.length === 0 ? [] : [count(statements.length, "statement")];
}
