import { spawnSync } from "child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import type { Kind } from "../../lib/kinds/kind";
import {
  PLAN_FORMAT,
  PLAN_VERSION,
  type Plan,
  type PlannedLifecycle,
  type PlannedOutput,
} from "../../lib/model/plan";
import type { Properties } from "../../lib/model/value";
import {
  createReconciler,
  hasChanges,
  readState,
  stateIn,
  type Change,
  type Difference,
  type Reconciler,
  type ReconcilerOptions,
  type RunEvent,
  type RunSummary,
  type State,
} from "../../lib/reconciler";
import { journalName, listStateFiles, snapshotName } from "../../lib/reconciler/state-files";
import { fakeKinds } from "./fake-kinds";
import { emptyWorld, FakePlatform, type World } from "./fake-platform";

const folders: string[] = [];

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "reconciler-"));
  folders.push(folder);
  return folder;
}

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export interface Resource {
  readonly kind: string;
  readonly properties: Properties;
  readonly dependsOn?: readonly string[];
  readonly lifecycle?: PlannedLifecycle;
}

export function box(name: string, properties: Properties = {}, dependsOn: readonly string[] = []): Resource {
  return { kind: "box", properties: { name, size: 1, ...properties }, dependsOn };
}

export function planOf(
  resources: Readonly<Record<string, Resource>>,
  outputs: Readonly<Record<string, PlannedOutput>> = {},
  stack = "shop",
): Plan {
  return {
    format: PLAN_FORMAT,
    formatVersion: PLAN_VERSION,
    stack,
    validated: true,
    provider: {
      region: "ap-guangzhou",
      account: { type: "standard" },
      platform: { type: "local", path: "x.db", delayMs: 0 },
      quotas: {},
    },
    resources: Object.keys(resources)
      .sort()
      .map((id) => {
        const { kind, properties, dependsOn = [], lifecycle } = resources[id] as Resource;
        const common = { address: `${stack}/${id}`, kind, properties, dependsOn };
        return lifecycle ? { ...common, lifecycle } : common;
      }),
    assets: [],
    outputs,
    dependsOnStacks: [],
  };
}

export const quick = {
  retryFirst: 1,
  retryMost: 5,
  pollFirst: 1,
  pollMost: 2,
  reconnect: [1, 1],
  lookAgain: [0, 1],
} as const;

/** One stack on one fake platform: what a person does with it, one command after the other. */
export class Project {
  readonly folder: string;
  readonly platform: FakePlatform;
  readonly events: RunEvent[] = [];
  environment: Record<string, string | undefined> = {};
  kinds: Readonly<Record<string, Kind>> = fakeKinds;
  options: Partial<ReconcilerOptions> = {};

  constructor(platform: World | FakePlatform = emptyWorld(), folder = temporaryFolder()) {
    this.platform = platform instanceof FakePlatform ? platform : new FakePlatform(platform);
    this.folder = folder;
  }

  get stateDirectory(): string {
    return join(this.folder, "shop");
  }

  /** The newest file of the state whose name begins so: `journal` or `snapshot`. */
  newest(kind: "journal" | "snapshot"): string {
    const { journals, snapshots } = listStateFiles(this.stateDirectory);
    const name = kind === "journal" ? journalName(journals.at(-1) ?? NaN) : snapshotName(snapshots[0] ?? NaN);
    return join(this.stateDirectory, name);
  }

  reconciler(plan: Plan | undefined): Reconciler {
    return createReconciler({
      stack: "shop",
      state: stateIn(this.stateDirectory),
      ...(plan ? { plan } : {}),
      kinds: this.kinds,
      openPlatform: () => Promise.resolve(this.platform),
      stateOf: () => undefined,
      environment: this.environment,
      onEvent: (event) => this.events.push(event),
      timing: quick,
      ...this.options,
    });
  }

  difference(plan: Plan | undefined, destroy = false): Promise<Difference> {
    return this.reconciler(plan).difference({ destroy });
  }

  async deploy(plan: Plan | undefined, destroy = false): Promise<RunSummary> {
    const reconciler = this.reconciler(plan);
    const difference = await reconciler.difference({ destroy });
    this.events.length = 0;
    this.platform.calls.length = 0;
    return reconciler.apply(difference, { purpose: "deploy" });
  }

  /** Deploys, and makes sure that there is nothing left to do and that doing it writes nothing. */
  async converge(plan: Plan | undefined, destroy = false): Promise<RunSummary> {
    const summary = await this.deploy(plan, destroy);
    expect(this.failures()).toEqual([]);
    await this.expectNothingToDo(plan, destroy);
    return summary;
  }

  async expectNothingToDo(plan: Plan | undefined, destroy = false): Promise<void> {
    const writesBefore = this.platform.writes.length;
    const reconciler = this.reconciler(plan);
    const difference = await reconciler.difference({ destroy });
    expect(difference.changes).toEqual([]);
    expect(hasChanges(difference)).toBe(false);
    await reconciler.apply(difference, { purpose: "deploy" });
    expect(this.platform.writes.length).toBe(writesBefore);
    expect(this.state?.unfinished ?? {}).toEqual({});
    expect(this.state?.leftovers ?? {}).toEqual({});
  }

  get state(): State | undefined {
    return readState(this.stateDirectory);
  }

  failures(): string[] {
    return this.events.flatMap((event) =>
      event.type === "operation-failed" ? [`${event.address}: ${event.code}: ${event.message}`] : [],
    );
  }

  told(type: RunEvent["type"]): RunEvent[] {
    return this.events.filter((event) => event.type === type);
  }

  /** Addresses in the order in which their operations ended. */
  finished(): string[] {
    return this.events.flatMap((event) => (event.type === "operation-finished" ? [event.address] : []));
  }

  /** Everything that was ever written or told, as one text. */
  everything(): string {
    const files = existsSync(this.stateDirectory) ? readdirSync(this.stateDirectory) : [];
    return [
      ...files.map((file) => readFileSync(join(this.stateDirectory, file), "utf8")),
      JSON.stringify(this.events),
    ].join("\n");
  }

  /** The same project at this moment, as it would be found after a power failure. */
  fork(): Project {
    const folder = temporaryFolder();
    if (existsSync(this.stateDirectory))
      cpSync(this.stateDirectory, join(folder, "shop"), { recursive: true });
    const fork = new Project(this.platform.fork(), folder);
    fork.environment = this.environment;
    fork.kinds = this.kinds;
    fork.options = this.options;
    fork.killHolder();
    return fork;
  }

  /** Makes the holder of the lock a process that is gone. */
  killHolder(): void {
    const path = join(this.stateDirectory, "lock.json");
    if (!existsSync(path)) return;
    const holder = JSON.parse(readFileSync(path, "utf8")) as object;
    writeFileSync(path, JSON.stringify({ ...holder, pid: deadProcess() }));
  }
}

let dead: number | undefined;

/** The number of a process that has ended. */
export function deadProcess(): number {
  dead ??= spawnSync(process.execPath, ["-e", ""]).pid;
  return dead;
}

export function change(difference: Difference, id: string): Change {
  const found = difference.changes.find(({ address }) => address === `shop/${id}`);
  if (!found)
    throw new Error(`no change of ${id} among ${difference.changes.map((one) => one.address).join()}`);
  return found;
}

export function operations(difference: Difference): string[] {
  return difference.changes.map(({ operation, address }) => `${operation} ${address.slice(5)}`);
}
