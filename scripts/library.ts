import * as fs from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";

/** The library's sources, type-checked: what the pages say of types and of doc comments is read from them. */
export interface Library {
  readonly checker: ts.TypeChecker;
  /** A file of lib/, by its path below it. */
  source(file: string): ts.SourceFile;
  /** What lib/index.ts exports, by name. */
  readonly exported: ReadonlyMap<string, ts.Symbol>;
}

export const root = path.resolve(__dirname, "..");

let known: Library | undefined;

export function library(): Library {
  known ??= open();
  return known;
}

function open(): Library {
  const { config } = ts.readConfigFile(path.join(root, "tsconfig.build.json"), (name) =>
    fs.readFileSync(name, "utf8"),
  ) as { config: object };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const files = ["index.ts", "kinds/index.ts"].map((file) => path.join(root, "lib", file));
  const program = ts.createProgram(files, options);
  const checker = program.getTypeChecker();
  const source = (file: string): ts.SourceFile => {
    const found = program.getSourceFile(path.join(root, "lib", file));
    if (!found) throw new Error(`lib/${file} is not part of the library`);
    return found;
  };
  const index = checker.getSymbolAtLocation(source("index.ts"));
  const exported = new Map(
    (index ? checker.getExportsOfModule(index) : []).map((symbol) => [
      symbol.name,
      symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol,
    ]),
  );
  return { checker, source, exported };
}

/** Whether a declaration stands in lib/. */
export function isOurs(declaration: ts.Declaration): boolean {
  return declaration.getSourceFile().fileName.startsWith(path.join(root, "lib") + path.sep);
}
