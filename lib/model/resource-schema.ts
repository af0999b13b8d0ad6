import { z } from "zod";
import type { Reference } from "./value";

/**
 * What the platform and the reconciler need to know of one property beside its type. Everything about a property stands
 * in the schema of its kind, once.
 */
export interface PropertyMetadata {
  /** One sentence: meaning, unit, range. */
  description: string;
  /** Where the fact comes from: a rule id, or a section of a source document. */
  source?: string;
  /** A change replaces the resource. */
  immutable?: boolean;
  /** The value may hold secrets: it is never shown, and recorded as a fingerprint only. */
  sensitive?: boolean;
  /** A published version freezes this property: a change of it publishes a new version. Functions only. */
  frozen?: boolean;
  /** The platform does not give the value back, so that a change made elsewhere cannot be seen. */
  unreadable?: boolean;
  /** A list whose order means nothing: plans hold it sorted, and so does what is read. */
  unordered?: boolean;
  /** Exists for the rules only: it is never sent, recorded or compared. */
  checkOnly?: boolean;
  /** Says how other properties are changed: it is never sent, recorded or compared, and changed alone it changes nothing. */
  instruction?: boolean;
}

export interface AttributeMetadata {
  description: string;
  /** The value can change while the resource stays: dependents wait for it to be known again after an update. */
  volatile?: boolean;
  /** For the record only: nothing refers to it, and nobody is shown it. */
  internal?: boolean;
}

/** The schema of one resource kind: its wire name in plans and state, its properties, and what the platform computes. */
export interface ResourceSchema<
  Name extends string = string,
  P extends z.ZodRawShape = z.ZodRawShape,
  A extends z.ZodRawShape = z.ZodRawShape,
> {
  readonly kind: Name;
  /** For people: "function", "load balancer listener". */
  readonly title: string;
  readonly description: string;
  readonly properties: z.ZodObject<P>;
  readonly attributes: z.ZodObject<A>;
  readonly metadata: { readonly [K in keyof P]: PropertyMetadata };
  readonly attributeMetadata: { readonly [K in keyof A]: AttributeMetadata };
}

/** The concrete properties of a kind, as the reconciler and the platform calls see them. */
export type PropertiesOf<S> = S extends ResourceSchema<string, infer P> ? z.output<z.ZodObject<P>> : never;
export type AttributesOf<S> =
  S extends ResourceSchema<string, z.ZodRawShape, infer A> ? z.output<z.ZodObject<A>> : never;

type Described<P extends z.ZodRawShape, M> = { [K in keyof P]: { type: P[K] } & M };

/** Defines a kind's schema from one record per property, so that type and metadata of a property stand together. */
export function defineResource<
  Name extends string,
  P extends z.ZodRawShape,
  A extends z.ZodRawShape,
>(definition: {
  kind: Name;
  title: string;
  description: string;
  properties: Described<P, PropertyMetadata>;
  attributes: Described<A, AttributeMetadata>;
}): ResourceSchema<Name, P, A> {
  return {
    kind: definition.kind,
    title: definition.title,
    description: definition.description,
    properties: z.object(types<P>(definition.properties)) as z.ZodObject<P>,
    attributes: z.object(types<A>(definition.attributes)) as z.ZodObject<A>,
    metadata: definition.properties,
    attributeMetadata: definition.attributes,
  };
}

function types<P extends z.ZodRawShape>(described: Described<P, unknown>): P {
  return Object.fromEntries(
    Object.entries(described).map(([name, entry]) => [name, (entry as { type: unknown }).type]),
  ) as unknown as P;
}

/** A reference where a concrete value of type `T` will stand once the resource it names exists. */
export type Resolvable<T> = T | Reference;
