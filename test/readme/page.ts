import * as fs from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";

export const root = path.resolve(__dirname, "../..");

export interface CodeBlock {
  /** Below the checkout. */
  readonly page: string;
  /** Of the fence, from 1. */
  readonly line: number;
  readonly language: string;
  /** What stands after the language, for example `continued`. */
  readonly words: readonly string[];
  readonly text: string;
}

/** The README and everything below docs/. */
export function pageNames(): string[] {
  const docs = fs.readdirSync(path.join(root, "docs"), { recursive: true, encoding: "utf8" });
  return ["README.md", ...docs.filter((file) => file.endsWith(".md")).map((file) => `docs/${file}`)].sort();
}

/** Every fenced block of a page, in its order. */
export function blocksOf(page: string, text = fs.readFileSync(path.join(root, page), "utf8")): CodeBlock[] {
  return [...text.matchAll(/^( *)```(.*)\n([\s\S]*?)^ *```$/gm)].map((match) => {
    const [, indent = "", information = "", lines = ""] = match;
    const [language = "", ...words] = information.trim().split(/\s+/);
    return {
      page,
      line: text.slice(0, match.index).split("\n").length,
      language,
      words,
      text: lines.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
    };
  });
}

/** The texts of the blocks of one language. */
export function codeBlocks(text: string, language: string): string[] {
  return blocksOf("", text).flatMap((block) => (block.language === language ? [block.text] : []));
}

/** The files that a page links to, as it names them. */
export function fileLinks(page: string): string[] {
  return [...page.matchAll(/\]\((?!https?:)([^)#]+)/g)].map((match) => match[1] ?? "");
}

/** What programs import of the package, and where its types are. */
export function packageEntries(): readonly { readonly name: string; readonly types: string }[] {
  const manifest = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8")) as {
    exports: Readonly<Record<string, { types?: string }>>;
  };
  return Object.entries(manifest.exports).flatMap(([entry, { types }]) =>
    types === undefined ? [] : [{ name: path.posix.join("cdktf-scf", entry), types }],
  );
}

/** Declarations are the same for all programs, and most of the time goes into reading them. */
const declarations = new Map<string, ts.SourceFile | undefined>();

/** Type-checks programs as a user's project would: strict, and with the types that the built package has. */
export function typeErrors(programs: readonly string[], extra: ts.CompilerOptions = {}): string[][] {
  const files = new Map(
    programs.map((text, index) => [path.join(root, "test", "readme", `block${index}.ts`), text]),
  );
  const configuration = ts.parseJsonConfigFileContent(
    ts.readConfigFile(path.join(root, "tsconfig.json"), (name) => fs.readFileSync(name, "utf8")).config,
    ts.sys,
    root,
  );
  const options: ts.CompilerOptions = {
    ...configuration.options,
    ...extra,
    paths: Object.fromEntries(
      packageEntries().map(({ name, types }) => [name, [path.join(root, types)]] as const),
    ),
    noEmit: true,
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.readFile = (name) => files.get(name) ?? readFile(name);
  host.getSourceFile = (name, target, ...rest) => {
    const text = files.get(name);
    if (text !== undefined) return ts.createSourceFile(name, text, target);
    if (!declarations.has(name)) declarations.set(name, getSourceFile.call(host, name, target, ...rest));
    return declarations.get(name);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()].map((name) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(name))
      .map((diagnostic) => ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n")),
  );
}
