import { isErrorOfClass, UnknownOutcomeError, type Kind, type Live } from "../kinds/kind";
import type { Attempt } from "./attempt";
import { takenOver } from "./conflict";
import { NOTHING_DONE, type Executor, type Known, type Outcome, type Start } from "./executor";
import { belonging, isOwnMark } from "./owner";
import { ATTEMPTS, waitUntilGone } from "./completion";
import type { StateFold } from "./state-fold";

/**
 * Deletes what is recorded, and waits until it is gone.
 *
 * @param key an address, or that of an earlier generation
 */
export async function deleteObject(executor: Executor, key: string, start: Start): Promise<Outcome> {
  const { fold } = executor;
  const leftover = fold.leftovers.get(key);
  const address = leftover?.address ?? key;
  const unfinished = leftover ? undefined : fold.unfinished.get(address);
  const recorded = leftover ?? fold.resources.get(address);
  const target = recorded ?? unfinished;
  if (!target) return NOTHING_DONE;
  const { generation, properties, attributes, dependencies, markedAs, lifecycle } = target;
  const known = { properties, attributes };
  const kind = executor.session.kind(target.kind, address);
  const { title, identity } = start.change;
  const named = { address, title, identity };
  const attempt = executor.attempt(kind, address, generation, start.slots, recorded ?? unfinished);
  const entry = {
    address,
    operation: "delete",
    kind: target.kind,
    generation,
    properties,
    dependencies,
    ...(markedAs === undefined ? {} : { markedAs }),
    ...(lifecycle === undefined ? {} : { lifecycle }),
  } as const;
  const end = (called: boolean): Outcome => ({
    called,
    recorded: executor.end({ ...entry, attributes, keepsPrevious: false }),
  });
  const resumed = (detail: string): void => {
    if (unfinished) executor.resumed(address, detail);
  };
  // An interrupted create that was not found has left nothing.
  if (!recorded && unfinished?.operation === "create") {
    resumed("what an interrupted run was about is gone");
    return end(false);
  }
  const isDoubtful =
    unfinished !== undefined || (leftover !== undefined && executor.superseded.get(address) !== key);
  if (kind.marked || isDoubtful) {
    start.started();
    const live = await lookForDoomed(kind, attempt, known, unfinished?.operation === "delete");
    if (live && live.phase !== "deleting") {
      const whose = belonging(kind, live, attempt.claim);
      if (whose === "stranger") throw takenOver(named, kind, live);
      if (whose === "elsewhere" && isClaimed(fold, live)) return end(false);
      resumed("what an interrupted run left is deleted");
    } else {
      resumed("what an interrupted run was about is gone");
      if (live)
        await waitUntilGone(kind, attempt, identity, () => kind.read(attempt.context, known as never));
      return end(false);
    }
  }
  await executor.begin(entry, start);
  await executor.guarded(attempt, address, generation, () => remove(kind, attempt, identity, known));
  return end(true);
}

/**
 * What is to be deleted, as it is now. Not seeing it is no proof before everything that was done to it would be visible, and
 * where a delete was begun before, seeing it is none either.
 */
async function lookForDoomed(
  kind: Kind,
  attempt: Attempt,
  known: Known,
  wasDeleted: boolean,
): Promise<Live | undefined> {
  let last: Live | undefined;
  await attempt.look(async () => {
    last = await kind.read(attempt.context, known as never);
    const isThere = last !== undefined && last.phase !== "deleting";
    return isThere !== wasDeleted ? true : undefined;
  }, "restart");
  return last;
}

async function remove(kind: Kind, attempt: Attempt, identity: string, known: Known): Promise<void> {
  const read = (): Promise<Live | undefined> => kind.read(attempt.context, known as never);
  for (let left = ATTEMPTS; ; left--) {
    try {
      await kind.delete(attempt.context, known as never);
      return;
    } catch (error) {
      if (isErrorOfClass(error, "not-found")) return;
      if (!UnknownOutcomeError.is(error)) throw error;
      let last: Live | undefined;
      const going = await attempt.look(async () => {
        last = await read();
        return !last || last.phase === "deleting" ? true : undefined;
      }, "now");
      if (going) {
        if (last) await waitUntilGone(kind, attempt, identity, read);
        return;
      }
      if (left === 1) throw error;
    }
  }
}

/** Whether another resource of this state has the object: then the one that is to be deleted is gone. */
function isClaimed(fold: StateFold, { owner = "" }: Live): boolean {
  return [...fold.resources].some(([address, { markedAs }]) =>
    isOwnMark(owner, fold.lineage, markedAs ?? address),
  );
}
