import type { z } from "zod";

/** What zod says of a type of its own, as far as the schemas of the kinds use such types. */
export type TypeDefinition =
  | { readonly type: "string" | "number" | "boolean" }
  | { readonly type: "optional" | "nullable"; readonly innerType: z.ZodType }
  | { readonly type: "literal"; readonly values: readonly unknown[] }
  | { readonly type: "enum"; readonly entries: Readonly<Record<string, unknown>> }
  | { readonly type: "array"; readonly element: z.ZodType }
  | { readonly type: "record"; readonly keyType: z.ZodType; readonly valueType: z.ZodType }
  | { readonly type: "union"; readonly options: readonly z.ZodType[] }
  | { readonly type: "object"; readonly shape: Readonly<Record<string, z.ZodType>> };

export function definitionOf(type: z.ZodType): TypeDefinition {
  return type.def as unknown as TypeDefinition;
}
