import type { KindName } from "../model/resources";
import type { ModelResource, PropertyName } from "./app-model";
import { account, accountAndRegion, functionIdentity, functionName, identityOf } from "./identity";
import { groupBy } from "./per-app";
import type { Report, Rule } from "./rule";
import { grouped, quote } from "./text";

/**
 * Things that the platform knows by a name exist once: of two resources with one name the second would take over the
 * first. Functions have FN-UNIQUE for it, listeners and their rules CLB-DUP.
 */
export const uniqueRules: readonly Rule[] = [
  {
    id: "UNIQUE",
    severity: "error",
    statement:
      "an alias's name is unique in its function, a timer trigger's on a version or alias of its function, a namespace's and a layer's in a region, a policy's, a role's and a test event's in the account, and a policy is attached to a role once",
    source: {
      document: "api",
      section:
        "CreateAlias, CreateTrigger, CreateNamespace, PublishLayerVersion, CreatePolicy, CreateRole, CreateFunctionTestModel, AttachRolePolicy",
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
      reportSameName(report, app.ofKind("scf_namespace"), {
        plural: "namespaces",
        section: "CreateNamespace.Namespace",
        property: "name",
        scope: accountAndRegion,
        where: ({ region }) => `in ${region}`,
      });
      reportSameName(report, app.ofKind("scf_layer"), {
        plural: "layers",
        section: "PublishLayerVersion.LayerName",
        property: "layerName",
        scope: accountAndRegion,
        where: ({ region }) => `in ${region}`,
      });
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
      reportSameName(report, app.ofKind("scf_test_event"), {
        plural: "test events",
        section: "CreateFunctionTestModel.TestModelName",
        property: "name",
        scope: account,
        where: accountText,
      });
      reportSameAttachment(report, app.ofKind("cam_policy_attachment"));
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

function reportSameAttachment(
  report: Report,
  attachments: readonly ModelResource<"cam_policy_attachment">[],
): void {
  const sameEnds = groupBy(attachments, (attachment) => {
    const role = part(attachment, "roleName");
    const policy = part(attachment, "policyName");
    return role === undefined || policy === undefined
      ? undefined
      : `${account(attachment)}|${role}|${policy}`;
  });
  for (const same of sameEnds.values()) {
    const first = same[0];
    if (!first || same.length < 2) continue;
    const policy = textOf(first, "policyName");
    const role = textOf(first, "roleName");
    report({
      message: `${policy === undefined ? "a policy" : `policy ${policy}`} is attached to ${
        role === undefined ? "the same role" : `role ${role}`
      } ${same.length === 2 ? "twice" : `${grouped(same.length)} times`}, and a role has a policy once`,
      places: same.map(({ address }) => ({ address })),
      fix: "attach it once",
      section: "AttachRolePolicy",
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
  return typeof value === "string" ? quote(value) : undefined;
}

function functionText(resource: ModelResource<"scf_alias"> | ModelResource<"scf_timer_trigger">): string {
  const name = functionName(resource);
  return name === undefined ? "one function" : `function ${quote(name)}`;
}

function qualifierName(timer: ModelResource<"scf_timer_trigger">): string {
  const qualifier: unknown = timer.get("qualifier");
  return typeof qualifier === "string" ? qualifier : "one version";
}

function accountText(resource: ModelResource): string {
  const uin = account(resource);
  return uin === "" ? "in the account" : `in account ${uin}`;
}
