import { PutBack } from "../kinds/kind";
import type { Properties } from "../model/value";
import { bring } from "./bring";
import { takenOver } from "./conflict";
import { doubtfulProperties } from "./decision";
import type { Executor, Outcome, Target } from "./executor";
import { recordedLifecycle } from "./lifecycle";
import { refuseImmutable, settleUpdate } from "./settle";
import type { RecordedResource } from "./state";

/** Brings a recorded object to what is wanted, or finishes what an earlier run has begun on it. */
export async function update(executor: Executor, target: Target): Promise<Outcome> {
  const { change, kind, wanted, resource } = target;
  const { address } = change;
  const { fold } = executor;
  const recorded = fold.resources.get(address) as RecordedResource;
  const unfinished = fold.unfinished.get(address);
  const { generation, markedAs } = recorded;
  const names = namesToUpdate(executor, target, recorded);
  const entry = {
    address,
    operation: "update",
    kind: change.kind,
    generation,
    properties: wanted.recorded,
    dependencies: resource.dependencies,
    lifecycle: recordedLifecycle(resource.planned.lifecycle),
    ...(markedAs === undefined ? {} : { markedAs }),
  } as const;
  if (!unfinished) refuseImmutable(target, names);
  const attempt = executor.attempt(kind, address, generation, target.slots, recorded);
  const end = (attributes: Properties, properties: Properties): Promise<void> =>
    executor.end({
      ...entry,
      properties,
      attributes: executor.finalAttributes(address, { ...recorded.attributes, ...attributes }),
      keepsPrevious: false,
    });
  const carriedOut = async (work: () => Promise<Properties>): Promise<Properties> => {
    const done = await executor.guarded(attempt, address, generation, () =>
      work().catch((error: unknown) => {
        if (PutBack.is(error)) return error;
        throw error;
      }),
    );
    if (!PutBack.is(done)) return done;
    // It has failed and is over: the next run has nothing to finish.
    await end(done.attributes, withoutEmpty({ ...wanted.recorded, ...done.properties }));
    throw done;
  };
  if (unfinished || change.repairs) {
    const doubtful = doubtfulProperties(recorded, unfinished);
    if (unfinished) {
      executor.resumed(
        address,
        change.operation === "create"
          ? `found the ${change.title} ${change.identity} that an interrupted run made; what it lacks is added`
          : `the ${unfinished.operation} that was cut off is finished`,
      );
    }
    await executor.begin(entry, target);
    const attributes = await carriedOut(() => settleUpdate(executor, target, attempt, recorded, doubtful));
    return { called: true, recorded: end(attributes, wanted.recorded) };
  }
  if (names.length === 0) return { called: false, recorded: end({}, recorded.properties) };
  if (change.stranger) throw takenOver(change, kind, change.stranger);
  await executor.begin(entry, target);
  const attributes = await carriedOut(() => bring(executor, target, attempt, recorded, names));
  return { called: true, recorded: end(attributes, withSent(recorded.properties, wanted.recorded, names)) };
}

function withoutEmpty(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null));
}

/** What is recorded once these properties were sent: nothing that was not. */
function withSent(recorded: Properties, wanted: Properties, names: readonly string[]): Properties {
  const sent = new Set(names);
  const kept = Object.entries(recorded).filter(([name]) => !sent.has(name));
  const added = Object.entries(wanted).filter(([name]) => sent.has(name));
  return Object.fromEntries([...kept, ...added].sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** What the difference says, less what turns out to be the same. */
function namesToUpdate(executor: Executor, target: Target, recorded: RecordedResource): string[] {
  const differing = new Set(executor.compareWithRecord(target, recorded).changes.map(({ name }) => name));
  return target.change.properties
    .filter(({ name, reason }) => reason !== "unknown" || differing.has(name))
    .map(({ name }) => name);
}
