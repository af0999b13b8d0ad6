import { eachSymbolic, isSecretReference, type Properties, type Value } from "../../model/value";

/** The value without every text that holds a secret. */
export function withoutSecrets(properties: Properties): Properties {
  return (strip(properties) ?? {}) as Properties;
}

function strip(value: Value): Value | undefined {
  if (typeof value !== "object" || value === null) return value;
  if (isSecretReference(value) || holdsSecretText(value)) return undefined;
  if (Array.isArray(value))
    return value.map((item: Value) => strip(item)).filter((item) => item !== undefined);
  const entries = Object.entries(value as Properties).map(([key, item]) => [key, strip(item)] as const);
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined)) as Properties;
}

function holdsSecretText(value: Value): boolean {
  let holds = false;
  if (typeof value === "object" && value !== null && "$join" in value) {
    eachSymbolic(value, (symbolic) => (holds ||= isSecretReference(symbolic)));
  }
  return holds;
}
