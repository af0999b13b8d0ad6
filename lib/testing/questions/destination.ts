import { DEFAULT_ALIAS } from "../../model/resources/alias";
import type { ModelResource } from "../../rules/app-model";
import { functionIdentity } from "../../rules/identity";
import { isVersion } from "../../rules/qualifiers";
import type { StartingResource } from "../../rules/trigger-kinds";
import { aliasRouting, type AliasRouting } from "./alias-routing";
import { UNKNOWN_ANSWER, unknownText } from "./unknown";
import { functionLabel, versionLabel } from "./versions";

/** What is called: a version, or an alias that divides its requests between two. */
export interface Destination {
  /** Address of the function. */
  readonly function: string;
  /** Address of the alias, where the plan has it. */
  readonly alias?: string;
  /** For people: `alias live`, `version 3`, `$LATEST`. */
  readonly qualifier: string;
  readonly routing: AliasRouting;
  /** What it was found by; the reservation of its function may stop it. */
  readonly resource: OfFunction;
}

type OfFunction = StartingResource | ModelResource<"scf_alias" | "scf_function">;

export function aliasDestination(alias: ModelResource<"scf_alias">): Destination {
  return {
    function: functionLabel(alias),
    alias: alias.address,
    qualifier: `alias ${textOr(alias.get("name"), unknownText(alias.app, alias.raw("name")))}`,
    routing: aliasRouting(alias),
    resource: alias,
  };
}

/** What a call that names no version reaches: `$DEFAULT`, which is `$LATEST` until the program points it elsewhere (ALS-INVOKE). */
export function defaultDestination(resource: OfFunction): Destination {
  return (
    declaredAlias(resource, DEFAULT_ALIAS) ?? {
      function: functionLabel(resource),
      qualifier: `alias ${DEFAULT_ALIAS}`,
      routing: { type: "single", main: "$LATEST" },
      resource,
    }
  );
}

/** What a trigger or a binding starts. */
export function startedBy(resource: StartingResource): Destination {
  const alias = resource.targetOfKind("qualifier", "scf_alias");
  if (alias) return aliasDestination(alias);
  const qualifier: unknown = resource.get("qualifier");
  if (qualifier === DEFAULT_ALIAS) return defaultDestination(resource);
  if (typeof qualifier === "string" && !isVersion(qualifier)) {
    return declaredAlias(resource, qualifier) ?? undeclared(resource, qualifier);
  }
  const version = versionLabel(resource, resource.raw("qualifier"));
  return {
    function: functionLabel(resource),
    qualifier: /^\d/.test(version) ? `version ${version}` : version,
    routing: { type: "single", main: version },
    resource,
  };
}

function declaredAlias(resource: OfFunction, name: string): Destination | undefined {
  const owner = functionIdentity(resource);
  const alias = resource.app
    .ofKind("scf_alias")
    .find((candidate) => candidate.get("name") === name && functionIdentity(candidate) === owner);
  return alias && aliasDestination(alias);
}

function undeclared(resource: StartingResource, name: string): Destination {
  const version = `${UNKNOWN_ANSWER}: alias ${name} is not in the plan`;
  return {
    function: functionLabel(resource),
    qualifier: `alias ${name}`,
    routing: { type: "single", main: version },
    resource,
  };
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === "string" ? value : otherwise;
}
