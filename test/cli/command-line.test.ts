import * as path from "node:path";
import { inProcessProgram } from "../../lib/cli/program/command-line";
import { temporaryFolder, writeFiles } from "../temporary-folder";

const folder = temporaryFolder();
writeFiles(folder, {
  "main.ts": "",
  "main.js": "",
  "main.mjs": "",
  "my main.ts": "",
  "module/package.json": '{ "type": "module" }',
  "module/main.ts": "",
  "module/main.cts": "",
});

test.each([
  ["node main.js", "main.js"],
  ["ts-node main.ts", "main.ts"],
  ["ts-node main", "main.ts"],
  ["npx ts-node main.ts", "main.ts"],
  ["npx --yes ts-node -T main.ts", "main.ts"],
  ["ts-node --transpile-only --files main.ts", "main.ts"],
  ["ts-node-transpile-only main.ts", "main.ts"],
  ["node -r ts-node/register main.ts", "main.ts"],
  ["node --require=ts-node/register/transpile-only main.ts", "main.ts"],
  ["npx tsx main.ts", "main.ts"],
  ['ts-node "my main.ts"', "my main.ts"],
  ["ts-node module/main.cts", "module/main.cts"],
])("%s runs in this process", (command, file) => {
  expect(inProcessProgram(command, folder)).toEqual({ file: path.join(folder, file), arguments: [] });
});

test("arguments and the TypeScript project are taken along", () => {
  expect(inProcessProgram("ts-node -P tsconfig.app.json main.ts --stage 'the test' x", folder)).toEqual({
    file: path.join(folder, "main.ts"),
    arguments: ["--stage", "the test", "x"],
    tsconfig: path.join(folder, "tsconfig.app.json"),
  });
});

test.each([
  "npm run synth",
  "python3 main.py",
  "npm run build && node main.js",
  "node main.js | tee log",
  "STAGE=test node main.js",
  "node $PROGRAM",
  "node --inspect main.js",
  "node -r ./setup.js main.js",
  "node main.mjs",
  "ts-node module/main.ts",
  "ts-node --esm main.ts",
  "node",
  "ts-node 'unclosed",
])("%s is left to a shell", (command) => {
  expect(inProcessProgram(command, folder)).toBeUndefined();
});

test("a program that is not there is named", () => {
  expect(() => inProcessProgram("npx ts-node app.ts", folder)).toThrow(
    "cdktf.json runs `npx ts-node app.ts`, and there is no app.ts.",
  );
});
