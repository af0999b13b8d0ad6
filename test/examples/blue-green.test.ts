import { spawnSync } from "node:child_process";
import * as path from "node:path";
import { LocalPlatform, Plan, type ReachedGate } from "cdktf-scf/testing";
import { Payments } from "../../examples/blue-green/payments";
import { openLocalPlatform } from "../../lib/platform/local";
import { newApp } from "../constructs/app";
import { functionRequest } from "../platform/support";
import { temporaryFolder } from "../temporary-folder";

const payments = (bank: string): Payments => new Payments(newApp(), "payments", { bank });

test("the new version is judged without a request, and again half an hour after it has all of them", () => {
  const gate = { command: "node gates/answers.js", timeoutSeconds: 60 };
  Plan.fromStack(payments("first-bank")).hasAlias("live", {
    release: {
      steps: [
        { percent: 0, waitSeconds: 0, gate },
        { percent: 100, waitSeconds: 1800, gate },
      ],
    },
  });
});

describe("deployed", () => {
  const versionOf = async (platform: LocalPlatform): Promise<string | undefined> =>
    (await platform.invoke("payments-payments", { qualifier: "live" })).version;

  /** A platform on which the first bank is paid by version 1. */
  async function live(): Promise<LocalPlatform> {
    const platform = LocalPlatform.inMemory();
    await platform.deploy(payments("first-bank"));
    expect(await platform.diff(payments("first-bank"))).toEqual([]);
    return platform;
  }

  test("with another bank, all payments go to the new version at once", async () => {
    const platform = await live();
    const seen: string[] = [];
    await platform.deploy(payments("second-bank"), {
      gates: async ({ environment }: ReachedGate) =>
        seen.push(`${environment.SCF_PERCENT} %: version ${await versionOf(platform)}`) > 0,
    });
    expect(seen).toEqual(["0 %: version 1", "100 %: version 2"]);
    expect(await versionOf(platform)).toBe("2");
    expect(await platform.diff(payments("second-bank"))).toEqual([]);
  });

  test.each([
    ["before a payment goes to it", "1"],
    ["after half an hour", "2"],
  ])("fails %s: payments are with the old version, and the next comparison is clean", async (_, step) => {
    const platform = await live();
    const run = await platform.deploy(payments("second-bank"), {
      failures: "return",
      gates: ({ environment }) => environment.SCF_STEP !== step,
    });
    expect(run.failed).toMatchObject([{ address: "payments/payments/live", code: "RELEASE_ROLLED_BACK" }]);
    expect(await versionOf(platform)).toBe("1");
    expect(await platform.diff(payments("second-bank"))).toEqual([]);
  });
});

test("the function takes payments, and refuses what is none", async () => {
  const { main_handler: pay } = require("../../examples/blue-green/functions/payments/index.js") as {
    main_handler: (event: object) => Promise<object>;
  };
  process.env["BANK"] = "first-bank";
  expect(await pay({ order: "o-17", cents: 4900 })).toEqual({
    accepted: true,
    order: "o-17",
    cents: 4900,
    bank: "first-bank",
    moved: true,
  });
  expect(await pay({ order: "trial", cents: 1, dryRun: true })).toMatchObject({ moved: false });
  for (const wrong of [{}, { order: "o-17", cents: 0 }, { order: "o-17", cents: 1.5 }, { cents: 4900 }]) {
    expect(await pay(wrong)).toMatchObject({ accepted: false });
  }
});

describe("the gate", () => {
  const folder = temporaryFolder();

  beforeAll(async () => {
    const platform = openLocalPlatform({
      path: path.join(folder, ".cdktf-scf/local.db"),
      region: "ap-guangzhou",
    });
    await platform.call("scf", "CreateFunction", functionRequest({ FunctionName: "payments" }));
    await platform.call("scf", "PublishVersion", { FunctionName: "payments" });
    await platform.close();
  });

  test.each([
    ["passes when the new version answers", "1", 0, "payments version 1 answers"],
    ["fails when there is none", "2", 1, "2"],
  ])("%s", (_, version, status, output) => {
    const { status: ended, stdout } = spawnSync(
      process.execPath,
      [path.resolve(__dirname, "../../examples/blue-green/gates/answers.js")],
      {
        cwd: folder,
        encoding: "utf8",
        env: {
          ...process.env,
          SCF_REGION: "ap-guangzhou",
          SCF_NAMESPACE: "default",
          SCF_FUNCTION: "payments",
          SCF_NEW_VERSION: version,
        },
      },
    );
    expect(stdout).toContain(output);
    expect(ended).toBe(status);
  });
});
