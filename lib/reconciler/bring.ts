import { UnknownOutcomeError, type Live } from "../kinds/kind";
import { sameValue, type Properties } from "../model/value";
import type { Attempt } from "./attempt";
import { ATTEMPTS, gone, ready } from "./completion";
import { takenOver } from "./conflict";
import type { Executor, Known, Target } from "./executor";
import { belonging } from "./owner";
import { presentProperties } from "./present-properties";

/** Sends properties until a read shows them, should the answers be lost. */
export async function bring(
  executor: Executor,
  { kind, wanted, change }: Target,
  attempt: Attempt,
  recorded: Known,
  names: readonly string[],
): Promise<Properties> {
  let missing = names;
  const stillMissing = (live: Live): string[] => {
    const present = presentProperties(kind, wanted.recorded, live, executor.concealment);
    return missing.filter((name) => !sameValue(wanted.recorded[name], present[name]));
  };
  /** With what was recorded since it has begun. */
  const known = (): Properties => ({
    ...recorded.attributes,
    ...executor.fold.unfinished.get(change.address)?.attributes,
  });
  for (let left = ATTEMPTS; ; left--) {
    try {
      const attributes = await kind.update?.(
        attempt.context,
        wanted.clear as never,
        { ...recorded, attributes: known() } as never,
        new Set(missing),
      );
      return { ...known(), ...(attributes as unknown as Properties) };
    } catch (error) {
      if (!UnknownOutcomeError.is(error)) throw error;
      let last: Live | undefined;
      const done = await attempt.look(async () => {
        last = await kind.read(attempt.context, recorded as never);
        return last && stillMissing(last).length === 0 ? last : undefined;
      }, "now");
      if (!last || last.phase === "deleting") throw gone(change.address, error);
      if (belonging(kind, last, attempt.claim) === "stranger") throw takenOver(change, kind, last);
      const attributes = { ...known(), ...last.attributes };
      if (done) return ready(kind, attempt, { properties: wanted.recorded, attributes });
      if (left === 1) throw error;
      missing = stillMissing(last);
    }
  }
}
