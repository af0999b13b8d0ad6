import { secretMarker } from "../../model/terraform";
import { canonicalJson, isJoin, isSecretReference, isSymbolic, type Value } from "../../model/value";
import { UNKNOWN } from "../plugin/value";

const MARKER = /\{\{secret:([^{}]+)\}\}/;

/** Whether a text of Terraform stands for a secret, or holds one. */
export function holdsSecretMarker(text: string): boolean {
  return MARKER.test(text);
}

/** A text of Terraform as plans have it: markers are the secrets that they name. */
export function withSecrets(text: string): Value {
  // Every second part is the name that a marker holds.
  const parts = text.split(MARKER);
  if (parts.length === 1) return text;
  const values = parts
    .map((part, index): Value => (index % 2 === 0 ? part : { $secret: { environment: part } }))
    .filter((part) => part !== "");
  const [only] = values;
  return values.length === 1 && only !== undefined ? only : { $join: values };
}

/** A text of a plan as Terraform has it. What only Terraform can resolve is not known here. */
export function withMarkers(value: Value): string | typeof UNKNOWN | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (isSecretReference(value)) return secretMarker(value.$secret.environment);
  if (isJoin(value)) {
    const parts = value.$join.map(withMarkers);
    return parts.includes(UNKNOWN) ? UNKNOWN : parts.join("");
  }
  return isSymbolic(value) ? UNKNOWN : undefined;
}

/** The text of a value that refers to nothing but secrets; the name of one that cannot be read where it is needed for it. */
export function clearText(
  value: Value,
  environment: Readonly<Record<string, string | undefined>>,
): { readonly text: string } | { readonly missing: string } {
  if (isSecretReference(value)) {
    const name = value.$secret.environment;
    const text = environment[name];
    return text === undefined ? { missing: name } : { text };
  }
  if (!isJoin(value)) return { text: typeof value === "string" ? value : canonicalJson(value) };
  let text = "";
  for (const part of value.$join) {
    const read = clearText(part, environment);
    if ("missing" in read) return read;
    text += read.text;
  }
  return { text };
}
