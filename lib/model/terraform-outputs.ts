import type { PlannedOutput } from "./plan";
import { schemaOf } from "./resources";
import { terraformName } from "./terraform";
import { eachReference } from "./value";

/** What Terraform takes for the name of a stack's output; one that it does not take gets a hash, as those of resources do. */
export function terraformOutputName(stack: string, name: string): string {
  return terraformName(`${stack}/${name}`);
}

/**
 * Whether Terraform must not show an output: it refuses to show a sensitive property of a resource in one that is not said to
 * be sensitive.
 *
 * @param kindOf the kind of the resource at an address, in any stack
 */
export function isSensitiveOutput(
  { value, sensitive = false }: PlannedOutput,
  kindOf: (address: string) => string | undefined,
): boolean {
  let isSensitive = sensitive;
  eachReference(value, ({ $ref: { address, attribute } }) => {
    const kind = kindOf(address);
    isSensitive ||= kind !== undefined && schemaOf(kind)?.metadata[attribute]?.sensitive === true;
  });
  return isSensitive;
}
