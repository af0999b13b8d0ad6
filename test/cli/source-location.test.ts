import { spawnSync } from "node:child_process";
import * as ts from "typescript";
import { TestProject } from "./project";

const source = `import { App, TerraformStack } from "cdktf";
import * as scf from "cdktf-scf";

interface Goes {
  readonly away: true;
}

const stack = new TerraformStack(new App(), "shop");
new scf.ScfProvider(stack, "scf", { region: "ap-guangzhou" });
export const props = { runtime: scf.Runtime.NODEJS_16_13, handler: "index.main_handler", code: scf.Code.fromInline("1") };
HOW
try {
  stack.node.root.synth();
} catch (error) {
  console.log(JSON.stringify(error.findings[0].places[0].location));
}
`;

const direct = `new scf.Function(stack, "orders", { ...props, memory: 100 });`;
const template = `
module.exports = (count, make) => (count === 0 ? make() : [module.exports(count - 1, make)]);
module.exports.inPackage = (scf, ...values) => module.exports(5, () => new scf.Function(...values));
`;

function located(how: string, options: readonly string[] = []): unknown {
  const compiled = ts.transpileModule(source.replace("HOW", how), {
    fileName: "main.ts",
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      inlineSourceMap: true,
    },
  });
  const project = new TestProject({
    files: {
      "main.js": compiled.outputText,
      "modules/node_modules/template/index.js": template,
      "hook.js": `Error.prepareStackTrace = (error, frames) =>
        [String(error), ...frames.map((frame) => "    at " + frame.getFileName().replace(".js", ".mts") + ":7:1")].join("\\n");`,
    },
  });
  const { stdout, stderr } = spawnSync(process.execPath, [...options, "main.js"], {
    cwd: project.directory,
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  const { file, line } = JSON.parse(stdout) as { file: string; line: number };
  expect(file.startsWith(project.directory)).toBe(true);
  return `${file.slice(project.directory.length + 1)}:${line}`;
}

test.each<[string, string, string, readonly string[]]>([
  ["in the program as it runs", "main.js:9", direct, []],
  ["in the source, where Node knows its map", "main.ts:11", direct, ["--enable-source-maps"]],
  ["in the source, where a hook like that of ts-node knows it", "main.mts:7", direct, ["-r", "./hook.js"]],
  [
    "in the program, where a template of a package makes the construct",
    "main.ts:11",
    `require("./modules/node_modules/template").inPackage(scf, stack, "orders", { ...props, memory: 100 });`,
    ["--enable-source-maps"],
  ],
])("a finding stands %s", (_, expected, how, options) => {
  expect(located(how, options)).toBe(expected);
});
