import type { PropertiesOf } from "../model/resource-schema";
import type { KindName, resourceSchemas } from "../model/resources";
import type { Matcher } from "./matcher";

/** A value that is known later, as it is shown: `→ shop/orders.functionName`, `→ secret DB_PASSWORD`, `${aws_vpc.main.id}`. */
export type Later = `→ ${string}` | `\${${string}`;

/** What a value is expected to be: the value, a part of it, or a matcher, at any depth. */
export type Pattern<T> = Matcher | Later | (T extends undefined ? never : PatternOf<T>);

type PatternOf<T> = T extends readonly (infer Item)[]
  ? readonly Pattern<Item>[]
  : T extends object
    ? { readonly [Name in keyof T]?: Pattern<T[Name]> }
    : T;

/** The properties of a kind, with every default written out, as they stand in the plan. */
export type PropertiesOfKind<Kind extends KindName> = PropertiesOf<(typeof resourceSchemas)[Kind]>;

/**
 * What the properties of a resource are expected to be. Properties that are left out may have any value, at every depth; a
 * list is compared as a whole.
 */
export type PropertyPattern<Kind extends KindName> =
  Matcher | { readonly [Name in keyof PropertiesOfKind<Kind>]?: Pattern<PropertiesOfKind<Kind>[Name]> };

/** A value as tests see it: what is known later stands as text. */
export type Readable<T> = T extends readonly (infer Item)[]
  ? readonly Readable<Item>[]
  : T extends object
    ? { readonly [Name in keyof T]: Readable<T[Name]> }
    : T;
