import * as fs from "node:fs";
import * as path from "node:path";
import { ownerMark } from "../../lib/reconciler/owner";
import { ended, printed } from "../cli/project";
import { credentials, realTime, type Ended } from "./project";
import {
  deploy,
  filesBelow,
  problemsOf,
  Shop,
  shop,
  undisturbed,
  unsettled,
  wholeShop,
  type PlatformSettings,
  type Undisturbed,
} from "./shop";
import { differences } from "./sweep";

/*
 * One test per fault that a deploy has to survive: on the real command line, with a platform that it reaches over HTTP, with
 * processes that are killed and answers that are lost. Afterwards everything on the platform and every write that it accepted
 * are as after a run that nothing disturbed, and the next deploy has nothing to do.
 */
const repeat = Number(process.env["FAULTS_REPEAT"] ?? "1");
/** `npm test` shows one of each sort; CI and `npm run test:faults` all of them. */
const SAMPLE = "1,3,7,10,12,15,16,22,25,28";
const only = process.env["FAULTS_ONLY"] ?? SAMPLE;
const chosen = only === "all" ? undefined : only.split(",").map(Number);

/** What a test has made goes with it, but for what the next ones begin with. */
const made: Shop[] = [];
const kept = new Set<Shop>();
const bases = new Map<string, Promise<Shop>>();
const runs = new Map<string, Promise<Undisturbed>>();

/** A copy of a shop that was not deployed yet. */
async function newShop(program = wholeShop, settings?: PlatformSettings): Promise<Shop> {
  const key = program + JSON.stringify(settings);
  let base = bases.get(key);
  if (!base) bases.set(key, (base = Shop.make(program, settings)));
  const copy = await (await base).copy();
  made.push(copy);
  return copy;
}

async function once(key: string, make: () => Promise<Undisturbed>): Promise<Undisturbed> {
  let run = runs.get(key);
  if (!run) runs.set(key, (run = make()));
  const { base, after } = await run;
  kept.add(base).add(after);
  return run;
}

/** The first deploy, the one that changes, and the destroy after it: before, and as nothing disturbs them. */
function creating(program = wholeShop, settings?: PlatformSettings): Promise<Undisturbed> {
  return once(`create ${program} ${JSON.stringify(settings)}`, async () =>
    undisturbed(await newShop(program, settings)),
  );
}

function changing(program = wholeShop, state = "second"): Promise<Undisturbed> {
  return once(`${state} ${program}`, async () => {
    const changed = await (await creating(program)).after.copy();
    await changed.synth(state);
    return undisturbed(changed);
  });
}

function destroying(): Promise<Undisturbed> {
  return once("destroy", async () =>
    undisturbed((await creating()).after, ["destroy", "shop", "--auto-approve"]),
  );
}

async function from({ base }: Undisturbed): Promise<Shop> {
  const copy = await base.copy();
  made.push(copy);
  return copy;
}

const said = ({ stdout, stderr }: Ended): string => stdout + stderr;

function expectSuccess(end: Ended): void {
  const told = end.exitCode === 0 ? "" : lines(said(end), /\S/).slice(-15).join("\n");
  expect({ exitCode: end.exitCode, said: told }).toEqual({ exitCode: 0, said: "" });
}

async function expectAsUndisturbed(shop: Shop, run: Undisturbed): Promise<void> {
  expect(await problemsOf(shop, run)).toEqual([]);
}

/** Killed, run again: as undisturbed. Gives what the second run said. */
async function expectContinued(
  run: Undisturbed,
  at: string,
  argv: readonly string[] = deploy,
): Promise<string> {
  const shop = await from(run);
  await shop.killed(at, argv);
  const end = await shop.run(argv);
  expectSuccess(end);
  if (argv === deploy) await expectAsUndisturbed(shop, run);
  // A deploy after a destroy has everything to do.
  else expect(differences(run.expected, shop.outcome(run.since))).toEqual([]);
  return said(end);
}

const lines = (text: string, pattern: RegExp): string[] =>
  text.split("\n").filter((line) => pattern.test(line));

/** A run that hangs in the middle of its first function, and tells when it is there. */
async function inTheMiddle(
  shop: Shop,
  ms: number,
  { argv = deploy, environment = {} }: { argv?: readonly string[]; environment?: NodeJS.ProcessEnv } = {},
) {
  await shop.fault({ do: "delay", ms, match: { action: "CreateFunction" } });
  const child = await shop.begin(argv, environment);
  const end = ended(child);
  await printed(child, "creating function");
  while (child.exitCode === null && (await shop.struck()) === 0)
    await new Promise((resolve) => setTimeout(resolve, 10));
  return { child, end };
}

const newestJournal = (shop: Shop): string => {
  const [file] = shop.project.stateFiles(/^journal.*\.log$/).filter((name) => fs.statSync(name).size > 0);
  if (file === undefined) throw new Error("There is no journal that holds anything.");
  return file;
};

const faults: Readonly<Record<number, readonly [string, (round: number) => Promise<void>]>> = {
  1: [
    "killed after CreateFunction was accepted: the next run finds its mark and continues, and says so in one line",
    async (round) => {
      const run = await creating();
      const shop = await from(run);
      await shop.killed(`after scf.CreateFunction#${1 + (round % 2)}`);
      // Both functions are made at the same time: the other one may have been accepted, or even be done, as well.
      const made = shop.project.acceptedWrites(run.since).filter((call) => call.includes("CreateFunction"));
      const end = await shop.deploy();
      expectSuccess(end);
      await expectAsUndisturbed(shop, run);
      const told = lines(said(end), /^\s*↻ function /).map((line) => /default\/([\w-]+):/.exec(line)?.[1]);
      expect(told.length).toBeGreaterThan(0);
      expect(new Set(told).size).toBe(told.length);
      expect(made).toEqual(expect.arrayContaining(told.map((name) => `scf.CreateFunction default/${name}`)));
    },
  ],
  2: [
    "killed before the request left: created once",
    async (round) => {
      const actions = [
        "CreateFunction",
        "PublishVersion",
        "CreateAlias",
        "CreateTrigger",
        "PublishLayerVersion",
      ];
      await expectContinued(await creating(), `before scf.${actions[round % actions.length]}`);
    },
  ],
  3: [
    "meanwhile somebody else made an object of that name: a conflict that names it and the import, nothing touched",
    async () => {
      const shop = await from(await creating());
      await shop.killed("before scf.CreateFunction#1");
      const content = fs.readFileSync(
        filesBelow(shop.project.file("cdktf.out")).find((file) => file.endsWith(".zip")) ?? "",
      );
      for (const FunctionName of ["shop-orders", "reports"]) {
        const Code = { ZipFile: content.toString("base64") };
        await shop.call("scf", "CreateFunction", {
          FunctionName,
          Runtime: "Nodejs16.13",
          Handler: "index.main_handler",
          Code,
        });
      }
      const strangers = shop.project.platformState();
      const end = await shop.deploy();
      expect(end.exitCode).toBe(1);
      expect(said(end)).toMatch(/default\/shop-orders/);
      expect(said(end)).toMatch(/cdktf-scf import shop\/orders/);
      const { functions, versions } = shop.project.platformState();
      expect({ functions, versions }).toEqual({
        functions: strangers.functions,
        versions: strangers.versions,
      });
    },
  ],
  4: [
    "the answer is lost and the process lives: it reads first, and what is ours is success",
    async () => {
      const run = await creating();
      const shop = await from(run);
      const actions = [
        "CreateRole",
        "CreateFunction",
        "CreateAlias",
        "CreateTrigger",
        "CreateListener",
        "CreateRule",
      ];
      for (const action of [...actions, "RegisterFunctionTargets"]) {
        await shop.fault({ do: "drop-answer", match: { action } });
      }
      expectSuccess(await shop.deploy());
      expect(await shop.struck()).toBe(actions.length + 1);
      await shop.clearFaults();
      await expectAsUndisturbed(shop, run);

      const change = await changing();
      const changed = await from(change);
      for (const action of [
        "UpdateFunctionCode",
        "UpdateFunctionConfiguration",
        "UpdateAlias",
        "DeleteFunction",
      ]) {
        await changed.fault({ do: "drop-answer", match: { action } });
      }
      expectSuccess(await changed.deploy());
      expect(await changed.struck()).toBe(4);
      await changed.clearFaults();
      await expectAsUndisturbed(changed, change);
    },
  ],
  5: [
    "a create that is repeated is told that the object exists: it is ours",
    async () => {
      const run = await creating();
      const shop = await from(run);
      const actions = [
        "CreateRole",
        "CreateFunction",
        "CreateAlias",
        "CreateTrigger",
        "CreateListener",
        "PublishVersion",
      ];
      for (const action of actions) {
        await shop.fault({ do: "fail", code: "InternalError", accepted: true, match: { action } });
      }
      expectSuccess(await shop.deploy());
      expect(await shop.struck()).toBe(actions.length);
      await shop.clearFaults();
      await expectAsUndisturbed(shop, run);
    },
  ],
  6: [
    "killed inside a create of several calls: the missing calls are made, nothing is deleted and made again",
    async (round) => {
      const program = shop(`
        const orders = new scf.Function(stack, "orders", { runtime, handler, code: code("orders") });
        const metric = orders.currentVersion.metrics.errors();
        new scf.AlarmPolicy(stack, "alarms", { conditions: [{ metric, comparison: ">", threshold: 5 }] });
      `);
      const points = ["after monitor.CreateAlarmPolicy", "before monitor.BindingPolicyObject"];
      await expectContinued(await creating(program), points[round % 2] as string);
    },
  ],
  7: [
    "PublishVersion and PublishLayerVersion are accepted and their answers lost: exactly one version",
    async () => {
      const run = await creating();
      const shop = await from(run);
      for (const action of ["PublishVersion", "PublishLayerVersion"]) {
        await shop.fault({ do: "drop-answer", match: { action } });
      }
      expectSuccess(await shop.deploy());
      expect(await shop.struck()).toBe(2);
      await shop.clearFaults();
      await expectAsUndisturbed(shop, run);
      await expectContinued(run, "after scf.PublishVersion");
      await expectContinued(await changing(), "after scf.PublishLayerVersion");
    },
  ],
  8: [
    "killed in a delete after acceptance: gone is success",
    async (round) => {
      const actions = [
        "scf.DeleteFunction",
        "scf.DeleteAlias",
        "clb.DeleteListener",
        "cam.DeleteRole",
        "scf.DeleteLayerVersion",
      ];
      const at = `after ${actions[round % actions.length]}`;
      await expectContinued(await destroying(), at, ["destroy", "shop", "--auto-approve"]);
    },
  ],
  9: [
    "an old-first replace is killed between delete and create: the next run creates, dependents stay right",
    async () => {
      await expectContinued(await changing(), "after scf.DeleteFunction");
      await expectContinued(await changing(), "before scf.CreateFunction");
    },
  ],
  10: [
    "a new-first replace is killed after the create: the new one is adopted, the old one goes once",
    async () => {
      await expectContinued(await changing(), "after scf.PublishLayerVersion");
      await expectContinued(await changing(), "after scf.PublishVersion");
    },
  ],
  11: [
    "a replace is killed, then the resource leaves the program: every leftover is cleaned up",
    async () => {
      const shop = await from(await changing());
      // Both layers have a new version that nobody knows of, and one of the layers leaves the program.
      await shop.killed("after scf.PublishLayerVersion#2");
      await shop.synth("without extra");
      expectSuccess(await shop.deploy());
      const run = await changing(wholeShop, "without extra");
      const withoutNumbers = ({ layers: _, ...rest }: typeof run.expected.platform) => rest;
      expect(withoutNumbers(shop.project.platformState())).toEqual(withoutNumbers(run.expected.platform));
      expect(await unsettled(shop)).toEqual([]);
    },
  ],
  12: [
    "the last record is torn, or followed by zeros: cut, said, and what it was about is looked up",
    async () => {
      const told = await expectContinued(await creating(), "torn writeSync journal#9");
      expect(told).toMatch(/torn/);
      const run = await creating();
      const shop = await from(run);
      await shop.killed("after scf.CreateFunction#1");
      fs.appendFileSync(newestJournal(shop), Buffer.alloc(4096));
      expectSuccess(await shop.deploy());
      await expectAsUndisturbed(shop, run);
    },
  ],
  13: [
    "damage in the middle of a journal or a snapshot, or an empty state file: refused, the last good snapshot named",
    async () => {
      const run = await changing();
      const damages: readonly [RegExp, (bytes: Buffer) => Buffer][] = [
        [/^journal.*\.log$/, flippedAtTheBeginning],
        [/^(state|snapshot)(\.\d+)?\.json$/, flipped],
        [/^(state|snapshot)(\.\d+)?\.json$/, () => Buffer.alloc(0)],
      ];
      for (const [pattern, damage] of damages) {
        const shop = await from(run);
        await shop.killed("after scf.UpdateFunctionCode");
        const file = shop.project.stateFiles(pattern).find((name) => fs.statSync(name).size > 0) ?? "";
        fs.writeFileSync(file, damage(fs.readFileSync(file)));
        const since = shop.project.lastCall();
        const end = await shop.deploy();
        expect([end.exitCode, end.stdout]).toEqual([1, ""]);
        expect(end.stderr).toContain(`${path.basename(file)} is damaged`);
        expect(end.stderr).toMatch(/last good snapshot is \S+\.json/);
        expect(shop.project.acceptedWrites(since)).toEqual([]);
      }
    },
  ],
  14: [
    "no room for the journal: nothing new is begun, what runs ends, results are said, and the next run does the rest",
    async () => {
      const run = await creating();
      const shop = await from(run);
      await shop.start();
      const end = await shop.project.limited(5, deploy, shop.environment);
      expect(end.signal).toBeNull();
      expect(end.exitCode).toBe(1);
      expect(said(end)).toMatch(/cannot be written to \S*journal\S*\.log: E/);
      const left = run.expected.writes.length - shop.project.acceptedWrites(run.since).length;
      expect(left).toBeGreaterThan(0);
      expectSuccess(await shop.deploy());
      await expectAsUndisturbed(shop, run);
    },
  ],
  15: [
    "two runs at once: the second fails and names the holder; a dead holder's lock is taken over",
    async () => {
      const run = await creating();
      const shop = await from(run);
      const first = await inTheMiddle(shop, 300);
      // It stays in the middle for as long as the second one takes to come to its lock.
      first.child.kill("SIGSTOP");
      try {
        const second = await shop.deploy();
        expect(second.exitCode).toBe(1);
        expect(said(second)).toMatch(new RegExp(`process ${first.child.pid} on \\S+ since \\d\\d:\\d\\d`));
      } finally {
        first.child.kill("SIGCONT");
      }
      expect(await first.end).toMatchObject({ exitCode: 0 });
      await expectAsUndisturbed(shop, run);

      const other = await from(run);
      const dying = await inTheMiddle(other, 1500);
      dying.child.kill("SIGKILL");
      await dying.end;
      await other.clearFaults();
      expectSuccess(await other.deploy());
      await expectAsUndisturbed(other, run);
    },
  ],
  16: [
    "a holder is paused while another takes over: it cannot write any more, and stops before its next call",
    async () => {
      const run = await creating();
      const shop = await from(run);
      // One at a time: what it was about to send when it was paused, nobody could take back.
      const paused = await inTheMiddle(shop, 300, { argv: [...deploy, "--parallelism", "1"] });
      paused.child.kill("SIGSTOP");
      try {
        await shop.clearFaults();
        expectSuccess(await shop.run(["unlock", "shop", "--force", "--auto-approve"]));
        expectSuccess(await shop.deploy());
        const since = shop.project.lastCall();
        paused.child.kill("SIGCONT");
        const end = await paused.end;
        expect(end.exitCode).toBe(1);
        expect(end.output).toMatch(/taken over|was removed/);
        expect(shop.project.acceptedWrites(since)).toEqual([]);
      } finally {
        paused.child.kill("SIGKILL");
        await paused.end;
      }
      await expectAsUndisturbed(shop, run);
    },
  ],
  17: [
    "throttling with 200 operations: none fails, and none is made twice",
    async () => {
      const rate = 25;
      const program = shop(
        `for (let number = 0; number < 200; number++) new scf.Role(stack, "role-" + number);`,
      );
      const shopOfRoles = await newShop(program, { rateLimit: rate });
      const end = await shopOfRoles.run(deploy, realTime);
      expectSuccess(end);
      expect(said(end)).not.toMatch(/failed/);
      // How long it takes is shown where time does not depend on the machine: test/reconciler/rate.test.ts.
      const calls = await shopOfRoles.project.onPlatform((platform) =>
        platform.calls().filter(({ action }) => action === "CreateRole"),
      );
      expect(calls.filter(({ accepted }) => accepted)).toHaveLength(200);
      expect(calls.length).toBeGreaterThan(200);
    },
  ],
  18: [
    "an object is busy: the run waits until it can be changed, and says what it waits for",
    async () => {
      const run = await changing();
      const shop = await from(run);
      const message = "The function default/shop-orders is Updating";
      const code = "FailedOperation.FunctionStatusError";
      const match = { action: "UpdateFunctionCode", times: 5 };
      await shop.fault({ do: "fail", code, message, match });
      const end = await shop.deploy("--json");
      expectSuccess(end);
      expect(lines(end.stdout, /"operation-waiting".*FunctionStatusError/).length).toBeGreaterThan(0);
      expect(await shop.struck()).toBe(5);
      await shop.clearFaults();
      await expectAsUndisturbed(shop, run);
    },
  ],
  19: [
    "reads lag behind writes: what we have just made is not taken for absent",
    async () => {
      const run = await creating();
      const shop = await from(run);
      const actions = [
        "CreateFunction",
        "PublishVersion",
        "CreateAlias",
        "CreateTrigger",
        "CreateRule",
        "PublishLayerVersion",
      ];
      for (const action of actions) {
        await shop.fault({ do: "lag", ms: 300, match: { action, times: "always" } });
      }
      expectSuccess(await shop.run(deploy, realTime));
      expect(await shop.struck()).toBeGreaterThanOrEqual(actions.length);
      await shop.clearFaults();
      await new Promise((resolve) => setTimeout(resolve, 350));
      await expectAsUndisturbed(shop, run);
    },
  ],
  20: [
    "deleted outside: shown, and made again together with what hung on it",
    async () => {
      const run = await creating();
      const shop = await (await creating()).after.copy();
      made.push(shop);
      const LoadBalancerId = "lb-12345678";
      const targets = await shop.call("clb", "DescribeTargets", { LoadBalancerId });
      const [listener] = targets["Listeners"] as { ListenerId: string; Rules: { LocationId: string }[] }[];
      await shop.call("clb", "DeleteListener", { LoadBalancerId, ListenerId: listener?.ListenerId });
      await shop.call("scf", "DeleteAlias", { FunctionName: "shop-orders", Name: "live" });
      await shop.call("scf", "DeleteFunction", { FunctionName: "shop-orders" });
      const diff = await shop.run(["diff", "--skip-synth"]);
      expect(diff.exitCode).toBe(2);
      expect(diff.stdout).toMatch(/function default\/shop-orders[\s\S]*deleted outside/);
      expectSuccess(await shop.deploy());
      // Only the generation in the mark tells that it is another object.
      const plain = (state: ReturnType<Shop["project"]["platformState"]>) =>
        JSON.parse(JSON.stringify(state).replace(/(<state>[0-9a-f]{20}g)\d+/g, "$1")) as unknown;
      expect(plain(shop.project.platformState())).toEqual(plain(run.expected.platform));
      expect(await unsettled(shop)).toEqual([]);
    },
  ],
  21: [
    "changed outside: recorded, live and wanted are shown, deploy restores, refresh only records",
    async () => {
      const run = await creating();
      const shop = await run.after.copy();
      made.push(shop);
      await shop.call("scf", "UpdateFunctionConfiguration", { FunctionName: "shop-orders", MemorySize: 512 });
      const drift = await shop.run(["drift", "shop", "--skip-synth"]);
      expect(drift.exitCode).toBe(2);
      for (const value of ["memory", "128", "512"]) expect(drift.stdout).toContain(value);
      const since = shop.project.lastCall();
      expectSuccess(await shop.run(["refresh", "shop", "--skip-synth", "--auto-approve"]));
      expect(shop.project.acceptedWrites(since)).toEqual([]);
      const shown = await shop.run(["state", "show", "shop/orders", "--json"]);
      expect(JSON.parse(shown.stdout)).toMatchObject({ properties: { memory: 512 } });
      expectSuccess(await shop.deploy());
      expect(shop.project.platformState()).toEqual(run.expected.platform);
      expect(await unsettled(shop)).toEqual([]);
    },
  ],
  22: [
    "Ctrl-C once and twice, and SIGTERM: exit code 130, and the next run does the rest",
    async () => {
      const run = await creating();
      for (const signals of [["SIGINT"], ["SIGINT", "SIGINT"], ["SIGTERM"]] as const) {
        const shop = await from(run);
        const { child, end } = await inTheMiddle(shop, 500);
        const stopping = printed(child, "Stopping");
        child.kill(signals[0]);
        if (signals.length > 1) {
          await stopping;
          child.kill(signals[1]);
        }
        void stopping.catch(() => undefined);
        expect(await end).toMatchObject({ exitCode: 130 });
        await shop.clearFaults();
        expectSuccess(await shop.deploy());
        await expectAsUndisturbed(shop, run);
      }
    },
  ],
  23: [
    "one of many fails for good: the others end, dependents name it, exit code 1, and the next run does the rest",
    async () => {
      const run = await creating();
      const shop = await from(run);
      const match = { action: "CreateFunction", resource: "shop-orders", times: "always" } as const;
      await shop.fault({ do: "fail", code: "LimitExceeded.Function", match });
      const end = await shop.deploy();
      expect(end.exitCode).toBe(1);
      expect(said(end)).toMatch(/alias \S+ not done: it comes after \S*orders/);
      expect(shop.project.acceptedWrites(run.since)).toEqual(
        expect.arrayContaining(["scf.CreateFunction default/reports", "clb.CreateListener lb"]),
      );
      await shop.clearFaults();
      expectSuccess(await shop.deploy());
      await expectAsUndisturbed(shop, run);
    },
  ],
  24: [
    "credentials expire in the run: one refresh and retry, and when that does not help nothing more is begun",
    async () => {
      const run = await creating();
      const shop = await from(run);
      const code = "AuthFailure.TokenFailure";
      // Somebody's tool renews the credentials in the file that they are taken from while the run goes on.
      const write = (token: string): void =>
        shop.project.write({
          ".tencentcloud/credentials": `[default]\nsecret_id = ${credentials.TENCENTCLOUD_SECRET_ID}\nsecret_key = ${credentials.TENCENTCLOUD_SECRET_KEY}\ntoken = ${token}\n`,
        });
      write("first");
      await shop.fault({ do: "fail", code, match: { action: "CreateAlias" } });
      const fromFile = {
        HOME: shop.project.directory,
        TENCENTCLOUD_SECRET_ID: "",
        TENCENTCLOUD_SECRET_KEY: "",
      };
      const running = await inTheMiddle(shop, 500, { environment: fromFile });
      write("second");
      expect(await running.end).toMatchObject({ exitCode: 0 });
      expect(await shop.struck()).toBe(2);
      await shop.clearFaults();
      await expectAsUndisturbed(shop, run);

      const other = await from(run);
      await other.fault({ do: "fail", code, match: { writes: true, nth: 5, times: "always" } });
      const end = await other.deploy();
      expect(end.exitCode).not.toBe(0);
      expect(said(end)).toMatch(/credentials/i);
      await other.clearFaults();
      expectSuccess(await other.deploy());
      await expectAsUndisturbed(other, run);
    },
  ],
  25: [
    "a saved plan that is older than the state: refused without a call; one that is not is what is done",
    async () => {
      const run = await changing();
      const shop = await from(run);
      const file = shop.project.file("shop.plan.json");
      expect(await shop.run(["diff", "--skip-synth", "--out", file])).toMatchObject({ exitCode: 2 });
      const older = shop.project.file("older.plan.json");
      fs.copyFileSync(file, older);
      expectSuccess(await shop.run(["deploy", file, "--auto-approve"]));
      await expectAsUndisturbed(shop, run);
      const since = shop.project.lastCall();
      const end = await shop.run(["deploy", older, "--auto-approve"]);
      expect(end.exitCode).toBe(1);
      expect(said(end)).toMatch(/older|outdated|has changed since/);
      expect(shop.project.lastCall()).toBe(since);
    },
  ],
  26: [
    "destroy with gone, protected and retained objects: gone is fine, protected refuses first, retained is listed",
    async () => {
      const program = shop(`
        const gone = new scf.Role(stack, "gone");
        const kept = new scf.Role(stack, "kept");
        const held = new scf.Role(stack, "held");
        scf.Lifecycle.of(kept).retain();
        if (!second) scf.Lifecycle.of(held).protect();
      `);
      const shopOfRoles = await newShop(program);
      expectSuccess(await shopOfRoles.deploy());
      const since = shopOfRoles.project.lastCall();
      const refused = await shopOfRoles.destroy();
      expect(refused.exitCode).toBe(1);
      expect(said(refused)).toMatch(/shop\/held/);
      expect(shopOfRoles.project.acceptedWrites(since)).toEqual([]);
      await shopOfRoles.synth("second");
      expectSuccess(await shopOfRoles.deploy());
      await shopOfRoles.call("cam", "DeleteRole", { RoleName: "shop-gone" });
      const end = await shopOfRoles.destroy();
      expectSuccess(end);
      expect(said(end)).toMatch(/shop-kept/);
      const roles = shopOfRoles.project.platformState().roles ?? [];
      expect(roles.filter((role) => role.includes("shop-"))).toEqual([expect.stringContaining("shop-kept")]);
      expectSuccess(await shopOfRoles.destroy());
    },
  ],
  27: [
    "code changes on the disk between plan and apply: the plan's hash wins, and what does not fit is refused",
    async () => {
      const run = await creating();
      const shop = await from(run);
      const packages = filesBelow(shop.project.file("cdktf.out")).filter((file) => file.endsWith(".zip"));
      const contents = packages.map((file) => fs.readFileSync(file));
      for (const file of packages) fs.appendFileSync(file, "changed");
      const end = await shop.deploy();
      expect(end.exitCode).toBe(1);
      expect(said(end)).toMatch(/is not the one that the plan was made with/);
      expect(shop.project.acceptedWrites(run.since).filter((write) => /Function|Layer/.test(write))).toEqual(
        [],
      );
      packages.forEach((file, index) => fs.writeFileSync(file, contents[index] as Buffer));
      expectSuccess(await shop.deploy());
      await expectAsUndisturbed(shop, run);
    },
  ],
  28: [
    "a secret is rotated: an update, and its value stands nowhere",
    async () => {
      const program = shop(`
        new scf.Function(stack, "orders", {
          runtime, handler, code: code("orders"), environment: { TOKEN: scf.Secret.fromEnvironment("SHOP_TOKEN") },
        });
      `);
      const shopOfSecrets = await newShop(program);
      const [before, after] = ["before-7c1f0e", "after-9d2b4a"];
      const outputs: string[] = [];
      for (const SHOP_TOKEN of [before, after]) {
        const end = await shopOfSecrets.run(deploy, { SHOP_TOKEN });
        expectSuccess(end);
        outputs.push(said(end));
      }
      expect(outputs[1]).toMatch(/update {3}function default\/shop-orders/);
      const idle = await shopOfSecrets.run(["diff", "--skip-synth"], { SHOP_TOKEN: after });
      expect(idle.exitCode).toBe(0);
      const texts = [
        ...outputs,
        said(idle),
        ...filesBelow(shopOfSecrets.project.directory).map((file) => fs.readFileSync(file, "latin1")),
      ];
      for (const secret of [before, after]) {
        expect(texts.filter((text) => text.includes(secret))).toEqual([]);
      }
      expect(shopOfSecrets.project.platformState().versions?.join()).toContain(after);
    },
  ],
  29: [
    "state of a newer tool is refused with the version that is needed; older state is taken on, the original kept",
    async () => {
      const run = await creating();
      const shop = await run.after.copy();
      made.push(shop);
      const state = shop.project.file(".cdktf-scf/shop/state.json");
      const content = fs.readFileSync(state, "utf8");
      fs.writeFileSync(state, content.replace(/"formatVersion":\d+/, '"formatVersion":99'));
      const since = shop.project.lastCall();
      const refused = await shop.deploy();
      expect(refused.exitCode).toBe(1);
      expect(said(refused)).toMatch(/99/);
      expect(shop.project.lastCall()).toBe(since);

      const older = await newShop(shopOfOlderState);
      const folder = older.project.file(".cdktf-scf/shop");
      fs.cpSync(path.join(__dirname, "older-state"), folder, { recursive: true });
      const original = fs.readFileSync(path.join(folder, "state.json"), "utf8");
      const { lineage } = JSON.parse(original) as { lineage: string };
      await older.call("cam", "CreateRole", {
        RoleName: "shop-worker",
        PolicyDocument: JSON.stringify({
          version: "2.0",
          statement: [
            { action: "name/sts:AssumeRole", effect: "allow", principal: { service: ["scf.qcloud.com"] } },
          ],
        }),
        Tags: [{ Key: "cdktf-scf", Value: ownerMark(lineage, "shop/worker", 1) }],
      });
      const adopted = older.project.lastCall();
      expectSuccess(await older.deploy());
      expect(older.project.acceptedWrites(adopted)).toEqual([]);
      expect(await unsettled(older)).toEqual([]);
      const found = filesBelow(folder).map((file) => fs.readFileSync(file, "utf8"));
      const formats = (text: string): string | undefined => /"formatVersion":(\d+)/.exec(text)?.[1];
      if (found.some((text) => Number(formats(text)) > Number(formats(original))))
        expect(found).toContain(original);
      await older.synth("second");
      expectSuccess(await older.deploy());
    },
  ],
  30: [
    "the clock jumps back between two runs: order rests on sequence numbers",
    async () => {
      const run = await creating();
      const shop = await from(run);
      await shop.killed("after scf.CreateAlias");
      const clock = {
        NODE_OPTIONS: `--require ${path.join(__dirname, "clock.js")}`,
        CLOCK_OFFSET_MS: "-240000",
      };
      expectSuccess(await shop.run(deploy, clock));
      await expectAsUndisturbed(shop, run);
    },
  ],
};

/** Another byte in the middle of what is there; a journal may have room at its end. */
function flipped(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  return flippedAt(bytes, Math.floor(end / 2));
}

/** The first line of a journal is not its last: nothing was cut off there. */
function flippedAtTheBeginning(bytes: Buffer): Buffer {
  return flippedAt(bytes, 40);
}

function flippedAt(bytes: Buffer, index: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[index] = (copy[index] as number) ^ 1;
  return copy;
}

const shopOfOlderState = shop(`new scf.Role(stack, "worker"); if (second) new scf.Role(stack, "other");`);

/** Declares the tests of some of the faults: files of their own run next to each other. */
export function testFaults(from: number, to: number): void {
  const wanted = Object.entries(faults)
    .filter(([number]) => Number(number) >= from && Number(number) <= to)
    .filter(([number]) => chosen === undefined || chosen.includes(Number(number)))
    .map(([number, [title, check]]) => [`fault ${number}: ${title}`, check] as const);

  afterEach(async () => {
    await Shop.stopAll();
    for (const copy of made.splice(0)) if (!kept.has(copy)) await copy.remove();
  });

  describe.each(Array.from({ length: repeat }, (_, round) => round))("round %i", (round) => {
    test.each(wanted)("%s", (_, check) => check(round), 240_000);
  });
}
