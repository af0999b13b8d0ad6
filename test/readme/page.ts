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

/** Type-checks programs as a user's project would: strict, and with the library's own types. All at once: that is slow. */
export function typeErrors(programs: readonly string[], extra: ts.CompilerOptions = {}): string[][] {
  const files = new Map(
    programs.map((text, index) => [path.join(root, "test", "readme", `block${index}.ts`), text]),
  );
  const configuration = ts.parseJsonConfigFileContent(
    ts.readConfigFile(path.join(root, "tsconfig.json"), (name) => fs.readFileSync(name, "utf8")).config,
    ts.sys,
    root,
  );
  const options: ts.CompilerOptions = { ...configuration.options, ...extra, baseUrl: root, noEmit: true };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.readFile = (name) => files.get(name) ?? readFile(name);
  host.getSourceFile = (name, target, ...rest) => {
    const text = files.get(name);
    return text === undefined
      ? getSourceFile.call(host, name, target, ...rest)
      : ts.createSourceFile(name, text, target);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()].map((name) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(name))
      .map((diagnostic) => ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n")),
  );
}
