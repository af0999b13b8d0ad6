import { createHash } from "node:crypto";
import { stackOf } from "./stack-of";

/** How Terraform's configuration names the provider. */
export const PROVIDER = "scf";

/** Where Terraform takes the provider from: no host answers to this name, synthesis puts a launcher where Terraform looks first. */
export const PROVIDER_SOURCE = "terraform.local/cdktf-scf/scf";

/** Beside `cdk.tf.json`: what Terraform is told of the resources of this library. */
export const TERRAFORM_FILE = "scf.tf.json";

/** What drives the resources of a stack under Terraform. */
export type TerraformMode = "provider" | "reconciler";

/** The resource type of a kind: `clb_listener` is `scf_listener`, for Terraform tells a type's provider by what it begins with. */
export function terraformType(kind: string): string {
  return `${PROVIDER}_${kind.slice(kind.indexOf("_") + 1)}`;
}

/** There are few names, and large stacks have them many times. */
const attributes = new Map<string, string>();

/** `functionName` is `function_name`. */
export function terraformAttribute(name: string): string {
  const known = attributes.get(name);
  if (known !== undefined) return known;
  const attribute = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  attributes.set(name, attribute);
  return attribute;
}

/**
 * The name of a resource in its stack's configuration. A path of one part is its own name; of a longer one, or one with
 * characters that Terraform does not take, a hash keeps apart what would have the same name.
 */
export function terraformName(address: string): string {
  const path = address.slice(stackOf(address).length + 1);
  if (/^[A-Za-z_][A-Za-z0-9_-]*$/.test(path)) return path;
  const name = path.replace(/[^A-Za-z0-9_-]/g, "_");
  const hash = createHash("sha256").update(path).digest("hex").slice(0, 8);
  return `${/^[A-Za-z_]/.test(name) ? "" : "_"}${name}_${hash}`;
}

/** `scf_function.orders`: how expressions, `depends_on` and state name a resource. */
export function terraformAddress(kind: string, address: string): string {
  return `${terraformType(kind)}.${terraformName(address)}`;
}

/**
 * Stands in a text for a secret that the provider reads from its environment: neither configuration nor state of Terraform
 * hold it.
 */
export function secretMarker(environment: string): string {
  return `{{secret:${environment}}}`;
}
