import { spawnSync } from "node:child_process";
import * as path from "node:path";
import {
  launcherFiles,
  launcherFor,
  launcherHash,
  PACKAGE_PATH_FILE,
  platforms,
} from "../../../lib/model/terraform-launcher";
import { temporaryFolder, writeFiles } from "../../temporary-folder";

const { unix, windows } = launcherFiles("1.2.3");

function run(folder: string): { status: number | null; stdout: string; stderr: string } {
  return spawnSync("/bin/sh", [path.join(folder, unix.name), "word"], { cwd: folder, encoding: "utf8" });
}

test("the launcher starts the provider of the package, wherever that is", () => {
  const folder = temporaryFolder();
  writeFiles(folder, {
    [unix.name]: unix.content,
    [PACKAGE_PATH_FILE]: "a package/of 中文\n",
    "a package/of 中文/dist/terraform/main.js": "console.log(process.argv.slice(2).join())",
  });
  expect(run(folder)).toMatchObject({ status: 0, stdout: "word\n", stderr: "" });
});

test("the launcher of Windows does the same", () => {
  const folder = temporaryFolder();
  writeFiles(folder, {
    [PACKAGE_PATH_FILE]: "package\r\n",
    "package/dist/terraform/main.js": "console.log('started')",
  });
  const [, program = ""] = /^@node -e "(.*)" -- %\*\r\n$/.exec(windows.content) ?? [];
  expect(program).not.toMatch(/["%^!]{2}|"/);
  const started = (cwd: string) => spawnSync(process.execPath, ["-e", program], { cwd, encoding: "utf8" });
  expect(started(folder)).toMatchObject({ status: 0, stdout: "started\n" });
  const empty = started(temporaryFolder());
  expect(empty.status).toBe(1);
  expect(empty.stdout).toContain(`There is no file ${PACKAGE_PATH_FILE} in `);
  expect(empty.stderr).toBe(empty.stdout);
});

test("fails without the package, and says on both streams what to do", () => {
  const folder = temporaryFolder();
  writeFiles(folder, { [unix.name]: unix.content });
  const { status, stdout, stderr } = run(folder);
  expect(status).toBe(1);
  expect(stdout).toBe(
    `cdktf-scf: There is no file ${PACKAGE_PATH_FILE} in ${folder}. Run cdktf-scf synth (or cdktf synth) again.\n`,
  );
  expect(stderr).toBe(stdout);
  writeFiles(folder, { [PACKAGE_PATH_FILE]: "../gone" });
  expect(run(folder).stdout).toContain("There is no ../gone/dist/terraform/main.js");
});

test("every platform has one of two launchers, whose hash is the same on every machine", () => {
  expect(new Set(platforms.map((platform) => launcherFor(platform, "1.2.3").name))).toEqual(
    new Set(["terraform-provider-scf_v1.2.3", "terraform-provider-scf_v1.2.3.cmd"]),
  );
  expect(launcherHash("file", "content")).toMatch(/^h1:[A-Za-z0-9+/]{43}=$/);
});
