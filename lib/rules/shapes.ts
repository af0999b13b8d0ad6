import type { z } from "zod";
import { schemaOf } from "../model/resources";
import type { ResourceSchema } from "../model/resource-schema";
import { isMisfit, MISSING, type Misfit } from "../model/misfit";
import { isSymbolic } from "../model/value";
import { checkApiForms } from "./api-forms";
import type { ModelResource } from "./app-model";
import { closest } from "./edit-distance";
import { isImageFunction, isWebFunction } from "./function-type";
import type { Report, Rule } from "./rule";
import { isAccepted } from "./accepted-shape";
import { listed, quote } from "./text";

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** Programs in plain JavaScript, and casts in TypeScript, get a sentence where the compiler did not speak. */
export const shapeRules: readonly Rule[] = [
  {
    id: "TYPE",
    severity: "error",
    statement: "every property has the type and the form that the API gives for it",
    source: { document: "api", section: "parameters and data types" },
    fix: "give a value of the right type",
    check(app, report) {
      for (const resource of app.resources) checkShape(resource, report);
      checkApiForms(app, report);
    },
  },
];

function checkShape(resource: ModelResource, report: Report): void {
  const schema = schemaOf(resource.kind);
  const properties = resource.planned.properties;
  if (schema && isAccepted(schema.properties, properties)) return;
  const places = [{ address: resource.address }];
  if (!schema) {
    report({
      message: `${quote(resource.kind)} is not a kind of resource that cdktf-scf knows`,
      places,
      fix: "use the same version of cdktf-scf in the program and in its templates",
    });
    return;
  }
  const misfits = misfitsIn(properties, []);
  for (const { path, misfit } of misfits) {
    const name = `\`${misfit.name ?? pathText(path)}\``;
    report({
      message:
        misfit.actual === MISSING
          ? `${name} is missing`
          : `${name} must be ${misfit.expected}, but is ${misfit.actual}`,
      places,
      fix: misfit.fix,
    });
  }
  const result = schema.properties.safeParse(properties);
  if (!result.success) {
    for (const issue of relevantIssues(result.error.issues, [], properties)) {
      if (isToldByItsRule(resource.kind, issue, properties)) continue;
      if (isToldByRouting(resource, issue.path)) continue;
      if (misfits.some(({ path }) => path.every((key, index) => issue.path[index] === key))) continue;
      report({ ...sentence(issue, schema, properties), places });
    }
  }
  for (const name of Object.keys(properties)) {
    if (Object.hasOwn(schema.metadata, name) || isLogFormatOfItsOwnRule(resource, name)) continue;
    report({
      message: `a ${schema.title} has no property \`${name}\``,
      places,
      fix: spellingFix(name, Object.keys(schema.metadata)),
    });
  }
}

/**
 * Parts whose own rule says more about them than their type does: what is missing, mixed up or misspelt there is told once.
 * `?` stands for a part that is missing, `!` for one that is not among the words that are allowed, `+` for one too many, `#`
 * for a number that is none.
 */
const toldByRules: Readonly<Record<string, RegExp>> = {
  scf_function: /^\?(vpc\.(vpcId|subnetId)|logTopic\.(logsetId|topicId))$/,
  scf_provisioned_concurrency: /^\+provisioning( instances| actions| minimum| maximum| utilization)+$/,
  scf_namespace: /^!hosting\.tolerations\[\d+\]\.(operator|effect)$/,
  scf_reserved_concurrency: /^#reservedMb$/,
  clb_function_binding: /^\?locationId$/,
  cam_policy: /^\?statement\[\d+\]\.(action|resource)$/,
};

function isToldByItsRule(kind: string, { issue, path }: Located, properties: unknown): boolean {
  const value = path.reduce(childOf, properties);
  // What is said of a back-end repeats its port.
  if (kind === "clb_backend_binding" && path[0] === "facts" && path[2] === "port") return true;
  const sort =
    value === undefined
      ? "?"
      : issue.code === "unrecognized_keys"
        ? "+"
        : issue.code === "invalid_value" && typeof value === "string"
          ? "!"
          : typeof value === "number"
            ? "#"
            : "";
  const keys = issue.code === "unrecognized_keys" ? issue.keys.map((key) => ` ${key}`).join("") : "";
  return toldByRules[kind]?.test(`${sort}${pathText(path)}${keys}`) === true;
}

/** ALS-TWO says that there are too many routings, ALS-EXACT that an expression is no text. */
function isToldByRouting(resource: ModelResource, path: Path): boolean {
  if (!resource.is("scf_alias") || path[0] !== "routing") return false;
  const routing: unknown = resource.planned.properties["routing"];
  if (path.length === 1) return Array.isArray(routing) && routing.length > 1;
  return (
    path[1] === "expression" &&
    childOf(routing, "method") === "exact" &&
    childOf(routing, "expression") !== undefined
  );
}

/** WEB-LOGFMT says more of it. */
function isLogFormatOfItsOwnRule(resource: ModelResource, name: string): boolean {
  return (
    name === "logFormat" &&
    resource.is("scf_function") &&
    (isWebFunction(resource) || isImageFunction(resource))
  );
}

/** What a construct was given in place of a class of ours, with its path from the resource down. */
function misfitsIn(value: unknown, path: Path): ({ readonly path: Path } & Misfit)[] {
  if (typeof value !== "object" || value === null) return [];
  if (isMisfit(value)) return [{ path, misfit: value.misfit }];
  // A misfit is never deeper than an item of a list or a part of a routing.
  if (path.length === 2) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    misfitsIn(item, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

/** An issue with its path from the resource down. */
interface Located {
  readonly issue: Issue;
  readonly path: Path;
}

/**
 * Leaves out what zod says of symbolic values: their type is known once they are resolved. Of a union, the alternative
 * that fits best speaks.
 */
function relevantIssues(issues: readonly Issue[], base: Path, properties: unknown): Located[] {
  return issues.flatMap((issue): Located[] => {
    const path = [...base, ...issue.path];
    if (isAtOrBelowSymbolic(properties, path)) return [];
    if (issue.code !== "invalid_union" || issue.errors.length === 0) return [{ issue, path }];
    const alternatives = issue.errors
      .map((errors) => relevantIssues(errors, path, properties))
      .sort((left, right) => rank(left, path) - rank(right, path));
    return alternatives[0] ?? [];
  });
}

/** An alternative of another type altogether fits worse than one with some wrong parts. */
function rank(issues: readonly Located[], path: Path): number {
  return (
    issues.length +
    (issues.some((located) => located.path.length === path.length && located.issue.code === "invalid_type")
      ? 100
      : 0)
  );
}

function isAtOrBelowSymbolic(root: unknown, path: Path): boolean {
  let value = root;
  for (const key of path) {
    value = childOf(value, key);
    if (isSymbolic(value)) return true;
  }
  return false;
}

function childOf(value: unknown, key: PropertyKey): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Record<PropertyKey, unknown>)[key]
    : undefined;
}

function sentence(
  { issue, path }: Located,
  schema: ResourceSchema,
  properties: unknown,
): { message: string; fix?: string } {
  // Programs know back-ends by one name: what is said of them goes with what is bound.
  const shown =
    schema.kind === "clb_backend_binding" && path[0] === "facts" ? ["backends", ...path.slice(1)] : path;
  const name = `\`${pathText(shown)}\``;
  const value = path.reduce(childOf, properties);
  const isSecret = schema.metadata[String(path[0])]?.sensitive === true;
  const actual = described(value, isSecret);
  const wrongForm = { message: `${name} has a value of the wrong form: ${actual}` };
  switch (issue.code) {
    case "invalid_type":
      if (value === undefined)
        return { message: `${name} is missing`, fix: `give ${typeName(issue.expected)}` };
      return {
        message: `${name} must be ${typeName(issue.expected)}, but is ${actual}`,
        ...(issue.expected === "string" && ["number", "boolean"].includes(typeof value)
          ? { fix: "write it in quotes" }
          : { fix: `give ${typeName(issue.expected)}` }),
      };
    case "invalid_value":
      return oneOf(name, issue.values.map(String), value, isSecret);
    case "invalid_union":
      return "options" in issue && Array.isArray(issue.options)
        ? oneOf(name, issue.options.map(String), value, isSecret)
        : wrongForm;
    case "unrecognized_keys":
      return {
        message: `${name} has no ${listed(issue.keys.map((key) => `\`${key}\``))}`,
        fix: `remove ${issue.keys.length === 1 ? "it" : "them"}, or correct the spelling`,
      };
    default:
      return wrongForm;
  }
}

function oneOf(
  name: string,
  allowed: readonly string[],
  value: unknown,
  isSecret: boolean,
): { message: string; fix?: string } {
  const quoted = listed(allowed.map(quote), "or");
  const meant = typeof value === "string" && !isSecret ? closest(value, allowed) : undefined;
  return {
    message: `${name} must be ${quoted}, but is ${described(value, isSecret)}`,
    fix: meant === undefined ? `use ${quoted}` : `did you mean ${meant}?`,
  };
}

function spellingFix(name: string, candidates: readonly string[]): string {
  const meant = closest(name, candidates);
  return meant === undefined ? "remove it, or correct the spelling" : `did you mean ${meant}?`;
}

function typeName(expected: string): string {
  const names: Readonly<Record<string, string>> = {
    string: "text",
    number: "a number",
    boolean: "true or false",
    array: "a list",
    object: "an object",
    record: "an object",
  };
  return names[expected] ?? expected;
}

/** The value for a message; of a secret only its type. */
function described(value: unknown, isSecret: boolean): string {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  switch (typeof value) {
    case "string":
      return isSecret ? "text" : `the text ${quote(value)}`;
    case "number":
      return isSecret ? "a number" : `the number ${String(value)}`;
    case "boolean":
      return isSecret ? "true or false" : String(value);
    case "object":
      return "an object";
    default:
      return `a ${typeof value}`;
  }
}

/** `statement[0].action`. */
function pathText(path: Path): string {
  return path
    .map((key, index) => (typeof key === "number" ? `[${key}]` : `${index === 0 ? "" : "."}${String(key)}`))
    .join("");
}
