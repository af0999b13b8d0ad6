import { isSymbolic, type Value } from "../model/value";
import type { AppModel, ModelResource } from "./app-model";
import { identityOf } from "./identity";
import { perApp } from "./per-app";
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
    const { latest } = latestLists(app);
    if (latest.list === list && latest.plan === resource.plan) return latest.layers;
    const layers = (list as readonly Value[])
      .map((item) => boundLayer(resource, item))
      .filter((layer) => layer !== undefined);
    latestLists(app).latest = { list, plan: resource.plan, layers };
    return layers;
  },
);

interface BoundList {
  readonly list: unknown;
  readonly plan: unknown;
  readonly layers: readonly BoundLayer[];
}

/** Neighbours mostly bind the same layers: what is known of these is kept once. */
const latestLists = perApp((_: AppModel): { latest: BoundList } => ({
  latest: { list: undefined, plan: undefined, layers: [] },
}));

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
