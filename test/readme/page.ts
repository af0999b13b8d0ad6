import * as fs from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";

export const root = path.resolve(__dirname, "../..");

/** The code blocks of one language, in the order of the page. */
export function codeBlocks(page: string, language: string): string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm"))].map(
    (match) => match[1] ?? "",
  );
}

/** The files that a page links to, as it names them. */
export function fileLinks(page: string): string[] {
  return [...page.matchAll(/\]\((?!https?:)([^)#]+)/g)].map((match) => match[1] ?? "");
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
    paths: {
      "cdktf-scf": [path.join(root, "dist", "index.d.ts")],
      "cdktf-scf/testing": [path.join(root, "dist", "testing", "index.d.ts")],
    },
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
