import { spawnSync } from "node:child_process";
import * as path from "node:path";
import type { App } from "cdktf";
import { Orders } from "../../examples/canary-release/orders";
import { newApp, readPlan, resource } from "../constructs/app";
import { Project } from "../end-to-end/deployment";
import { temporaryFolder, writeFiles } from "../temporary-folder";

const folder = path.resolve(__dirname, "../../examples/canary-release");

test("the function adds up an order", async () => {
  const { main_handler: orders } = require("../../examples/canary-release/functions/orders/index.js") as {
    main_handler: (event: object) => Promise<object>;
  };
  expect(await orders({ items: [{ price: 250, count: 2 }] })).toEqual({ total: 500, currency: "CNY" });
  expect(await orders({})).toEqual({ total: 0, currency: "CNY" });
});

describe("the gate", () => {
  test.each([
    ["passes without a call", undefined, 0],
    ["passes with one failure in a hundred", "100 1", 0],
    ["fails with more", "100 2", 1],
  ])("%s", (_, counts, status) => {
    const cwd = temporaryFolder();
    if (counts !== undefined) writeFiles(cwd, { "counts.txt": counts });
    const gate = spawnSync(process.execPath, [path.join(folder, "gates/healthy.js")], {
      cwd,
      env: { ...process.env, SCF_FUNCTION: "orders", SCF_NEW_VERSION: "2", SCF_PERCENT: "5" },
      encoding: "utf8",
    });
    expect(gate.status).toBe(status);
    expect(gate.stdout).toContain("orders version 2 at 5 %");
  });
});

test("orders go in five steps with warm instances, payments at once", () => {
  const app = newApp();
  new Orders(app, "orders");
  app.synth();
  const plan = readPlan(app, "orders");
  const live = resource(plan, "orders/orders/live").properties as {
    readonly release: { readonly steps: readonly { readonly percent: number }[] };
  };
  expect(live).toMatchObject({ provisioned: 10 });
  expect(live.release.steps.map(({ percent }) => percent)).toEqual([1, 5, 25, 50, 75]);
  expect(resource(plan, "orders/payments/live").properties).toMatchObject({
    release: {
      steps: [
        { percent: 0, waitSeconds: 0, gate: { command: "node gates/healthy.js" } },
        { percent: 100, waitSeconds: 1800, gate: { command: "node gates/healthy.js" } },
      ],
    },
  });
});

test("deployed twice, it stays as it is", async () => {
  const project = new Project();
  const declare = (app: App): void => void new Orders(app, "orders");
  const writes = await project.writesOfApp("orders", declare);
  expect(writes.filter((write) => write === "CreateAlias")).toHaveLength(2);
  expect(writes.filter((write) => write === "PutProvisionedConcurrencyConfig")).toHaveLength(1);
  expect(await project.writesOfApp("orders", declare)).toEqual([]);
});
