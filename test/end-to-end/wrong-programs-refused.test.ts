import * as path from "node:path";
import { App } from "cdktf";
import { matchesHash } from "../../lib/assets";
import { kinds } from "../../lib/kinds";
import type { Kind } from "../../lib/kinds/kind";
import type { Plan } from "../../lib/model/plan";
import { openLocalPlatform } from "../../lib/platform/local";
import { createReconciler, type RunEvent, stagedPackages, stateIn } from "../../lib/reconciler";
import { readPlan, TestStack } from "../constructs/app";
import { wrongPrograms, type WrongProgram } from "../constructs/wrong-programs";
import { temporaryFolder } from "../temporary-folder";

/** Deploys a program that nobody has checked, and tells with which codes the platform refused it. */
async function refusals(program: WrongProgram): Promise<string[]> {
  const folder = temporaryFolder();
  const app = new App({ outdir: path.join(folder, "out"), skipValidation: true });
  program.declare(new TestStack(app, "shop"), app);
  app.synth();
  const plan = await withRealLoadBalancers(
    { ...readPlan(app, "shop"), validated: true },
    path.join(folder, "db"),
  );
  const events: RunEvent[] = [];
  const reconciler = createReconciler({
    stack: "shop",
    state: stateIn(path.join(folder, "state")),
    plan,
    packages: stagedPackages(path.join(app.outdir, "stacks", "shop"), matchesHash),
    kinds: kinds as Readonly<Record<string, Kind>>,
    openPlatform: async () =>
      openLocalPlatform({ path: path.join(folder, "db"), region: plan.provider.region }),
    stateOf: () => undefined,
    environment: {},
    onEvent: (event) => events.push(event),
  });
  await reconciler.apply(await reconciler.difference(), { purpose: "deploy" });
  await reconciler.close();
  return events.flatMap((event) => (event.type === "operation-failed" ? [event.code] : []));
}

/** The programs name load balancers that do not exist: makes them as they are described, and puts their ids in. */
async function withRealLoadBalancers(plan: Plan, file: string): Promise<Plan> {
  const ids = new Map<string, string>();
  for (const { properties } of plan.resources) {
    const named = properties["loadBalancerId"];
    if (!("loadBalancer" in properties) || typeof named !== "string" || ids.has(named)) continue;
    const { region, generation, scheme } = properties["loadBalancer"] as {
      region: string;
      generation?: string;
      scheme?: string;
    };
    const platform = openLocalPlatform({ path: file, region });
    const made = await platform.call("clb", "CreateLoadBalancer", {
      LoadBalancerType: scheme === "private" ? "INTERNAL" : "OPEN",
      Forward: generation === "classic" ? 0 : 1,
    });
    await platform.close();
    ids.set(named, made.LoadBalancerIds?.[0] ?? "");
  }
  let text = JSON.stringify(plan);
  for (const [named, real] of ids) text = text.replaceAll(JSON.stringify(named), JSON.stringify(real));
  return JSON.parse(text) as Plan;
}

describe("what a rule forbids", () => {
  test.each(
    wrongPrograms
      .filter(({ refused }) => refused !== undefined)
      .map((program) => [program.rule, program] as const),
  )("fails on the platform as well: %s", async (_, program) => {
    expect(await refusals(program)).toContain(program.refused);
  });

  test("is refused by the platform, but for what only the program knows", () => {
    const unseen = wrongPrograms.filter(({ refused }) => refused === undefined).map(({ rule }) => rule);
    expect(unseen.sort()).toEqual([
      "BCK-ALOG",
      "BCK-ENI",
      "CON-KIND",
      "FN-TZ",
      "K8S-NET",
      "K8S-NODE",
      "MOVED",
      "QTA-SAME",
      "QTA-VALUE",
      "REL-GATE",
      "REL-PROV",
      "REL-STEPS",
      "RT-LIST",
    ]);
  });
});
