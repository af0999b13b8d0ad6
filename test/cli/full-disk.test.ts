import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { checkout, ended, orders, shopProgram, TestProject } from "./project";

const functions = ["one", "two", "three", "four", "five", "six"];
const body = functions.map((name) => orders().replace(/orders/g, name)).join("\n");

/** Loaded before the command line: the files of the state have room for so many bytes, whoever writes them. */
const small = (room: number): string => `
const fs = require("node:fs");
const { openSync, writeSync } = fs;
const ofState = new Set();
let room = ${room};
fs.openSync = (path, ...rest) => {
  const descriptor = openSync(path, ...rest);
  if (String(path).includes(".cdktf-scf")) ofState.add(descriptor);
  else ofState.delete(descriptor);
  return descriptor;
};
fs.writeSync = (descriptor, bytes, offset = 0, length = bytes.length - offset, position = null) => {
  if (!ofState.has(descriptor)) return writeSync(descriptor, bytes, offset, length, position);
  if (room === 0) throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
  // As the system does: what there is room for is written.
  const written = writeSync(descriptor, bytes, offset, Math.min(length, room), position);
  room -= written;
  return written;
};`;

function madeFunctions(project: TestProject): string[] {
  const { calls } = JSON.parse(project.run(["local", "calls", "--json"]).stdout) as {
    calls: { action: string; resource?: string }[];
  };
  return calls.filter(({ action }) => action === "CreateFunction").map(({ action }) => action);
}

test.each([1_500, 2_500, 4_000, 5_500])(
  "a deploy whose disk is full after %i bytes ends with exit code 1, and the next one does the rest",
  async (room) => {
    const project = new TestProject({ files: { "main.js": shopProgram(body), "small.js": small(room) } });
    const { exitCode, output } = await ended(
      project.start(["deploy", "--auto-approve", "--parallelism", "2"], {
        NODE_OPTIONS: `--require ${project.file("small.js")}`,
      }),
    );
    expect(exitCode).toBe(1);
    expect(output).toMatch(
      /Error: The state cannot be written to .*\.cdktf-scf\/shop.*: the disk is full\.\n/,
    );
    expect(output).toContain("Make the folder writable with space left on it, then run the command again");
    const made = madeFunctions(project).length;
    expect(made).toBeLessThan(functions.length);
    expect(project.has(".cdktf-scf/shop/lock.json")).toBe(false);
    // What was made and not recorded is told, one by one.
    const finished = output.match(/✓ created function/g)?.length ?? 0;
    const told = output.match(/was carried out and could not be recorded/g)?.length ?? 0;
    expect(finished + told).toBe(made);

    const next = project.run(["deploy", "--auto-approve"]);
    expect(next.exitCode).toBe(0);
    expect(madeFunctions(project)).toHaveLength(functions.length);
    expect(project.run(["diff"])).toMatchObject({ exitCode: 0, stderr: "" });
  },
);

const mayMount = spawnSync("unshare", ["-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]).status === 0;

(mayMount ? test : test.skip)(
  "a deploy on a real disk that is full ends with exit code 1, and the next one does the rest",
  () => {
    const project = new TestProject({ files: { "main.js": shopProgram(body) } });
    const script = `folder=.cdktf-scf/shop; mkdir -p $folder && mount -t tmpfs -o size=16k tmpfs $folder || exit 99
      "$1" "$2" deploy --auto-approve --parallelism 2; code=$?
      cp -r $folder kept; exit $code`;
    const { status, stdout, stderr } = spawnSync(
      "unshare",
      ["-rm", "sh", "-c", script, "sh", process.execPath, path.join(checkout, "dist/cli/bin.js")],
      { cwd: project.directory, encoding: "utf8" },
    );
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /Error: The state cannot be written to .*\.cdktf-scf\/shop.*: the disk is full\.\n/,
    );
    const made = madeFunctions(project).length;
    expect(made).toBeGreaterThan(0);
    expect(made).toBeLessThan(functions.length);
    expect(stdout).toMatch(/✓ created function|was carried out and could not be recorded/);

    fs.rmSync(project.file(".cdktf-scf/shop"), { recursive: true });
    fs.renameSync(project.file("kept"), project.file(".cdktf-scf/shop"));
    expect(project.run(["deploy", "--auto-approve"]).exitCode).toBe(0);
    expect(madeFunctions(project)).toHaveLength(functions.length);
    expect(project.run(["diff"])).toMatchObject({ exitCode: 0, stderr: "" });
  },
);
