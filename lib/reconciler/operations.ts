import { isErrorOfClass, UnknownOutcomeError, type Kind, type Live } from "../kinds/kind";
import { ScfError } from "../model/error";
import type { Plan } from "../model/plan";
import { sameValue, type Properties } from "../model/value";
import { Attempt } from "./attempt";
import { compare, type Concealment } from "./compare";
import { doubtfulProperties, immutableReferences } from "./decision";
import type { Change } from "./difference";
import type { OperationNode } from "./operation-graph";
import { isOwnMark } from "./owner";
import { readPackage } from "./packages";
import type { OrderedResource } from "./plan-order";
import { concealAll, presentProperties } from "./recover";
import type { Wanted, WantedResource } from "./resolve";
import type { Session } from "./session";
import type { Slots } from "./slots";
import type { RecordedResource } from "./state";
import { leftoverKey, type StateFold } from "./state-fold";
import type { NewEntry } from "./journal-record";
import type { StateStore } from "./state-store";
import { pause } from "./timing";

/** How often a call whose answer was lost is made again once a read has shown that it did nothing. */
const ATTEMPTS = 3;

export interface OperationsOptions {
  readonly session: Session;
  readonly store: StateStore;
  readonly plan: Plan | undefined;
  readonly wanted: Wanted | undefined;
  readonly resources: ReadonlyMap<string, OrderedResource>;
  /** Addresses whose interrupted create was found and recorded at the start of this run. */
  readonly adopted: ReadonlySet<string>;
  readonly signal: AbortSignal;
}

/** How a step ended. */
export interface Outcome {
  /** Whether the platform was asked to change anything. */
  readonly called: boolean;
  /** Resolves when the end is durable. */
  readonly recorded: Promise<void>;
}

const NOTHING_DONE: Outcome = { called: false, recorded: Promise.resolve() };

/** A resource to be written, with everything that its operation needs. */
interface Target {
  readonly change: Change;
  readonly resource: OrderedResource;
  readonly kind: Kind;
  readonly wanted: WantedResource;
  readonly slots: Slots;
}

/** Carries out the steps of a run: each is recorded before its first call and after its last. */
export class Operations {
  /** Addresses whose object was deleted and made again in this run. */
  private readonly replaced = new Set<string>();
  /** Where the generation went that a new one stands beside, by address. */
  private readonly superseded = new Map<string, string>();
  private readonly fold: StateFold;
  private readonly concealment: Concealment;

  constructor(private readonly options: OperationsOptions) {
    this.fold = options.store.fold;
    this.concealment = options.session.concealment(this.fold.salt);
  }

  /** Keys of platform objects that the step writes to. */
  exclusive({ address, step }: OperationNode): readonly string[] {
    const keys = new Set<string>();
    const recorded = this.fold.resources.get(address) ?? this.fold.leftovers.get(address);
    if (recorded) {
      for (const key of this.options.session
        .kind(recorded.kind, address)
        .exclusive(recorded.properties as never))
        keys.add(key);
    }
    const resource = this.options.resources.get(address);
    if (resource && step === "write") {
      for (const key of resource.kind.exclusive(this.wantedOf(address).clear as never)) keys.add(key);
    }
    return [...keys];
  }

  async run({ change, step, address }: OperationNode, slots: Slots): Promise<Outcome> {
    if (!change) return NOTHING_DONE;
    if (step === "clean-up") return this.cleanUp(address, slots);
    if (step === "delete") return this.deleteRecorded(address, slots);
    const resource = this.options.resources.get(address) as OrderedResource;
    const target: Target = { change, resource, kind: resource.kind, wanted: this.wantedOf(address), slots };
    switch (change.operation) {
      case "create":
        return this.options.adopted.has(address) ? this.update(target) : this.create(target, false);
      case "update":
        return this.update(target);
      default:
        return this.replace(target);
    }
  }

  private wantedOf(address: string): WantedResource {
    const wanted = (this.options.wanted as Wanted).resource(address);
    const [unknown] = wanted.unknown.keys();
    if (unknown === undefined) return wanted;
    throw new ScfError("VALUE_UNKNOWN", `${address}: \`${unknown}\` is still not known.`);
  }

  private async replace(target: Target): Promise<Outcome> {
    const { change, resource } = target;
    const { address } = change;
    if (change.tentative) {
      const recorded = this.fold.resources.get(address);
      const inReplaced = [...immutableReferences(resource)].some((other) => this.replaced.has(other));
      const comparison = recorded && this.compareWithRecord(target, recorded);
      if (comparison && comparison.replace === "no" && !inReplaced) return this.update(target);
      if (change.deletesFirst) await (await this.deleteRecorded(address, target.slots)).recorded;
    }
    if (change.deletesFirst) this.replaced.add(address);
    return this.create(target, change.operation === "replace" && !change.deletesFirst);
  }

  /** What differs from the record, now that everything is known. */
  private compareWithRecord(
    { kind, wanted, change }: Target,
    recorded: RecordedResource,
  ): ReturnType<typeof compare> {
    const doubtful = doubtfulProperties(recorded, this.fold.unfinished.get(change.address));
    return compare(kind, wanted, recorded.properties, undefined, doubtful, this.concealment);
  }

  private attempt(kind: Kind, address: string, generation: number, slots: Slots): Attempt {
    const { session, store, plan, signal } = this.options;
    return new Attempt({
      session,
      slots,
      kind,
      address,
      generation,
      lineage: this.fold.lineage,
      signal,
      record: (attributes) =>
        store.append({
          type: "attributes",
          address,
          generation,
          attributes: concealAll(attributes, this.concealment),
        }),
      asset: (hash) => readPackage(plan, hash, session.options),
    });
  }

  /** Runs a step, and records how it ended when it failed. */
  private async guarded<T>(
    attempt: Attempt,
    address: string,
    generation: number,
    step: () => Promise<T>,
  ): Promise<T> {
    try {
      return await step();
    } catch (error) {
      const effect = attempt.mayHaveTakenEffect;
      try {
        await this.options.store.append({ type: "failed", address, generation, effect });
      } catch (unrecorded) {
        const { events } = this.options.session;
        // The journal's own failure has been told by whatever failed first.
        if (error !== unrecorded) {
          const { code, message } = this.options.session.describe(error);
          events.emit({ type: "warning", message: `${address}: ${code}: ${message}` });
        }
        throw unrecorded;
      }
      throw error;
    }
  }

  /** Not waited for: whatever follows begins with a record of its own, and is held up until both are durable. */
  private async end(entry: Omit<Extract<NewEntry, { type: "end" }>, "type">): Promise<void> {
    await this.options.store.append({ type: "end", ...entry });
  }

  private resumed(address: string, detail: string): void {
    this.options.session.events.emit({ type: "resumed", address, detail });
  }

  // ---------------------------------------------------------------------------------------------------- creating

  private async create(target: Target, keepsPrevious: boolean): Promise<Outcome> {
    const { change, kind, wanted, resource } = target;
    const { address } = change;
    const unfinished = this.fold.unfinished.get(address);
    const resuming = unfinished?.operation === "create";
    const generation = resuming ? unfinished.generation : this.fold.nextGeneration(address);
    const entry = {
      address,
      operation: "create",
      kind: change.kind,
      generation,
      properties: wanted.recorded,
      dependencies: resource.dependencies,
    } as const;
    await this.options.store.append({ type: "begin", ...entry });
    // Its time begins when its first call may be made: the first record of a run makes the files of the run, too.
    const attempt = this.attempt(kind, address, generation, target.slots);
    const attributes = await this.guarded(attempt, address, generation, async () => {
      if (resuming) {
        const live = await kind.find(attempt.reader, wanted.clear as never);
        if (live && this.isOurs(live, address, true)) return this.completeFound(target, attempt, live);
        this.resumed(address, "the create that was cut off has made nothing; it is done again");
      }
      return this.createOrFind(target, attempt, resuming);
    });
    const previous = this.fold.resources.get(address);
    if (keepsPrevious && previous) this.superseded.set(address, leftoverKey(address, previous.generation));
    const recorded = this.end({
      ...entry,
      attributes: this.finalAttributes(address, attributes),
      keepsPrevious,
    });
    return { called: true, recorded };
  }

  private async createOrFind(target: Target, attempt: Attempt, resuming: boolean): Promise<Properties> {
    const { kind, wanted, change } = target;
    for (let left = ATTEMPTS; ; left--) {
      try {
        return (await kind.create(attempt.context, wanted.clear as never)) as unknown as Properties;
      } catch (error) {
        const unanswered = UnknownOutcomeError.is(error);
        if (!unanswered && !isErrorOfClass(error, "exists")) throw error;
        const live = await this.lookFor(target, attempt);
        if (live) {
          if (!this.isOurs(live, change.address, resuming || attempt.mayHaveTakenEffect)) {
            throw conflict(change);
          }
          return await this.completeFound(target, attempt, live);
        }
        if (!unanswered) throw conflict(change, error);
        if (left === 1) throw error;
      }
    }
  }

  private async lookFor({ kind, wanted }: Target, attempt: Attempt): Promise<Live | undefined> {
    for (const delay of this.options.session.timing.lookAgain) {
      if (delay > 0) await pause(delay, attempt.signal);
      const live = await kind.find(attempt.reader, wanted.clear as never);
      if (live) return live;
    }
    return undefined;
  }

  /** Without a mark, only the record of having begun to make it tells that an object is ours. */
  private isOurs(live: Live, address: string, begun: boolean): boolean {
    return live.owner === undefined ? begun : isOwnMark(live.owner, this.fold.lineage, address);
  }

  /** Adds to an object that a create has left what it still lacks. It is never deleted and made again. */
  private async completeFound(target: Target, attempt: Attempt, live: Live): Promise<Properties> {
    const { kind, wanted, change } = target;
    const { address, title, identity } = change;
    this.resumed(address, `found the ${title} ${identity} that was made before; what it lacks is added`);
    const present = presentProperties(kind, wanted.recorded, live, this.concealment);
    const missing = namesThatDiffer(wanted.recorded, present);
    const other = missing.find((name) => kind.schema.metadata[name]?.immutable || !kind.update);
    if (other !== undefined) {
      throw new ScfError(
        "CONFLICT",
        `The ${title} ${identity} that an earlier run made has another \`${other}\`, which cannot be changed.`,
        { fix: "Run the command again: it compares anew and replaces what has to be replaced." },
      );
    }
    if (missing.length === 0) return live.attributes;
    const recorded = { properties: present, attributes: live.attributes };
    return this.updateUntilSame(target, attempt, recorded, missing);
  }

  // ---------------------------------------------------------------------------------------------------- updating

  private async update(target: Target): Promise<Outcome> {
    const { change, kind, wanted, resource } = target;
    const { address } = change;
    const recorded = this.fold.resources.get(address);
    if (!recorded) return this.create(target, false);
    const unfinished = this.fold.unfinished.get(address);
    const names = this.namesToUpdate(target, recorded);
    const { generation } = recorded;
    const entry = {
      address,
      operation: "update",
      kind: change.kind,
      generation,
      properties: wanted.recorded,
      dependencies: resource.dependencies,
    } as const;
    const immutable = names.find((name) => kind.schema.metadata[name]?.immutable || !kind.update);
    if (immutable !== undefined) {
      throw new ScfError(
        "DIFFERENCE_OUTDATED",
        `${address}: \`${immutable}\` cannot be changed on the object that is there, and its replacement was not planned.`,
        { fix: "Run the command again: it compares anew and replaces what has to be replaced." },
      );
    }
    if (unfinished) {
      this.resumed(
        address,
        this.options.adopted.has(address)
          ? `found the ${change.title} ${change.identity} that an interrupted run made; what it lacks is added`
          : `the ${unfinished.operation} that was cut off is finished`,
      );
    }
    if (names.length === 0) {
      const attributes = this.finalAttributes(address, recorded.attributes);
      return { called: false, recorded: this.end({ ...entry, attributes, keepsPrevious: false }) };
    }
    const attempt = this.attempt(kind, address, generation, target.slots);
    await this.options.store.append({ type: "begin", ...entry });
    const attributes = await this.guarded(attempt, address, generation, () =>
      this.updateUntilSame(target, attempt, recorded, names),
    );
    return {
      called: true,
      recorded: this.end({
        ...entry,
        attributes: this.finalAttributes(address, { ...recorded.attributes, ...attributes }),
        keepsPrevious: false,
      }),
    };
  }

  /** What the difference says, less what turns out to be the same; of a found object, what it lacks. */
  private namesToUpdate(target: Target, recorded: RecordedResource): string[] {
    const { operation, properties } = target.change;
    const differing = this.compareWithRecord(target, recorded).changes.map(({ name }) => name);
    if (operation === "create") return differing;
    return properties
      .filter(({ name, reason }) => reason !== "unknown" || differing.includes(name))
      .map(({ name }) => name);
  }

  private async updateUntilSame(
    { kind, wanted, change }: Target,
    attempt: Attempt,
    recorded: { readonly properties: Properties; readonly attributes: Properties },
    names: readonly string[],
  ): Promise<Properties> {
    let missing = names;
    for (let left = ATTEMPTS; ; left--) {
      try {
        const attributes = await kind.update?.(
          attempt.context,
          wanted.clear as never,
          recorded as never,
          new Set(missing),
        );
        return { ...recorded.attributes, ...(attributes as unknown as Properties) };
      } catch (error) {
        if (!UnknownOutcomeError.is(error)) throw error;
        const live = await kind.read(attempt.reader, recorded as never);
        if (!live) {
          throw new ScfError("GONE", `${change.address} was deleted while it was being updated.`, {
            fix: "Run the command again: it is made anew.",
            cause: error,
          });
        }
        const present = presentProperties(kind, wanted.recorded, live, this.concealment);
        missing = missing.filter((name) => !sameValue(wanted.recorded[name], present[name]));
        if (missing.length === 0) return { ...recorded.attributes, ...live.attributes };
        if (left === 1) throw error;
      }
    }
  }

  // ---------------------------------------------------------------------------------------------------- deleting

  private cleanUp(address: string, slots: Slots): Promise<Outcome> {
    const key = this.superseded.get(address);
    return key === undefined ? Promise.resolve(NOTHING_DONE) : this.deleteRecorded(key, slots);
  }

  /** @param key an address, or that of an earlier generation */
  private async deleteRecorded(key: string, slots: Slots): Promise<Outcome> {
    const leftover = this.fold.leftovers.get(key);
    const address = leftover?.address ?? key;
    const unfinished = leftover ? undefined : this.fold.unfinished.get(address);
    const recorded = leftover ?? this.fold.resources.get(address);
    const target = recorded ?? unfinished;
    if (!target) return NOTHING_DONE;
    const { generation, properties, attributes, dependencies } = target;
    const kind = this.options.session.kind(target.kind, address);
    const entry = {
      address,
      operation: "delete",
      kind: target.kind,
      generation,
      properties,
      dependencies,
    } as const;
    const attempt = this.attempt(kind, address, generation, slots);
    // An interrupted delete may have been carried out, an interrupted create may have left nothing.
    const isDoubtful =
      unfinished?.operation === "delete" || (leftover !== undefined && this.superseded.get(address) !== key);
    const exists = isDoubtful
      ? (await kind.read(attempt.reader, { properties, attributes } as never)) !== undefined
      : recorded !== undefined || unfinished?.operation !== "create";
    if (unfinished) {
      const detail = exists
        ? "what an interrupted run left is deleted"
        : "what an interrupted run was about is gone";
      this.resumed(address, detail);
    }
    if (exists) {
      await this.options.store.append({ type: "begin", ...entry });
      await this.guarded(attempt, address, generation, () =>
        this.deleteUntilGone(kind, attempt, { properties, attributes }),
      );
    }
    return { called: exists, recorded: this.end({ ...entry, attributes, keepsPrevious: false }) };
  }

  private async deleteUntilGone(
    kind: Kind,
    attempt: Attempt,
    recorded: { readonly properties: Properties; readonly attributes: Properties },
  ): Promise<void> {
    for (let left = ATTEMPTS; ; left--) {
      try {
        await kind.delete(attempt.context, recorded as never);
        return;
      } catch (error) {
        if (isErrorOfClass(error, "not-found")) return;
        if (!UnknownOutcomeError.is(error)) throw error;
        if (!(await kind.read(attempt.reader, recorded as never))) return;
        if (left === 1) throw error;
      }
    }
  }

  /** What follows from the properties is taken from them in recorded form: a hash over a secret must not change with it. */
  private finalAttributes(address: string, attributes: Properties): Properties {
    const derived = (this.options.wanted as Wanted).derivedAttributes(address);
    return concealAll({ ...attributes, ...derived }, this.concealment);
  }
}

function namesThatDiffer(wanted: Properties, present: Properties): string[] {
  return [...new Set([...Object.keys(wanted), ...Object.keys(present)])]
    .filter((name) => !sameValue(wanted[name], present[name]))
    .sort();
}

function conflict({ title, identity, kind }: Change, cause?: unknown): ScfError {
  return new ScfError("CONFLICT", `A ${title} ${identity} exists already and is not managed by this stack.`, {
    fix: `Give yours another name, or delete the existing ${title} (${kind}) if nobody needs it.`,
    cause,
  });
}
