import { execFileSync, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { installPackedInto } from "../installed";
import { temporaryFolder } from "../temporary-folder";

const examples = path.resolve(__dirname, "..", "..", "examples");

/** One node_modules with the package as it would be published, for template and consumer. */
let modules = "";
let template = "";
let consumer = "";

beforeAll(() => {
  const folder = temporaryFolder();
  modules = path.join(folder, "node_modules");
  installPackedInto(modules, []);
  [template, consumer] = ["org-template", "org-consumer"].map((name) => {
    const copy = path.join(folder, name);
    fs.cpSync(path.join(examples, name), copy, { recursive: true, filter: isSource });
    return copy;
  }) as [string, string];
});

function isSource(file: string): boolean {
  return !/[/\\](node_modules|dist|cdktf\.out|\.cdktf-scf)$/.test(file);
}

/** Runs a script of a package as npm would, without colours. */
function run(
  folder: string,
  script: string,
  words: readonly string[],
): { status: number | null; output: string } {
  const environment: NodeJS.ProcessEnv = { ...process.env, CI: "true" };
  for (const name of Object.keys(environment)) {
    if (/^(TENCENTCLOUD_|CDKTF_|FORCE_COLOR|NODE_OPTIONS|JEST_)/.test(name)) delete environment[name];
  }
  const command = path.join(modules, script);
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...words], {
    cwd: folder,
    env: environment,
    encoding: "utf8",
  });
  return { status, output: `${stdout}${stderr}` };
}

const commandLine = (...words: string[]) => run(consumer, "cdktf-scf/dist/cli/bin.js", words);

/** Builds the template, and has the consumer install what `npm pack` makes of it. */
function publishTemplate(): void {
  expect(run(template, "typescript/bin/tsc", ["-p", "tsconfig.build.json"])).toEqual({
    status: 0,
    output: "",
  });
  execFileSync(process.execPath, ["dist/write-documentation.js"], { cwd: template });
  execFileSync("npm", ["pack", "--ignore-scripts", "--silent"], { cwd: template });
  const tarball = fs.readdirSync(template).find((name) => name.endsWith(".tgz")) as string;
  const installed = path.join(consumer, "node_modules", "@harbour", "scf");
  fs.rmSync(installed, { recursive: true, force: true });
  fs.mkdirSync(installed, { recursive: true });
  execFileSync("tar", ["-xzf", path.join(template, tarball), "-C", installed, "--strip-components=1"]);
}

function expectGolden(name: string, text: string): void {
  const file = path.join(__dirname, "golden", name);
  if (process.env["UPDATE_GOLDEN"] === "1") fs.writeFileSync(file, text);
  expect(text).toBe(fs.readFileSync(file, "utf8"));
}

test("the template's own tests pass", () => {
  const { status, output } = run(template, "jest/bin/jest.js", []);
  expect(output).toContain("Tests:       3 passed, 3 total");
  expect(status).toBe(0);
});

test("a consumer of the packed template is checked, deployed to the local platform, and then has no difference", () => {
  publishTemplate();
  expect(run(consumer, "typescript/bin/tsc", ["-p", "."])).toEqual({ status: 0, output: "" });
  const validated = commandLine("validate");
  expect(validated.status).toBe(0);
  expectGolden("organization-validate.txt", validated.output);
  expect(commandLine("deploy", "--auto-approve")).toMatchObject({ status: 0 });
  expect(commandLine("output", "--json").output).toContain("shop-orders-Function");
  expect(commandLine("diff")).toMatchObject({ status: 0 });
  const explained = commandLine("explain", "harbour-mem");
  expect(explained.status).toBe(0);
  expectGolden("organization-explain.txt", explained.output);
  expect(fs.readFileSync(path.join(consumer, "node_modules/@harbour/scf/GUARDRAILS.md"), "utf8")).toContain(
    "| [HARBOUR-MEM](#harbour-mem) | error | a function has at most 512 MB of memory |",
  );
});

test("fails with the organization's rule, the value and the consumer's line once a guardrail is stricter", () => {
  const file = path.join(template, "lib", "guardrails.ts");
  fs.writeFileSync(file, fs.readFileSync(file, "utf8").replaceAll("512", "128").replaceAll("1024", "256"));
  publishTemplate();
  const { status, output } = commandLine("validate");
  expect(status).toBe(1);
  expectGolden("organization-stricter.txt", output);
  expect(commandLine("deploy", "--auto-approve")).toMatchObject({ status: 1 });
});
