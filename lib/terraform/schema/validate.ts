import type { ResourceSchema } from "../../model/resource-schema";
import type { Diagnostic } from "../plugin/provider";
import type { TerraformObject } from "../plugin/value";

export function misfits(_schema: ResourceSchema, _object: TerraformObject): Diagnostic[] {
  return [];
}
