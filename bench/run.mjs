// Measures what docs/performance.md tells. Every figure is a ratio to something that runs in the same minutes on the same
// machine: only those carry over to another one.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { root } from "./small-project.mjs";
import { measureLargeStack, measureReleasedFunctions } from "./large-stacks.mjs";
import { measureApply, measureChains, measurePlan, measureRate } from "./reconciler/suites.mjs";
import { measureSynth, measureVersion } from "./start-up.mjs";
import { measureNoOp } from "./terraform/no-op.mjs";
import { measureStartUp } from "./terraform/start-up.mjs";

// Node reads the certificates that it names at every start: where it is set, that would be most of what a short command takes,
// and ratios would say more about this machine than about any tool.
delete process.env.NODE_EXTRA_CA_CERTS;

const suites = {
  version: measureVersion,
  synth: measureSynth,
  large: measureLargeStack,
  released: measureReleasedFunctions,
  plan: measurePlan,
  apply: measureApply,
  chains: measureChains,
  rate: measureRate,
  provider: async (options) => [...(await measureStartUp()), ...measureNoOp(options)],
};

// `npm run bench -- plan apply --sizes=100,1000 --full`
const { values, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: { sizes: { type: "string" }, full: { type: "boolean" } },
});
const sizes = values.sizes?.split(",").map(Number);
if (sizes?.some((size) => !Number.isInteger(size) || size < 1)) {
  console.error(`--sizes takes numbers such as 100,1000, not ${values.sizes}.`);
  process.exit(1);
}
const options = { ...(sizes ? { sizes } : {}), ...(values.full ? { full: true } : {}) };
const unknown = wanted.filter((name) => !(name in suites));
if (unknown.length > 0) {
  console.error(`There is no suite ${unknown.join(", ")}. There are: ${Object.keys(suites).join(", ")}.`);
  process.exit(1);
}
const built = spawnSync(process.execPath, [path.join(root, "scripts", "build.mjs")], { stdio: "inherit" });
if (built.status !== 0) process.exit(1);

const rows = [];
for (const [name, measure] of Object.entries(suites)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.error(`measuring ${name} …`);
  rows.push(...(await measure(options)));
}

console.log("| what | median | against | median | ratio | goal | |");
console.log("|---|---|---|---|---|---|---|");
for (const { what, unit = "ms", time, reference, referenceTime, goal } of rows) {
  const ratio = referenceTime && time.median / referenceTime.median;
  const verdict = ratio === undefined || goal === undefined ? "" : ratio <= goal ? "met" : "missed";
  const cells = [
    what,
    amount(time, unit),
    reference,
    amount(referenceTime, unit),
    show(ratio),
    show(goal),
    verdict,
  ];
  console.log(`| ${cells.join(" | ")} |`);
}

const file = path.join(root, "bench", "results.json");
const machine = {
  node: process.version,
  cpus: os.cpus().length,
  model: os.cpus()[0]?.model,
  platform: process.platform,
};
fs.writeFileSync(file, `${JSON.stringify({ machine, rows }, undefined, 2)}\n`);
console.error(`written to ${path.relative(process.cwd(), file)}`);

function amount(measured, unit) {
  return measured ? `${measured.median.toFixed(0)} ${unit}` : "–";
}

/** Ratios below one read better as fractions: 1/15. */
function show(ratio) {
  if (ratio === undefined) return "–";
  return ratio < 1 ? `1/${(1 / ratio).toFixed(1)}` : ratio.toFixed(2);
}
