import {
  holdsSymbolic,
  isForeignToken,
  isJoin,
  isReference,
  isSecretReference,
  isSymbolic,
  type Symbolic,
  type Value,
} from "../model/value";

/** A value as tests see it: what is known later stands as text, as messages show it. What holds nothing of that stays itself. */
export function readable(value: Value): unknown {
  if (!holdsSymbolic(value)) return value;
  if (isSymbolic(value)) return textOf(value);
  if (Array.isArray(value)) return (value as readonly Value[]).map(readable);
  return Object.fromEntries(
    Object.entries(value as Readonly<Record<string, Value>>).map(([name, item]) => [name, readable(item)]),
  );
}

function textOf(value: Symbolic): string {
  if (isReference(value)) return `→ ${value.$ref.address}.${value.$ref.attribute}`;
  if (isSecretReference(value)) return `→ secret ${value.$secret.environment}`;
  if (isForeignToken(value)) return value.$token;
  return isJoin(value) ? value.$join.map(partOf).join("") : "";
}

/** Text around a reference does not run into it. */
function partOf(part: Value): string {
  if (typeof part === "string") return part;
  const text = String(readable(part));
  return text.startsWith("→ ") ? `\${${text}}` : text;
}
