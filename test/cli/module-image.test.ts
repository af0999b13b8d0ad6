import * as fs from "node:fs";
import * as path from "node:path";
import { TestProject, type RunResult } from "./project";

const cache = "node_modules/.cache/cdktf-scf";
const image = `${cache}/modules-synth.bin`;
const none = "The program has no stack, so there is nothing to write.\n";

/** A project whose program uses a package of its own, `colors`, which uses another one, `shades`. */
function project(): TestProject {
  const made = new TestProject({
    ownModules: true,
    files: {
      "main.js": `
console.log(require("colors").sky, require("colors/package.json").version);
new (require("cdktf").App)().synth();`,
    },
  });
  made.write({
    "node_modules/colors/package.json": '{ "name": "colors", "version": "1.0.0", "main": "lib/index.js" }',
    "node_modules/colors/lib/index.js": `exports.sky = require("./sky").name + require("shades");`,
    "node_modules/colors/lib/sky.js": `exports.name = "blue";`,
    "node_modules/shades/package.json": '{ "name": "shades" }',
    "node_modules/shades/index.js": `module.exports = "-light";`,
  });
  return made;
}

function succeeds({ exitCode, stdout, stderr }: RunResult): string {
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(stdout).toMatch(new RegExp(`\\n${none}$`));
  return stdout.split("\n", 1)[0] ?? "";
}

/** Runs twice more than needed, so that what is answered comes from an image with compiled code. */
function warmedUp(): TestProject {
  const made = project();
  for (let run = 0; run < 3; run++) expect(succeeds(made.run(["synth"]))).toBe("blue-light 1.0.0");
  return made;
}

/** Which library files a run reads and compiles the ordinary way. */
function loadedFromDisk(made: TestProject): string[] {
  made.write({
    "spy.js": `
const { Module } = require("node:module");
const load = Module._extensions[".js"];
const files = [];
Module._extensions[".js"] = (module, file) => { files.push(file); load(module, file); };
process.on("exit", () => require("node:fs").writeFileSync("spied.json", JSON.stringify(files)));`,
  });
  const environment = { NODE_OPTIONS: `--require ${made.file("spy.js")}` };
  for (let run = 0; run < 3; run++) succeeds(made.run(["synth"], environment));
  const files = made.json("spied.json") as string[];
  return files.filter((file) => file.includes("/node_modules/"));
}

test("modules come from the image once it is there, and it is then left alone", () => {
  const made = warmedUp();
  const before = fs.statSync(made.file(image)).mtimeMs;
  expect(succeeds(made.run(["synth"]))).toBe("blue-light 1.0.0");
  expect(fs.statSync(made.file(image)).mtimeMs).toBe(before);
  const files = loadedFromDisk(made);
  // Those that import at run time have to stay where they are.
  expect(files.length).toBeLessThan(10);
  expect(files.some((file) => file.includes("/colors/"))).toBe(false);
});

test("an image that has been kept stays, whoever runs next", () => {
  const made = project();
  made.write({
    "node_modules/colors/lib/night.js": `exports.name = "black";`,
    "node_modules/colors/lib/index.js": `exports.sky = require(process.env.NIGHT ? "./night" : "./sky").name + require("shades");`,
  });
  const night = { NIGHT: "1" };
  for (let run = 0; run < 2; run++) succeeds(made.run(["synth"]));
  for (let run = 0; run < 2; run++) expect(succeeds(made.run(["synth"], night))).toBe("black-light 1.0.0");
  const before = fs.statSync(made.file(image)).mtimeMs;
  expect(succeeds(made.run(["synth"]))).toBe("blue-light 1.0.0");
  const other = new TestProject({
    files: { "main.js": made.read("main.js") },
    modules: made.file("node_modules"),
  });
  expect(succeeds(other.run(["synth"]))).toBe("blue-light 1.0.0");
  expect(fs.statSync(made.file(image)).mtimeMs).toBe(before);
});

test("ES modules stay out of the image, and what they import comes from it", () => {
  const made = project();
  made.write({
    "node_modules/shades/index.js": `module.exports = require("./suffix.mjs").default;`,
    "node_modules/shades/suffix.mjs": `import light from "./light.js"; export default "-" + light;`,
    "node_modules/shades/light.js": `module.exports = "light";`,
  });
  for (let run = 0; run < 3; run++) expect(succeeds(made.run(["synth"]))).toBe("blue-light 1.0.0");
  const before = fs.statSync(made.file(image)).mtimeMs;
  expect(succeeds(made.run(["synth"]))).toBe("blue-light 1.0.0");
  expect(fs.statSync(made.file(image)).mtimeMs).toBe(before);
});

describe("what changes is seen at once", () => {
  test("the code of a file, even with the same size and the same time", () => {
    const made = warmedUp();
    const file = made.file("node_modules/colors/lib/sky.js");
    const { atime, mtime } = fs.statSync(file);
    made.write({ "node_modules/colors/lib/sky.js": `exports.name = "grey";` });
    fs.utimesSync(file, atime, mtime);
    for (let run = 0; run < 3; run++) expect(succeeds(made.run(["synth"]))).toBe("grey-light 1.0.0");
  });

  test("a file that takes precedence", () => {
    const made = warmedUp();
    made.write({ "node_modules/colors/lib/sky": `exports.name = "red";` });
    for (let run = 0; run < 3; run++) expect(succeeds(made.run(["synth"]))).toBe("red-light 1.0.0");
  });

  test("another main file", () => {
    const made = warmedUp();
    made.write({
      "node_modules/colors/package.json": '{ "name": "colors", "version": "2.0.0", "main": "index2.js" }',
      "node_modules/colors/index2.js": `exports.sky = "black";`,
    });
    for (let run = 0; run < 3; run++) expect(succeeds(made.run(["synth"]))).toBe("black 2.0.0");
  });

  test("a package installed nearer to the one that needs it", () => {
    const made = warmedUp();
    made.write({ "node_modules/colors/node_modules/shades/index.js": `module.exports = "-dark";` });
    for (let run = 0; run < 3; run++) expect(succeeds(made.run(["synth"]))).toBe("blue-dark 1.0.0");
  });

  test("a package that is gone", () => {
    const made = warmedUp();
    fs.rmSync(made.file("node_modules/shades"), { recursive: true });
    const { exitCode, stderr } = made.run(["synth"]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("needs shades, which cannot be found.");
  });

  test("a package that is another one now", () => {
    const made = warmedUp();
    fs.renameSync(made.file("node_modules/shades"), made.file("old"));
    made.write({ "elsewhere/index.js": `module.exports = "-linked";` });
    fs.symlinkSync(made.file("elsewhere"), made.file("node_modules/shades"));
    for (let run = 0; run < 3; run++) expect(succeeds(made.run(["synth"]))).toBe("blue-linked 1.0.0");
  });
});

describe("the cache never fails a command", () => {
  /** Whatever becomes of its image, three runs make a new one: it is as warm again for the next test. */
  let made: TestProject;
  beforeAll(() => {
    made = warmedUp();
  });

  test.each([
    ["empty", () => ""],
    ["cut off", (bytes: string) => bytes.slice(0, bytes.length / 2)],
    ["something else", () => "no image at all"],
    ["full of zeros", (bytes: string) => bytes.replace(/[^]/g, "\0")],
    [
      "cut off and filled with zeros",
      (bytes: string) => bytes.slice(0, bytes.length / 2).padEnd(bytes.length, "\0"),
    ],
    ["wrong in one byte of the compiled code", (bytes: string) => flipped(bytes, bytes.length - 5000)],
    ["wrong in one byte of the sources", (bytes: string) => flipped(bytes, bytes.length / 3)],
  ])("when the image is %s", (_, damage) => {
    const bytes = fs.readFileSync(made.file(image), "latin1");
    const damaged = damage(bytes);
    fs.writeFileSync(made.file(image), damaged, "latin1");
    for (let run = 0; run < 3; run++) expect(succeeds(made.run(["synth"]))).toBe("blue-light 1.0.0");
    expect(fs.readFileSync(made.file(image), "latin1") === damaged).toBe(false);
  });

  test("when its folder is a file", () => {
    const blocked = project();
    blocked.write({ "node_modules/.cache": "in the way" });
    for (let run = 0; run < 2; run++) expect(succeeds(blocked.run(["synth"]))).toBe("blue-light 1.0.0");
    expect(blocked.read("node_modules/.cache")).toBe("in the way");
  });

  test("and leaves no temporary files behind", () => {
    const names = fs.readdirSync(made.file(cache), { recursive: true }) as string[];
    expect(names.filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });
});

test("what was compiled with other flags is not taken", () => {
  const made = warmedUp();
  const other = made.run(["synth"], { NODE_OPTIONS: "--max-old-space-size=300" });
  expect(succeeds(other)).toBe("blue-light 1.0.0");
  expect(succeeds(made.run(["synth"]))).toBe("blue-light 1.0.0");
});

function flipped(bytes: string, at: number): string {
  const index = Math.floor(at);
  return bytes.slice(0, index) + String.fromCharCode(bytes.charCodeAt(index) ^ 0xff) + bytes.slice(index + 1);
}

test("a module that throws is not kept, as with Node", () => {
  const made = warmedUp();
  made.write({
    "node_modules/colors/lib/sky.js": `
globalThis.tries = (globalThis.tries ?? 0) + 1;
if (process.env.BROKEN) throw new Error("try " + tries);
exports.name = "blue";`,
    "main.js": `
for (let i = 0; i < 2; i++) {
  try { require("colors"); console.log("loaded"); } catch (error) { console.log(error.message); }
}
new (require("cdktf").App)().synth();`,
  });
  for (let run = 0; run < 3; run++) expect(succeeds(made.run(["synth"]))).toBe("loaded");
  const broken = made.run(["synth"], { BROKEN: "1" });
  expect(broken.stdout).toBe(`try 1\ntry 2\n${none}`);
});

test("modules see their own names, whether they come from the image or not", () => {
  const made = project();
  made.write({
    "node_modules/colors/lib/index.js": `
const path = require("node:path");
exports.sky = [
  path.basename(__filename), path.basename(__dirname), path.basename(module.filename), module.loaded,
  module.parent === require.cache[require.main.filename], require.main.filename === process.argv[1],
  path.basename(require.resolve("./sky")), typeof require.resolve.paths("x"), module.paths[0] === path.join(__dirname, "node_modules"),
  module.children.length, require("./sky").name, module.children.length,
  module instanceof require("node:module"), this === exports,
].join(" ");`,
  });
  const first = succeeds(made.run(["synth"]));
  expect(first).toBe("index.js lib index.js false true true sky.js object true 0 blue 1 true true 1.0.0");
  for (let run = 0; run < 3; run++) expect(succeeds(made.run(["synth"]))).toBe(first);
});

test("what cdktf calls late still works when it is called", () => {
  const made = new TestProject({
    ownModules: true,
    files: {
      "assets/a.txt": "text",
      "main.js": `
const { App, TerraformStack, TerraformAsset, AssetType } = require("cdktf");
const app = new App();
const stack = new TerraformStack(app, "s");
new TerraformAsset(stack, "a", { path: ${JSON.stringify(path.join("assets"))}, type: AssetType.ARCHIVE });
app.synth();`,
    },
  });
  for (let run = 0; run < 3; run++) {
    fs.rmSync(made.file("cdktf.out"), { recursive: true, force: true });
    expect(made.run(["synth"])).toMatchObject({ exitCode: 0, stderr: "" });
    const files = fs.readdirSync(made.file("cdktf.out"), { recursive: true }) as string[];
    const archive = files.find((file) => file.endsWith("archive.zip"));
    expect(
      fs
        .readFileSync(made.file(`cdktf.out/${String(archive)}`))
        .subarray(0, 2)
        .toString(),
    ).toBe("PK");
  }
});
