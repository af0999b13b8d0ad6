import { isIP } from "node:net";
import {
  accountActions,
  addressOperators,
  conditionKeys,
  CONFIGURATION_ROLE,
  FUNCTION_SERVICE,
  functionActions,
  timeOperators,
} from "../model/permissions";
import { isPresetPolicy, presetPolicies } from "../model/preset-policies";
import { regions } from "../model/region";
import { UNKNOWN, type AppModel } from "./app-model";
import { closest } from "./edit-distance";
import { account } from "./identity";
import { otherAccount } from "./other-region";
import { perApp } from "./per-app";
import type { Report, Rule } from "./rule";
import { statementsOf, type Statement } from "./statements";
import { listed, quote } from "./text";
import { eachText, notKnownYet } from "./unchecked";
import { matchesPattern } from "./wildcards";

/** Restrictions of policies and roles: section 10 of the rules. */

const syntax = { document: "scf-operation-guide", section: "SCF 策略语法" } as const;
const overview = { document: "scf-operation-guide", section: "权限管理概述" } as const;

export const permissionRules: readonly Rule[] = [
  {
    id: "CAM-DOC",
    severity: "error",
    statement:
      'a policy has version "2.0" and statements, each with an effect, at least one action and at least one resource',
    source: syntax,
    fix: "complete the policy",
    check(app, report) {
      eachText(app, report, "cam_policy", "version", (version, { address }) => {
        if (version === "2.0") return;
        report({
          message: `version ${quote(version)} of the policy language does not exist`,
          places: [{ address }],
          fix: 'use "2.0"',
        });
      });
      for (const policy of app.ofKind("cam_policy")) {
        const statements = app.dereference(policy.raw("statement"));
        if (!Array.isArray(statements) || statements.length > 0) continue;
        report({
          message: "the policy has no statements",
          places: [{ address: policy.address }],
          fix: "add what it allows or denies",
        });
      }
      for (const statement of statementsOf(app)) {
        const missing = [
          ...(statement.actionCount === 0 ? ["action"] : []),
          ...(statement.resourceCount === 0 ? ["resource"] : []),
        ];
        if (missing.length === 0) continue;
        report({
          message: `a statement of the policy has ${listed(missing.map((part) => `no ${part}`))}`,
          places: [statement.place],
          fix: `give at least one ${listed(missing)}: "*" stands for all`,
        });
      }
    },
  },
  {
    id: "CAM-ACT",
    severity: "error",
    statement: "an action is `<service>:<action>`, and one of SCF has a name that the platform gives it",
    source: overview,
    fix: `use one of the actions of SCF, or a pattern like "scf:Get*"`,
    check(app, report) {
      for (const { actions, place } of statementsOf(app)) {
        for (const action of actions) {
          const problem = actionProblem(action);
          if (problem) report({ ...problem, places: [place] });
        }
      }
    },
  },
  {
    id: "CAM-RES",
    severity: "error",
    statement:
      "a resource is `*` or has six parts: `qcs::scf:<region>:uin/<uin>:namespace/<namespace>/function/<function>`",
    source: syntax,
    fix: `use "*", or ${quote("qcs::scf:ap-guangzhou:uin/100000000001:namespace/default/function/orders")} with your own parts`,
    check(app, report) {
      for (const { actions, resources, place, hasForeignResource } of statementsOf(app)) {
        if (hasForeignResource) report(notKnownYet(place.address, "resource"));
        const onlyScf = actions.length > 0 && actions.every((action) => /^(name\/)?scf:/.test(action));
        for (const resource of resources) {
          const doubt = resourceDoubt(resource, onlyScf);
          if (doubt) report({ ...doubt, severity: "warning", places: [place] });
          const problem = resourceProblem(resource);
          if (problem !== undefined) {
            report({ message: `resource ${quote(resource)} ${problem}`, places: [place] });
          }
        }
      }
    },
  },
  {
    id: "CAM-STAR",
    severity: "error",
    statement: "actions on the account need the resource `*`",
    source: syntax,
    fix: 'move the action into a statement of its own with resource "*"',
    check(app, report) {
      for (const { actions, resources, resourceCount, hasForeignResource, place } of statementsOf(app)) {
        if (resourceCount === undefined || resourceCount === 0) continue;
        // What another provider gives may be `*`.
        if (hasForeignResource || resources.includes("*")) continue;
        const onAccount = actions.filter(isOnAccount);
        if (onAccount.length === 0) continue;
        report({
          message: `${listed(onAccount)} ${
            onAccount.length === 1 ? "concerns" : "concern"
          } the whole account and ${onAccount.length === 1 ? "has" : "have"} no effect on named resources`,
          places: [place],
        });
      }
    },
  },
  {
    id: "CAM-COND",
    severity: "error",
    statement: "a condition compares `qcs:ip` with addresses or `qcs:current_time` with a time in UTC",
    source: syntax,
    fix: `use one of ${["ip_equal", "ip_not_equal", "date_less_than", "date_greater_than"].join(", ")} with its key`,
    check(app, report) {
      for (const statement of statementsOf(app)) {
        if (statement.condition === UNKNOWN) continue;
        checkCondition(statement, report);
        checkTimes(statement, report);
      }
    },
  },
  {
    id: "CAM-WIDE",
    severity: "warning",
    statement: "a policy does not allow every action on every resource",
    source: syntax,
    fix: "name the actions and resources that are needed, or acknowledge this warning",
    check(app, report) {
      for (const { effect, actions, resources, place } of statementsOf(app)) {
        const wide = actions.find((action) => ["*", "*:*", "scf:*", "name/scf:*"].includes(action));
        if (effect !== "allow" || wide === undefined || !resources.includes("*")) continue;
        report({
          message: `the policy allows ${wide.includes("scf") ? "every action of SCF" : "every action"} (${quote(wide)}) on every resource`,
          places: [place],
        });
      }
    },
  },
  {
    id: "CAM-PRESET",
    severity: "error",
    statement:
      "the platform's preset policies exist already and cannot be changed: they are attached by their name",
    source: { document: "scf-operation-guide", section: "角色与策略" },
    fix: "give the policy another name, or attach the preset one with Policy.fromName",
    check(app, report) {
      eachText(app, report, "cam_policy", "policyName", (name, { address }) => {
        if (!isPresetPolicy(name)) return;
        report({ message: `${name} is a preset policy of the platform`, places: [{ address }] });
      });
      for (const kind of attachmentKinds) {
        for (const attachment of app.ofKind(kind)) {
          const name: unknown = attachment.get("policyName");
          // The platform has hundreds of presets: only those of functions are known in full.
          if (typeof name !== "string" || isPresetPolicy(name) || !/^qcloud.*scf/i.test(name)) continue;
          if (attachment.targetOfKind("policyName", "cam_policy")) continue;
          const meant = closest(name, scfPresets);
          if (meant === undefined) continue;
          report({
            severity: "warning",
            message: `the documents know no preset policy ${quote(name)}`,
            places: [{ address: attachment.address }],
            fix: `did you mean ${meant}?`,
          });
        }
      }
    },
  },
  {
    id: "CAM-ROLE",
    severity: "error",
    statement: `a role trusts somebody, and the configuration role \`${CONFIGURATION_ROLE}\` the service \`${FUNCTION_SERVICE}\``,
    source: { document: "scf-operation-guide", section: "配置角色" },
    fix: `add "${FUNCTION_SERVICE}" to the services that the role trusts`,
    check(app, report) {
      reportOtherAccounts(app, report);
      for (const role of app.ofKind("cam_role")) {
        const trusted: unknown = role.get("trustedServices");
        const accounts: unknown = role.get("trustedAccounts");
        const hasAccounts = accounts === UNKNOWN || (Array.isArray(accounts) && accounts.length > 0);
        if (
          role.get("roleName") !== CONFIGURATION_ROLE &&
          Array.isArray(trusted) &&
          trusted.length === 0 &&
          !hasAccounts
        ) {
          report({
            message: "the role trusts nobody, so that nobody can take it on",
            places: [{ address: role.address }],
            fix: `name the services or accounts that may: "${FUNCTION_SERVICE}" for functions`,
          });
        }
        if (role.get("roleName") !== CONFIGURATION_ROLE) continue;
        if (trusted === UNKNOWN && app.hasForeignToken(role.raw("trustedServices"))) {
          report(notKnownYet(role.address, "trustedServices"));
        }
        if (!Array.isArray(trusted) || trusted.includes(FUNCTION_SERVICE)) continue;
        report({
          message: `the configuration role ${CONFIGURATION_ROLE} does not trust ${FUNCTION_SERVICE}`,
          places: [
            {
              address: role.address,
              note: `trusts ${trusted.length === 0 ? "nobody" : listed(trusted.map(String))}`,
            },
          ],
        });
      }
    },
  },
  {
    id: "CAM-FN",
    severity: "error",
    statement: "a function that a policy names exists when its namespace belongs to the app",
    source: syntax,
    fix: "name the function by its construct, or correct the name",
    check(app, report) {
      // Where functions are means something to policies only.
      if (statementsOf(app).length === 0) return;
      const territory = territoryOf(app);
      reportOtherRegion(app, report);
      reportEmptyPatterns(app, report);
      for (const { resources, place } of statementsOf(app)) {
        for (const resource of resources) {
          const named = namedFunction(resource);
          if (!named) continue;
          const namespaces = (territory.get(`${named.region}|${named.namespace}`) ?? []).filter(
            ({ uin }) => named.uin === "" || uin === "" || named.uin === uin,
          );
          const namespace = namespaces[0];
          if (namespace && namespaces.every(({ functions }) => !functions.has(named.name))) {
            const meant = closest(named.name, [...namespace.functions]);
            report({
              severity: namespace.declared ? "error" : "warning",
              message: `the policy names function ${quote(named.name)}, which no stack declares in namespace ${quote(named.namespace)} of ${named.region}`,
              places: [place, ...(namespace.address === undefined ? [] : [{ address: namespace.address }])],
              fix:
                meant !== undefined
                  ? `did you mean ${meant}?`
                  : namespace.declared
                    ? "declare the function, or correct the name"
                    : "correct the name, or acknowledge this warning if the function is made elsewhere",
            });
          }
        }
      }
    },
  },
];

/** Roles and policies are known in their own account only. */
function reportOtherAccounts(app: AppModel, report: Report): void {
  for (const resource of app.ofKind("scf_function")) {
    const problem = otherAccount(
      resource,
      { own: "function", other: "run role" },
      resource.targetOfKind("role", "cam_role"),
    );
    if (problem) report(problem);
  }
  for (const kind of attachmentKinds) {
    for (const attachment of app.ofKind(kind)) {
      const policy = attachment.targetOfKind("policyName", "cam_policy");
      const role = attachment.is("cam_policy_attachment")
        ? attachment.targetOfKind("roleName", "cam_role")
        : undefined;
      const problem =
        otherAccount(attachment, { own: "attachment", other: "policy" }, policy) ??
        otherAccount(attachment, { own: "attachment", other: "role" }, role);
      if (problem) report(problem);
    }
  }
}

const attachmentKinds = [
  "cam_policy_attachment",
  "cam_user_policy_attachment",
  "cam_group_policy_attachment",
] as const;
const scfPresets = Object.keys(presetPolicies).filter((name) => /scf/i.test(name));

const scfActions: readonly string[] = [...accountActions, ...functionActions];
const onAccount = new Set<string>(accountActions);

/** Services that the documents' policies name, and those that functions usually work with. */
const services = [
  "apigw", "cam", "cdb", "cfs", "ckafka", "clb", "cls", "cmqqueue", "cmqtopic", "cos", "cvm", "kafka", "kms", "monitor", "mps",
  "scf", "ssm", "sts", "tag", "tcr", "tke", "vpc",
]; // prettier-ignore

interface ActionProblem {
  readonly message: string;
  readonly fix?: string;
  readonly severity?: "warning";
}

function actionProblem(action: string): ActionProblem | undefined {
  if (action === "*" || action === "*:*") return undefined;
  // Older policies write `name/cos:GetObject`.
  const [service = "", name, ...more] = action.replace(/^name\//, "").split(":");
  if (name === undefined || name === "" || service === "" || more.length > 0 || /\s/.test(action)) {
    const meant = closest(action.replace(/^.*:/, ""), scfActions);
    return {
      message: `action ${quote(action)} does not have the form <service>:<action>`,
      ...(meant === undefined ? {} : { fix: `did you mean scf:${meant}?` }),
    };
  }
  if (service !== "scf") {
    if (services.includes(service)) return undefined;
    const meant = closest(service, services);
    return {
      severity: "warning",
      message: `action ${quote(action)} belongs to a service that is not known`,
      fix:
        meant === undefined
          ? "check the service's name, or acknowledge this warning"
          : `did you mean ${meant}:${name}?`,
    };
  }
  if (matching(name, scfActions).length > 0) return undefined;
  const meant = closest(name, scfActions);
  return {
    message: name.includes("*")
      ? `action ${quote(action)} matches none of SCF's actions`
      : `SCF has no action ${quote(name)}`,
    fix: meant === undefined ? `use one of ${scfActions.join(", ")}` : `did you mean scf:${meant}?`,
  };
}

/** The names that a pattern with `*` stands for. */
function matching(pattern: string, names: readonly string[]): readonly string[] {
  return names.filter((name) => matchesPattern(pattern, name));
}

/** Whether an action concerns the account alone. `scf:List*` also means actions on functions and is none. */
function isOnAccount(action: string): boolean {
  const name = /^(?:name\/)?scf:(.+)$/.exec(action)?.[1];
  if (name === undefined) return false;
  const names = matching(name, scfActions);
  return names.length > 0 && names.every((candidate) => onAccount.has(candidate));
}

function resourceProblem(resource: string): string | undefined {
  if (resource === "*") return undefined;
  const parts = resource.split(":");
  if (parts[0] !== "qcs") return 'does not begin with "qcs:" and is not "*"';
  if (parts.length < 6) return `has ${parts.length} parts between colons: six are needed`;
  const [, project = "", service = "", region = "", owner = "", ...rest] = parts;
  if (project !== "" && !/^(id|project)\/.+$/.test(project)) return "has no empty second part";
  if (service === "") return "names no service";
  if (service !== "scf") return undefined;
  if (parts.length > 6) return `has ${parts.length} parts between colons: six are needed`;
  if (!/^([a-z]+(-[a-z0-9]+)+|\*)?$/.test(region)) return `has ${quote(region)} where the region stands`;
  if (!/^(uin\/[\d*]*)?$/.test(owner)) return `has ${quote(owner)} where uin/<account id> stands`;
  const path = rest.join(":");
  if (path === "*" || /^namespace\/[^/\s]+\/(function\/[^/\s]+|\*)$/.test(path)) return undefined;
  return `has ${quote(path)} where namespace/<namespace>/function/<function> stands`;
}

/** What has the right form and is hardly meant. */
function resourceDoubt(resource: string, onlyScf: boolean): { message: string; fix: string } | undefined {
  const [head, , service = "", region = ""] = resource.split(":");
  if (head !== "qcs" || resourceProblem(resource) !== undefined) return undefined;
  if (service !== "scf") {
    return onlyScf && service !== "*"
      ? {
          message: `resource ${quote(resource)} belongs to ${service}, and all actions of the statement to SCF: they have no effect on it`,
          fix: "name functions, or the actions of that service",
        }
      : undefined;
  }
  // The platform may have a region that nobody here knows: only what looks like a slip is told.
  const meant =
    region === "" || Object.hasOwn(regions, region) ? undefined : closest(region, Object.keys(regions));
  return meant === undefined
    ? undefined
    : {
        message: `resource ${quote(resource)} names the region ${quote(region)}, which is not known`,
        fix: `did you mean ${meant}?`,
      };
}

const operators: readonly string[] = [...addressOperators, ...timeOperators];
const onAddresses = new Set<string>(addressOperators);

function checkCondition({ condition, place, actions }: Statement, report: Report): void {
  if (!isRecord(condition)) return;
  // What other services' conditions may say is not in the documents.
  const concernsScf = actions.length === 0 || actions.some((action) => /^(name\/)?(scf:|\*)/.test(action));
  const severity = concernsScf ? "error" : "warning";
  const places = [place];
  for (const [operator, comparison] of Object.entries(condition)) {
    if (!operators.includes(operator)) {
      const meant = closest(operator, operators);
      const isOpposite = meant?.replace("not_", "") === operator;
      report({
        severity,
        message: `there is no condition operator ${quote(operator)}`,
        places,
        fix:
          meant === undefined || isOpposite ? `use one of ${operators.join(", ")}` : `did you mean ${meant}?`,
      });
      continue;
    }
    if (!isRecord(comparison)) continue;
    const isAddress = onAddresses.has(operator);
    const expected = isAddress ? conditionKeys.address : conditionKeys.time;
    if (Object.keys(comparison).length === 0) {
      report({
        severity,
        message: `${operator} compares nothing: its key is ${quote(expected)}`,
        places,
        fix: `give ${quote(expected)}, or remove the condition`,
      });
    }
    for (const [key, value] of Object.entries(comparison)) {
      if (key !== expected) {
        report({
          severity,
          message: `${operator} compares ${quote(key)}: its key is ${quote(expected)}`,
          places,
          fix: `use ${quote(expected)}`,
        });
        continue;
      }
      if (Array.isArray(value) && value.length === 0) {
        report({
          message: `${operator} compares ${quote(key)} with an empty list`,
          places,
          fix: isAddress
            ? "give an address, or remove the condition"
            : "give a time, or remove the condition",
        });
      }
      for (const item of Array.isArray(value) ? (value as readonly unknown[]) : [value]) {
        if (typeof item !== "string" || (isAddress ? isAddressOrRange(item) : isUtcTime(item))) continue;
        report({
          message: isAddress
            ? `${quote(item)} is neither an IP address nor a CIDR range`
            : `${quote(item)} is not a time in UTC`,
          places,
          fix: isAddress
            ? 'write an address like "10.121.2.1" or a range like "10.121.2.0/24"'
            : 'write it like "2030-01-31T12:00:00Z"',
        });
      }
    }
  }
}

/** A statement that begins to hold only after it has ceased to. */
function checkTimes({ condition, place }: Statement, report: Report): void {
  if (!isRecord(condition)) return;
  const timeOf = (operator: string): string | undefined => {
    const comparison = condition[operator];
    const time = isRecord(comparison) ? comparison[conditionKeys.time] : undefined;
    return typeof time === "string" && isUtcTime(time) ? time : undefined;
  };
  const from = timeOf("date_greater_than") ?? timeOf("date_greater_than_equal");
  const to = timeOf("date_less_than") ?? timeOf("date_less_than_equal");
  // At one and the same time a statement may hold, when both ends count.
  if (from === undefined || to === undefined || Date.parse(from) <= Date.parse(to)) return;
  report({
    severity: "warning",
    message: `the statement never holds: it begins at ${from} and ends at ${to}`,
    places: [place],
    fix: "exchange the two times",
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isAddressOrRange(text: string): boolean {
  const [address = "", length, ...more] = text.split("/");
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  return length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= (family === 4 ? 32 : 128));
}

function isUtcTime(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text)) return false;
  // JavaScript moves 30 February into March instead of refusing it.
  const time = new Date(text);
  return !Number.isNaN(time.getTime()) && time.toISOString().slice(0, 19) === text.slice(0, 19);
}

interface NamedFunction {
  readonly region: string;
  readonly uin: string;
  readonly namespace: string;
  readonly name: string;
}

/** The one function that a resource names; undefined for patterns and everything else. */
function namedFunction(resource: string): NamedFunction | undefined {
  const match = /^qcs::scf:([^:*]+):(?:uin\/(\d*))?:namespace\/([^/:*\s]+)\/function\/([^/:*\s]+)$/.exec(
    resource,
  );
  if (!match) return undefined;
  const [, region = "", uin = "", namespace = "", name = ""] = match;
  return { region, uin, namespace, name };
}

/** A policy that names a function of the app in a region that it is not in (the resource's region is the function's). */
function reportOtherRegion(app: AppModel, report: Report): void {
  const territory = territoryOf(app);
  for (const { resources, place } of statementsOf(app)) {
    for (const resource of resources) {
      const named = namedFunction(resource);
      if (!named || territory.has(`${named.region}|${named.namespace}`)) continue;
      const elsewhere = regionsOf(app)
        .get(`${named.namespace}|${named.name}`)
        ?.filter(({ uin }) => named.uin === "" || uin === "" || named.uin === uin);
      const [first] = elsewhere ?? [];
      if (!first) continue;
      report({
        severity: "warning",
        message: `the policy names function ${quote(named.name)} in ${named.region}, and the app has it in ${first.region} only`,
        places: [place, { address: first.address, note: first.region }],
        fix: `use ${first.region}, or name the function by its construct`,
      });
    }
  }
}

interface Whereabouts {
  readonly region: string;
  readonly uin: string;
  readonly address: string;
}

/** Where the app has functions, by namespace and name. */
const regionsOf = perApp((app: AppModel): ReadonlyMap<string, readonly Whereabouts[]> => {
  const places = new Map<string, Whereabouts[]>();
  for (const resource of app.ofKind("scf_function")) {
    const namespace: unknown = resource.get("namespace");
    const name: unknown = resource.get("functionName");
    if (typeof namespace !== "string" || typeof name !== "string") continue;
    const key = `${namespace}|${name}`;
    const known = places.get(key);
    const place = { region: resource.region, uin: account(resource), address: resource.address };
    if (known) known.push(place);
    else places.set(key, [place]);
  }
  return places;
});

/** A pattern that stands for no function of a namespace that belongs to the app. */
function reportEmptyPatterns(app: AppModel, report: Report): void {
  for (const { resources, place } of statementsOf(app)) {
    for (const resource of resources) {
      const match =
        /^qcs::scf:([^:*]+):(?:uin\/\d*)?:namespace\/([^/:*\s]+)\/function\/([^/:\s]*\*[^/:\s]*)$/.exec(
          resource,
        );
      if (!match) continue;
      const [, region = "", namespace = "", pattern = ""] = match;
      const territory = territoryOf(app)
        .get(`${region}|${namespace}`)
        ?.find(({ declared }) => declared);
      if (!territory || /^\*+$/.test(pattern)) continue;
      if (matching(pattern, [...territory.functions]).length > 0) continue;
      report({
        severity: "warning",
        message: `the policy names functions ${quote(pattern)}, and no function of namespace ${quote(namespace)} of ${region} has such a name`,
        places: [place, ...(territory.address === undefined ? [] : [{ address: territory.address }])],
        fix: "correct the pattern, or acknowledge this warning if the functions come later",
      });
    }
  }
}

/** A namespace that stacks of the app put functions into. */
interface Territory {
  readonly uin: string;
  /** Whether the app declares the namespace: then everything in it comes from the app. */
  declared: boolean;
  address: string | undefined;
  readonly functions: Set<string>;
}

/** By region and namespace; more than one entry when stacks deploy to several accounts. */
const territoryOf = perApp((app: AppModel): ReadonlyMap<string, readonly Territory[]> => {
  const territories = new Map<string, Territory[]>();
  const enter = (region: string, namespace: string, uin: string): Territory => {
    const key = `${region}|${namespace}`;
    const entries = territories.get(key) ?? [];
    territories.set(key, entries);
    const known = entries.find((entry) => entry.uin === uin);
    if (known) return known;
    const entry: Territory = { uin, declared: false, address: undefined, functions: new Set() };
    entries.push(entry);
    return entry;
  };
  for (const resource of app.ofKind("scf_namespace")) {
    const name: unknown = resource.get("name");
    if (typeof name !== "string") continue;
    const territory = enter(resource.region, name, account(resource));
    territory.declared = true;
    territory.address ??= resource.address;
  }
  for (const resource of app.ofKind("scf_function")) {
    const namespace: unknown = resource.get("namespace");
    const name: unknown = resource.get("functionName");
    if (typeof namespace !== "string" || typeof name !== "string") continue;
    enter(resource.region, namespace, account(resource)).functions.add(name);
  }
  return territories;
});
