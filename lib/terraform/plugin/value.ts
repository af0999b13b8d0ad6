/** Stands for a value that Terraform does not know yet: one symbol, in however many files this module is bundled. */
export const UNKNOWN: unique symbol = Symbol.for("terraform.unknown");

/**
 * A value as Terraform sends it: lists, sets and tuples are arrays, maps and objects are objects. A `number` comes as text where a
 * double cannot hold it exactly, as 0.1 does; either form may be given back.
 */
export type TerraformValue =
  | null
  | boolean
  | number
  | string
  | typeof UNKNOWN
  | readonly TerraformValue[]
  | { readonly [name: string]: TerraformValue };

/** An object of a resource, a data source or the provider's block. */
export type TerraformObject = { readonly [attribute: string]: TerraformValue };

/** Way from a block to one of its values: names of attributes, keys of maps, places in lists. */
export type AttributePath = readonly (AttributeStep | MapStep | ListStep)[];
export interface AttributeStep {
  readonly attribute: string;
}
export interface MapStep {
  readonly key: string;
}
export interface ListStep {
  readonly index: number;
}
