import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { measureInTurn, summarize } from "../measure.mjs";
import { howToInstall, peerModules } from "../peers.mjs";
import { root } from "../small-project.mjs";
import { environment, findTerraform, makeTerraformProject } from "./terraform.mjs";

const here = path.join(root, "bench", "reconciler");
const node = process.execPath;

/** `terraform apply` writes its whole state anew with every operation: 5,000 resources take it half an hour. */
const TERRAFORM_APPLY = 1_000;
/** So many of the peers' runs of one size. */
const ROUNDS = 3;

/**
 * Comparing when nothing has changed, in whole processes, without synthesis: resources that do nothing, as the peers', and
 * functions by the real kinds on the local platform, which answers two calls for each.
 */
export function measurePlan({ sizes = [100, 1_000, 5_000, 10_000] }) {
  return sizes.flatMap((count) =>
    inFolder((folder) => {
      const size = String(count);
      const subjects = [
        { name: "resources", file: "instant-run.cjs", setup: ["setup", size], plan: ["plan", size] },
        { name: "functions", file: "no-op-plan.cjs", setup: ["setup", size], plan: ["plan"] },
      ].map((subject) => {
        const place = path.join(folder, subject.name);
        fs.mkdirSync(place);
        runNode(subject.file, [...subject.setup, place]);
        const parameters = [...subject.plan, place];
        // As a command that was used before: its modules are at hand.
        runNode(subject.file, parameters);
        return { ...subject, parameters, command: [node, path.join(here, subject.file), ...parameters] };
      });
      const { terraform, alchemy } = peersOf(folder, count, { isApplied: true });
      const arguments_ = ["plan", "-input=false", "-no-color", "-detailed-exitcode"];
      const plan = terraform && { ...terraform, command: [terraform.program, ...arguments_] };
      // The first run makes everything, the others find it there.
      if (alchemy) measureInTurn([alchemy], 1);
      const times = measureInTurn([...subjects, plan, alchemy].filter(Boolean), ROUNDS);
      return subjects.flatMap(({ name, file, parameters }) => {
        const what = `no-op plan of ${count.toLocaleString("en")} ${name}`;
        const time = times.get(name);
        const peaks = Array.from({ length: ROUNDS }, () => runNode(file, parameters).peakMegabytes);
        const byTerraform = against("`terraform plan`, terraform_data", times.get("terraform"), terraform);
        const byAlchemy = against("alchemy, nothing to do", times.get("alchemy"), alchemy);
        return [
          {
            what,
            time,
            ...byTerraform,
            goal: count >= 10_000 ? 1 / 50 : count >= 5_000 ? 1 / 10 : undefined,
          },
          { what, time, ...byAlchemy, goal: 1 },
          {
            what: "its memory at the peak",
            unit: "MB",
            time: summarize(peaks),
            reference: "the goal",
            referenceTime: summarize([180]),
            goal: count <= 5_000 ? 1 : undefined,
          },
        ];
      });
    }),
  );
}

/** Creating resources that cost nothing: what is left is what the reconciler itself takes, two durable records included. */
export function measureApply({ sizes = [100, 1_000, 5_000], full = false }) {
  return sizes.flatMap((count) => {
    const what = `apply of ${count.toLocaleString("en")} resources to an instant platform`;
    const runs = Array.from({ length: ROUNDS }, () => runNode("instant-run.cjs", ["apply", String(count)]));
    const rows = [
      {
        what: `${what}, per operation`,
        unit: "µs",
        time: summarize(runs.map(({ milliseconds }) => (milliseconds * 1_000) / count)),
        reference: "the goal",
        referenceTime: summarize([300]),
        goal: 1,
      },
    ];
    const isLarge = count > TERRAFORM_APPLY && !full;
    const ours = {
      name: "ours",
      command: [node, path.join(here, "instant-run.cjs"), "apply", String(count)],
    };
    // Every run begins with nothing: each has a folder of its own.
    const rounds = { terraform: [], alchemy: [], ours: [] };
    let missing = {};
    for (let round = 0; round < (count > TERRAFORM_APPLY ? 1 : ROUNDS); round++) {
      inFolder((folder) => {
        const peers = peersOf(folder, count, { isApplied: false, withTerraform: !isLarge });
        missing = { terraform: peers.terraform, alchemy: peers.alchemy };
        const terraform = peers.terraform && {
          ...peers.terraform,
          command: [peers.terraform.program, "apply", "-input=false", "-no-color", "-auto-approve"],
        };
        const times = measureInTurn([ours, terraform, peers.alchemy].filter(Boolean), 1);
        for (const [name, { runs: all }] of times) rounds[name].push(...all);
        return [];
      });
    }
    const timeOf = (name) => (rounds[name].length > 0 ? summarize(rounds[name]) : undefined);
    const terraform = isLarge
      ? {
          reference: `\`terraform apply\` (left out above ${TERRAFORM_APPLY.toLocaleString("en")}: it takes half an hour; \`--full\` runs it)`,
          referenceTime: undefined,
        }
      : against("`terraform apply`, terraform_data", timeOf("terraform"), missing.terraform);
    rows.push(
      { what: `${what}, whole process`, time: timeOf("ours"), ...terraform, goal: 1 },
      {
        what: `${what}, whole process`,
        time: timeOf("ours"),
        ...against("alchemy, creating", timeOf("alchemy"), missing.alchemy),
        goal: 1,
      },
    );
    return rows;
  });
}

/** Chains of 10 operations side by side, each one call of 20 ms. */
export function measureChains() {
  return [20, 5].map((chains) => {
    const runs = Array.from({ length: 5 }, () =>
      runNode("instant-run.cjs", ["chains", String(chains), "10", "20"]),
    );
    return {
      what: `apply of ${chains} chains of 10, 20 ms per call`,
      time: summarize(runs.map(({ milliseconds }) => milliseconds)),
      reference: "the critical path, 10 × 20 ms",
      referenceTime: summarize([200]),
      goal: 1.2,
    };
  });
}

/** 200 creates under a limit that nobody was told of. */
export function measureRate({ sizes = [200] }) {
  const limits = { window: "a second that begins with a call", bucket: "a second, a tenth of it at once" };
  return sizes.flatMap((count) =>
    [20, 100].flatMap((perSecond) =>
      Object.entries(limits).map(([limit, meaning]) => {
        const run = runNode("instant-run.cjs", ["rate", String(count), String(perSecond), limit]);
        return {
          what: `apply of ${count} under a limit of ${perSecond} calls ${meaning} (${run.calls.refused} refused)`,
          time: summarize([run.milliseconds]),
          reference: "N ÷ rate",
          referenceTime: summarize([(count / perSecond) * 1_000]),
          goal: 1.2,
        };
      }),
    ),
  );
}

/** What there is to compare with, ready to run in folders of its own. */
function peersOf(folder, count, { isApplied, withTerraform = true }) {
  const program = withTerraform ? findTerraform() : undefined;
  const modules = peerModules("alchemy");
  const place = (name) => {
    const directory = path.join(folder, name);
    fs.mkdirSync(directory);
    return directory;
  };
  let terraform;
  if (program) {
    const cwd = place("terraform");
    makeTerraformProject(cwd, count, isApplied);
    terraform = { name: "terraform", program, cwd, env: environment() };
  }
  const alchemy = modules && {
    name: "alchemy",
    command: [node, path.join(here, "alchemy.mjs"), String(count)],
    cwd: place("alchemy"),
    env: { PEERS: modules, DO_NOT_TRACK: "1" },
  };
  return { terraform, alchemy };
}

/** A peer's part of a row; one that is not there is named all the same. */
function against(reference, referenceTime, peer) {
  if (peer) return { reference, referenceTime };
  const how = reference.includes("terraform") ? "terraform is not in the PATH" : howToInstall;
  return { reference: `${reference} (missing: ${how})`, referenceTime: undefined };
}

function inFolder(work) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "cdktf-scf-bench-"));
  try {
    return work(folder);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function runNode(file, parameters) {
  const result = spawnSync(node, [path.join(here, file), ...parameters], { encoding: "utf8" });
  if (result.status !== 0)
    throw new Error(`${file} ${parameters.join(" ")} failed:\n${result.stdout}${result.stderr}`);
  return JSON.parse(result.stdout.trim().split("\n").pop());
}
