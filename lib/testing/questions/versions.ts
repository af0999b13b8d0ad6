import type { Value } from "../../model/value";
import type { ModelResource } from "../../rules/app-model";
import { functionName, functionOf } from "../../rules/identity";
import { unknownText } from "./unknown";

type OfFunction = Parameters<typeof functionOf>[0];

/** The function that something belongs to: its address, or its name where the plan does not have it. */
export function functionLabel(resource: OfFunction): string {
  return (
    functionOf(resource)?.address ??
    functionName(resource) ??
    unknownText(resource.app, (resource as ModelResource<"scf_alias">).raw("functionName"))
  );
}

/** A version's number, `$LATEST`, or for one that a deployment publishes `currentVersion of shop/orders`. */
export function versionLabel(resource: ModelResource, value: Value | undefined): string {
  const { app } = resource;
  const known = app.follow(value);
  if (typeof known === "string") return known;
  const published = app.targetOfKind(value, "scf_version");
  return published ? `currentVersion of ${functionLabel(published)}` : unknownText(app, value);
}
