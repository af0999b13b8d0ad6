import type { Plan } from "../../model/plan";
import { isSensitiveOutput, terraformOutputName } from "../../model/terraform-outputs";
import type { Value } from "../../model/value";
import { withMarkers } from "../schema/secret-text";
import { resolved, type Lookup } from "./resolution";
import type { TerraformState } from "./terraform-state";

type Outputs = NonNullable<TerraformState["outputs"]>;

/**
 * The outputs of a stack as Terraform's state has them, as far as they are single values that are known.
 *
 * @param recorded names of those that the state has
 * @param kindOf the kind of the resource that is recorded at an address, in any stack
 */
export function terraformOutputs(
  plan: Plan,
  recorded: readonly string[],
  lookup: Lookup,
  kindOf: (address: string) => string | undefined,
): Outputs {
  const outputs: Record<string, Outputs[string]> = {};
  for (const [name, output] of Object.entries(plan.outputs)) {
    const value = recorded.includes(name) ? single(resolved(output.value, lookup)) : undefined;
    if (value === undefined) continue;
    outputs[terraformOutputName(plan.stack, name)] = {
      value,
      type: TYPES[typeof value] as string,
      ...(isSensitiveOutput(output, kindOf) ? { sensitive: true } : {}),
    };
  }
  return outputs;
}

/** Those of others stay as they are. */
export function withoutOutputs(outputs: Outputs, { stack, outputs: planned }: Plan): Outputs {
  const own = new Set(Object.keys(planned).map((name) => terraformOutputName(stack, name)));
  return Object.fromEntries(Object.entries(outputs).filter(([name]) => !own.has(name)));
}

const TYPES: { readonly [type: string]: string } = { string: "string", number: "number", boolean: "bool" };

function single(value: Value | undefined): string | number | boolean | undefined {
  if (typeof value === "number" || typeof value === "boolean") return value;
  if (value === undefined || value === null) return undefined;
  const text = withMarkers(value);
  return typeof text === "string" ? text : undefined;
}
