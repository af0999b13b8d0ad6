import { DEFAULT_ALIAS } from "../model/resources/alias";
import { limits } from "../model/quotas";
import { isSymbolic, type Value } from "../model/value";
import { UNKNOWN, type AppModel, type ModelResource } from "./app-model";
import { descriptionProblem, markedDescriptionProblem } from "./description-form";
import type { FindingPlace } from "./finding";
import { accountAndRegion, functionIdentity, functionName, functionOf, identityOf } from "./identity";
import { nameProblem } from "./name-form";
import { otherRegion } from "./other-region";
import { groupBy, perApp } from "./per-app";
import { isVersion } from "./qualifiers";
import type { Report, Rule, Violation } from "./rule";
import { count, listed, quote } from "./text";
import { eachText, notKnownYet } from "./unchecked";

/** Restrictions of versions and aliases: section 5 of the rules. */

const routing = { document: "scf-operation-guide", section: "流量路由配置" } as const;

export const versionRules: readonly Rule[] = [
  {
    id: "ALS-NAME",
    severity: "error",
    statement:
      "an alias's name has 2–60 letters, digits, `_` and `-`, begins with a letter and ends with a letter or digit",
    source: routing,
    fix: "choose another name",
    check(app, report) {
      eachText(app, report, "scf_alias", "name", (name, resource) => {
        const places = [{ address: resource.address }];
        if (name === DEFAULT_ALIAS) {
          if (resource.get("builtIn") === true) return;
          report({
            message: "alias `$DEFAULT` is declared, and every function has it already",
            places,
            fix: 'say with `pointDefault` of the function where it points, or use another name, for example "live"',
          });
          return;
        }
        const problem = nameProblem("alias name", name);
        if (problem) report({ ...problem, places });
      });
    },
  },
  {
    id: "ALS-DESC",
    severity: "error",
    statement: "an alias's description has at most 1000 letters, digits, spaces, commas and periods",
    source: routing,
    fix: "rewrite the description with letters, digits, spaces, commas and periods only",
    check(app, report) {
      eachText(app, report, "scf_alias", "description", (text, { address }) => {
        const what = "description of the alias";
        const message = descriptionProblem(what, text, limits.descriptionCharacters);
        const problem = message === undefined ? markedDescriptionProblem(what, text) : { message };
        if (problem) report({ ...problem, places: [{ address }] });
      });
    },
  },
  {
    id: "ALS-TWO",
    severity: "error",
    statement: "an alias points to one or two versions, each a number or `$LATEST`",
    source: routing,
    fix: "give the main version, and in the routing at most one more",
    check(app, report) {
      for (const resource of app.ofKind("scf_alias")) {
        const places = [{ address: resource.address }];
        const declared = app.dereference(resource.raw("routing"));
        const more = Array.isArray(declared) ? declared.length : 0;
        const versionsOf: unknown = resource.get("versionsOf");
        const total = Math.max(1 + more, Array.isArray(versionsOf) ? versionsOf.length : 0);
        if (total > 2) {
          report({
            message: `the alias points to ${count(total, "version")}; one or two are allowed`,
            places,
          });
        }
        for (const version of versionsIn(resource)) {
          const known = app.follow(version);
          if (typeof known !== "string" || isVersion(known)) continue;
          report({
            message: `an alias points to version ${quote(known)}, which is neither a number nor $LATEST`,
            places,
            fix: /^\$?latest$/i.test(known)
              ? "did you mean $LATEST?"
              : "use a published version, its number as text, or `$LATEST`",
          });
        }
      }
    },
  },
  {
    id: "ALS-WEIGHT",
    severity: "error",
    statement: "the weights of an alias's two versions are percentages of 0–100 and 100 together",
    source: routing,
    fix: "use a percentage from 0 to 100",
    check(app, report) {
      for (const { resource, part } of routings(app)) {
        const percent = part("percent");
        if (percent === UNKNOWN) reportToken(resource, report);
        if (typeof percent !== "number" || !Number.isFinite(percent)) continue;
        if (percent >= 0 && percent <= 100) continue;
        report({
          message: `a weight of ${percent} % is not allowed: it is 0 to 100, and the main version takes the rest`,
          places: [{ address: resource.address }],
          fix: `use ${percent < 0 ? 0 : 100}`,
        });
      }
    },
  },
  {
    id: "ALS-RULE",
    severity: "error",
    statement:
      "an alias that routes by rule has exactly two versions: one with one match, and one for the requests that do not match",
    source: routing,
    fix: "give the second version with key, method and expression, and no percentage",
    check(app, report) {
      for (const { resource, part } of routings(app)) {
        if (part("type") !== "match") continue;
        const missing = ["version", "key", "method", "expression"].filter((name) => {
          const value = part(name);
          // ALS-EXACT says that an expression that is empty, or no text, matches nothing.
          if (name === "expression" && part("method") === "exact" && value !== undefined) return false;
          return value === undefined || value === null || value === "";
        });
        const problems = [
          ...missing.map((name) => `no ${name}`),
          ...(part("percent") === undefined ? [] : ["a percentage as well"]),
        ];
        if (problems.length === 0) continue;
        report({
          message: `the alias routes by rule and has ${listed(problems)}`,
          places: [{ address: resource.address }],
        });
      }
    },
  },
  {
    id: "ALS-KEY",
    severity: "error",
    statement: "the match key is `invoke.headers.<userKey>`",
    source: routing,
    fix: 'name the header behind "invoke.headers.", for example "invoke.headers.User"',
    check(app, report) {
      for (const { resource, part } of routings(app)) {
        const key = part("key");
        if (key === UNKNOWN) reportToken(resource, report);
        if (typeof key !== "string" || key === "" || /^invoke\.headers\.[^\s.]+$/.test(key)) continue;
        const header = key.replace(/^.*\./, "").replace(/[\s.]/g, "");
        report({
          message: `match key ${quote(key)} does not have the form invoke.headers.<userKey>`,
          places: [{ address: resource.address }],
          ...(header === "" ? {} : { fix: `use ${quote(`invoke.headers.${header}`)}` }),
        });
      }
    },
  },
  {
    id: "ALS-EXACT",
    severity: "error",
    statement: "an exact match compares with one text",
    source: routing,
    fix: "give the text that the header's value equals",
    check(app, report) {
      for (const { resource, part } of routings(app)) {
        const expression = part("expression");
        if (part("method") !== "exact" || expression === undefined || expression === UNKNOWN) continue;
        if (typeof expression === "string" && expression !== "") continue;
        report({
          message:
            expression === ""
              ? "an exact match with an empty text never matches"
              : `an exact match compares with text, and ${quote(expression)} is none`,
          places: [{ address: resource.address }],
          ...(typeof expression === "number" || typeof expression === "boolean"
            ? { fix: `write it in quotes: ${quote(String(expression))}` }
            : {}),
        });
      }
    },
  },
  {
    id: "ALS-RANGE",
    severity: "error",
    statement: "a range is `(a,b)` or `[a,b]` with whole numbers, the smaller one first",
    source: routing,
    fix: "use (a,b) without or [a,b] with the two ends",
    check(app, report) {
      for (const { resource, part } of routings(app)) {
        const expression = part("expression");
        if (part("method") !== "range" || typeof expression !== "string" || expression === "") continue;
        const problem = rangeProblem(expression) ?? emptyRange(expression);
        if (problem) report({ ...problem, places: [{ address: resource.address }] });
      }
    },
  },
  {
    id: "ALS-SELF",
    severity: "error",
    statement: "both versions of an alias belong to its function, are in its region, and differ",
    source: routing,
    fix: "use versions of the alias's own function",
    check(app, report) {
      for (const [own, resources] of [
        ["alias", app.ofKind("scf_alias")],
        ["version", app.ofKind("scf_version")],
      ] as const) {
        for (const resource of resources) {
          const problem = otherRegion(resource, { own, other: "function" }, functionOf(resource));
          if (problem) report(problem);
        }
      }
      for (const resource of app.ofKind("scf_alias")) {
        reportSameVersion(resource, report);
        reportOtherFunction(resource, report);
      }
    },
  },
];

interface Routing {
  readonly resource: ModelResource<"scf_alias">;
  /** One part of the routing, with references followed. */
  part(name: string): unknown;
}

/** Every routing that is set, also each of a list that a program in plain JavaScript gives. */
function routings(app: AppModel): readonly Routing[] {
  return app.ofKind("scf_alias").flatMap((resource) =>
    routingValues(resource).map((value): Routing => ({
      resource,
      part: (name) => app.follow(value[name]),
    })),
  );
}

type RoutingValue = { readonly [name: string]: Value };

function routingValues(resource: ModelResource<"scf_alias">): readonly RoutingValue[] {
  const { app } = resource;
  const routing = app.dereference(resource.raw("routing"));
  const values: readonly (Value | undefined)[] = Array.isArray(routing) ? routing : [routing];
  return values.flatMap((item) => {
    const value = app.dereference(item);
    return typeof value === "object" && value !== null && !isSymbolic(value) && !Array.isArray(value)
      ? [value as RoutingValue]
      : [];
  });
}

/** The main version and those of the routing, as they stand in the plan. */
function versionsIn(resource: ModelResource<"scf_alias">): readonly (Value | undefined)[] {
  return [resource.raw("version"), ...routingValues(resource).map((value) => value["version"])];
}

function reportToken(resource: ModelResource<"scf_alias">, report: Report): void {
  if (resource.app.hasForeignToken(resource.raw("routing"))) report(notKnownYet(resource.address, "routing"));
}

function rangeProblem(expression: string): { message: string; fix?: string } | undefined {
  const match = /^\s*([[(])\s*([+-]?\d+)\s*[,，]\s*([+-]?\d+)\s*([\])])\s*$/.exec(expression);
  if (!match)
    return {
      message: `${quote(expression)} is not a range: it has the form (a,b) or [a,b] with whole numbers`,
    };
  const [, open = "", first = "", second = "", close = ""] = match;
  if ((open === "(") !== (close === ")")) {
    return {
      message: `range ${quote(expression)} mixes brackets: it has the form (a,b) or [a,b]`,
      fix: `use "[${first},${second}]" with the ends or "(${first},${second})" without`,
    };
  }
  if (Number(first) > Number(second)) {
    return {
      message: `range ${quote(expression)} begins above its end`,
      fix: `use "${open}${second},${first}${close}"`,
    };
  }
  return expression.includes("，")
    ? {
        message: `range ${quote(expression)} has a full-width comma`,
        fix: `use "${open}${first},${second}${close}"`,
      }
    : undefined;
}

/** The ends of an open range do not match: between two neighbours there is nothing. */
function emptyRange(expression: string): Omit<Violation, "places"> | undefined {
  const [, first, second] = /^\s*\(\s*([+-]?\d+)\s*,\s*([+-]?\d+)\s*\)\s*$/.exec(expression) ?? [];
  if (first === undefined || Number(second) - Number(first) > 1) return undefined;
  return {
    severity: "warning",
    message: `no whole number is inside of range ${quote(expression)}: its ends do not match`,
    fix: `use "[${first},${second}]" to have the ends match`,
  };
}

function reportSameVersion(resource: ModelResource<"scf_alias">, report: Report): void {
  const [main, ...others] = versionsIn(resource);
  if (main === undefined) return;
  const identity = identityOf(resource, main);
  for (const other of others) {
    if (other === undefined || identityOf(resource, other) !== identity) continue;
    const version = resource.app.follow(main);
    report({
      message: `the alias points to ${typeof version === "string" ? `version ${version}` : "the same version"} twice`,
      places: [{ address: resource.address }],
      fix: "remove the routing, or route to another version",
    });
  }
}

function reportOtherFunction(resource: ModelResource<"scf_alias">, report: Report): void {
  const { app } = resource;
  const own = functionName(resource);
  const claimed = app.dereference(resource.raw("versionsOf"));
  versionsIn(resource).forEach((value, index) => {
    const claim = Array.isArray(claimed) ? app.dereference((claimed as readonly Value[])[index]) : undefined;
    const other = otherFunction(resource, own, value, app.follow(claim));
    if (!other) return;
    const version = app.follow(value);
    report({
      message: `the alias points to ${typeof version === "string" ? `version ${version}` : "a version"} of another function${
        other.name === undefined ? "" : `, ${quote(other.name)}`
      }`,
      places: [
        { address: resource.address, ...(own === undefined ? {} : { note: `alias of ${own}` }) },
        ...other.places,
      ],
    });
  });
}

interface OtherFunction {
  readonly name: string | undefined;
  readonly places: readonly FindingPlace[];
}

/** The function that a version belongs to, when that is certainly not the alias's. */
function otherFunction(
  resource: ModelResource<"scf_alias">,
  own: string | undefined,
  version: Value | undefined,
  claim: unknown,
): OtherFunction | undefined {
  const target = resource.app.targetOfKind(version, "scf_version");
  if (target) {
    if (functionIdentity(target) === functionIdentity(resource)) return undefined;
    const name = functionName(target);
    return { name, places: [{ address: target.address, note: `version of ${name ?? "another function"}` }] };
  }
  if (typeof claim !== "string" || own === undefined || claim === own) return undefined;
  const declared = functionsByName(resource.app).get(`${accountAndRegion(resource)}|${claim}`)?.[0];
  return { name: claim, places: declared ? [{ address: declared.address, note: claim }] : [] };
}

const functionsByName = perApp((app: AppModel) =>
  groupBy(app.ofKind("scf_function"), (resource) => {
    const name = functionName(resource);
    return name === undefined ? undefined : `${accountAndRegion(resource)}|${name}`;
  }),
);
