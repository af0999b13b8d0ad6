import type { KindName } from "../model/resources";
import type { ModelResource, PropertyName } from "./app-model";
import { account, accountAndRegion, functionIdentity, functionName, identityOf } from "./identity";
import { groupBy } from "./per-app";
import type { Report, Rule } from "./rule";
import { count, grouped, quote } from "./text";
import { nounOf, type TriggerResource } from "./trigger-kinds";

/**
 * Things that the platform knows by a name exist once: of two resources with one name the second would take over the
 * first. Functions have FN-UNIQUE for it, listeners and their rules CLB-DUP.
 */
export const uniqueRules: readonly Rule[] = [
  {
    id: "UNIQUE",
    severity: "error",
    statement:
      "an alias's name is unique in its function, a timer trigger's on a version or alias of its function, which has each CKafka topic, log topic and sort of MPS event once, a namespace's in a region, a policy's, a role's, an alarm policy's and a test event's in the account; a policy is attached to a role, user or group once, and the concurrency of a function or a namespace is set once",
    source: {
      document: "api",
      section:
        "CreateAlias, CreateTrigger, CreateNamespace, PublishLayerVersion, CreatePolicy, CreateRole, CreateAlarmPolicy, CreateFunctionTestModel, AttachRolePolicy, AttachUserPolicy, AttachGroupPolicy, PutReservedConcurrencyConfig, PutTotalConcurrencyConfig",
    },
    fix: "give one of them another name",
    check(app, report) {
      reportSameName(report, app.ofKind("scf_alias"), {
        plural: "aliases",
        section: "CreateAlias.Name",
        property: "name",
        scope: functionIdentity,
        where: (alias) => `in ${functionText(alias)}`,
      });
      reportSameName(report, app.ofKind("scf_timer_trigger"), {
        plural: "timer triggers",
        section: "CreateTrigger.TriggerName",
        property: "triggerName",
        scope: (timer) => `${functionIdentity(timer)}|${identityOf(timer, timer.raw("qualifier"))}`,
        where: (timer) => `on ${qualifierName(timer)} of ${functionText(timer)}`,
      });
      reportSameSource(report, app.ofKind("scf_ckafka_trigger"), ["instanceId", "topic"]);
      reportSameSource(report, app.ofKind("scf_cls_trigger"), ["topicId"]);
      reportSameSource(report, app.ofKind("scf_mps_trigger"), ["eventType"]);
      reportSameName(report, app.ofKind("scf_namespace"), {
        plural: "namespaces",
        section: "CreateNamespace.Namespace",
        property: "name",
        scope: accountAndRegion,
        where: ({ region }) => `in ${region}`,
      });
      reportSharedLayers(report, app.ofKind("scf_layer"));
      reportSameName(report, app.ofKind("cam_policy"), {
        plural: "policies",
        section: "CreatePolicy.PolicyName",
        property: "policyName",
        scope: account,
        where: accountText,
      });
      reportSameName(report, app.ofKind("cam_role"), {
        plural: "roles",
        section: "CreateRole.RoleName",
        property: "roleName",
        scope: account,
        where: accountText,
      });
      reportSameName(report, app.ofKind("monitor_alarm_policy"), {
        plural: "alarm policies",
        section: "CreateAlarmPolicy.PolicyName",
        property: "policyName",
        scope: account,
        where: accountText,
      });
      reportSameAttachment(report, app.ofKind("cam_policy_attachment"), {
        holder: "role",
        section: "AttachRolePolicy",
        property: "roleName",
      });
      reportSameAttachment(report, app.ofKind("cam_user_policy_attachment"), {
        holder: "user",
        section: "AttachUserPolicy",
        property: "userName",
      });
      reportSameAttachment(report, app.ofKind("cam_user_policy_attachment"), {
        holder: "user",
        section: "AttachUserPolicy",
        property: "uin",
      });
      reportSameAttachment(report, app.ofKind("cam_group_policy_attachment"), {
        holder: "user group",
        section: "AttachGroupPolicy",
        property: "groupId",
      });
      reportSetTwice(report, app.ofKind("scf_reserved_concurrency"), {
        scope: functionIdentity,
        what: (reservation) => `${functionText(reservation)} has its concurrency reserved`,
        section: "PutReservedConcurrencyConfig",
      });
      reportSetTwice(report, app.ofKind("scf_namespace_concurrency"), {
        scope: (quota) => `${accountAndRegion(quota)}|${identityOf(quota, quota.raw("namespace"))}`,
        what: (quota) => {
          const name = textOf(quota, "namespace");
          return `${name === undefined ? "a namespace" : `namespace ${name}`} has its concurrency quota set`;
        },
        section: "PutTotalConcurrencyConfig",
      });
      reportSameName(report, app.ofKind("scf_test_event"), {
        plural: "test events",
        section: "CreateFunctionTestModel.TestModelName",
        property: "name",
        scope: account,
        where: accountText,
      });
    },
  },
];

interface Naming<K extends KindName> {
  readonly plural: string;
  /** The parameter of the API that takes the name. */
  readonly section: string;
  readonly property: PropertyName<K>;
  /** The same text for resources whose names have to differ. */
  readonly scope: (resource: ModelResource<K>) => string;
  /** The scope for people: `in ap-guangzhou`. */
  readonly where: (resource: ModelResource<K>) => string;
}

function reportSameName<K extends KindName>(
  report: Report,
  resources: readonly ModelResource<K>[],
  naming: Naming<K>,
): void {
  const sameNames = groupBy(resources, (resource) => {
    const name = part(resource, naming.property);
    return name === undefined ? undefined : `${naming.scope(resource)}|${name}`;
  });
  for (const same of sameNames.values()) {
    const first = same[0];
    if (!first || same.length < 2) continue;
    const name = textOf(first, naming.property);
    report({
      message: `${grouped(same.length)} ${naming.plural} are named ${name ?? "alike"}, and their names have to be unique ${naming.where(first)}`,
      places: same.map(({ address }) => ({ address })),
      section: naming.section,
    });
  }
}

/** Two of one name are two versions of one layer: which number each gets is up to the order that they are deployed in. */
function reportSharedLayers(report: Report, layers: readonly ModelResource<"scf_layer">[]): void {
  const sameNames = groupBy(layers, (layer) => {
    const name = part(layer, "layerName");
    return name === undefined ? undefined : `${accountAndRegion(layer)}|${name}`;
  });
  for (const same of sameNames.values()) {
    const first = same[0];
    if (!first || same.length < 2) continue;
    report({
      severity: "warning",
      message: `${grouped(same.length)} layers are named ${textOf(first, "layerName") ?? "alike"}: in ${first.region} they are versions of one layer`,
      places: same.map(({ address }) => ({ address })),
      fix: "give one of them another name, or acknowledge this warning if versions side by side are what is meant",
      section: "PublishLayerVersion.LayerName",
    });
  }
}

type Attachment = "cam_policy_attachment" | "cam_user_policy_attachment" | "cam_group_policy_attachment";

interface Holding<K extends Attachment> {
  /** Who has the policy: `role`. */
  readonly holder: string;
  readonly section: string;
  /** What names the holder. */
  readonly property: PropertyName<K>;
}

function reportSameAttachment<K extends Attachment>(
  report: Report,
  attachments: readonly ModelResource<K>[],
  { holder, section, property }: Holding<K>,
): void {
  const policyName = "policyName" as PropertyName<K>;
  const sameEnds = groupBy(attachments, (attachment) => {
    const who = part(attachment, property);
    const policy = part(attachment, policyName);
    return who === undefined || policy === undefined ? undefined : `${account(attachment)}|${who}|${policy}`;
  });
  for (const same of sameEnds.values()) {
    const first = same[0];
    if (!first || same.length < 2) continue;
    const policy = textOf(first, policyName);
    const who = textOf(first, property);
    report({
      message: `${policy === undefined ? "a policy" : `policy ${policy}`} is attached to ${
        who === undefined ? `the same ${holder}` : `${holder} ${who}`
      } ${same.length === 2 ? "twice" : `${grouped(same.length)} times`}, and a ${holder} has a policy once`,
      places: same.map(({ address }) => ({ address })),
      fix: "attach it once",
      section,
    });
  }
}

/** COS triggers have TRG-COS for it, those of API gateway GW-ONE. */
function reportSameSource<K extends "scf_ckafka_trigger" | "scf_cls_trigger" | "scf_mps_trigger">(
  report: Report,
  triggers: readonly ModelResource<K>[],
  source: readonly PropertyName<K>[],
): void {
  const sameSource = groupBy(triggers as readonly ModelResource[], (resource) => {
    const trigger = resource as unknown as ModelResource<K>;
    const parts = source.map((property) => part(trigger, property));
    if (parts.includes(undefined)) return undefined;
    const target = identityOf(trigger, trigger.raw("qualifier" as PropertyName<K>));
    return [functionIdentity(trigger as never), target, ...parts].join("|");
  });
  for (const same of sameSource.values()) {
    const first = same[0] as unknown as ModelResource<K> | undefined;
    if (!first || same.length < 2) continue;
    const names = source.map((property) => textOf(first, property)).filter((name) => name !== undefined);
    report({
      message: `${count(same.length, nounOf(first.kind))} of ${names.join(" ") || "one source"} start ${qualifierName(first as never)} of ${functionText(first as never)}, and one is allowed`,
      places: same.map(({ address }) => ({ address })),
      fix: "keep one of them",
      section: "CreateTrigger.TriggerName",
    });
  }
}

/** Settings that there is one of: the later one would undo the earlier one on every deploy. */
function reportSetTwice<K extends KindName>(
  report: Report,
  resources: readonly ModelResource<K>[],
  setting: {
    readonly scope: (resource: ModelResource<K>) => string;
    readonly what: (resource: ModelResource<K>) => string;
    readonly section: string;
  },
): void {
  for (const same of groupBy(resources, setting.scope).values()) {
    const first = same[0];
    if (!first || same.length < 2) continue;
    report({
      message: `${setting.what(first)} ${same.length === 2 ? "twice" : `${grouped(same.length)} times`}`,
      places: same.map(({ address }) => ({ address })),
      fix: "set it once",
      section: setting.section,
    });
  }
}

/** The identity of a part of the name; undefined where the program leaves it out, which TYPE reports. */
function part<K extends KindName>(resource: ModelResource<K>, property: PropertyName<K>): string | undefined {
  const value = resource.raw(property);
  return value === undefined || value === null ? undefined : identityOf(resource, value);
}

/** A name in quotes, when it is known. */
function textOf<K extends KindName>(
  resource: ModelResource<K>,
  property: PropertyName<K>,
): string | undefined {
  const value: unknown = resource.get(property);
  if (typeof value === "number") return String(value);
  return typeof value === "string" ? quote(value) : undefined;
}

function functionText(
  resource: ModelResource<"scf_alias" | "scf_reserved_concurrency"> | TriggerResource,
): string {
  const name = functionName(resource);
  return name === undefined ? "one function" : `function ${quote(name)}`;
}

function qualifierName(trigger: TriggerResource): string {
  const qualifier: unknown = trigger.get("qualifier");
  return typeof qualifier === "string" ? qualifier : "one version";
}

function accountText(resource: ModelResource): string {
  const uin = account(resource);
  return uin === "" ? "in the account" : `in account ${uin}`;
}
