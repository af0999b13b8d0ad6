import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { summarize } from "../measure.mjs";
import { root } from "../small-project.mjs";
import { dynamicValue, PluginClient } from "./plugin-client.mjs";

const ours = path.join(root, "dist", "terraform", "main.js");
const bareServer = path.join(root, "bench", "terraform", "bare-server.cjs");
const library = (name) => createRequire(import.meta.url)(path.join(root, "dist", name));
const { kinds } = library("kinds");
const { resourceShapeOf } = library("terraform/schema");

/** Two rounds come before those that count: one leaves the image of the modules, the next one warms it. */
const UNCOUNTED = 2;
const ROUNDS = 40;

/** From the start of the process to the answer that Terraform waits for: it starts a provider three times for a plan. */
export async function measureStartUp() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "cdktf-scf-bench-"));
  const subjects = {
    node: bareNode,
    server: timeOfServer,
    ready: () => timeOf(folder, () => undefined),
    schema: () => timeOf(folder, (plugin) => plugin.call("GetProviderSchema")),
    validated: () => timeOf(folder, validateFirst),
    read: () => timeOf(folder, readFirst),
  };
  const runs = Object.fromEntries(Object.keys(subjects).map((name) => [name, []]));
  for (let round = 0; round < ROUNDS + UNCOUNTED; round++) {
    for (const [name, run] of Object.entries(subjects)) {
      const milliseconds = await run();
      if (round >= UNCOUNTED) runs[name].push(milliseconds);
    }
  }
  fs.rmSync(folder, { recursive: true, force: true });
  const row = (what, name, goal, reference = "`node -e 0`", referenceTime = summarize(runs.node)) => ({
    what,
    time: summarize(runs[name]),
    reference,
    referenceTime,
    goal,
  });
  const server = "a server of Node with mutual TLS and nothing else";
  return [
    row("provider ready, mutual TLS included", "ready", 1.5),
    row("provider ready, mutual TLS included", "ready", undefined, server, summarize(runs.server)),
    row("provider's schema answered", "schema", 1.5),
    row("its first resource validated", "validated"),
    row("its first resource read", "read"),
  ];
}

async function bareNode() {
  const start = performance.now();
  await once(spawn(process.execPath, ["-e", "0"], { stdio: "ignore" }), "exit");
  return performance.now() - start;
}

async function timeOfServer() {
  const start = performance.now();
  const plugin = await PluginClient.start(bareServer, os.tmpdir());
  const elapsed = performance.now() - start;
  await plugin.kill();
  return elapsed;
}

async function timeOf(folder, ask) {
  const start = performance.now();
  const plugin = await PluginClient.start(ours, folder);
  await ask(plugin);
  const elapsed = performance.now() - start;
  await plugin.end();
  return elapsed;
}

const type_name = "scf_namespace";
const { properties, attributes, own } = resourceShapeOf(kinds.scf_namespace.schema);
const names = [...properties, ...attributes].map(({ name }) => name);
const namespace = { ...Object.fromEntries([...names, ...own].map((name) => [name, null])), name: "orders" };

async function validateFirst(plugin) {
  await plugin.call("ValidateProviderConfig", { config: dynamicValue(settings) });
  await plugin.call("ValidateResourceConfig", { type_name, config: dynamicValue(namespace) });
}

const settings = {
  region: "ap-guangzhou",
  uin: null,
  account_type: null,
  platform: { type: "local", path: "local.db", delay_ms: 0, endpoint: null },
  quotas: null,
  plan: null,
  owner: "bench",
};

async function readFirst(plugin) {
  await plugin.call("ConfigureProvider", { terraform_version: "1.11.4", config: dynamicValue(settings) });
  await plugin.call("ReadResource", {
    type_name,
    current_state: dynamicValue({ ...namespace, id: "orders" }),
  });
}
