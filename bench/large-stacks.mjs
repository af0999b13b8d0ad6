import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { howToInstall, peerModules } from "./peers.mjs";
import { root } from "./small-project.mjs";

const programs = path.join(root, "bench", "large-stack");
const FUNCTIONS = 10_000;
const RELEASED = 400;

/** A stack of 10,000 functions, every rule checked, next to as many resources of plain cdktf: time and memory. */
export function measureLargeStack() {
  const theirs = peerModules("@cdktf/provider-aws", "cdktf");
  const [ours, plain] = runInTurn(
    [
      { file: "cdktf-scf.cjs", modules: ourModules() },
      { file: "plain-cdktf.cjs", modules: theirs },
    ],
    FUNCTIONS,
    5,
  );
  const what = `synthesis of ${FUNCTIONS.toLocaleString("en")} functions, all rules, ${megabytes(ours)} written`;
  const against = plain
    ? `plain cdktf, ${FUNCTIONS.toLocaleString("en")} resources, ${megabytes(plain)} written`
    : `plain cdktf (missing: ${howToInstall})`;
  return [
    { what, time: ours.time, reference: against, referenceTime: plain?.time, goal: 1 / 15 },
    {
      what: "its memory at the peak",
      unit: "MB",
      time: ours.memory,
      reference: against,
      referenceTime: plain?.memory,
      goal: 1 / 3,
    },
  ];
}

/** What one function costs with its version, alias and rule, next to aws-cdk-lib. */
export function measureReleasedFunctions() {
  const [ours, aws] = runInTurn(
    [
      { file: "released-cdktf-scf.cjs", modules: ourModules() },
      { file: "released-aws-cdk.cjs", modules: peerModules("aws-cdk-lib") },
    ],
    RELEASED,
    5,
  );
  return [
    {
      what: `synthesis of ${RELEASED} functions with version, alias and rule`,
      time: ours.time,
      reference: aws ? "aws-cdk-lib, the same" : `aws-cdk-lib (missing: ${howToInstall})`,
      referenceTime: aws?.time,
      goal: 1 / 20,
    },
  ];
}

/** Modules for the programs of this checkout: its own build under its public name. */
function ourModules() {
  const modules = fs.mkdtempSync(path.join(os.tmpdir(), "cdktf-scf-bench-modules-"));
  for (const name of ["cdktf", "constructs"]) {
    fs.symlinkSync(path.join(root, "node_modules", name), path.join(modules, name));
  }
  fs.symlinkSync(root, path.join(modules, "cdktf-scf"));
  process.on("exit", () => fs.rmSync(modules, { recursive: true, force: true }));
  return modules;
}

function runInTurn(subjects, count, rounds) {
  const runs = subjects.map(() => []);
  for (let round = 0; round < rounds; round++) {
    subjects.forEach(({ file, modules }, index) => {
      if (modules) runs[index].push(run(file, modules, count));
    });
  }
  return runs.map((results) =>
    results.length === 0
      ? undefined
      : {
          time: spread(results.map(({ milliseconds }) => milliseconds)),
          memory: spread(results.map(({ peakMegabytes }) => peakMegabytes)),
          bytes: results[0].bytes,
        },
  );
}

function run(file, modules, count) {
  const result = spawnSync(process.execPath, [path.join(programs, file), String(count)], {
    env: { ...process.env, NODE_PATH: modules, NODE_OPTIONS: "--preserve-symlinks" },
    encoding: "utf8",
  });
  if (result.status !== 0) throw new Error(`${file} failed:\n${result.stdout}${result.stderr}`);
  return JSON.parse(result.stdout.trim().split("\n").pop());
}

function spread(values) {
  const sorted = [...values].sort((left, right) => left - right);
  return { median: sorted[Math.floor(sorted.length / 2)], least: sorted[0], runs: values };
}

function megabytes(result) {
  return `${(result.bytes / 1e6).toFixed(0)} MB`;
}
