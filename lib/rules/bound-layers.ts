import { isSymbolic, type Value } from "../model/value";
import type { ModelResource } from "./app-model";
import { identityOf } from "./identity";
import { perResource } from "./per-resource";

/** A layer as a function binds it. */
export interface BoundLayer {
  /** The same text for the same layer, whatever its version. */
  readonly identity: string;
  readonly name: string | undefined;
  /** Its number, when the program gives one. */
  readonly version: number | undefined;
  /** The layer's own resource, when the app declares it. */
  readonly layer: ModelResource<"scf_layer"> | undefined;
}

/** The layers of a function in their order; undefined when the list itself is not known or is none. */
export const boundLayers = perResource(
  (resource: ModelResource<"scf_function">): readonly BoundLayer[] | undefined => {
    const { app } = resource;
    const list = app.dereference(resource.raw("layers"));
    if (!Array.isArray(list)) return undefined;
    const layers = list.map((item: Value) => boundLayer(resource, item));
    return layers.includes(undefined)
      ? layers.filter((layer) => layer !== undefined)
      : (layers as BoundLayer[]);
  },
);

function boundLayer(resource: ModelResource<"scf_function">, item: Value): BoundLayer | undefined {
  const { app } = resource;
  const entry = app.dereference(item);
  if (typeof entry !== "object" || entry === null || isSymbolic(entry) || Array.isArray(entry))
    return undefined;
  const { name, version } = entry as { readonly [key: string]: Value };
  const known = app.follow(name);
  return {
    identity: identityOf(resource, name),
    name: typeof known === "string" ? known : undefined,
    version: typeof version === "number" && Number.isFinite(version) ? version : undefined,
    layer: app.targetOfKind(version, "scf_layer") ?? app.targetOfKind(name, "scf_layer"),
  };
}
