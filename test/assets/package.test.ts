import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { fc } from "../fast-check";
import { unzipSync, zipSync } from "fflate";
import { matchesHash, openZip, packageFolder, packageText, packageZip, stagePackage } from "../../lib/assets";
import type { PackageContents } from "../../lib/model/package-contents";
import { CodePackage, type PackageFile } from "../../lib/assets/package";
import { temporaryFolder, writeFiles } from "../temporary-folder";

function file(name: string, text: string, executable = false): PackageFile {
  const content = Buffer.from(text);
  return { path: name, bytes: content.byteLength, executable, content };
}

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  writeFiles(folder, files);
  return folder;
}

const shop = { "index.js": "exports.main_handler = 1;\n", "lib/price.js": "module.exports = 2;\n" };

describe("the content hash", () => {
  test("is the same for the same files, whenever and wherever they were written", () => {
    const one = folderWith(shop);
    const two = folderWith(Object.fromEntries(Object.entries(shop).reverse()));
    fs.utimesSync(path.join(two, "index.js"), new Date(0), new Date(0));
    fs.chmodSync(path.join(two, "index.js"), 0o664);
    writeFiles(two, { ".git/HEAD": "ref", ".DS_Store": "x" });
    fs.mkdirSync(path.join(two, "empty"));
    expect(packageFolder(two).hash).toBe(packageFolder(one).hash);
  });

  test("is a fixed value: a new release of this library must not republish every function", () => {
    expect(new CodePackage([file("b", "2"), file("a", "1", true)]).hash).toBe(
      "f4dc1e460896d06ca737d346f10d946cc0e8243a9c463a877d5e4bea93a53c36",
    );
  });

  test.each([
    ["another content", [file("a", "2")]],
    ["another name", [file("b", "1")]],
    ["an executable bit", [file("a", "1", true)]],
    ["one more file", [file("a", "1"), file("b", "")]],
    ["a link in place of the file", [{ ...file("a", "1"), link: "1" }]],
  ])("changes with %s", (_, files) => {
    expect(new CodePackage(files).hash).not.toBe(new CodePackage([file("a", "1")]).hash);
  });

  test("does not depend on order, and tells different sets of files apart", () => {
    const files = fc.uniqueArray(
      fc.record({
        path: fc.stringMatching(/^[a-z]{1,3}$/),
        text: fc.string({ maxLength: 5 }),
        executable: fc.boolean(),
      }),
      { selector: ({ path: name }) => name, maxLength: 4 },
    );
    const pack = (set: { path: string; text: string; executable: boolean }[]) =>
      new CodePackage(set.map(({ path: name, text, executable }) => file(name, text, executable)));
    const canonical = (set: { path: string }[]) =>
      JSON.stringify([...set].sort((a, b) => (a.path < b.path ? -1 : 1)));
    fc.assert(
      fc.property(files, files, (left, right) => {
        expect(pack([...left].reverse()).hash).toBe(pack(left).hash);
        expect(pack(left).hash === pack(right).hash).toBe(canonical(left) === canonical(right));
      }),
    );
  });
});

describe("what the rules see", () => {
  test("the bytes of single files, whether the package is a folder, a text or a ZIP", () => {
    const folder = folderWith({ scf_bootstrap: "#!/bin/bash\n", "app.js": "1;\n" });
    const read = (contents: PackageContents, name: string) => {
      const bytes = contents.contentOf?.(name);
      return bytes && Buffer.from(bytes).toString("utf8");
    };
    const fromFolder = packageFolder(folder);
    expect(read(fromFolder.contents(), "scf_bootstrap")).toBe("#!/bin/bash\n");
    expect(read(fromFolder.contents(), "missing")).toBeUndefined();
    expect(read(openZip(fromFolder.zip(), "x").contents(), "app.js")).toBe("1;\n");
    expect(read(packageText("index.js", "x").contents(), "index.js")).toBe("x");
  });

  test("the modes that a ZIP gives, and that this library makes its own", () => {
    const unix = (mode: number) => ({ os: 3, attrs: (0o100000 | mode) << 16 });
    const zip = zipSync({
      a: [Buffer.from("1"), unix(0o755)],
      b: [Buffer.from("1"), unix(0o700)],
      c: [Buffer.from("1"), { os: 0 }],
    });
    const given = openZip(zip, "x").contents();
    expect(given.zippedHere).toBe(false);
    expect(given.entries.map(({ path: name, mode, executable }) => [name, mode, executable])).toEqual([
      ["a", 0o755, true],
      ["b", 0o700, true],
      ["c", undefined, false],
    ]);
    const folder = folderWith({ scf_bootstrap: "#!/bin/bash\n", "app.js": "" });
    fs.chmodSync(path.join(folder, "scf_bootstrap"), 0o700);
    const made = packageFolder(folder);
    expect(made.contents().zippedHere).toBe(true);
    expect(made.entries.find(({ path: name }) => name === "scf_bootstrap")).toMatchObject({
      executable: true,
    });
    expect(openZip(made.zip(), "x").entries.map(({ path: name, mode }) => [name, mode])).toEqual([
      ["app.js", 0o644],
      ["scf_bootstrap", 0o755],
    ]);
  });

  test("on Windows, which keeps no executable bits, scripts and programs count as executable", () => {
    const files = { scf_bootstrap: "#!/bin/bash\n", main: "\u007fELF…", "app.js": "1;\n", "#": "!" };
    const folder = folderWith(files);
    const { platform } = process;
    Object.defineProperty(process, "platform", { value: "win32" });
    try {
      const executable = packageFolder(folder).entries.filter((entry) => entry.executable);
      expect(executable.map(({ path: name }) => name)).toEqual(["main", "scf_bootstrap"]);
    } finally {
      Object.defineProperty(process, "platform", { value: platform });
    }
  });
});

describe("the ZIP", () => {
  test("has the same bytes in every time zone", () => {
    const script = `
      const { packageText } = require(${JSON.stringify(path.resolve("dist/assets"))});
      process.stdout.write(require("node:crypto").createHash("sha256").update(packageText("index.js", "x").zip()).digest("hex"));`;
    const inZone = (TZ: string) =>
      execFileSync(process.execPath, ["-e", script], {
        env: { ...process.env, TZ },
        encoding: "utf8",
      });
    const here = inZone("UTC");
    expect(here).toMatch(/^[0-9a-f]{64}$/);
    expect(inZone("Asia/Shanghai")).toBe(here);
    expect(inZone("America/St_Johns")).toBe(here);
  });

  test("holds the files, their modes and links, and reads back to the same hash", () => {
    const folder = folderWith({ ...shop, scf_bootstrap: "#!/bin/bash\n", "ünicode.txt": "ü" });
    fs.chmodSync(path.join(folder, "scf_bootstrap"), 0o755);
    fs.symlinkSync("index.js", path.join(folder, "main.js"));
    const packed = packageFolder(folder);
    const opened = openZip(packed.zip(), "test");
    expect(opened.entries.map(({ mode: _, ...entry }) => entry)).toEqual(packed.entries);
    expect(opened.hash).toBe(packed.hash);
    expect(packed.entries).toContainEqual({ path: "scf_bootstrap", bytes: 12, executable: true });
    expect(packed.entries).toContainEqual({ path: "main.js", bytes: 0, executable: false, link: "index.js" });
  });

  test("is read by another library as the same files", () => {
    const read = unzipSync(packageFolder(folderWith(shop)).zip());
    expect(
      Object.fromEntries(Object.entries(read).map(([name, bytes]) => [name, Buffer.from(bytes).toString()])),
    ).toEqual(shop);
  });

  test("given by the user is taken as it is, with the identity of its files", () => {
    const bytes = zipSync(
      Object.fromEntries(Object.entries(shop).map(([name, text]) => [name, Buffer.from(text)])),
      { level: 0, mtime: new Date(2001, 1, 1) },
    );
    const folder = temporaryFolder();
    fs.writeFileSync(path.join(folder, "code.zip"), bytes);
    const packed = packageZip(path.join(folder, "code.zip"));
    expect(Buffer.from(packed.zip()).equals(bytes)).toBe(true);
    expect(packed.hash).toBe(packageFolder(folderWith(shop)).hash);
  });
});

describe("staging", () => {
  test("puts a package beside the plans once, by hash, with a path that means the same everywhere", () => {
    const out = temporaryFolder();
    const packed = packageFolder(folderWith(shop));
    const staged = stagePackage(packed, out, path.join(out, "stacks", "shop"));
    expect(staged).toEqual({
      hash: packed.hash,
      path: `../../assets/${packed.hash}.zip`,
      zipBytes: packed.zip().byteLength,
      uncompressedBytes: 46,
    });
    const before = fs.statSync(path.join(out, "assets", `${packed.hash}.zip`)).mtimeMs;
    stagePackage(packageFolder(folderWith(shop)), out, path.join(out, "stacks", "shop"));
    expect(fs.statSync(path.join(out, "assets", `${packed.hash}.zip`)).mtimeMs).toBe(before);
    expect(fs.readdirSync(path.join(out, "assets"))).toHaveLength(1);
  });

  test("a staged file that was changed afterwards no longer matches its hash", () => {
    const packed = packageText("index.js", "1");
    expect(matchesHash(packed.zip(), packed.hash)).toBe(true);
    expect(matchesHash(packageText("index.js", "2").zip(), packed.hash)).toBe(false);
    expect(matchesHash(Buffer.from("not a zip"), packed.hash)).toBe(false);
  });
});

describe("bad input", () => {
  test("fails for a folder that is not there, and says where paths begin", () => {
    expect(() => packageFolder("/nowhere/functions")).toThrow(
      "There is no folder /nowhere/functions to package.",
    );
  });

  test("fails for a link that leads out of the folder", () => {
    const folder = folderWith(shop);
    fs.symlinkSync("../secrets.txt", path.join(folder, "copy.txt"));
    expect(() => packageFolder(folder)).toThrow(
      /copy\.txt is a symbolic link to \.\.\/secrets\.txt, outside of the package/,
    );
  });

  test("fails for a file that is no ZIP, and for one that is cut off", () => {
    const folder = folderWith({ "text.zip": "hello" });
    expect(() => packageZip(path.join(folder, "text.zip"))).toThrow(
      /text\.zip is not a readable ZIP: it has no directory/,
    );
    expect(() => packageZip(path.join(folder, "missing.zip"))).toThrow(/no readable file .*missing\.zip/);
    const zip = packageText("index.js", "x".repeat(100)).zip();
    expect(() => openZip(zip.slice(0, zip.length - 30), "cut.zip")).toThrow(/cut\.zip is not a readable ZIP/);
  });

  test("fails with a sentence for any damage, never with another error", () => {
    const zip = Buffer.from(packageFolder(folderWith(shop)).zip());
    fc.assert(
      fc.property(fc.nat(zip.length - 1), fc.nat(255), (at, byte) => {
        const damaged = Buffer.from(zip);
        damaged[at] = byte;
        try {
          openZip(damaged, "damaged.zip");
        } catch (error) {
          expect((error as { code?: string }).code).toBe("ASSET_NOT_ZIP");
        }
      }),
    );
  });
});
