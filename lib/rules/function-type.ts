import { isSymbolic } from "../model/value";
import type { ModelResource } from "./app-model";

/** What sort of function a resource declares. Where another provider would say so, nothing is known. */

export function isWebFunction(resource: ModelResource<"scf_function">): boolean {
  return resource.get("type") === "HTTP";
}

export function isEventFunction(resource: ModelResource<"scf_function">): boolean {
  return resource.get("type") === "Event";
}

/** Whether a container image runs, as far as that can be told. */
export function isImageFunction(resource: ModelResource<"scf_function">): boolean {
  const code = resource.app.dereference(resource.raw("code"));
  return typeof code === "object" && code !== null && !isSymbolic(code) && Object.hasOwn(code, "image");
}

/** Whether a package runs, as far as that can be told. */
export function isPackageFunction(resource: ModelResource<"scf_function">): boolean {
  const code = resource.app.dereference(resource.raw("code"));
  if (typeof code !== "object" || code === null || isSymbolic(code)) return false;
  return !Object.hasOwn(code, "image");
}
