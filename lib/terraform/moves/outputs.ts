import { byAddress, type Plan, type PlannedOutput } from "../../model/plan";
import { schemaOf } from "../../model/resources";
import { terraformName } from "../../model/terraform";
import { eachReference, type Value } from "../../model/value";
import { withMarkers } from "../schema/secret-text";
import { resolved, type Lookup } from "./resolution";
import type { TerraformState } from "./terraform-state";

type Outputs = NonNullable<TerraformState["outputs"]>;

/** The outputs of a stack as Terraform's state has them, as far as they are single values that are known. */
export function terraformOutputs(plan: Plan, lookup: Lookup, recorded: readonly string[]): Outputs {
  const outputs: Record<string, Outputs[string]> = {};
  for (const [name, output] of Object.entries(plan.outputs)) {
    const value = recorded.includes(name) ? single(resolved(output.value, lookup)) : undefined;
    if (value === undefined) continue;
    outputs[outputName(plan, name)] = {
      value,
      type: TYPES[typeof value] as string,
      ...(isSensitive(plan, output) ? { sensitive: true } : {}),
    };
  }
  return outputs;
}

/** Those of others stay as they are. */
export function withoutOutputs(outputs: Outputs, plan: Plan): Outputs {
  const own = new Set(Object.keys(plan.outputs).map((name) => outputName(plan, name)));
  return Object.fromEntries(Object.entries(outputs).filter(([name]) => !own.has(name)));
}

const TYPES: { readonly [type: string]: string } = { string: "string", number: "number", boolean: "bool" };

function single(value: Value | undefined): string | number | boolean | undefined {
  if (typeof value === "number" || typeof value === "boolean") return value;
  if (value === undefined || value === null) return undefined;
  const text = withMarkers(value);
  return typeof text === "string" ? text : undefined;
}

function outputName({ stack }: Plan, name: string): string {
  return terraformName(`${stack}/${name}`);
}

function isSensitive(plan: Plan, { value, sensitive = false }: PlannedOutput): boolean {
  let holds = sensitive;
  eachReference(value, ({ $ref }) => {
    const kind = byAddress(plan).get($ref.address)?.kind;
    holds ||= kind !== undefined && schemaOf(kind)?.metadata[$ref.attribute]?.sensitive === true;
  });
  return holds;
}
