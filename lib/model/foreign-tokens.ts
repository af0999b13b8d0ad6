import type { Plan } from "./plan";
import { eachSymbolic, isForeignToken, isJoin, isSymbolic, type Properties, type Value } from "./value";

/** The values of other providers that a plan needs, as Terraform's configuration names them: each once, sorted. */
export function foreignTokens({ resources, outputs }: Plan): string[] {
  const tokens = new Set<string>();
  const note = (value: Value): void =>
    eachSymbolic(value, (symbolic) => {
      if (isForeignToken(symbolic)) tokens.add(symbolic.$token);
    });
  for (const { properties } of resources) note(properties);
  for (const { value } of Object.values(outputs)) note(value);
  return [...tokens].sort();
}

/** The plan as it would be, had these values stood in the program. What Terraform leaves null is not set. */
export function withTokenValues(plan: Plan, values: ReadonlyMap<string, Value>): Plan {
  const known = (value: Value): Value => withValues(value, values);
  return {
    ...plan,
    resources: plan.resources.map((resource) => ({
      ...resource,
      properties: known(resource.properties) as Properties,
    })),
    outputs: Object.fromEntries(
      Object.entries(plan.outputs).map(([name, output]) => [name, { ...output, value: known(output.value) }]),
    ),
  };
}

function withValues(value: Value, values: ReadonlyMap<string, Value>): Value {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return (value as readonly Value[]).map((item) => withValues(item, values));
  if (isForeignToken(value)) return values.get(value.$token) ?? null;
  if (isJoin(value)) return joined(value.$join.map((part) => withValues(part, values)));
  if (isSymbolic(value)) return value;
  const record: Record<string, Value> = {};
  for (const [key, item] of Object.entries(value as Properties)) {
    const known = withValues(item, values);
    if (known !== null || item === null) record[key] = known;
  }
  return record;
}

/** A text, unless a part of it is still to be known. */
function joined(parts: readonly Value[]): Value {
  if (parts.some((part) => typeof part === "object" && part !== null)) return { $join: parts };
  return parts.map((part) => (part === null ? "" : String(part))).join("");
}
