import * as fs from "node:fs";
import * as path from "node:path";
import { expectGolden } from "./golden";
import { checkout, TestProject } from "./project";

const templates = ["project", "package"];

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

const own = JSON.parse(fs.readFileSync(path.join(checkout, "package.json"), "utf8")) as Manifest & {
  readonly peerDependencies: Readonly<Record<string, string>>;
};

/** Somewhere with nothing in it but packages. */
function emptyFolder(files: Readonly<Record<string, string>> = {}): TestProject {
  return new TestProject({ config: null, files });
}

/** Every file and folder of a place, sorted. */
function entriesOf(project: TestProject, folder = "."): string[] {
  return fs
    .readdirSync(project.file(folder), { recursive: true, encoding: "utf8" })
    .filter((name) => !name.startsWith("node_modules"))
    .sort();
}

function filesOf(project: TestProject, folder: string): string[] {
  return entriesOf(project, folder).filter((name) =>
    fs.statSync(path.join(project.file(folder), name)).isFile(),
  );
}

describe.each(templates)("the template %s", (template) => {
  const project = emptyFolder();
  const { exitCode, stdout, stderr } = project.run(["init", "shop", "--template", template]);

  test("is written as the terminal says", () => {
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expectGolden(`init-${template}`, stdout);
    const told = stdout.split("\n\n")[0]?.split("\n").slice(1);
    expect(told?.map((line) => line.trim())).toEqual(filesOf(project, "shop"));
  });

  test("is written as the JSON says", () => {
    const other = emptyFolder();
    const result = other.run(["init", "shop", "--template", template, "--json"]);
    expect(result).toMatchObject({ exitCode: 0, stderr: "" });
    expectGolden(`init-${template}-json`, result.stdout);
    expect((JSON.parse(result.stdout) as { files: string[] }).files).toEqual(filesOf(other, "shop"));
  });

  test("has nothing left to fill in", () => {
    const unfilled = filesOf(project, "shop").filter((file) => project.read(`shop/${file}`).includes("{{"));
    expect(unfilled).toEqual([]);
  });

  test("has Git leave out what is installed", () => {
    expect(project.read("shop/.gitignore")).toContain("node_modules/\n");
    expect(project.has("shop/gitignore")).toBe(false);
  });

  test("needs the versions that this package is tested with", () => {
    const { dependencies, devDependencies, peerDependencies } = project.json("shop/package.json") as Manifest;
    const tested = { ...own.devDependencies, "cdktf-scf": `^${own.version}` };
    for (const needed of [dependencies, devDependencies]) expect(tested).toMatchObject(needed ?? {});
    expect({ ...own.peerDependencies, "cdktf-scf": `^${own.version}` }).toMatchObject(peerDependencies ?? {});
  });
});

test("a project is what is written when no template is named, in the current folder when none is", () => {
  const project = emptyFolder();
  const { exitCode, stdout } = project.run(["init"]);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^A project in \.:\n/);
  expect(stdout).toMatch(/Go on with:\n {2}npm install\n {2}npm test\n$/);
  expect(project.has("cdktf.json")).toBe(true);
});

test("other files of a folder stay as they are", () => {
  const project = emptyFolder({ "notes.txt": "mine", "lib/notes.txt": "mine, too" });
  expect(project.run(["init"])).toMatchObject({ exitCode: 0, stderr: "" });
  expect([project.read("notes.txt"), project.read("lib/notes.txt")]).toEqual(["mine", "mine, too"]);
});

test.each([
  ["shop", "shop"],
  ["My Shop", "my-shop"],
  ["SHOP", "shop"],
  ["..shop", "shop"],
  ["_shop_", "shop_"],
  ["shop (2)", "shop-2"],
  ["a.b-c_d", "a.b-c_d"],
  ["…", "functions"],
  ["商店", "functions"],
  ["here/and/there", "there"],
  ["x".repeat(250), "x".repeat(214)],
  [`${"x".repeat(213)} y`, "x".repeat(213)],
])("a folder %j makes a package %j", (folder, name) => {
  const project = emptyFolder();
  expect(project.run(["init", folder])).toMatchObject({ exitCode: 0, stderr: "" });
  expect(project.json(`${folder}/package.json`)).toMatchObject({ name });
  expect(project.read(`${folder}/README.md`)).toMatch(new RegExp(`^# ${name}\n`));
});

test.each([
  ["my shop", "cd 'my shop'"],
  ["it's", "cd 'it'\\''s'"],
  ["a/b.c-d_e", "cd a/b.c-d_e"],
])("the folder %j can be gone to as is printed", (folder, command) => {
  expect(emptyFolder().run(["init", folder]).stdout).toContain(`Go on with:\n  ${command}\n  npm install\n`);
});

describe("writes nothing, and", () => {
  test("fails where files of a project are, and names them", () => {
    const project = emptyFolder({ "shop/package.json": "{}", "shop/main.ts": "mine" });
    expect(project.run(["init", "shop"])).toEqual({
      exitCode: 1,
      stdout: "",
      stderr:
        "Error: <project>/shop has main.ts, package.json already; nothing was written.\n" +
        "Name a folder that does not exist yet: `cdktf-scf init shop`.\n",
    });
    expect(entriesOf(project, "shop")).toEqual(["main.ts", "package.json"]);
    expect(project.read("shop/main.ts")).toBe("mine");
  });

  test("fails where it wrote a project before", () => {
    const project = emptyFolder();
    project.run(["init", "shop"]);
    const { exitCode, stderr } = project.run(["init", "shop", "--template", "package"]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("shop has .gitignore, README.md, package.json, tsconfig.json already");
    expect(project.has("shop/lib/organization.ts")).toBe(false);
  });

  test("fails for an empty name, as of a variable that is not set", () => {
    const project = emptyFolder();
    const before = entriesOf(project);
    expect(project.run(["init", ""])).toEqual({
      exitCode: 1,
      stdout: "",
      stderr:
        "Error: The name of the folder is empty.\nName a folder, or leave the name out for the current one.\n",
    });
    expect(entriesOf(project)).toEqual(before);
  });

  test("fails for a file in the place of the folder", () => {
    const project = emptyFolder({ shop: "mine" });
    expect(project.run(["init", "shop"])).toEqual({
      exitCode: 1,
      stdout: "",
      stderr: "Error: <project>/shop is a file.\nName another folder.\n",
    });
    expect(project.read("shop")).toBe("mine");
  });

  test.each([
    ["on the way to the folder", { notes: "mine" }, "notes/shop"],
    ["in the place of a folder of it", { "shop/lib/notes.txt": "mine", "shop/test": "mine" }, "shop"],
  ])("fails for a file %s", (_, files, folder) => {
    const project = emptyFolder(files);
    const before = entriesOf(project);
    expect(project.run(["init", folder])).toEqual({
      exitCode: 1,
      stdout: "",
      stderr:
        `Error: <project>/${folder} cannot be written: a file is in the way.\n` +
        "Name a folder that you may write to.\n",
    });
    expect(entriesOf(project)).toEqual(before);
  });

  test("fails for a folder that nobody may write", () => {
    const { exitCode, stdout, stderr } = emptyFolder().run(["init", "/proc/cdktf-scf"]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toMatch(
      /^Error: \/proc\/cdktf-scf cannot be written: .*\nName a folder that you may write to\.\n$/,
    );
  });

  test.each([
    ["a folder that is there", { "shop/notes.txt": "mine" }],
    ["a new folder", {}],
  ])("fails for %s when the disk is full", (_, files: Readonly<Record<string, string>>) => {
    const project = emptyFolder(files);
    const before = entriesOf(project);
    const full = emptyFolder({
      "full.js": `
const fs = require("node:fs");
const { writeFileSync } = fs;
fs.writeFileSync = (file, text, ...rest) => {
  if (!String(file).endsWith("package.json") || text === "") return writeFileSync(file, text, ...rest);
  throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
};`,
    });
    const { exitCode, stderr } = project.run(["init", "shop"], {
      NODE_OPTIONS: `--require ${full.file("full.js")}`,
    });
    expect(exitCode).toBe(1);
    expect(stderr).toContain("shop cannot be written: the disk is full.\n");
    expect(entriesOf(project)).toEqual(before);
  });

  test("fails for a template that is not there, and lists those that are", () => {
    const project = emptyFolder();
    const { exitCode, stdout, stderr } = project.run(["init", "shop", "--template", "library"]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toContain(
      "option '--template <name>' argument 'library' is invalid. Allowed choices are project, package.",
    );
    expect(project.has("shop")).toBe(false);
  });
});
