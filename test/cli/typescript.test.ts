import * as fs from "node:fs";
import type { TestProject } from "./project";
import { typeScriptProject } from "./project";

const program = (text: string): string => `
import { App } from "cdktf";
const words: readonly string[] = [${JSON.stringify(text)}];
console.log(words.join());
new App().synth();
`;
const none = "The program has no stack, so there is nothing to write.\n";

/** Puts a TypeScript in the project's place that is not what it seems. */
function replaceTypeScript(project: TestProject, code: string): void {
  const { version } = project.json("node_modules/typescript/package.json") as { version: string };
  fs.unlinkSync(project.file("node_modules/typescript"));
  project.write({
    "node_modules/typescript/package.json": JSON.stringify({ name: "typescript", version, main: "main.js" }),
    "node_modules/typescript/main.js": code,
  });
}

test("a program is translated again when it has changed, and only then", () => {
  const project = typeScriptProject(program("first"), { ownModules: true });
  expect(project.run(["synth"])).toEqual({ exitCode: 0, stdout: `first\n${none}`, stderr: "" });
  replaceTypeScript(project, `throw new Error("TypeScript was loaded");`);
  expect(project.run(["synth"])).toEqual({ exitCode: 0, stdout: `first\n${none}`, stderr: "" });
  project.write({ "main.ts": program("second") });
  expect(project.run(["synth"]).stderr).toContain("TypeScript was loaded");
  project.write({ "main.ts": program("first") });
  expect(project.run(["synth"]).stdout).toBe(`first\n${none}`);
});

test("changes are seen whatever is cached", () => {
  const project = typeScriptProject(program("0"), { ownModules: true });
  for (let run = 0; run < 4; run++) {
    project.write({ "main.ts": program(String(run)) });
    expect(project.run(["synth"]).stdout).toBe(`${run}\n${none}`);
  }
});

test.each([
  ["translated", ""],
  ["typescript.bin", "damaged"],
])("a damaged cache (%s) is made anew", (name, content) => {
  const project = typeScriptProject(program("first"), { ownModules: true });
  const cached = `node_modules/.cache/cdktf-scf/${name}`;
  expect(project.run(["synth"]).exitCode).toBe(0);
  const files = fs.statSync(project.file(cached)).isDirectory()
    ? fs.readdirSync(project.file(cached)).map((file) => `${cached}/${file}`)
    : [cached];
  expect(files).toHaveLength(1);
  for (const file of files) project.write({ [file]: content });
  for (const text of ["first", "second"]) {
    project.write({ "main.ts": program(text) });
    expect(project.run(["synth"])).toEqual({ exitCode: 0, stdout: `${text}\n${none}`, stderr: "" });
  }
});

test("without TypeScript it says how to get it", () => {
  const project = typeScriptProject(program("first"), { ownModules: true });
  fs.unlinkSync(project.file("node_modules/typescript"));
  expect(project.run(["synth"])).toEqual({
    exitCode: 1,
    stdout: "",
    stderr:
      "Error: <project>/main.ts is TypeScript, and TypeScript is not installed here.\n" +
      "Run `npm install --save-dev typescript@5.9`.\n",
  });
});

test("a TypeScript that cannot translate says which one can", () => {
  const project = typeScriptProject(program("first"), { ownModules: true });
  replaceTypeScript(project, "module.exports = { version: '7.0.0' };");
  const { exitCode, stderr } = project.run(["synth"]);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(
    /^Error: TypeScript .* of this project cannot be called from JavaScript\.\nRun `npm install/,
  );
});

test("files of the program that it imports are translated too, and located by their own lines", () => {
  const project = typeScriptProject(`import { fail } from "./lib/fail";\nfail();\n`);
  project.write({
    "lib/fail.ts":
      "interface Removed {\n  readonly a: string;\n}\nexport function fail(): Removed {\n  throw new Error('late');\n}\n",
  });
  expect(project.run(["synth"]).stderr).toBe(
    "Error: lib/fail.ts:5 threw an Error: late.\n  at lib/fail.ts:5  fail\n  at main.ts:2\n",
  );
});
