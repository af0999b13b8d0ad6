import * as ts from "typescript";
import { library } from "../library";
import type { Maker } from "./makers";

/**
 * What stands for the properties of a kind that a program leaves out, by the kind's names: from `@default` of the prop that
 * has the property's type (`LayerProperties["layerName"]`), or its name.
 */
export function defaultsOf({ props }: Pick<Maker, "props">): ReadonlyMap<string, string> {
  const { checker, exported } = library();
  const defaults = new Map<string, string>();
  for (const name of props) {
    const symbol = exported.get(name);
    if (!symbol) throw new Error(`lib/index.ts does not export ${name}`);
    for (const prop of checker.getDeclaredTypeOfSymbol(symbol).getProperties()) {
      const text = defaultOf(prop);
      const property = indexedName(prop) ?? prop.name;
      if (text !== undefined && !defaults.has(property)) defaults.set(property, text);
    }
  }
  return defaults;
}

export function defaultOf(symbol: ts.Symbol): string | undefined {
  const tag = symbol.getJsDocTags().find(({ name }) => name === "default");
  return tag && ts.displayPartsToString(tag.text).replace(/\s+/g, " ").trim();
}

function indexedName(symbol: ts.Symbol): string | undefined {
  const type = (symbol.valueDeclaration as ts.PropertySignature | undefined)?.type;
  if (!type || !ts.isIndexedAccessTypeNode(type) || !ts.isLiteralTypeNode(type.indexType)) return undefined;
  const { literal } = type.indexType;
  return ts.isStringLiteral(literal) ? literal.text : undefined;
}
