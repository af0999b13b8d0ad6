import { resourceSchemas, type KindName } from "./resources";
import type { PropertiesOf } from "./resource-schema";

type Schemas = typeof resourceSchemas;

type ByShortKind = {
  readonly [K in keyof Schemas as K extends `${string}_${infer Name}` ? Name : never]: Schemas[K];
};

/** The name of a resource kind without the service in front: `function`, `alias`, `rule`, `alarm_policy`. */
export type ShortKind = {
  readonly [K in keyof Schemas]: K extends `${string}_${infer Name}` ? Name : never;
}[keyof Schemas];

/** The properties of each kind, as they are deployed. */
export type PropertiesByShortKind = {
  readonly [N in ShortKind]: Readonly<PropertiesOf<ByShortKind[N]>>;
};

/** The kind that a short name stands for. */
export type KindOf<N extends ShortKind> = ByShortKind[N]["kind"];

export function shortKind(kind: string): ShortKind {
  return kind.slice(kind.indexOf("_") + 1) as ShortKind;
}

/** Every short name, with the kind that it stands for. */
export const kindsByShortName: ReadonlyMap<string, KindName> = new Map(
  (Object.keys(resourceSchemas) as KindName[]).map((kind) => [shortKind(kind), kind]),
);
