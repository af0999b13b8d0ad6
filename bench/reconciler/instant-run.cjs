// Runs on a platform in memory. `apply COUNT`, `chains CHAINS LENGTH MILLISECONDS` and `rate COUNT PER_SECOND LIMIT` print how
// long it took to create everything; `setup COUNT FOLDER` leaves the state there with which `plan COUNT FOLDER` compares.
const fs = require("node:fs");
const os = require("node:os");
const { performance } = require("node:perf_hooks");
const path = require("node:path");
const { endAsCommand, library, startAsCommand } = require("../library.cjs");

startAsCommand(`bench-resources-${process.argv[2]}`);
const { kinds, openInstant, planOf } = require("./instant.cjs");
const { createReconciler, stateIn } = library("reconciler");

function open(stateDirectory, plan, platform) {
  return createReconciler({
    stack: "bench",
    state: stateIn(stateDirectory),
    plan,
    kinds,
    openPlatform: () => Promise.resolve(platform),
    stateOf: () => undefined,
    environment: {},
  });
}

async function apply(plan, platform, folder) {
  const stateDirectory = folder ?? fs.mkdtempSync(path.join(os.tmpdir(), "cdktf-scf-bench-"));
  const reconciler = open(stateDirectory, plan, platform);
  try {
    const difference = await reconciler.difference();
    const start = process.hrtime.bigint();
    const { failed, blocked, calls } = await reconciler.apply(difference, { purpose: "deploy" });
    const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
    if (failed + blocked > 0 || platform.items.size !== plan.resources.length) {
      throw new Error(`${failed} of ${plan.resources.length} operations failed, ${blocked} were not done`);
    }
    return { milliseconds, calls, peakMegabytes: process.resourceUsage().maxRSS / 1024 };
  } finally {
    await reconciler.close();
    if (!folder) fs.rmSync(stateDirectory, { recursive: true, force: true });
  }
}

/** What an earlier apply has made is there. */
async function compare(plan, folder) {
  const platform = openInstant();
  plan.resources.forEach(({ properties }, index) =>
    platform.items.set(properties.name, { id: `id-${index}`, value: properties.value }),
  );
  const reconciler = open(folder, plan, platform);
  const { changes, unchanged } = await reconciler.difference();
  await reconciler.close();
  if (changes.length > 0) throw new Error(`${changes.length} changes where there should be none`);
  return { unchanged, peakMegabytes: process.resourceUsage().maxRSS / 1024 };
}

const many = (count) => Array.from({ length: count }, (_, index) => ({ id: `i${index}` }));

const suites = {
  setup: ([count, folder]) => apply(planOf(many(Number(count))), openInstant(), path.join(folder, "state")),
  plan: ([count, folder]) => compare(planOf(many(Number(count))), path.join(folder, "state")),
  apply: ([count]) => apply(planOf(many(Number(count))), openInstant()),
  chains: ([chains, length, milliseconds]) => {
    const items = [];
    for (let chain = 0; chain < Number(chains); chain++) {
      for (let link = 0; link < Number(length); link++) {
        items.push({ id: `c${chain}-${link}`, ...(link > 0 ? { after: [`c${chain}-${link - 1}`] } : {}) });
      }
    }
    return apply(planOf(items), openInstant({ milliseconds: Number(milliseconds) }));
  },
  rate: ([count, perSecond, limit]) =>
    apply(
      planOf(many(Number(count))),
      openInstant({ milliseconds: 20, admits: limits[limit](Number(perSecond)) }),
    ),
};

const limits = {
  /** So many in each second that begins with a call. */
  window: (perSecond) => {
    let start = -Infinity;
    let taken = 0;
    return () => {
      if (performance.now() - start >= 1_000) {
        start = performance.now();
        taken = 0;
      }
      return taken++ < perSecond;
    };
  },
  /** So many a second, and a tenth of that at once. */
  bucket: (perSecond) => {
    let tokens = perSecond / 10;
    let filled = performance.now();
    return () => {
      const now = performance.now();
      tokens = Math.min(perSecond / 10, tokens + ((now - filled) / 1_000) * perSecond);
      filled = now;
      if (tokens < 1) return false;
      tokens--;
      return true;
    };
  },
};

/** What is loaded, and made faster, when it is first needed is no part of what is measured inside the process. */
async function warmed(suite, parameters) {
  if (suite !== "setup" && suite !== "plan") await apply(planOf(many(200)), openInstant());
  return suites[suite](parameters);
}

const [suite, ...parameters] = process.argv.slice(2);
warmed(suite, parameters).then(
  (result) => endAsCommand(result),
  (error) => {
    console.error(error);
    process.exitCode = 1;
  },
);
