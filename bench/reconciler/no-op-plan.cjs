// Functions on the local platform, by the real kinds: `setup COUNT FOLDER` synthesizes and deploys them, `plan FOLDER`
// compares what is wanted, recorded and there again.
const fs = require("node:fs");
const path = require("node:path");
const { endAsCommand, library, startAsCommand } = require("./library.cjs");

startAsCommand(`bench-functions-${process.argv[2]}`);

const STACK = "bench";

function synthesize(count, folder) {
  const { App, TerraformStack } = require("cdktf");
  const scf = library("index");
  const app = new App({ outdir: path.join(folder, "cdktf.out") });
  const stack = new TerraformStack(app, STACK);
  new scf.ScfProvider(stack, "scf", {
    region: scf.Region.GUANGZHOU,
    platform: scf.Platform.local(),
    quotas: { functionsPerNamespace: count, codeBytes: Number.MAX_SAFE_INTEGER, concurrencyMb: 1e9 },
  });
  const code = scf.Code.fromInline("exports.main_handler = async () => 1;\n");
  for (let index = 0; index < count; index++) {
    new scf.Function(stack, `f${index}`, {
      name: `f${index}`,
      runtime: scf.Runtime.NODEJS_16_13,
      handler: "index.main_handler",
      code,
      environment: { TABLE: "orders", INDEX: String(index) },
    });
  }
  app.synth();
}

function open(folder) {
  const { createReconciler } = library("reconciler");
  const { kinds } = library("kinds");
  const { openLocalPlatform } = library("platform/local");
  const { effectiveQuotas } = library("model/quotas");
  const planFile = path.join(folder, "cdktf.out", "stacks", STACK, "scf.plan.json");
  return createReconciler({
    stack: STACK,
    stateDirectory: path.join(folder, "state"),
    plan: JSON.parse(fs.readFileSync(planFile, "utf8")),
    planDirectory: path.dirname(planFile),
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
    synthesize(Number(count), folder);
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
