import { join } from "path";
import { Worker } from "worker_threads";
import type { PlannedProvider } from "../../lib/model/plan";
import { readState, stateIn } from "../../lib/reconciler";
import type { NewEntry } from "../../lib/reconciler/journal-record";
import { newState, StateStore } from "../../lib/reconciler/state-store";
import { planOf, temporaryFolder } from "./support";
import { WatchedDisk } from "./watched-disk";

const { provider } = planOf({});

function ended(address: string): NewEntry {
  return {
    type: "end",
    operation: "create",
    address: `shop/${address}`,
    kind: "box",
    generation: 1,
    properties: { name: address },
    attributes: {},
    dependencies: [],
    keepsPrevious: false,
  };
}

function open(directory: string): StateStore {
  const providerFor = (): PlannedProvider => provider;
  return StateStore.open({
    storage: stateIn(directory),
    stack: "shop",
    purpose: "deploy",
    fresh: newState(),
    providerFor,
  });
}

function recorded(directory: string): string[] {
  return Object.keys(readState(directory)?.resources ?? {}).map((address) => address.slice("shop/".length));
}

/**
 * Another run, which goes on while this thread stands still in the middle of a change to a file, as a process does that was
 * stopped: it takes the lock away, whoever holds it.
 */
class OtherRun {
  private readonly done = new Int32Array(new SharedArrayBuffer(4));
  private readonly worker = new Worker(
    `const { parentPort, workerData } = require("worker_threads");
     require("ts-node").register({ transpileOnly: true });
     const { StateStore } = require(workerData.library + "/state-store.ts");
     const { stateIn } = require(workerData.library + "/state-folder.ts");
     const { findLock, freeLock } = require(workerData.library + "/lock.ts");
     let store;
     const steps = {
       take({ directory, fresh, entry }) {
         const lock = findLock(directory);
         if (lock) freeLock(directory, "shop", lock);
         const providerFor = () => workerData.provider;
         store = StateStore.open({ storage: stateIn(directory), stack: "shop", purpose: "deploy", fresh, providerFor });
         return store.append(entry);
       },
       async end({ entry }) {
         await store.append(entry);
         await store.compact();
         await store.close();
       },
     };
     parentPort.on("message", async ({ step, ...input }) => {
       let outcome = 1;
       try { await steps[step](input); } catch (error) {
         outcome = error.code === "STATE_LOCKED" ? 2 : 3;
         if (outcome === 3) process._rawDebug(error);
       }
       Atomics.store(workerData.done, 0, outcome);
       Atomics.notify(workerData.done, 0);
     });`,
    {
      eval: true,
      workerData: { library: join(__dirname, "../../lib/reconciler"), provider, done: this.done },
    },
  );

  /** @returns whether it could; a run that is just giving the lock back cannot be disturbed at it */
  take(directory: string): boolean {
    return this.make({ step: "take", directory, fresh: newState(), entry: ended("theirs") });
  }

  end(): void {
    expect(this.make({ step: "end", entry: ended("theirs-too") })).toBe(true);
  }

  stop(): Promise<number> {
    return this.worker.terminate();
  }

  private make(message: object): boolean {
    Atomics.store(this.done, 0, 0);
    this.worker.postMessage(message);
    Atomics.wait(this.done, 0, 0, 20_000);
    const outcome = Atomics.load(this.done, 0);
    expect([1, 2]).toContain(outcome);
    return outcome === 1;
  }
}

let other: OtherRun;
beforeAll(() => {
  other = new OtherRun();
});
afterAll(() => other.stop());

interface Outcome {
  /** What this run knew to be durable when the other took over. */
  readonly acknowledged: readonly string[];
  readonly call: string;
  readonly failure?: string;
  readonly refused: boolean;
}

/** Stops a run before its nth change to a file, and has the other take over there. Undefined when there is no nth. */
async function stoppedAt(
  directory: string,
  nth: number,
  takeOver: () => boolean,
): Promise<Outcome | undefined> {
  const acknowledged: string[] = [];
  let outcome: Outcome | undefined;
  let count = 0;
  const disk = new WatchedDisk(directory, ({ call, file }) => {
    if (count++ !== nth) return;
    const known = [...acknowledged];
    const refused = !takeOver();
    outcome = { acknowledged: known, call: `${call} ${file.slice(directory.length + 1)}`, refused };
  });
  try {
    const store = open(directory);
    try {
      for (const address of ["first", "second"]) {
        await store.append(ended(address));
        acknowledged.push(address);
      }
      await store.compact();
    } finally {
      await store.close();
    }
  } catch (error) {
    if (outcome) outcome = { ...outcome, failure: (error as { code: string }).code };
  } finally {
    disk.stop();
  }
  return outcome;
}

describe.each([
  ["a first run", false],
  ["a later run", true],
])("%s that stood still before any one of its changes to a file", (_name, isLater) => {
  test.each([
    ["the other has ended before it goes on", true],
    ["the other ends after it", false],
  ])(
    "loses nothing of the other's: %s",
    async (_when, endsBefore) => {
      const calls = new Set<string>();
      const failures = new Set<string | undefined>();
      for (let nth = 0; ; nth++) {
        const directory = temporaryFolder();
        if (isLater) {
          const store = open(directory);
          await store.append(ended("earlier"));
          await store.compact();
          await store.close();
        }
        const outcome = await stoppedAt(directory, nth, () => {
          const could = other.take(directory);
          if (could && endsBefore) other.end();
          return could;
        });
        if (!outcome) break;
        if (outcome.refused) {
          expect(outcome.call).toBe("rmSync lock.json");
          expect(other.take(directory)).toBe(true);
          if (endsBefore) other.end();
        }
        const expected = [...outcome.acknowledged, ...(isLater ? ["earlier"] : []), "theirs"];
        const check = (more: readonly string[]): void => {
          // What the run recorded without knowing that it was durable may be there or not.
          const there = recorded(directory).filter((one) => expected.includes(one) || more.includes(one));
          expect({ nth, ...outcome, there }).toEqual({
            nth,
            ...outcome,
            there: [...expected, ...more].sort(),
          });
        };
        if (!endsBefore) {
          check([]);
          other.end();
        }
        check(["theirs-too"]);
        const next = open(directory);
        await next.append(ended("next"));
        await next.compact();
        await next.close();
        check(["next", "theirs-too"]);
        calls.add(outcome.call.replace(/[0-9a-f]{12,}/, "X"));
        failures.add(outcome.failure);
      }
      expect([...calls]).toEqual(
        expect.arrayContaining(["openSync journal.2.log", "linkSync lock.json"].slice(isLater ? 0 : 1)),
      );
      expect(calls.size).toBeGreaterThan(15);
      // It notices when it looks, and a run whose last change this was has nothing to notice any more.
      expect([...failures]).toEqual(expect.arrayContaining(["LOCK_LOST", undefined]));
    },
    120_000,
  );
});
