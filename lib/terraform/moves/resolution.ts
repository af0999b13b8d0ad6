import {
  isForeignToken,
  isJoin,
  isReference,
  isSecretReference,
  isSymbolic,
  type Properties,
  type Value,
} from "../../model/value";

/** The value of a property or attribute that something refers to; undefined where it is not known. */
export type Lookup = (address: string, attribute: string) => Value | undefined;

/** A value of a plan with everything in it resolved but secrets; undefined where that cannot be done. */
export function resolved(value: Value | undefined, lookup: Lookup): Value | undefined {
  if (typeof value !== "object" || value === null || isSecretReference(value)) return value;
  if (isReference(value)) return lookup(value.$ref.address, value.$ref.attribute);
  if (isForeignToken(value)) return undefined;
  if (isJoin(value)) return joined(value.$join.map((part) => resolved(part, lookup)));
  if (Array.isArray(value)) {
    const items = value.map((item: Value) => resolved(item, lookup));
    return items.includes(undefined) ? undefined : (items as Value[]);
  }
  const entries = Object.entries(value as Properties).map(
    ([key, item]) => [key, resolved(item, lookup)] as const,
  );
  return entries.some(([, item]) => item === undefined)
    ? undefined
    : (Object.fromEntries(entries) as Properties);
}

function joined(parts: readonly (Value | undefined)[]): Value | undefined {
  if (parts.includes(undefined)) return undefined;
  const flat = (parts as Value[]).flatMap((part) => (isJoin(part) ? part.$join : [part]));
  if (flat.some((part) => isSymbolic(part))) return { $join: flat };
  return flat.map(String).join("");
}
