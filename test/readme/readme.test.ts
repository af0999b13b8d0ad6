import * as fs from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";
import { temporaryFolder } from "../temporary-folder";

const root = path.resolve(__dirname, "../..");
const readme = fs.readFileSync(path.join(root, "README.md"), "utf8");

function blocks(language: string): string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm"))].map(
    (match) => match[1] ?? "",
  );
}

const tsBlocks = blocks("ts");
const wrongBlock = (tsBlocks[1] ?? "").replace("memory: 256", "memory: 320");

/** Type-checks programs as a user's project would: strict, and with the library's own types. All at once: that is slow. */
function typeErrors(programs: readonly string[]): string[][] {
  const files = new Map(
    programs.map((text, index) => [path.join(root, "test", "readme", `block${index}.ts`), text]),
  );
  const configuration = ts.parseJsonConfigFileContent(
    ts.readConfigFile(path.join(root, "tsconfig.json"), (name) => fs.readFileSync(name, "utf8")).config,
    ts.sys,
    root,
  );
  const options: ts.CompilerOptions = { ...configuration.options, baseUrl: root, noEmit: true };
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

describe("the README", () => {
  test("has code blocks that compile, and a mistake in one would not", () => {
    const [wrong, ...right] = typeErrors([wrongBlock, ...tsBlocks]);
    expect(right).toEqual(tsBlocks.map(() => []));
    expect(wrong?.join("\n")).toMatch(/320/);
  });

  test("names files that exist", () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)/g)].map((match) => match[1] ?? "");
    expect(links).not.toEqual([]);
    for (const link of links) expect([link, fs.existsSync(path.join(root, link))]).toEqual([link, true]);
  });

  test("has a first stack that synthesizes as it stands", () => {
    const folder = temporaryFolder();
    const program = ts.transpileModule(blocks("ts")[0] ?? "", {
      compilerOptions: { module: ts.ModuleKind.CommonJS },
    });
    process.env["CDKTF_OUTDIR"] = path.join(folder, "out");
    const compiled = new Function("require", "exports", program.outputText) as (
      load: unknown,
      exports: object,
    ) => void;
    compiled((name: string) => require(name), {});
    delete process.env["CDKTF_OUTDIR"];
    const plan = fs.readFileSync(path.join(folder, "out/stacks/hello/scf.plan.json"), "utf8");
    expect(plan).toContain('"hello/hello/live"');
  });

  test("shows an error that is the one people get", () => {
    const shown = /^ERROR CLB-REGION[\s\S]*?(?=\n```)/m.exec(readme)?.[0] ?? "";
    const { rules } = require("../../lib/rules") as typeof import("../../lib/rules");
    const rule = rules.find((candidate) => candidate.id === "CLB-REGION");
    expect(shown).toContain(rule?.fix);
    expect(shown).toContain(rule?.source.section);
  });
});
