import { schemaOf } from "../model/resources";
import { isMisfit, MISSING, type Misfit } from "../model/misfit";
import { checkApiForms } from "./api-forms";
import type { ModelResource } from "./app-model";
import { closest } from "./edit-distance";
import { isImageFunction, isWebFunction } from "./function-type";
import type { Report, Rule } from "./rule";
import { isAccepted } from "./accepted-shape";
import { quote } from "./text";
import { childOf, issuesOf, pathText, sentence, type Located, type Path } from "./wrong-type";

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
  for (const issue of issuesOf(schema.properties, properties)) {
    if (isToldByItsRule(resource.kind, issue, properties)) continue;
    if (isToldByRouting(resource, issue.path)) continue;
    if (misfits.some(({ path }) => path.every((key, index) => issue.path[index] === key))) continue;
    const isSecret = schema.metadata[String(issue.path[0])]?.sensitive === true;
    const name = pathText(shownPath(resource.kind, issue.path));
    report({ ...sentence(issue, properties, { name, isSecret }), places });
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

/** Programs know back-ends by one name: what is said of them goes with what is bound. */
function shownPath(kind: string, path: Path): Path {
  return kind === "clb_backend_binding" && path[0] === "facts" ? ["backends", ...path.slice(1)] : path;
}

function spellingFix(name: string, candidates: readonly string[]): string {
  const meant = closest(name, candidates);
  return meant === undefined ? "remove it, or correct the spelling" : `did you mean ${meant}?`;
}
