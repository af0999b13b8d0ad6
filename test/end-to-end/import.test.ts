import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { startLocalServer } from "../../lib/platform/local";
import type { Difference } from "../../lib/reconciler/difference";
import { expectGolden } from "../cli/golden";
import { checkout, ended, TestProject, type RunResult } from "../cli/project";
import { CodeStore } from "./code-store";
import { worldProgram } from "./imported-world";

jest.setTimeout(240_000);

const secrets = { ORDERS_API_KEY: "k3y-of-orders", ORDERS_TABLE: "table-of-orders" };

function succeeded(result: RunResult): string {
  expect({ exitCode: result.exitCode, stderr: result.exitCode === 0 ? "" : result.stderr }).toEqual({
    exitCode: 0,
    stderr: "",
  });
  return result.stdout;
}

/** Everything that the original program makes, on a local platform of its own. */
function world(): { original: TestProject; database: string; loadBalancerId: string } {
  const original = new TestProject({});
  const call = (service: string, action: string, request: object): string =>
    succeeded(original.run(["local", "call", service, action, JSON.stringify(request)]));
  call("cam", "AddUser", { Name: "alice" });
  call("cam", "CreateGroup", { GroupName: "ops" });
  const loadBalancerId =
    /lb-\w+/.exec(call("clb", "CreateLoadBalancer", { LoadBalancerType: "OPEN" }))?.[0] ?? "";
  original.write({ "main.js": worldProgram("scf.Platform.local()", loadBalancerId) });
  succeeded(original.run(["deploy", "--auto-approve"]));
  return { original, database: original.file(".cdktf-scf/local.db"), loadBalancerId };
}

function compile(project: TestProject): string {
  const tsc = path.join(checkout, "node_modules", "typescript", "bin", "tsc");
  const { stdout } = spawnSync(process.execPath, [tsc, "-p", project.directory], { encoding: "utf8" });
  return stdout;
}

/** The program as Prettier has it by itself. */
function formatted(project: TestProject): string {
  const prettier = path.join(checkout, "node_modules", "prettier", "bin", "prettier.cjs");
  const argv = [prettier, "--no-config", project.file("main.ts")];
  return spawnSync(process.execPath, argv, { encoding: "utf8" }).stdout;
}

test("the program that is written for a region compiles, synthesizes, imports, and differs in the code alone", () => {
  const { database, loadBalancerId } = world();
  const project = new TestProject({ config: null });
  const said = succeeded(project.run(["import", "--all", "--local", database, "--stack", "shop"]));
  expect(said).toContain(
    "37 objects written into <project>:\n  main.ts, imports.json, .env.example, cdktf.json",
  );
  expect(said).toContain(
    "a deploy replaces the code that runs.\n  layer deps:1: the platform names no address",
  );
  expect(said).toContain("cross-region binding 2.0 of ");

  const program = project.read("main.ts");
  const stable = program
    .replaceAll(loadBalancerId, "lb-a1b2c3d4")
    .replace(/path: ".*local\.db"/, 'path: "local.db"');
  expectGolden("imported-program", stable);
  expect(formatted(project)).toBe(program);
  // Nothing of what the functions were given is in any file.
  expect(program).not.toContain("k3y-of-orders");
  expect(project.read(".env.example")).toBe("ORDERS_API_KEY=\nORDERS_TABLE=\n");

  expect(compile(project)).toBe("");
  succeeded(project.run(["synth"]));

  const refused = project.run(["import", "--from", "imports.json", "--auto-approve"], secrets);
  expect(refused.exitCode).toBe(1);
  expect(refused.stderr).toContain(
    "shop/orders: the function default/orders carries the mark of another stack",
  );
  const take = ["import", "--from", "imports.json", "--auto-approve", "--take-over"];
  expect(succeeded(project.run(take, secrets))).toContain("shop: 37 imported.\n");
  for (const file of fs.readdirSync(project.file(".cdktf-scf/shop"))) {
    expect(project.read(`.cdktf-scf/shop/${file}`)).not.toContain("k3y-of-orders");
  }
  // A second time there is nothing left to do.
  expect(succeeded(project.run(take, secrets))).toContain("shop: 0 to import; 37 imported before.\n");

  const { stacks } = JSON.parse(project.run(["diff", "--json"], secrets).stdout) as { stacks: Difference[] };
  const changed = stacks.flatMap(({ changes }) =>
    changes.map(({ address, operation, properties }) => [
      address,
      operation,
      properties.map(({ name }) => name),
    ]),
  );
  expect(changed).toEqual([
    ["shop/batch-orders", "update", ["code"]],
    ["shop/orders", "update", ["code"]],
  ]);

  succeeded(project.run(["destroy", "--auto-approve"], secrets));
  const left = project.run(["local", "call", "--path", database, "scf", "ListFunctions"]).stdout;
  expect(JSON.parse(left)).toMatchObject({ TotalCount: 0 });
});

test("with the code that the platform hands out, the written program differs in nothing", async () => {
  const server = await startLocalServer({
    path: ":memory:",
    credentials: { secretId: "local", secretKey: "local" },
  });
  const store = await CodeStore.before(server.url);
  const account = { TENCENTCLOUD_SECRET_ID: "local", TENCENTCLOUD_SECRET_KEY: "local", ...secrets };
  const run = async (project: TestProject, ...argv: string[]): Promise<string> => {
    const { exitCode, output } = await ended(project.start(argv, account));
    expect({ exitCode, output: exitCode === 0 ? "" : output }).toEqual({ exitCode: 0, output: "" });
    return output;
  };
  try {
    const platform = `scf.Platform.tencentCloud({ endpoint: ${JSON.stringify(store.url)} })`;
    const program = `
const { App, TerraformStack } = require("cdktf");
const scf = require("cdktf-scf");
const app = new App();
const stack = new TerraformStack(app, "shop");
new scf.ScfProvider(stack, "scf", { region: scf.Region.GUANGZHOU, platform: ${platform} });
const code = (text) => scf.Code.fromInline(text);
const deps = new scf.Layer(stack, "deps", { name: "deps", code: code("exports.x = 1;"), compatibleRuntimes: [scf.Runtime.NODEJS_16_13] });
const orders = new scf.Function(stack, "orders", {
  name: "orders", runtime: scf.Runtime.NODEJS_16_13, handler: "index.main_handler", layers: [deps],
  code: code("exports.main_handler = async () => 1;"), environment: { TABLE: "table-of-orders", API_KEY: "k3y-of-orders" },
});
orders.addAlias("live", { version: orders.currentVersion });
app.synth();
`;
    await run(new TestProject({ files: { "main.js": program } }), "deploy", "--auto-approve");
    const project = new TestProject({ config: null });
    const said = await run(project, "import", "--all", "--endpoint", store.url, "--stack", "shop");
    expect(said).toContain("code/deps.zip, code/orders.zip, main.ts");
    expect(said).not.toContain("Code that is not here");
    expect(project.read("main.ts")).toContain('code: scf.Code.fromZip("code/orders.zip"),');
    expect(project.read("main.ts")).toContain("version: orders.currentVersion");
    await run(project, "import", "--from", "imports.json", "--auto-approve", "--take-over");
    expect(await run(project, "diff")).toContain("shop: nothing to do, 4 resources as declared.");
  } finally {
    await store.close();
    await server.close();
  }
});
