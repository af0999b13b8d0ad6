import * as path from "node:path";
import { App } from "cdktf";
import { matchesHash } from "../../lib/assets";
import { kinds } from "../../lib/kinds";
import type { Kind } from "../../lib/kinds/kind";
import { openLocalPlatform, type LocalPlatform } from "../../lib/platform/local";
import {
  createReconciler,
  readState,
  stagedPackages,
  stateIn,
  type Difference,
  type ReconcilerOptions,
  type RunEvent,
  type RunSummary,
} from "../../lib/reconciler";
import { readPlan, TestStack } from "../constructs/app";
import { temporaryFolder } from "../temporary-folder";

export type Program = (stack: TestStack) => void;
type Timing = NonNullable<ReconcilerOptions["timing"]>;
type Work<T> = (reconciler: ReturnType<typeof createReconciler>) => Promise<T>;

/** A project on one local platform: programs go in at the top, calls come out at the bottom. */
export class Project {
  readonly folder = temporaryFolder();
  readonly platform: LocalPlatform;
  readonly events: RunEvent[] = [];
  private readonly timing: Timing;
  private readonly runGate: ReconcilerOptions["runGate"];

  constructor({
    timing,
    runGate,
    ...options
  }: { delayMs?: number; timing?: Timing; runGate?: NonNullable<ReconcilerOptions["runGate"]> } = {}) {
    this.timing = timing ?? {};
    this.runGate = runGate;
    this.platform = openLocalPlatform({
      path: path.join(this.folder, "local.db"),
      region: "ap-guangzhou",
      ...options,
    });
  }

  async loadBalancer(): Promise<string> {
    const made = await this.platform.call("clb", "CreateLoadBalancer", { LoadBalancerType: "OPEN" });
    return made.LoadBalancerIds?.[0] ?? "";
  }

  async diff(program: Program): Promise<Difference> {
    return this.withReconciler(program, (reconciler) => reconciler.difference());
  }

  async deploy(program: Program): Promise<RunSummary> {
    return this.withReconciler(program, async (reconciler) =>
      reconciler.apply(await reconciler.difference(), { purpose: "deploy" }),
    );
  }

  async destroy(program: Program): Promise<RunSummary> {
    return this.withReconciler(program, async (reconciler) =>
      reconciler.apply(await reconciler.difference({ destroy: true }), { purpose: "destroy" }),
    );
  }

  /** Deploys, and tells which writes the platform has seen, in order. */
  async writesOf(program: Program): Promise<string[]> {
    this.platform.resetCalls();
    await this.deploy(program);
    return this.writes();
  }

  writes(): string[] {
    return this.platform
      .calls()
      .filter((call) => call.write)
      .map((call) => call.action);
  }

  /** The same for an app that declares its stacks itself; one of them is deployed. */
  async writesOfApp(stack: string, declare: (app: App) => void): Promise<string[]> {
    this.platform.resetCalls();
    await this.withStack(stack, declare, async (reconciler) =>
      reconciler.apply(await reconciler.difference(), { purpose: "deploy" }),
    );
    return this.writes();
  }

  withReconciler<T>(program: Program, work: Work<T>): Promise<T> {
    return this.withStack("shop", (app) => program(new TestStack(app, "shop")), work);
  }

  private async withStack<T>(stack: string, declare: (app: App) => void, work: Work<T>): Promise<T> {
    const app = new App({ outdir: path.join(this.folder, "cdktf.out") });
    declare(app);
    app.synth();
    const reconciler = createReconciler({
      stack,
      state: stateIn(path.join(this.folder, "state", stack)),
      plan: readPlan(app, stack),
      packages: stagedPackages(path.join(app.outdir, "stacks", stack), matchesHash),
      kinds: kinds as Readonly<Record<string, Kind>>,
      openPlatform: async () => ({ ...openHandle(this.platform) }),
      stateOf: (other) => readState(path.join(this.folder, "state", other)),
      environment: process.env,
      timing: this.timing,
      ...(this.runGate ? { runGate: this.runGate } : {}),
      onEvent: (event) => this.events.push(event),
    });
    try {
      return await work(reconciler);
    } finally {
      await reconciler.close();
    }
  }
}

/** The platform as a run sees it: closing it ends the run's use of it, not the platform. */
function openHandle(platform: LocalPlatform): Pick<LocalPlatform, "region" | "call" | "close"> {
  return {
    region: platform.region,
    call: (...call) => platform.call(...call),
    close: async () => undefined,
  };
}
