import type { Found, Kind, Platform, ReadContext } from "../../kinds/kind";
import { Calls } from "../../reconciler/calls";
import { sharedReads } from "../../reconciler/shared-reads";
import { defaultTiming } from "../../reconciler/timing";

/** What there is in a region, by kind. */
export interface Inventory {
  readonly objects: ReadonlyMap<string, readonly Found[]>;
  /** Titles of the kinds that nothing can be listed of. */
  readonly unlisted: readonly string[];
  readonly context: ReadContext;
}

/** Reading a large region takes a while: throttled calls are repeated for that long. */
const DEADLINE_MILLISECONDS = 60 * 60_000;

/** Lists everything in a region. Only reads. */
export async function takeInventory(
  platform: Platform,
  kinds: Readonly<Record<string, Kind>>,
  uin: string,
): Promise<Inventory> {
  const context = readContext(platform, uin);
  const objects = new Map<string, readonly Found[]>();
  const unlisted: string[] = [];
  for (const [name, kind] of Object.entries(kinds)) {
    if (!kind.import) {
      unlisted.push(kind.schema.title);
      continue;
    }
    const found = await kind.import.list(context);
    const standing = found.filter(({ live }) => live.phase !== "deleting");
    objects.set(
      name,
      [...standing].sort((left, right) => (left.id < right.id ? -1 : 1)),
    );
  }
  return { objects, unlisted, context };
}

function readContext(platform: Platform, uin: string): ReadContext {
  const { signal } = new AbortController();
  const refuseToWrite = (): void => {
    throw new Error("Looking at what exists changes nothing.");
  };
  const calls = new Calls(
    () => Promise.resolve(platform),
    defaultTiming,
    refuseToWrite,
    (text) => text,
  );
  const call = calls.callFor({
    deadline: defaultTiming.clock.now() + DEADLINE_MILLISECONDS,
    mayHaveTakenEffect: false,
    signal,
    aside: (wait) => calls.counted(() => wait(signal)),
    retried: () => undefined,
    waiting: () => undefined,
  });
  return { region: platform.region, uin, owner: "", signal, call, shared: sharedReads() };
}
