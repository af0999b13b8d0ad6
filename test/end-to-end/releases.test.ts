import * as scf from "cdktf-scf";
import type { GateCall } from "../../lib/kinds/kind";
import { readState, type RunEvent } from "../../lib/reconciler";
import { renderDifference } from "../../lib/cli/render/difference";
import { Style } from "../../lib/cli/render/style";
import { expectGolden } from "../cli/golden";
import { node } from "../constructs/app";
import { VirtualClock } from "../reconciler/virtual-clock";
import { Project, type Program } from "./deployment";

const codeOf = (answer: number) => scf.Code.fromInline(`exports.main_handler = async () => ${answer};\n`);
const { percent } = scf.Weight;
const smoke = scf.Gate.command("npm run smoke", { timeout: scf.Duration.minutes(1) });

const fiveSteps = [1, 5, 25, 50, 75].map((share) => ({
  weight: percent(share),
  wait: scf.Duration.minutes(10),
  gate: smoke,
}));

interface Options {
  readonly steps?: readonly scf.ReleaseStep[];
  readonly instances?: number;
  readonly description?: string;
}

function shop(answer: number, { steps = fiveSteps, description, ...instances }: Options = {}): Program {
  return (stack) => {
    const orders = new scf.Function(stack, "orders", { ...node, name: "orders", code: codeOf(answer) });
    const live = orders.addAlias("live", {
      version: orders.currentVersion,
      release: scf.Release.canary({ steps, ...instances }),
      ...(description === undefined ? {} : { description }),
    });
    live.addTrigger("nightly", scf.Trigger.timer({ schedule: scf.Schedule.cron("0 0 2 * * * *") }));
  };
}

/** A project whose gates are answered here, and whose waits take no time. */
function released(
  answer: (gate: GateCall, count: number) => boolean | Promise<boolean> = () => true,
  printed = "orders: 500",
) {
  const clock = new VirtualClock();
  const gates: GateCall[] = [];
  const project = new Project({
    timing: { clock },
    async runGate(gate) {
      gates.push(gate);
      const passed = await answer(gate, gates.length);
      return { passed, outcome: passed ? "exit code 0" : "exit code 3", output: passed ? "" : printed };
    },
  });
  const deploy = (program: Program) => clock.run(project.deploy(program));
  const diff = (program: Program) => clock.run(project.diff(program));
  return { project, clock, gates, deploy, diff };
}

async function aliasOf(project: Project) {
  const alias = await project.platform.call("scf", "GetAlias", { FunctionName: "orders", Name: "live" });
  const [weight] = alias.RoutingConfig?.AdditionalVersionWeights ?? [];
  return weight
    ? `${alias.FunctionVersion}, ${weight.Weight} to ${weight.Version}`
    : (alias.FunctionVersion ?? "");
}

async function instancesOf(project: Project) {
  const found = await project.platform.call("scf", "GetProvisionedConcurrencyConfig", {
    FunctionName: "orders",
  });
  return (found.Allocated ?? []).map(
    ({ Qualifier, AllocatedProvisionedConcurrencyNum: number }) => `${Qualifier}: ${number}`,
  );
}

function failures(project: Project): Extract<RunEvent, { type: "operation-failed" }>[] {
  return project.events.flatMap((event) => (event.type === "operation-failed" ? [event] : []));
}

test("a first version gets everything at once, without a gate", async () => {
  const { project, gates, deploy } = released();
  expect(await deploy(shop(1))).toMatchObject({ failed: 0, blocked: 0 });
  expect(await aliasOf(project)).toBe("1");
  expect(gates).toEqual([]);
});

test("a new version gets its shares one after the other, each judged by its gate", async () => {
  const shares: string[] = [];
  const { project, gates, clock, deploy, diff } = released(async () => {
    shares.push(await aliasOf(project));
    return true;
  });
  await deploy(shop(1));
  const startedAt = clock.now();
  expect(await deploy(shop(2))).toMatchObject({ failed: 0, blocked: 0 });
  expect(shares).toEqual([1, 5, 25, 50, 75].map((share) => `1, ${share / 100} to 2`));
  expect(await aliasOf(project)).toBe("2");
  expect(clock.now() - startedAt).toBeGreaterThanOrEqual(50 * 60_000);
  expect(gates[2]).toEqual({
    command: "npm run smoke",
    timeoutMs: 60_000,
    environment: {
      SCF_REGION: "ap-guangzhou",
      SCF_NAMESPACE: "default",
      SCF_FUNCTION: "orders",
      SCF_ALIAS: "live",
      SCF_OLD_VERSION: "1",
      SCF_NEW_VERSION: "2",
      SCF_STEP: "3",
      SCF_PERCENT: "25",
    },
  });
  expect(await diff(shop(2))).toMatchObject({ changes: [], warnings: [], notes: [] });
});

test("fails at the third of five gates: everything is back on the old version, and the next comparison is clean", async () => {
  const { project, deploy, diff } = released((gate) => gate.environment["SCF_STEP"] !== "3");
  await deploy(shop(1));
  expect(await deploy(shop(2))).toMatchObject({ failed: 1, blocked: 0 });
  expect(await aliasOf(project)).toBe("1");
  expect(failures(project)).toMatchObject([
    {
      code: "RELEASE_ROLLED_BACK",
      message:
        "The release of default/orders:live from version 1 to version 2 was rolled back at step 3 of 5 (25 %), because " +
        "gate `npm run smoke` failed: exit code 3. All requests go to version 1 again.\n  The gate printed:\n    orders: 500",
      fix: expect.stringContaining("--retry-releases"),
    },
  ]);
  const state = readState(`${project.folder}/state/shop`);
  expect(state?.unfinished).toEqual({});
  expect(state?.leftovers).toEqual({});
  const difference = await diff(shop(2));
  expect(difference).toMatchObject({ changes: [], notes: [] });
  expect(difference.warnings).toEqual([
    expect.stringMatching(
      /^shop\/orders\/live: .*stays on version 1: the release of version 2 was rolled back at step 3 of 5/,
    ),
  ]);
  project.platform.resetCalls();
  expect(await deploy(shop(2))).toMatchObject({ failed: 0, succeeded: 0 });
  expect(project.writes()).toEqual([]);
});

test("what a gate prints reaches a terminal without what would clear it, or move in it", async () => {
  const printed = "\u001b[2J\u001b[31mchecking\u001b[0m\t1\r\n50 %\r100 %\u0007\nno answer\r\n";
  const { project, deploy } = released(() => false, printed);
  await deploy(shop(1));
  await deploy(shop(2));
  expect(failures(project)[0]?.message).toContain(
    "\n  The gate printed:\n    checking\t1\n    50 %\n    100 %\n    no answer",
  );
});

describe("a release that was rolled back", () => {
  async function rolledBack() {
    let passes = false;
    const world = released(() => passes);
    await world.deploy(shop(1));
    await world.deploy(shop(2));
    passes = true;
    return world;
  }

  test("is tried again when it is asked for", async () => {
    const { project, clock, diff } = await rolledBack();
    const again = clock.run(
      project.withReconciler(shop(2), async (reconciler) => {
        const difference = await reconciler.difference({ retryReleases: true });
        expect(difference).toMatchObject({
          changes: [{ address: "shop/orders/live", operation: "update" }],
          warnings: [],
        });
        return reconciler.apply(difference, { purpose: "deploy" });
      }),
    );
    expect(await again).toMatchObject({ failed: 0 });
    expect(await aliasOf(project)).toBe("2");
    expect(await diff(shop(2))).toMatchObject({ changes: [], warnings: [], notes: [] });
  });

  test("fails again when it is tried again, and stays back", async () => {
    const { project, clock, deploy, diff } = released(() => false);
    await deploy(shop(1));
    await deploy(shop(2));
    const retried = await clock.run(
      project.withReconciler(shop(2), async (reconciler) =>
        reconciler.apply(await reconciler.difference({ retryReleases: true }), { purpose: "deploy" }),
      ),
    );
    expect(retried).toMatchObject({ failed: 1 });
    expect(await aliasOf(project)).toBe("1");
    expect(await diff(shop(2))).toMatchObject({ changes: [], warnings: [expect.any(String)] });
  });

  test("gives way to another version, from the old one", async () => {
    const { project, deploy, diff } = await rolledBack();
    expect(await deploy(shop(3))).toMatchObject({ failed: 0 });
    expect(await aliasOf(project)).toBe("3");
    expect(await diff(shop(3))).toMatchObject({ changes: [], warnings: [], notes: [] });
  });

  test("is tried again with other steps", async () => {
    const { project, deploy } = await rolledBack();
    const steps = fiveSteps.slice(0, 2);
    expect(await deploy(shop(2, { steps }))).toMatchObject({ failed: 0 });
    expect(await aliasOf(project)).toBe("2");
  });

  test("stays back while something else of the alias changes", async () => {
    const { project, deploy, diff } = await rolledBack();
    project.platform.resetCalls();
    expect(await deploy(shop(2, { description: "orders for all" }))).toMatchObject({ failed: 0 });
    expect(project.writes()).toEqual(["UpdateAlias"]);
    expect(await aliasOf(project)).toBe("1");
    expect(await diff(shop(2, { description: "orders for all" }))).toMatchObject({
      changes: [],
      warnings: [expect.stringContaining("stays on version 1")],
    });
  });

  test("is destroyed like any other", async () => {
    const { project, clock } = await rolledBack();
    expect(await clock.run(project.destroy(shop(2)))).toMatchObject({ failed: 0, blocked: 0 });
    expect((await project.platform.call("scf", "ListFunctions", {})).TotalCount).toBe(0);
  });
});

describe("a lost answer", () => {
  // Instances of version 2, the five shares, and everything.
  test.each([1, 3, 5, 6])(
    "of change %i of the alias is settled by a read: nothing is sent twice",
    async (nth) => {
      const { project, gates, deploy, diff } = released();
      await deploy(shop(1));
      project.platform.resetCalls();
      project.platform.addFault({ do: "drop-answer", match: { action: "UpdateAlias", nth } });
      expect(await deploy(shop(2))).toMatchObject({ failed: 0 });
      expect(await aliasOf(project)).toBe("2");
      expect(project.writes().filter((write) => write === "UpdateAlias")).toHaveLength(6);
      expect(gates.map(({ environment }) => environment["SCF_STEP"])).toEqual(["1", "2", "3", "4", "5"]);
      expect(await diff(shop(2))).toMatchObject({ changes: [], warnings: [], notes: [] });
    },
  );

  test("of the way back does not start the release again", async () => {
    const { project, gates, deploy, diff } = released((gate) => gate.environment["SCF_STEP"] !== "2");
    await deploy(shop(1, { instances: 5 }));
    project.platform.addFault({ do: "drop-answer", match: { action: "UpdateAlias", nth: 3 } });
    expect(await deploy(shop(2, { instances: 5 }))).toMatchObject({ failed: 1 });
    expect(failures(project)).toMatchObject([{ code: "RELEASE_ROLLED_BACK" }]);
    expect(await aliasOf(project)).toBe("1");
    expect(await instancesOf(project)).toEqual(["1: 5"]);
    expect(gates).toHaveLength(2);
    expect(await diff(shop(2, { instances: 5 }))).toMatchObject({ changes: [], notes: [] });
  });

  test("at the very end leaves no instances behind", async () => {
    const { project, deploy, diff } = released();
    await deploy(shop(1, { instances: 5 }));
    project.platform.addFault({ do: "drop-answer", match: { action: "UpdateAlias", nth: 6 } });
    expect(await deploy(shop(2, { instances: 5 }))).toMatchObject({ failed: 0 });
    expect(await instancesOf(project)).toEqual(["2: 5"]);
    expect(await diff(shop(2, { instances: 5 }))).toMatchObject({ changes: [], notes: [] });
  });
});

test("other steps alone change nothing", async () => {
  const { project, deploy, diff } = released();
  await deploy(shop(1));
  expect(await diff(shop(1, { steps: fiveSteps.slice(1) }))).toMatchObject({ changes: [], notes: [] });
  project.platform.resetCalls();
  await deploy(shop(1, { steps: fiveSteps.slice(1) }));
  expect(project.writes()).toEqual([]);
});

describe("instances of the alias's version", () => {
  const warm = { instances: 5 };

  test("are ready before the first step, and those of the old version stay until the last", async () => {
    const seen: string[][] = [];
    const { project, deploy, diff } = released(async () => {
      seen.push(await instancesOf(project));
      return true;
    });
    await deploy(shop(1, warm));
    expect(await instancesOf(project)).toEqual(["1: 5"]);
    await deploy(shop(2, warm));
    expect(seen).toEqual(Array.from({ length: 5 }, () => ["1: 5", "2: 5"]));
    expect(await instancesOf(project)).toEqual(["2: 5"]);
    expect(await diff(shop(2, warm))).toMatchObject({ changes: [], warnings: [], notes: [] });
  });

  test("fail with their version: those of the new one are given back", async () => {
    const { project, deploy, diff } = released(() => false);
    await deploy(shop(1, warm));
    expect(await deploy(shop(2, warm))).toMatchObject({ failed: 1, blocked: 0 });
    expect(await instancesOf(project)).toEqual(["1: 5"]);
    expect(await diff(shop(2, warm))).toMatchObject({ changes: [], notes: [] });
  });

  test("can be more, fewer, and none", async () => {
    const { project, deploy, diff } = released();
    await deploy(shop(1, warm));
    for (const [options, expected] of [
      [{ instances: 8 }, ["1: 8"]],
      [{ instances: 2 }, ["1: 2"]],
      [{}, []],
      [{ instances: 1 }, ["1: 1"]],
    ] as const) {
      await deploy(shop(1, options));
      expect(await instancesOf(project)).toEqual(expected);
      expect(await diff(shop(1, options))).toMatchObject({ changes: [], notes: [] });
    }
  });

  test("of an alias that somebody has deleted are given back, but for those of its version", async () => {
    const { project, deploy, diff } = released();
    await deploy(shop(1, warm));
    await project.platform.call("scf", "DeleteAlias", { FunctionName: "orders", Name: "live" });
    expect(await deploy(shop(2, warm))).toMatchObject({ failed: 0 });
    expect(await aliasOf(project)).toBe("2");
    expect(await instancesOf(project)).toEqual(["2: 5"]);
    expect(await diff(shop(2, warm))).toMatchObject({ changes: [], notes: [] });
  });

  test.each([
    ["made again", shop(2, warm), ["2: 5"]],
    ["made without instances", shop(2), []],
  ])(
    "of both versions, of an alias that is deleted in a release and %s, are given back",
    async (_, program, left) => {
      const { project, deploy, diff } = released(async (gate) => {
        if (gate.environment["SCF_STEP"] === "3") await project.platform.call("scf", "DeleteAlias", live);
        return true;
      });
      const live = { FunctionName: "orders", Name: "live" };
      await deploy(shop(1, warm));
      expect(await deploy(shop(2, warm))).toMatchObject({ failed: 1 });
      expect(await instancesOf(project)).toEqual(["1: 5", "2: 5"]);
      expect(await deploy(program)).toMatchObject({ failed: 0 });
      expect(await aliasOf(project)).toBe("2");
      expect(await instancesOf(project)).toEqual(left);
      expect(await diff(program)).toMatchObject({ changes: [], notes: [] });
    },
  );

  test("of an alias that somebody has deleted are given back where the program has none any more", async () => {
    const { project, deploy } = released();
    await deploy(shop(1, warm));
    await project.platform.call("scf", "DeleteAlias", { FunctionName: "orders", Name: "live" });
    const withoutAlias: Program = (stack) => {
      new scf.Function(stack, "orders", { ...node, name: "orders", code: codeOf(1) });
    };
    expect(await deploy(withoutAlias)).toMatchObject({ failed: 0 });
    expect(await instancesOf(project)).toEqual([]);
  });

  test("are given back with the alias", async () => {
    const { project, clock, deploy } = released();
    await deploy(shop(1, warm));
    expect(await clock.run(project.destroy(shop(1, warm)))).toMatchObject({ failed: 0, blocked: 0 });
  });
});

describe("a run that is asked to end", () => {
  test.each(["a wait", "a gate"])(
    "during %s ends there, and the next one goes on with that step",
    async (during) => {
      const stop = new AbortController();
      const gates: string[] = [];
      const { project, clock, deploy, diff } = released((gate) => {
        gates.push(gate.environment["SCF_STEP"] ?? "");
        if (during === "a gate" && gates.length === 2) stop.abort();
        if (during === "a wait" && gates.length === 1) clock.after(5 * 60_000, () => stop.abort());
        return !stop.signal.aborted || gates.length > 2;
      });
      await deploy(shop(1));
      const stopped = await clock.run(
        project.withReconciler(shop(2), async (reconciler) =>
          reconciler.apply(await reconciler.difference(), { purpose: "deploy", signal: stop.signal }),
        ),
      );
      expect(stopped).toMatchObject({ failed: 1 });
      expect(failures(project)).toMatchObject([
        {
          code: "INTERRUPTED",
          message:
            "The run was stopped. The release of default/orders:live stays at step 2 of 5: 5 % to version 2.",
        },
      ]);
      expect(await aliasOf(project)).toBe("1, 0.05 to 2");
      const { changes } = await diff(shop(2));
      expect(changes).toMatchObject([
        { steps: expect.arrayContaining([expect.stringContaining("continued at step 2")]) },
      ]);
      gates.length = 0;
      gates.push("", "");
      expect(await deploy(shop(2))).toMatchObject({ failed: 0 });
      expect(gates.slice(2)).toEqual(["2", "3", "4", "5"]);
      expect(await aliasOf(project)).toBe("2");
      expect(await diff(shop(2))).toMatchObject({ changes: [], warnings: [], notes: [] });
    },
  );

  test("and is followed by another version starts over with the first step", async () => {
    const stop = new AbortController();
    const gates: string[] = [];
    const { project, clock, deploy } = released((gate) => {
      gates.push(`${gate.environment["SCF_STEP"]} of ${gate.environment["SCF_NEW_VERSION"]}`);
      if (gates.length === 2) stop.abort();
      return true;
    });
    const warm = { instances: 5 };
    await deploy(shop(1, warm));
    await clock.run(
      project.withReconciler(shop(2, warm), async (reconciler) =>
        reconciler.apply(await reconciler.difference(), { purpose: "deploy", signal: stop.signal }),
      ),
    );
    expect(await instancesOf(project)).toEqual(["1: 5", "2: 5"]);
    expect(await deploy(shop(3, warm))).toMatchObject({ failed: 0 });
    expect(gates.slice(2)).toEqual(["1 of 3", "2 of 3", "3 of 3", "4 of 3", "5 of 3"]);
    expect(await aliasOf(project)).toBe("3");
    expect(await instancesOf(project)).toEqual(["3: 5"]);
  });
});

test("what a release is going to do is shown step by step", async () => {
  const { deploy, diff } = released();
  const warm = { instances: 5 };
  await deploy(shop(1, warm));
  expectGolden("release", `${renderDifference(await diff(shop(2, warm)), new Style(false))}\n`);
});
