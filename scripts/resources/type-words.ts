import type { z } from "zod";

interface Definition {
  readonly type: string;
  readonly innerType?: z.ZodType;
  readonly values?: readonly unknown[];
  readonly entries?: Readonly<Record<string, string>>;
  readonly element?: z.ZodType;
  readonly keyType?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly shape?: Readonly<Record<string, z.ZodType>>;
}

/** A type in words: ``list of text``, ``object with `vpcId` (text), `subnetId` (text)``. */
export function typeInWords(type: z.ZodType): string {
  const definition = type.def as unknown as Definition;
  switch (definition.type) {
    case "string":
      return "text";
    case "number":
    case "boolean":
      return definition.type;
    case "optional":
      return typeInWords(definition.innerType as z.ZodType);
    case "nullable":
      return `${typeInWords(definition.innerType as z.ZodType)} or null`;
    case "literal":
      return either((definition.values ?? []).map(quoted));
    case "enum":
      return either(Object.values(definition.entries ?? {}).map(quoted));
    case "array":
      return `list of ${plural(typeInWords(definition.element as z.ZodType))}`;
    case "record":
      return `map of ${plural(typeInWords(definition.valueType as z.ZodType))}`;
    case "union":
      return either((definition.options ?? []).map(typeInWords));
    case "object":
      return `object with ${fieldsInWords(definition.shape ?? {})}`;
    default:
      throw new Error(`there are no words for the type ${definition.type}`);
  }
}

export function isOptional(type: z.ZodType): boolean {
  return type.def.type === "optional";
}

function fieldsInWords(shape: Readonly<Record<string, z.ZodType>>): string {
  return Object.entries(shape)
    .map(([name, type]) => `\`${name}\` (${typeInWords(type)}${isOptional(type) ? ", may be left out" : ""})`)
    .join(", ");
}

function either(words: readonly string[]): string {
  const separator = words.some((word) => word.startsWith("object")) ? "; or " : " or ";
  if (words.length < 3 || separator === "; or ") return words.join(separator);
  return `${words.slice(0, -1).join(", ")} or ${words[words.length - 1]}`;
}

function plural(words: string): string {
  if (/^(number|boolean)$/.test(words)) return `${words}s`;
  return words.startsWith("text") ? words.replace("text", "texts") : words.replace(/^object /, "objects ");
}

function quoted(value: unknown): string {
  return `\`${String(value)}\``;
}
