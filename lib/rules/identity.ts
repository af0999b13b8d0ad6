import type { Plan, PlannedProvider } from "../model/plan";
import { canonicalJson, type Value } from "../model/value";
import { UNKNOWN, type AppModel, type ModelResource } from "./app-model";
import { groupBy, perApp } from "./per-app";
import { perResource } from "./per-resource";
import type { StartingKind } from "./trigger-kinds";

/** Resources that belong to a function by its namespace and name. */
type OfFunction = ModelResource<
  | "scf_function"
  | "scf_version"
  | "scf_alias"
  | "scf_reserved_concurrency"
  | "scf_provisioned_concurrency"
  | "scf_async_invocation"
  | StartingKind
>;

/** Account and region: what quotas and names are counted in. Stacks that name no account share the one that deploys. */
export function accountAndRegion(resource: ModelResource): string {
  return accountAndRegionOf(resource.plan);
}

export function accountAndRegionOf({ provider }: Plan): string {
  let text = accountsAndRegions.get(provider);
  if (text === undefined) {
    text = `${provider.account.uin ?? ""}|${provider.region}`;
    accountsAndRegions.set(provider, text);
  }
  return text;
}

/** Lists of all resources are grouped by this text: it is made once. */
const accountsAndRegions = new WeakMap<PlannedProvider, string>();

/** What names of roles and policies are unique in. */
export function account(resource: ModelResource): string {
  return resource.plan.provider.account.uin ?? "";
}

/** The identity of a value that is known. */
export function identityOfKnown(known: unknown): string {
  return `= ${typeof known === "string" ? JSON.stringify(known) : canonicalJson(known)}`;
}

/** Text that is the same for two values when they certainly stand for the same thing. */
export function identityOf(resource: ModelResource, value: Value | undefined): string {
  const known = resource.app.follow(value);
  if (known !== UNKNOWN) return identityOfKnown(known);
  // Terraform resolves tokens stack by stack: the same text means different things in two of them.
  const owner = resource.app.hasForeignToken(value) ? resource.plan.stack : "";
  return `? ${owner} ${canonicalJson(resource.app.dereference(value))}`;
}

/** The same text for everything that belongs to the same function: region, namespace and name together. */
export const functionIdentity: (resource: OfFunction) => string = perResource(
  (resource: OfFunction): string => {
    // A function stands for itself, so that two that name themselves after each other end here.
    const declared = resource.is("scf_function") ? undefined : referredFunction(resource);
    if (declared) return functionIdentity(declared);
    const namespace = identityOf(resource, resource.raw("namespace"));
    const name = identityOf(resource, resource.raw("functionName"));
    return `${accountAndRegion(resource)}|${namespace}|${name}`;
  },
);

function referredFunction(resource: OfFunction): ModelResource<"scf_function"> | undefined {
  return resource.targetOfKind("functionName", "scf_function");
}

/** The functions of the app that are the same one to the platform, by `functionIdentity`. */
export const functionsByIdentity = perApp((app: AppModel) =>
  groupBy(app.ofKind("scf_function"), functionIdentity),
);

/** The function that a version, alias, trigger or binding belongs to, when the app declares it. */
export function functionOf(resource: OfFunction): ModelResource<"scf_function"> | undefined {
  return referredFunction(resource) ?? functionsByIdentity(resource.app).get(functionIdentity(resource))?.[0];
}

/** The function's name for messages, when it is known. */
export function functionName(resource: OfFunction): string | undefined {
  const name: unknown = resource.get("functionName");
  return typeof name === "string" ? name : undefined;
}
