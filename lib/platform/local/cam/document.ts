import { isIP } from "node:net";
import {
  accountActions,
  addressOperators,
  conditionKeys,
  functionActions,
  timeOperators,
} from "../../../model/permissions";
import { refuse } from "../context";

/** A statement of a policy document whose form has been checked. */
interface Statement {
  readonly effect: string;
  readonly action: readonly string[];
  readonly resource: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

/** CAM-DOC: the document of a policy, with everything that sections 10 of the rules asks of it. */
export function checkPolicyDocument(text: string): void {
  for (const statement of readStatements(text)) {
    checkKeys(statement, ["effect", "action", "resource", "condition"]);
    const checked: Statement = {
      effect: checkEffect(statement["effect"]),
      action: readWords(statement["action"], "action", "InvalidParameter.ActionMiss"),
      resource: readWords(statement["resource"], "resource", "InvalidParameter.ResourceError"),
    };
    checked.action.forEach(checkAction);
    checked.resource.forEach(checkResource);
    checkAccountLevel(checked);
    if (statement["condition"] !== undefined) {
      checkCondition(statement["condition"], concernsFunctions(checked));
    }
  }
}

/** Conditions on actions of other services alone may have operators and keys that only those know. */
function concernsFunctions({ action }: Statement): boolean {
  return action.some((name) => /^(name\/)?(scf:|\*)/.test(name));
}

/** The document that says who may take a role. */
export function checkTrustDocument(text: string): void {
  for (const statement of readStatements(text)) {
    checkKeys(statement, ["effect", "action", "principal", "condition"]);
    checkEffect(statement["effect"]);
    const actions = readWords(statement["action"], "action", "InvalidParameter.ActionMiss");
    for (const action of actions) {
      if (!/^(name\/)?sts:AssumeRole[A-Za-z]*$/.test(action)) {
        refuse("InvalidParameter.ActionError", "The action of a role's document is sts:AssumeRole");
      }
    }
    readPrincipals(statement);
    if (statement["condition"] !== undefined) checkCondition(statement["condition"]);
  }
}

/** Whether a role's document lets a service of the platform take it. The document has been checked. */
export function allowsService(text: string, service: string): boolean {
  return readStatements(text).some(
    (statement) => statement["effect"] === "allow" && readPrincipals(statement).services.includes(service),
  );
}

function readStatements(text: string): readonly Fields[] {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    // The same refusal as for JSON that is not an object.
  }
  if (!isObject(document))
    refuse("InvalidParameter.PolicyDocumentError", "PolicyDocument is not an object in JSON");
  if (document["version"] !== "2.0")
    refuse("InvalidParameter.VersionError", 'The version of a policy document is "2.0"');
  const { statement } = document;
  const statements: readonly unknown[] = Array.isArray(statement) ? statement : [statement];
  if (statements.length === 0 || !statements.every(isObject)) {
    refuse(
      "InvalidParameter.StatementError",
      "A policy document has a list of statements, with one at least",
    );
  }
  return statements;
}

function checkKeys(statement: Fields, known: readonly string[]): void {
  const unknown = Object.keys(statement).find((key) => !known.includes(key));
  if (unknown === undefined) return;
  refuse(
    "InvalidParameter.StatementError",
    `A statement has ${known.join(", ")}, not ${unknown.slice(0, 40)}`,
  );
}

function checkEffect(effect: unknown): string {
  if (effect === "allow" || effect === "deny") return effect;
  return refuse("InvalidParameter.EffectError", "The effect of a statement is allow or deny");
}

/** A text or a list of texts; the preset policies have both. */
function readWords(value: unknown, name: string, code: string): readonly string[] {
  const words: readonly unknown[] = Array.isArray(value) ? value : [value];
  const texts = words.filter((word): word is string => typeof word === "string" && word !== "");
  if (texts.length === 0 || texts.length !== words.length) {
    refuse(code, `The ${name} of a statement is a text or a list of texts, with one at least`);
  }
  return texts;
}

/** CAM-ACT. */
const scfActions: readonly string[] = [...accountActions, ...functionActions];
const onAccount = new Set<string>(accountActions);

/** The actions of functions that a name stands for, which may have wildcards. */
function matchingActions(name: string): readonly string[] {
  const pattern = new RegExp(`^${name.split(/\*+/).join(".*")}$`);
  return scfActions.filter((known) => pattern.test(known));
}

function checkAction(action: string): void {
  if (action === "*" || action === "*:*") return;
  const [, service, name = ""] =
    /^(?:name\/)?([a-z0-9]+):([A-Za-z0-9*]+)$/.exec(action) ??
    refuse(
      "InvalidParameter.ActionError",
      `An action has the form <service>:<action>, "${action.slice(0, 80)}" does not`,
    );
  if (service !== "scf") return;
  if (matchingActions(name).length > 0) return;
  refuse("InvalidParameter.ActionNotExist", `scf has no action ${name.slice(0, 80)}`);
}

/** CAM-RES: six parts, and for functions the path of one. */
function checkResource(resource: string): void {
  if (resource === "*") return;
  const code = "InvalidParameter.ResourceQcsError";
  const [, service, region = "", uin = "", path = ""] =
    /^qcs:(?:(?:id|project)\/[^:]+)?:([^:]+):([^:]*):([^:]*):(.*)$/.exec(resource) ??
    refuse(
      code,
      `A resource is * or has six parts, qcs::<service>:<region>:uin/<uin>:<path>; "${resource.slice(0, 120)}" does not`,
    );
  if (service !== "scf") return;
  if (!/^([a-z]+(-[a-z0-9]+)+|\*)?$/.test(region)) refuse(code, "The third part is a region or empty");
  if (!/^(uin\/[0-9*]*)?$/.test(uin)) refuse(code, "The account of a resource is uin/<uin>");
  if (/^(\*|namespace\/[^/\s:]+\/(function\/[^/\s:]+|\*))$/.test(path)) return;
  refuse(code, "The path of a function is namespace/<namespace>/function/<function>");
}

/** CAM-STAR: an action on the whole account has no effect on one function. */
function checkAccountLevel(statement: Statement): void {
  if (statement.resource.includes("*")) return;
  const action = statement.action.find((name) => {
    const [, pattern] = /^(?:name\/)?scf:([A-Za-z0-9*]+)$/.exec(name) ?? [];
    const meant = pattern === undefined ? [] : matchingActions(pattern);
    return meant.length > 0 && meant.every((known) => onAccount.has(known));
  });
  if (action)
    refuse("InvalidParameter.ResourceError", `${action} is about the whole account: its resource is *`);
}

/** CAM-COND. */
type Operator = readonly [key: string, valid: (value: string) => boolean];
const operators: Readonly<Record<string, Operator>> = Object.fromEntries([
  ...addressOperators.map((name): [string, Operator] => [name, [conditionKeys.address, isAddress]]),
  ...timeOperators.map((name): [string, Operator] => [name, [conditionKeys.time, isInstant]]),
]);

function checkCondition(condition: unknown, onlyKnown = true): void {
  if (!isObject(condition))
    refuse("InvalidParameter.ConditionError", "A condition is an object of operators");
  for (const [name, test] of Object.entries(condition)) {
    const operator = Object.hasOwn(operators, name) ? operators[name] : undefined;
    if (!operator) {
      if (!onlyKnown) continue;
      refuse(
        "InvalidParameter.ConditionTypeError",
        `A condition's operator is one of ${Object.keys(operators).join(", ")}, not ${name.slice(0, 40)}`,
      );
    }
    if (!isObject(test))
      refuse("InvalidParameter.ConditionError", `${name} needs an object of a key and its value`);
    const [key, valid] = operator;
    if (onlyKnown && Object.keys(test).length === 0)
      refuse("InvalidParameter.ConditionError", `${name} compares nothing: its key is ${key}`);
    for (const [given, value] of Object.entries(test)) {
      if (given !== key && !onlyKnown) continue;
      if (given !== key)
        refuse("InvalidParameter.ConditionError", `The key of ${name} is ${key}, not ${given.slice(0, 40)}`);
      const values: readonly unknown[] = Array.isArray(value) ? value : [value];
      if (values.length === 0 || !values.every((item) => typeof item === "string" && valid(item))) {
        const form =
          key === conditionKeys.address
            ? "an address or a CIDR block"
            : "an instant such as 2016-06-01T00:01:00Z";
        refuse(
          "InvalidParameter.ConditionContentError",
          `The value of ${name} is ${form}, or a list of them`,
        );
      }
    }
  }
}

function isAddress(text: string): boolean {
  const [address = "", length, ...rest] = text.split("/");
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= (version === 4 ? 32 : 128));
}

function isInstant(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/.test(text)) return false;
  const instant = Date.parse(text);
  // 30 February parses, as a day in March.
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text.slice(0, 19));
}

function readPrincipals(statement: Fields): { readonly services: readonly string[] } {
  const { principal } = statement;
  if (!isObject(principal) || Object.keys(principal).length === 0) {
    refuse(
      "InvalidParameter.PrincipalError",
      "A role's document names its principal: service, qcs or federated",
    );
  }
  for (const kind of Object.keys(principal)) {
    if (!["service", "qcs", "federated"].includes(kind)) {
      refuse(
        "InvalidParameter.PrincipalError",
        `A principal is service, qcs or federated, not ${kind.slice(0, 40)}`,
      );
    }
    const words = readWords(principal[kind], `${kind} principal`, "InvalidParameter.PrincipalError");
    if (kind === "qcs") words.forEach(checkAccountPrincipal);
  }
  const { service } = principal;
  return {
    services: service === undefined ? [] : readWords(service, "service", "InvalidParameter.PrincipalError"),
  };
}

function checkAccountPrincipal(word: string): void {
  if (/^qcs::cam::(uin\/[1-9]\d{0,14}:(root|uin\/[1-9]\d{0,14})|anonymous:anonymous)$/.test(word)) return;
  refuse(
    "InvalidParameter.PrincipalQcsError",
    `An account as principal is qcs::cam::uin/<uin>:root, not "${word.slice(0, 80)}"`,
  );
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
