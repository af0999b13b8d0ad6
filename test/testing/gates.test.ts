import * as scf from "cdktf-scf";
import { type GateAnswer, LocalPlatform, type ReachedGate } from "cdktf-scf/testing";
import { newApp, node, TestStack } from "../constructs/app";

const smoke = scf.Gate.command("exit 1", { timeout: scf.Duration.minutes(1) });

/** An alias that is released in two steps, with a gate after each that its command would not pass. */
function shop(answer: number): TestStack {
  const stack = new TestStack(newApp(), "shop");
  const code = scf.Code.fromInline(`exports.main_handler = async () => ${answer};`);
  const orders = new scf.Function(stack, "orders", { ...node, name: "orders", code });
  orders.addAlias("live", {
    version: orders.currentVersion,
    release: scf.Release.canary({
      steps: [10, 50].map((share) => ({
        weight: scf.Weight.percent(share),
        wait: scf.Duration.hours(1),
        gate: smoke,
      })),
    }),
  });
  return stack;
}

/** A platform on which the first version is live. */
async function released(): Promise<LocalPlatform> {
  const platform = LocalPlatform.inMemory();
  await platform.deploy(shop(1));
  return platform;
}

async function versionOf(platform: LocalPlatform): Promise<string | undefined> {
  const { FunctionVersion } = await platform.call("scf", "GetAlias", {
    FunctionName: "orders",
    Name: "live",
  });
  return FunctionVersion;
}

test("every gate lets its release go on, and no command is run, where the test says nothing", async () => {
  const platform = await released();
  expect((await platform.deploy(shop(2))).updated).toContain("shop/orders/live");
  expect(await versionOf(platform)).toBe("2");
});

test("a gate is told what its command would be told", async () => {
  const platform = await released();
  const reached: ReachedGate[] = [];
  await platform.deploy(shop(2), { gates: (gate) => reached.push(gate) > 0 });
  expect(reached.map(({ environment }) => environment.SCF_PERCENT)).toEqual(["10", "50"]);
  expect(reached[1]).toEqual({
    command: "exit 1",
    environment: {
      SCF_REGION: "ap-guangzhou",
      SCF_NAMESPACE: "default",
      SCF_FUNCTION: "orders",
      SCF_ALIAS: "live",
      SCF_OLD_VERSION: "1",
      SCF_NEW_VERSION: "2",
      SCF_STEP: "2",
      SCF_PERCENT: "50",
    },
  });
});

test.each([
  ["says no", () => false],
  ["says no later", async () => new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 5))],
] satisfies [string, GateAnswer][])("fails and rolls back when the test %s", async (_, gates) => {
  const platform = await released();
  const run = await platform.deploy(shop(2), { failures: "return", gates });
  expect(run.failed).toMatchObject([
    {
      address: "shop/orders/live",
      code: "RELEASE_ROLLED_BACK",
      message: expect.stringContaining(
        "was rolled back at step 1 of 2 (10 %), because gate `exit 1` failed: the test lets it fail.",
      ),
    },
  ]);
  expect(await versionOf(platform)).toBe("1");
  expect(await platform.diff(shop(2))).toEqual([]);
});

test("a gate can look at the platform, however slow that is", async () => {
  const platform = await released();
  const seen: unknown[] = [];
  await platform.deploy(shop(2), {
    gates: async () => {
      platform.faults.delay({ action: "GetAlias" }, scf.Duration.seconds(30));
      const { RoutingConfig } = await platform.call("scf", "GetAlias", {
        FunctionName: "orders",
        Name: "live",
      });
      seen.push(RoutingConfig?.AdditionalVersionWeights);
      return (await platform.live("scf_version")).length === 2;
    },
  });
  expect(seen).toEqual([[{ Version: "2", Weight: 0.1 }], [{ Version: "2", Weight: 0.5 }]]);
  expect(await versionOf(platform)).toBe("2");
});

test("fails with what a gate throws, and the next deploy goes on with that step", async () => {
  const platform = await released();
  const mistake = new Error("expected 1, found 2");
  const gates: GateAnswer = ({ environment }) => {
    if (environment.SCF_STEP === "2") throw mistake;
    return true;
  };
  await expect(platform.deploy(shop(2), { gates })).rejects.toBe(mistake);
  await expect(platform.deploy(shop(2), { failures: "return", gates })).rejects.toBe(mistake);
  expect(await versionOf(platform)).toBe("1");
  const steps: string[] = [];
  await platform.deploy(shop(2), { gates: ({ environment }) => steps.push(environment.SCF_STEP) > 0 });
  expect(steps).toEqual(["2"]);
  expect(await versionOf(platform)).toBe("2");
});
