import { resourceSchemas, type KindName } from "./resources";

type WithoutService<K> = K extends `${string}_${infer Name}` ? Name : never;

/** The name of a resource kind without the service in front: `function`, `alias`, `rule`, `alarm_policy`. */
export type ShortKind = WithoutService<KindName>;

type ByShortKind = { readonly [K in KindName as WithoutService<K>]: K };

/** The kind that a short name stands for. */
export type KindOf<N extends ShortKind> = ByShortKind[N];

export function shortKind(kind: string): ShortKind {
  return kind.slice(kind.indexOf("_") + 1) as ShortKind;
}

/** Every short name, with the kind that it stands for. */
export const kindsByShortName: ReadonlyMap<string, KindName> = new Map(
  (Object.keys(resourceSchemas) as KindName[]).map((kind) => [shortKind(kind), kind]),
);
