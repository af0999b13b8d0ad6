// Functions on the local platform, by the real kinds: `setup COUNT FOLDER` synthesizes and deploys them, `plan FOLDER`
// compares what is wanted, recorded and there again.
const fs = require("node:fs");
const path = require("node:path");
const { STACK, synthesizeFunctions } = require("../functions.cjs");
const { endAsCommand, library, startAsCommand } = require("../library.cjs");

startAsCommand(`bench-functions-${process.argv[2]}`);

function open(folder) {
  const { createReconciler, stagedPackages, stateIn } = library("reconciler");
  const { kinds } = library("kinds");
  const { openLocalPlatform } = library("platform/local");
  const { effectiveQuotas } = library("model/quotas");
  const planFile = path.join(folder, "cdktf.out", "stacks", STACK, "scf.plan.json");
  return createReconciler({
    stack: STACK,
    state: stateIn(path.join(folder, "state")),
    plan: JSON.parse(fs.readFileSync(planFile, "utf8")),
    packages: stagedPackages(path.dirname(planFile)),
    kinds,
    openPlatform: (provider) =>
      Promise.resolve(
        openLocalPlatform({
          path: path.join(folder, "platform.db"),
          region: provider.region,
          quotas: effectiveQuotas(provider),
        }),
      ),
    stateOf: () => undefined,
    environment: {},
    onEvent: (event) => {
      if (event.type === "operation-failed")
        console.error(`${event.address}: ${event.code}: ${event.message}`);
    },
  });
}

const commands = {
  async setup(count, folder) {
    synthesizeFunctions(Number(count), folder);
    const reconciler = open(folder);
    const { failed, blocked } = await reconciler.apply(await reconciler.difference(), { purpose: "deploy" });
    await reconciler.close();
    if (failed + blocked > 0) throw new Error(`${failed} failed, ${blocked} were not done`);
    return {};
  },
  async plan(folder) {
    const reconciler = open(folder);
    const { changes, unchanged } = await reconciler.difference();
    await reconciler.close();
    if (changes.length > 0) throw new Error(`${changes.length} changes where there should be none`);
    return { unchanged, peakMegabytes: process.resourceUsage().maxRSS / 1024 };
  },
};

const [command, ...parameters] = process.argv.slice(2);
commands[command](...parameters).then(
  (result) => endAsCommand(result),
  (error) => {
    console.error(error);
    process.exitCode = 1;
  },
);
