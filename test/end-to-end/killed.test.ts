import { spawn, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { openLocalPlatform, type LocalPlatform } from "../../lib/platform/local";
import { instruments } from "../faults/project";
import { checkout, sharedModules } from "../installed";
import { temporaryFolder, writeFiles } from "../temporary-folder";

const commandLine = path.join(checkout, "dist/cli/bin.js");

const program = `
const { App, TerraformStack } = require("cdktf");
const scf = require("cdktf-scf");
const app = new App();
const stack = new TerraformStack(app, "shop");
new scf.ScfProvider(stack, "scf", { region: "ap-guangzhou", platform: scf.Platform.local({ delayMs: 60 }) });
const runtime = scf.Runtime.NODEJS_16_13;
const code = scf.Code.fromInline("exports.main_handler = async () => " + process.env.ANSWER);
const layer = new scf.Layer(stack, "deps", { code, compatibleRuntimes: [runtime] });
const http = new scf.LoadBalancerListener(stack, "http", {
  loadBalancer: scf.LoadBalancer.fromAttributes({ loadBalancerId: process.env.LOAD_BALANCER, region: "ap-guangzhou" }),
  protocol: "HTTP",
  port: 80,
});
const policy = new scf.Policy(stack, "operators");
for (const id of ["orders", "catalogue"]) {
  const declared = new scf.Function(stack, id, { runtime, handler: "index.main_handler", code, layers: [layer] });
  const live = declared.addAlias("live", { version: declared.currentVersion });
  live.addTrigger("nightly", scf.Trigger.timer({ schedule: scf.Schedule.cron("0 0 2 * * * *") }));
  http.addRule(id, { domain: "www.example.com", path: "/" + id, targets: [live] });
  declared.grants.invoke(policy);
}
app.synth();
`;

/** A project folder as a user has one. */
function newProject(): { folder: string; platform: LocalPlatform } {
  const folder = temporaryFolder();
  writeFiles(folder, {
    "main.js": program,
    "cdktf.json": '{ "language": "typescript", "app": "node main.js" }',
  });
  fs.symlinkSync(sharedModules("instrumented"), path.join(folder, "node_modules"));
  const platform = openLocalPlatform({
    path: path.join(folder, ".cdktf-scf/local.db"),
    region: "ap-guangzhou",
  });
  return { folder, platform };
}

async function loadBalancerOn(platform: LocalPlatform): Promise<string> {
  const made = await platform.call("clb", "CreateLoadBalancer", { LoadBalancerType: "OPEN" });
  return made.LoadBalancerIds?.[0] ?? "";
}

/** Everything on the platform, without the ids and times that differ between two runs of the same program. */
async function stateOf(platform: LocalPlatform, loadBalancer: string): Promise<unknown> {
  const functions = (await platform.call("scf", "ListFunctions", {})).Functions ?? [];
  const described = await Promise.all(
    functions.map(async ({ FunctionName = "" }) => {
      const found = await platform.call("scf", "GetFunction", { FunctionName });
      const versions = await platform.call("scf", "ListVersionByFunction", { FunctionName });
      const aliases = await platform.call("scf", "ListAliases", { FunctionName });
      const triggers = await platform.call("scf", "ListTriggers", { FunctionName });
      return {
        name: FunctionName,
        status: found.Status,
        code: (await platform.call("scf", "GetFunctionAddress", { FunctionName })).CodeSha256,
        layers: found.Layers?.map((layer) => [layer.LayerName, layer.LayerVersion]),
        versions: versions.FunctionVersion,
        aliases: aliases.Aliases?.map((alias) => [alias.Name, alias.FunctionVersion]),
        triggers: triggers.Triggers?.map((trigger) => [
          trigger.Type,
          trigger.Type === "timer" && trigger.TriggerName,
          trigger.Qualifier,
        ]),
      };
    }),
  );
  const targets = await platform.call("clb", "DescribeTargets", { LoadBalancerId: loadBalancer });
  const rules = targets.Listeners?.flatMap((listener) => listener.Rules ?? []) ?? [];
  return {
    functions: described.sort((left, right) => (left.name < right.name ? -1 : 1)),
    listeners: targets.Listeners?.length,
    rules: rules
      .map((rule) => [rule.Url, rule.FunctionTargets?.map((target) => target.Function.FunctionName)])
      .sort(),
    layers: (await platform.call("scf", "ListLayerVersions", { LayerName: "shop-deps" })).LayerVersions
      ?.length,
    policies: (await platform.call("cam", "ListPolicies", { Scope: "Local" })).List?.map(
      (policy) => policy.PolicyName,
    ),
  };
}

function acceptedWrites(platform: LocalPlatform): string[] {
  return platform
    .calls()
    .filter((call) => call.write && call.code === undefined)
    .map((call) => `${call.action} ${call.resource}`)
    .filter((call) => !call.startsWith("CreateLoadBalancer"))
    .map((call) => call.replace(/(lb|lbl|loc)-[a-z0-9]+/g, "$1"))
    .sort();
}

function environment(loadBalancer: string, answer: number): NodeJS.ProcessEnv {
  return { ...process.env, ...instruments, LOAD_BALANCER: loadBalancer, ANSWER: String(answer) };
}

function run(folder: string, loadBalancer: string, answer: number, ...words: string[]) {
  const env = environment(loadBalancer, answer);
  return spawnSync(process.execPath, [commandLine, ...words], { cwd: folder, env, encoding: "utf8" });
}

/** Starts a deploy and kills it once the platform has accepted the given number of its writes. */
async function killAfter(
  folder: string,
  loadBalancer: string,
  answer: number,
  platform: LocalPlatform,
  writes: number,
) {
  const env = environment(loadBalancer, answer);
  const child = spawn(process.execPath, [commandLine, "deploy", "--auto-approve"], {
    cwd: folder,
    env,
    stdio: "ignore",
  });
  const ended = new Promise<void>((resolve) => child.on("exit", () => resolve()));
  let running = true;
  void ended.then(() => (running = false));
  const before = acceptedWrites(platform).length;
  while (running && acceptedWrites(platform).length - before < writes) {
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
  child.kill("SIGKILL");
  await ended;
}

describe("a deploy that is killed", () => {
  let undisturbed: { first: unknown; second: unknown; writes: string[] };

  beforeAll(async () => {
    const { folder, platform } = newProject();
    const loadBalancer = await loadBalancerOn(platform);
    expect(run(folder, loadBalancer, 1, "deploy", "--auto-approve")).toMatchObject({ status: 0 });
    const first = await stateOf(platform, loadBalancer);
    expect(run(folder, loadBalancer, 2, "deploy", "--auto-approve")).toMatchObject({ status: 0 });
    undisturbed = { first, second: await stateOf(platform, loadBalancer), writes: acceptedWrites(platform) };
  });

  const kills = process.env["CI"] ? [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13] : [1, 4, 7, 10, 13];
  test.each(kills)(
    "after %i accepted writes is continued by the next one: same state, nothing sent twice",
    async (writes) => {
      const { folder, platform } = newProject();
      const loadBalancer = await loadBalancerOn(platform);
      await killAfter(folder, loadBalancer, 1, platform, writes);
      const again = run(folder, loadBalancer, 1, "deploy", "--auto-approve");
      expect([again.status, again.stderr]).toEqual([0, expect.not.stringContaining("failed")]);
      expect(await stateOf(platform, loadBalancer)).toEqual(undisturbed.first);

      await killAfter(folder, loadBalancer, 2, platform, Math.ceil(writes / 2));
      expect(run(folder, loadBalancer, 2, "deploy", "--auto-approve")).toMatchObject({ status: 0 });
      expect(await stateOf(platform, loadBalancer)).toEqual(undisturbed.second);
      expect(acceptedWrites(platform)).toEqual(undisturbed.writes);
      expect(run(folder, loadBalancer, 2, "diff")).toMatchObject({ status: 0 });
    },
  );
});
