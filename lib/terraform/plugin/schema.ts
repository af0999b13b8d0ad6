/** Type of a value, in Terraform's own notation: `"string"`, `["list", "string"]`, `["map", "number"]`. */
export type TerraformType = "string" | "number" | "bool" | readonly ["list" | "set" | "map", TerraformType];

/** One attribute of a resource, a data source or the provider's block. */
export interface TerraformAttribute {
  readonly name: string;
  /** Type of a plain value; absent where there are attributes in it. */
  readonly type?: TerraformType;
  readonly nested?: {
    readonly nesting: "single" | "list" | "set" | "map";
    readonly attributes: readonly TerraformAttribute[];
  };
  readonly description: string;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
}

export interface TerraformSchema {
  /** Version of the form that state has; a state of an earlier one is upgraded. */
  readonly version: number;
  readonly description: string;
  readonly attributes: readonly TerraformAttribute[];
}

/** All that the provider offers. */
export interface ProviderSchema {
  readonly provider: TerraformSchema;
  readonly resources: { readonly [type: string]: TerraformSchema };
  readonly dataSources: { readonly [type: string]: TerraformSchema };
}
