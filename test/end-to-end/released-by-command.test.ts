import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { openLocalPlatform, type LocalPlatform } from "../../lib/platform/local";
import { instruments } from "../faults/project";
import { thorough } from "../at-length";
import { checkout, sharedModules } from "../installed";
import { temporaryFolder, writeFiles } from "../temporary-folder";

const commandLine = path.join(checkout, "dist/cli/bin.js");

const program = `
const { App, TerraformStack } = require("cdktf");
const scf = require("cdktf-scf");
const app = new App();
const stack = new TerraformStack(app, "shop");
new scf.ScfProvider(stack, "scf", { region: "ap-guangzhou", platform: scf.Platform.local({ delayMs: 10 }) });
const orders = new scf.Function(stack, "orders", {
  name: "orders",
  runtime: scf.Runtime.NODEJS_16_13,
  handler: "index.main_handler",
  code: scf.Code.fromInline("exports.main_handler = async () => " + process.env.ANSWER),
  environment: { TOKEN: scf.Secret.fromEnvironment("TOKEN") },
});
// The instruments make a minute three seconds.
const gate = scf.Gate.command("node gate.js", { timeout: scf.Duration.minutes(20) });
const live = orders.addAlias("live", {
  version: orders.currentVersion,
  release: scf.Release.canary({
    steps: [1, 5, 25, 50, 75].map((share) => ({ weight: scf.Weight.percent(share), gate })),
    instances: 1,
  }),
});
live.addTrigger("nightly", scf.Trigger.timer({ schedule: scf.Schedule.cron("0 0 2 * * * *") }));
app.synth();
`;

/** Writes down what it is told; fails or stays at the steps that two files name. */
const gate = `
const fs = require("node:fs");
const { SCF_STEP: step, SCF_PERCENT, SCF_OLD_VERSION, SCF_NEW_VERSION, TOKEN } = process.env;
fs.appendFileSync("gates.log", [step, SCF_PERCENT, SCF_OLD_VERSION, SCF_NEW_VERSION].join(" ") + "\\n");
const isAt = (file) => fs.existsSync(file) && fs.readFileSync(file, "utf8") === step;
if (isAt("deaf-at")) {
  const deaf = 'process.on("SIGTERM", () => {}); require("node:fs").writeFileSync("staying", String(process.pid)); setInterval(() => {}, 1000)';
  require("node:child_process").spawn(process.execPath, ["-e", deaf], { stdio: "ignore" });
} else if (isAt("stay-at")) {
  fs.writeFileSync("staying", String(process.pid));
  setInterval(() => undefined, 1000);
} else if (isAt("fail-at")) {
  console.log("orders answers 500 to " + TOKEN);
  process.exit(3);
}
`;

interface Shop {
  readonly folder: string;
  readonly platform: LocalPlatform;
  readonly environment: (answer: number) => NodeJS.ProcessEnv;
  run(answer: number, ...words: string[]): { readonly status: number | null; readonly output: string };
  /** What each gate was told: step, percent, old and new version. */
  gates(): string[];
}

function newShop(token = "a-secret-of-mine"): Shop {
  const folder = temporaryFolder();
  writeFiles(folder, {
    "main.js": program,
    "gate.js": gate,
    "cdktf.json": '{ "language": "typescript", "app": "node main.js" }',
  });
  fs.symlinkSync(sharedModules("instrumented"), path.join(folder, "node_modules"));
  const platform = openLocalPlatform({
    path: path.join(folder, ".cdktf-scf/local.db"),
    region: "ap-guangzhou",
  });
  const environment = (answer: number): NodeJS.ProcessEnv => ({
    ...process.env,
    ...instruments,
    ANSWER: String(answer),
    TOKEN: token,
  });
  return {
    folder,
    platform,
    environment,
    run(answer, ...words) {
      const { status, stdout, stderr } = spawnSync(process.execPath, [commandLine, ...words], {
        cwd: folder,
        env: environment(answer),
        encoding: "utf8",
      });
      return { status, output: stdout + stderr };
    },
    gates: () =>
      fs.existsSync(path.join(folder, "gates.log"))
        ? fs.readFileSync(path.join(folder, "gates.log"), "utf8").trim().split("\n")
        : [],
  };
}

function deploying({ folder, environment }: Shop, answer: number) {
  const child = spawn(process.execPath, [commandLine, "deploy", "--auto-approve"], {
    cwd: folder,
    env: environment(answer),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += String(text)));
  const ended = new Promise<number | null>((resolve) => child.on("exit", (code) => resolve(code)));
  return { child, ended, output: () => output };
}

async function until(holds: () => boolean, child?: ChildProcess): Promise<void> {
  while (!holds() && (child?.exitCode ?? null) === null)
    await new Promise((resolve) => setTimeout(resolve, 3));
}

async function routingOf({ platform }: Shop): Promise<string> {
  const alias = await platform.call("scf", "GetAlias", { FunctionName: "orders", Name: "live" });
  const [weight] = alias.RoutingConfig?.AdditionalVersionWeights ?? [];
  return weight
    ? `${alias.FunctionVersion}, ${weight.Weight} to ${weight.Version}`
    : (alias.FunctionVersion ?? "");
}

async function instancesOf({ platform }: Shop) {
  const { Allocated = [] } = await platform.call("scf", "GetProvisionedConcurrencyConfig", {
    FunctionName: "orders",
  });
  return Allocated.map(
    ({ Qualifier, AllocatedProvisionedConcurrencyNum: number }) => `${Qualifier}: ${number}`,
  );
}

function acceptedWrites({ platform }: Shop): string[] {
  return platform
    .calls()
    .filter((call) => call.write && call.code === undefined)
    .map(({ action, resource }) => `${action} ${resource}`);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test("fails at the third of five gates: traffic is back, the exit code says so, and the next diff is clean", async () => {
  const shop = newShop();
  fs.writeFileSync(path.join(shop.folder, "fail-at"), "3");
  expect(shop.run(1, "deploy", "--auto-approve")).toMatchObject({ status: 0 });
  const { status, output } = shop.run(2, "deploy", "--auto-approve");
  expect(status).toBe(1);
  expect(output).toContain("step 2 of 5: 5 % to version 2, gate `node gate.js`");
  expect(output).toContain(
    "The release of default/orders:live from version 1 to version 2 was rolled back at step 3 of 5 (25 %), because gate " +
      "`node gate.js` failed: exit code 3. All requests go to version 1 again. (RELEASE_ROLLED_BACK)\n  The gate printed:\n    orders answers 500 to •••",
  );
  expect(output).not.toContain("a-secret-of-mine");
  expect(shop.gates()).toEqual(["1 1 1 2", "2 5 1 2", "3 25 1 2"]);
  expect(await routingOf(shop)).toBe("1");
  expect(await instancesOf(shop)).toEqual(["1: 1"]);
  const diff = shop.run(2, "diff");
  expect([diff.status, diff.output]).toEqual([
    0,
    expect.stringContaining("Warning: shop/orders/live: default/orders:live stays on version 1"),
  ]);
  expect(diff.output).toContain("shop: nothing to do, 4 resources as declared.");
  expect(shop.run(2, "drift")).toMatchObject({ status: 0 });
  fs.rmSync(path.join(shop.folder, "fail-at"));
  expect(shop.run(2, "deploy", "--auto-approve", "--retry-releases")).toMatchObject({ status: 0 });
  expect(await routingOf(shop)).toBe("2");
  expect(shop.run(2, "diff")).toMatchObject({ status: 0, output: expect.not.stringContaining("Warning") });
});

test("fails at a gate that prints a secret of many lines, and shows none of them", () => {
  const lines = Array.from({ length: 30 }, (_, line) => `line-${line}-of-a-key`);
  const shop = newShop(lines.join("\n"));
  fs.writeFileSync(path.join(shop.folder, "fail-at"), "1");
  expect(shop.run(1, "deploy", "--auto-approve")).toMatchObject({ status: 0 });
  const { status, output } = shop.run(2, "deploy", "--auto-approve");
  expect(status).toBe(1);
  expect(output).toContain("The gate printed:\n    orders answers 500 to •••\n");
  expect(output).not.toContain("-of-a-key");
});

test("Ctrl-C during a gate ends what the gate has started as well, also what does not listen", async () => {
  const shop = newShop();
  expect(shop.run(1, "deploy", "--auto-approve")).toMatchObject({ status: 0 });
  fs.writeFileSync(path.join(shop.folder, "deaf-at"), "1");
  const { child, ended } = deploying(shop, 2);
  const staying = path.join(shop.folder, "staying");
  await until(() => fs.existsSync(staying) && fs.readFileSync(staying, "utf8") !== "", child);
  const pid = Number(fs.readFileSync(staying, "utf8"));
  child.kill("SIGINT");
  expect(await ended).toBe(130);
  const isLeft = isAlive(pid);
  if (isLeft) process.kill(pid, "SIGKILL");
  expect(isLeft).toBe(false);
});

test("Ctrl-C during a gate ends the gate and the run soon, and the next deploy goes on with that step", async () => {
  const shop = newShop();
  expect(shop.run(1, "deploy", "--auto-approve")).toMatchObject({ status: 0 });
  fs.writeFileSync(path.join(shop.folder, "stay-at"), "2");
  const { child, ended, output } = deploying(shop, 2);
  const staying = path.join(shop.folder, "staying");
  await until(() => fs.existsSync(staying) && fs.readFileSync(staying, "utf8") !== "", child);
  const pid = Number(fs.readFileSync(staying, "utf8"));
  child.kill("SIGINT");
  expect(await ended).toBe(130);
  expect(output()).toContain("1 operation in progress will be finished, and a release stays at its step.");
  expect(output()).toContain("The release of default/orders:live stays at step 2 of 5: 5 % to version 2.");
  await until(() => !isAlive(pid));
  expect(await routingOf(shop)).toBe("1, 0.05 to 2");
  fs.rmSync(path.join(shop.folder, "stay-at"));
  expect(shop.run(2, "diff")).toMatchObject({
    status: 2,
    output: expect.stringContaining("continued at step 2"),
  });
  expect(shop.run(2, "deploy", "--auto-approve")).toMatchObject({ status: 0 });
  expect(shop.gates()).toEqual(["1 1 1 2", "2 5 1 2", "2 5 1 2", "3 25 1 2", "4 50 1 2", "5 75 1 2"]);
  expect(await routingOf(shop)).toBe("2");
  expect(shop.run(2, "diff")).toMatchObject({ status: 0 });
});

describe.each([
  ["passes all gates", undefined, { routing: "2", instances: ["2: 1"] }],
  ["is rolled back at step 3", "3", { routing: "1", instances: ["1: 1"] }],
] as const)("a release that %s", (_, failing, expected) => {
  const writes = async (shop: Shop, from: number) => acceptedWrites(shop).slice(from).sort();
  const prepared = () => {
    const shop = newShop();
    if (failing !== undefined) fs.writeFileSync(path.join(shop.folder, "fail-at"), failing);
    expect(shop.run(1, "deploy", "--auto-approve")).toMatchObject({ status: 0 });
    return { shop, before: acceptedWrites(shop).length };
  };
  let undisturbed: string[];

  beforeAll(async () => {
    const { shop, before } = prepared();
    shop.run(2, "deploy", "--auto-approve");
    undisturbed = await writes(shop, before);
  });

  const kills = thorough ? [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] : [3, 7];
  test.each(kills)(
    "and killed after %i accepted writes ends the same, with the same writes",
    async (count) => {
      const { shop, before } = prepared();
      const { child, ended } = deploying(shop, 2);
      await until(() => acceptedWrites(shop).length - before >= count, child);
      child.kill("SIGKILL");
      await ended;
      shop.run(2, "deploy", "--auto-approve");
      expect(await routingOf(shop)).toBe(expected.routing);
      expect(await instancesOf(shop)).toEqual(expected.instances);
      expect(await writes(shop, before)).toEqual(undisturbed);
      expect(shop.run(2, "diff")).toMatchObject({ status: 0 });
    },
  );
});
