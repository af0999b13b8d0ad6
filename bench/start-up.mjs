import fs from "node:fs";
import path from "node:path";
import { measureInTurn } from "./measure.mjs";
import { findCdktf, howToInstall } from "./peers.mjs";
import { makeSmallProject, root } from "./small-project.mjs";

const bin = path.join(root, "dist", "cli", "bin.js");
const node = process.execPath;

/** How long the command line takes before it does anything of its own. */
export function measureVersion() {
  const times = measureInTurn(
    [
      { name: "node", command: [node, "-e", "0"] },
      { name: "version", command: [node, bin, "--version"] },
    ],
    31,
  );
  return [row("`cdktf-scf --version`", times.get("version"), "`node -e 0`", times.get("node"), 1.25)];
}

/** A small stack by both command lines, the same program and the same files written. */
export function measureSynth() {
  const cdktf = findCdktf();
  return [
    ...measureSynthOf("npx ts-node main.ts", "types checked", cdktf),
    ...measureSynthOf("npx ts-node --transpile-only main.ts", "translated only", cdktf),
  ];
}

function measureSynthOf(app, note, cdktf) {
  const project = makeSmallProject(app);
  try {
    const common = { cwd: project.directory, env: { CHECKPOINT_DISABLE: "1", CI: "1" } };
    const ours = { ...common, name: "ours", command: [node, bin, "synth"] };
    const title = `\`cdktf-scf synth\`, small stack, \`${app}\``;
    // The first run translates the program, the second takes the modules' compiled code.
    measureInTurn([ours], 3);
    if (cdktf === undefined) {
      const times = measureInTurn([ours], 11);
      return [row(title, times.get("ours"), `\`cdktf synth\` (missing: ${howToInstall})`, undefined, 1 / 15)];
    }
    const theirs = { ...common, name: "theirs", command: [cdktf, "synth"] };
    const times = measureInTurn([ours, ours, theirs], 7);
    const forget = () => fs.rmSync(project.cache, { recursive: true, force: true });
    const cold = measureInTurn([{ ...ours, before: forget }], 3);
    const reference = `\`cdktf synth\`, ${note}`;
    return [
      row(title, times.get("ours"), reference, times.get("theirs"), 1 / 15),
      row(`${title}, nothing cached`, cold.get("ours"), reference, times.get("theirs"), undefined),
    ];
  } finally {
    project.remove();
  }
}

function row(what, time, reference, referenceTime, goal) {
  return { what, time, reference, referenceTime, goal };
}
