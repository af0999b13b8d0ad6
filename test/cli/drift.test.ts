import { OWNER_TAG } from "../../lib/model/owner-tag";
import * as fs from "node:fs";
import { expectGolden } from "./golden";
import { copiesOf, orders, shopProgram, TestProject } from "./project";

const stock = `
const stock = new scf.Function(stack, "stock", {
  runtime: scf.Runtime.NODEJS_16_13,
  handler: "index.main_handler",
  code: scf.Code.fromInline("exports.main_handler = async () => 'stock';"),
});`;
const environment = { SHOP_KEY: "very-secret-value" };
const secret = 'environment: { KEY: scf.Secret.fromEnvironment("SHOP_KEY"), TABLE: "orders" },';

function deployed(body: string): TestProject {
  const project = new TestProject({ files: { "main.js": shopProgram(body) } });
  expect(project.run(["deploy", "--auto-approve"], environment)).toMatchObject({ exitCode: 0 });
  return project;
}

const deployedShop = copiesOf(() =>
  deployed(orders(`memory: 256, tags: { team: "shop" }, ${secret}`) + stock),
);

function call(project: TestProject, action: string, request: object): void {
  expect(project.run(["local", "call", "scf", action, JSON.stringify(request)]).exitCode).toBe(0);
}

/** What somebody has done in the console. */
function meddle(project: TestProject): void {
  call(project, "UpdateFunctionConfiguration", {
    FunctionName: "shop-orders",
    MemorySize: 128,
    Environment: { Variables: [{ Key: "KEY", Value: "another-secret" }] },
  });
  call(project, "DeleteFunction", { FunctionName: "shop-stock" });
  expect(project.run(["local", "reset", "--calls"]).exitCode).toBe(0);
}

function writeCalls(project: TestProject): string[] {
  const { calls } = JSON.parse(project.run(["local", "calls", "--json"]).stdout) as {
    calls: { action: string; write: boolean }[];
  };
  return calls.filter(({ write }) => write).map(({ action }) => action);
}

test("nothing has drifted after a deploy: exit code 0", () => {
  expect(deployedShop().run(["drift"])).toMatchObject({
    exitCode: 0,
    stdout: "shop: no drift, 2 resources as recorded.\n\n",
  });
});

test("drift is shown with recorded, live and wanted value, and nothing is changed: exit code 2", () => {
  const project = deployedShop();
  meddle(project);
  project.write({ "main.js": shopProgram(orders(`memory: 512, tags: { team: "shop" }, ${secret}`) + stock) });
  const journal = fs.readFileSync(project.file(".cdktf-scf/shop/state.json"), "utf8");
  const { exitCode, stdout } = project.run(["drift"]);
  expect(exitCode).toBe(2);
  expectGolden("drift", stdout);
  expect(writeCalls(project)).toEqual([]);
  expect(fs.readFileSync(project.file(".cdktf-scf/shop/state.json"), "utf8")).toBe(journal);
});

test("machines get it as JSON, without a secret", () => {
  const project = deployedShop();
  meddle(project);
  const { exitCode, stdout, stderr } = project.run(["drift", "shop", "--json"], environment);
  expect(exitCode).toBe(2);
  expect(JSON.parse(stdout)).toEqual({
    stacks: [
      {
        stack: "shop",
        lineage: expect.any(String) as string,
        serial: 1,
        sequence: expect.any(Number) as number,
        unchanged: 0,
        warnings: [],
        resources: [
          {
            address: "shop/orders",
            kind: "scf_function",
            title: "function",
            identity: "default/shop-orders",
            state: "changed",
            properties: [
              {
                name: "environment",
                recorded: "(sensitive)",
                live: "(sensitive)",
                wanted: "(sensitive)",
                sensitive: true,
              },
              { name: "memory", recorded: 256, live: 128, wanted: 256, sensitive: false },
            ],
          },
          {
            address: "shop/stock",
            kind: "scf_function",
            title: "function",
            identity: "default/shop-stock",
            state: "gone",
            properties: [],
          },
        ],
      },
    ],
  });
  for (const text of ["very-secret-value", "another-secret"]) expect(stdout + stderr).not.toContain(text);
});

test("refresh records what is there and writes nothing; what the program wants otherwise is a difference then", () => {
  const project = deployedShop();
  meddle(project);
  const refresh = project.run(["refresh", "--auto-approve"]);
  expect(refresh).toMatchObject({ exitCode: 0 });
  expectGolden("refresh", refresh.stdout);
  expect(writeCalls(project)).toEqual([]);
  expect(project.run(["drift"])).toMatchObject({
    exitCode: 0,
    stdout: "shop: no drift, 1 resource as recorded.\n\n",
  });
  const diff = project.run(["diff"], environment);
  expect(diff.exitCode).toBe(2);
  expect(diff.stdout).toContain("        memory: 128 → 256\n");
  expect(diff.stdout).not.toContain("elsewhere");
  expect(diff.stdout).toContain("  + create   function default/shop-stock  shop/stock\n");
  expect(project.run(["deploy", "--auto-approve"], environment).exitCode).toBe(0);
  expect(project.run(["diff"], environment).exitCode).toBe(0);
  const files = fs
    .readdirSync(project.file(".cdktf-scf/shop"))
    .map((name) => project.read(`.cdktf-scf/shop/${name}`));
  for (const text of ["very-secret-value", "another-secret"]) expect(files.join()).not.toContain(text);
});

test("refresh tells machines what it recorded", () => {
  const project = deployedShop();
  meddle(project);
  const { exitCode, stdout } = project.run(["refresh", "--auto-approve", "--json"]);
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    stacks: [{ stack: "shop", refreshed: { updated: 1, forgotten: 1 } }],
  });
});

test("refresh refuses to record what nobody has agreed to, and asks nobody where there is nothing", () => {
  const project = deployedShop();
  expect(project.run(["refresh"])).toMatchObject({
    exitCode: 0,
    stdout: "shop: no drift, 2 resources as recorded.\n\n",
  });
  meddle(project);
  const { exitCode, stderr } = project.run(["refresh"]);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(
    "Error: `cdktf-scf refresh` asks before it changes anything, and there is no terminal to ask on.\n" +
      "Look at what it has shown, then run it again with --auto-approve.\n",
  );
  expect(project.run(["drift"]).exitCode).toBe(2);
});

test("an object of somebody else is told, and stays recorded as it was", () => {
  const project = deployed(orders() + stock);
  const resource = "qcs::scf:ap-guangzhou:uin/:namespace/default/function/shop-orders";
  const tags = { Resource: resource, ReplaceTags: [{ TagKey: OWNER_TAG, TagValue: "0123456789abcdefg1" }] };
  expect(project.run(["local", "call", "tag", "ModifyResourceTags", JSON.stringify(tags)]).exitCode).toBe(0);
  const drift = project.run(["drift"]);
  expect(drift.exitCode).toBe(2);
  expectGolden("drift-foreign", drift.stdout);
  expect(project.run(["refresh", "--auto-approve", "--json"]).stdout).toContain('"updated": 0');
  expect(project.run(["drift"]).exitCode).toBe(2);
});

test("a stack that has left the program is looked at all the same", () => {
  const project = deployed(orders("memory: 256,"));
  call(project, "UpdateFunctionConfiguration", { FunctionName: "shop-orders", MemorySize: 128 });
  project.write({ "main.js": shopProgram(orders(), "other") });
  const { exitCode, stdout } = project.run(["drift", "shop"]);
  expect(exitCode).toBe(2);
  expect(stdout).toContain("        memory: recorded 256, live 128\n");
});

test("without anything deployed there is nothing to look at, and an unknown stack is an error", () => {
  const project = new TestProject({ files: { "main.js": shopProgram(orders()) } });
  expect(project.run(["drift"])).toMatchObject({
    exitCode: 0,
    stdout: "Nothing is deployed from here, so nothing can have drifted.\n",
  });
  expect(project.run(["drift", "--json"]).stdout).toBe('{\n  "stacks": []\n}\n');
  expect(project.run(["drift", "shop"])).toMatchObject({ exitCode: 1 });
  expect(project.run(["refresh", "shop"]).stderr).toContain("Error: There is no stack deployed from here.");
});
