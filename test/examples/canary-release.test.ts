import { spawnSync } from "node:child_process";
import * as path from "node:path";
import { LocalPlatform, Plan } from "cdktf-scf/testing";
import { Orders } from "../../examples/canary-release/orders";
import { newApp } from "../constructs/app";
import { temporaryFolder, writeFiles } from "../temporary-folder";

const folder = path.resolve(__dirname, "../../examples/canary-release");
const orders = (currency?: string): Orders =>
  new Orders(newApp(), "orders", currency === undefined ? {} : { currency });

test("the function adds up an order", async () => {
  const { main_handler: sum } = require("../../examples/canary-release/functions/orders/index.js") as {
    main_handler: (event: object) => Promise<object>;
  };
  process.env["CURRENCY"] = "CNY";
  expect(await sum({ items: [{ price: 250, count: 2 }] })).toEqual({ total: 500, currency: "CNY" });
  expect(await sum({})).toEqual({ total: 0, currency: "CNY" });
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

test("orders go in five steps with warm instances, each with the gate that is there", () => {
  const steps = [1, 5, 25, 50, 75].map((percent) => ({
    percent,
    waitSeconds: 600,
    gate: { command: "node gates/healthy.js", timeoutSeconds: 120 },
  }));
  Plan.fromStack(orders()).hasAlias("live", { provisioned: 10, release: { steps } });
});

describe("deployed", () => {
  /** Version, and share of another one, that the alias shows. */
  async function position(platform: LocalPlatform): Promise<string> {
    const alias = await platform.call("scf", "GetAlias", { FunctionName: "orders-orders", Name: "live" });
    const [second] = alias.RoutingConfig?.AdditionalVersionWeights ?? [];
    return second
      ? `${alias.FunctionVersion}, ${Math.round(second.Weight * 100)} % to ${second.Version}`
      : `${alias.FunctionVersion}`;
  }

  async function warm(platform: LocalPlatform): Promise<string[]> {
    const { Allocated } = await platform.call("scf", "GetProvisionedConcurrencyConfig", {
      FunctionName: "orders-orders",
    });
    return (Allocated ?? []).map(
      ({ Qualifier, AllocatedProvisionedConcurrencyNum: number }) => `${number} of ${Qualifier}`,
    );
  }

  test("twice, it stays as it is", async () => {
    const platform = LocalPlatform.inMemory();
    const first = await platform.deploy(orders());
    expect(first.created).toContain("orders/orders/live");
    expect(await warm(platform)).toEqual(["10 of 1"]);
    expect(await platform.diff(orders())).toEqual([]);
  });

  test("with another version, it takes five steps to it, with warm instances from the first on", async () => {
    const platform = LocalPlatform.inMemory();
    await platform.deploy(orders());
    const seen: string[] = [];
    await platform.deploy(orders("EUR"), {
      gates: async () => {
        expect((await warm(platform)).sort()).toEqual(["10 of 1", "10 of 2"]);
        return seen.push(await position(platform)) > 0;
      },
    });
    expect(seen).toEqual([1, 5, 25, 50, 75].map((percent) => `1, ${percent} % to 2`));
    expect(await position(platform)).toBe("2");
    expect(await warm(platform)).toEqual(["10 of 2"]);
  });

  test("fails at the third step: everything goes to the old version again, and the next version is released", async () => {
    const platform = LocalPlatform.inMemory();
    await platform.deploy(orders());
    const run = await platform.deploy(orders("EUR"), {
      failures: "return",
      gates: ({ environment }) => environment.SCF_STEP !== "3",
    });
    expect(run.failed).toMatchObject([
      {
        address: "orders/orders/live",
        code: "RELEASE_ROLLED_BACK",
        message: expect.stringContaining("rolled back at step 3 of 5 (25 %)"),
      },
    ]);
    expect(await position(platform)).toBe("1");
    expect(await warm(platform)).toEqual(["10 of 1"]);
    expect(await platform.diff(orders("EUR"))).toEqual([]);
    const again = await platform.deploy(orders("EUR"));
    expect(again).toMatchObject({ created: [], published: [], updated: [], failed: [] });

    const corrected = await platform.deploy(orders("USD"));
    expect(corrected.published).toEqual(["orders/orders/CurrentVersion"]);
    expect(await position(platform)).toBe("3");
  });
});
