import { isErrorOfClass, UnknownOutcomeError } from "../kinds/kind";
import type { Properties } from "../model/value";
import type { Attempt } from "./attempt";
import { nameTaken } from "./conflict";
import { ATTEMPTS } from "./completion";
import { settleCreate } from "./settle";
import type { Executor, Outcome, Target } from "./executor";
import { recordedLifecycle } from "./lifecycle";
import type { RecordedResource } from "./state";
import { leftoverKey } from "./state-fold";

/**
 * Makes an object, or goes on with the one that an earlier attempt has made.
 *
 * @param stands `beside` the generation before, which is deleted once nothing refers to it any more
 */
export async function create(
  executor: Executor,
  target: Target,
  stands: "alone" | "beside",
): Promise<Outcome> {
  const { change, kind, wanted, resource } = target;
  const { address } = change;
  const { fold } = executor;
  const unfinished = fold.unfinished.get(address);
  const begun =
    unfinished?.operation === "create" && unfinished.kind === change.kind ? unfinished : undefined;
  const generation = begun?.generation ?? fold.nextGeneration(address);
  const previous = fold.resources.get(address);
  const gone =
    stands === "alone" && previous?.kind === change.kind
      ? { ...previous, attributes: { ...previous.attributes, ...unfinished?.attributes } }
      : undefined;
  // What stays as history is found by one mark, whatever path its construct has.
  const history = kind.keepsReplaced && previous?.kind === change.kind ? previous.markedAs : undefined;
  const markedAs = begun?.markedAs ?? history;
  const marked = markedAs === undefined ? {} : { markedAs };
  const attempt = executor.attempt(kind, address, generation, target.slots, marked);
  const entry = {
    address,
    operation: "create",
    kind: change.kind,
    generation,
    properties: wanted.recorded,
    dependencies: resource.dependencies,
    lifecycle: recordedLifecycle(resource.planned.lifecycle),
    ...marked,
  } as const;
  await executor.begin(entry, target);
  const attributes = await executor.guarded(attempt, address, generation, () =>
    make(executor, target, attempt, { begun: begun?.properties, gone }),
  );
  const keepsPrevious = stands === "beside";
  if (keepsPrevious && previous) executor.superseded.set(address, leftoverKey(address, previous.generation));
  const recorded = executor.end({
    ...entry,
    attributes: executor.finalAttributes(address, attributes),
    keepsPrevious,
  });
  return { called: true, recorded };
}

interface Before {
  /** What an earlier attempt was begun with, if there was one. */
  readonly begun: Properties | undefined;
  /** What is recorded of an object that somebody else has deleted. */
  readonly gone: RecordedResource | undefined;
}

async function make(
  executor: Executor,
  target: Target,
  attempt: Attempt,
  { begun, gone }: Before,
): Promise<Properties> {
  const { kind, wanted, change } = target;
  // Every call that publishes makes another object, and what was recorded may be going away still: a look comes first.
  if (begun || kind.replacement === "create-first" || executor.fold.resources.has(change.address)) {
    const since = begun ? "restart" : "long ago";
    const settled = await settleCreate(executor, target, attempt, { begun, since });
    if (settled.found) return settled.attributes;
    if (begun) {
      executor.resumed(change.address, "the create that was cut off has made nothing; it is done again");
    }
  }
  for (let left = ATTEMPTS; ; left--) {
    try {
      return (await kind.create(
        attempt.context,
        wanted.clear as never,
        gone as never,
      )) as unknown as Properties;
    } catch (error) {
      const unanswered = UnknownOutcomeError.is(error);
      if (!unanswered && !isErrorOfClass(error, "exists")) throw error;
      const settled = await settleCreate(executor, target, attempt, {
        begun: attempt.mayHaveTakenEffect ? (begun ?? wanted.recorded) : undefined,
        since: "now",
      });
      if (settled.found) return settled.attributes;
      if (!unanswered && !settled.freed) throw nameTaken(change, kind, error);
      if (left === 1) throw error;
    }
  }
}
