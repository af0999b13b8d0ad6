import { UNKNOWN, type AppModel } from "./app-model";
import { closest } from "./edit-distance";
import type { FindingPlace, Severity } from "./finding";
import { functionIdentity, functionName, functionOf } from "./identity";
import { nameProblem } from "./name-form";
import { groupBy, perApp } from "./per-app";
import { quote } from "./text";
import type { StartingResource } from "./trigger-kinds";

/** What a trigger or a binding starts: `$LATEST`, a version or an alias of its function. */

export function isVersion(qualifier: string): boolean {
  return qualifier === "$LATEST" || isVersionNumber(qualifier);
}

export function isVersionNumber(qualifier: string): boolean {
  return /^[1-9]\d{0,14}$/.test(qualifier);
}

export interface QualifierProblem {
  readonly message: string;
  readonly places: readonly FindingPlace[];
  readonly fix?: string;
  readonly severity?: Severity;
}

/** The names of each function's aliases, UNKNOWN among them where one is. */
const aliasNames = perApp((app: AppModel): ReadonlyMap<string, ReadonlySet<unknown>> => {
  const aliases = groupBy(app.ofKind("scf_alias"), functionIdentity);
  return new Map(
    [...aliases].map(([owner, same]) => [owner, new Set(same.map((alias): unknown => alias.get("name")))]),
  );
});

export function qualifierProblem(what: string, resource: StartingResource): QualifierProblem | undefined {
  const place = { address: resource.address };
  const target =
    resource.targetOfKind("qualifier", "scf_alias") ?? resource.targetOfKind("qualifier", "scf_version");
  if (target) {
    if (functionIdentity(target) === functionIdentity(resource)) return undefined;
    const own = functionName(resource);
    const other = functionName(target);
    return {
      message: `the ${what} starts ${target.is("scf_alias") ? "an alias" : "a version"} of another function`,
      places: [
        { ...place, ...(own === undefined ? {} : { note: `of ${own}` }) },
        { address: target.address, ...(other === undefined ? {} : { note: `of ${other}` }) },
      ],
      fix: `use a version or an alias of the ${what}'s own function`,
    };
  }
  const qualifier: unknown = resource.get("qualifier");
  if (qualifier === UNKNOWN || typeof qualifier !== "string") return undefined;
  if (isVersion(qualifier) || qualifier === "$DEFAULT") return undefined;
  if (nameProblem("qualifier", qualifier)) {
    const version = qualifier.toUpperCase().replace(/^\$?/, "$");
    return {
      message: `the ${what} starts ${quote(qualifier)}, which is neither a version nor the name of an alias`,
      places: [place],
      ...(version === "$LATEST" || version === "$DEFAULT" ? { fix: `did you mean ${version}?` } : {}),
    };
  }
  return missingAlias(what, resource, qualifier);
}

/** An alias can have been made elsewhere, for a function of the app as well: no more than a warning. */
function missingAlias(what: string, resource: StartingResource, name: string): QualifierProblem | undefined {
  const owner = functionOf(resource);
  if (!owner) return undefined;
  const names = aliasNames(resource.app).get(functionIdentity(owner)) ?? new Set();
  if (names.has(name) || names.has(UNKNOWN)) return undefined;
  const known = [...names].filter((candidate) => typeof candidate === "string");
  const meant = closest(name, [...known, "$LATEST"]);
  return {
    severity: "warning",
    message: `the ${what} starts alias ${quote(name)}, which the app does not declare for the function`,
    places: [{ address: resource.address }, { address: owner.address }],
    fix:
      meant === undefined
        ? "declare the alias, or acknowledge this warning if it is made elsewhere"
        : `did you mean ${meant}?`,
  };
}
