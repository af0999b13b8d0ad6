import type { Kind } from "../kinds/kind";
import { ScfError } from "../model/error";
import type { Plan } from "../model/plan";
import type { Properties } from "../model/value";
import { concealAll, type Concealment } from "./concealment";
import { Attempt } from "./attempt";
import { compare, type Comparison } from "./compare";
import { doubtfulProperties } from "./decision";
import type { Change } from "./difference";
import { heldBack, withHeld } from "./held";
import type { NewEntry } from "./journal-record";
import { claimOf } from "./owner";
import { readPackage } from "./packages";
import type { OrderedResource } from "./plan-order";

import type { Wanted, WantedResource } from "./resolve";
import type { Session } from "./session";
import type { Slots } from "./slots";
import type { RecordedResource, UnfinishedOperation } from "./state";
import type { StateFold } from "./state-fold";

/** Where operations are recorded, and what is recorded. */
export interface RecordStore {
  readonly fold: StateFold;
  /** The record counts from now on; resolves when it is durable. */
  append(entry: NewEntry): Promise<void>;
}

export interface ExecutorOptions {
  readonly session: Session;
  readonly store: RecordStore;
  readonly plan: Plan | undefined;
  readonly wanted: Wanted | undefined;
  readonly resources: ReadonlyMap<string, OrderedResource>;
  /**
   * Operations that may wait for their begin to be durable without holding a place: about as many as there are places, so
   * that begins share a flush, and none where one follows the other; not more, so that a run that is cut off, or throttled,
   * leaves few of them behind.
   */
  readonly beginningAtOnce: number;
  /** How long one operation may take, in milliseconds, where that is not the kind's time. */
  readonly timeoutMs?: number;
  /** Aborted when the run must not make any more calls. */
  readonly signal: AbortSignal;
  /** Whether nothing new may start any more. */
  readonly stopped: () => boolean;
}

/** How a step ended. */
export interface Outcome {
  /** Whether the platform was asked to change anything. */
  readonly called: boolean;
  /** Resolves when the end is durable. */
  readonly recorded: Promise<void>;
}

export const NOTHING_DONE: Outcome = { called: false, recorded: Promise.resolve() };

/** Thrown by an operation that the run was stopped before. */
export class Stopped extends Error {}

/** A step as the scheduler starts it. */
export interface Start {
  readonly change: Change;
  readonly slots: Slots;
  /** Called when it begins to work. */
  readonly started: () => void;
}

/** A resource to be written, with everything that its operation needs. */
export interface Target extends Start {
  readonly resource: OrderedResource;
  readonly kind: Kind;
  readonly wanted: WantedResource;
}

/** What is recorded of an object, by its properties and attributes. */
export interface Known {
  readonly properties: Properties;
  readonly attributes: Properties;
}

/** What all operations of a run share: each is recorded before its first call and after its last. */
export class Executor {
  /** Addresses whose object was deleted and made again in this run. */
  readonly replaced = new Set<string>();
  /** Where the generation went that a new one stands beside, by address. */
  readonly superseded = new Map<string, string>();
  readonly fold: StateFold;
  readonly session: Session;
  readonly concealment: Concealment;
  private beginning = 0;

  constructor(private readonly options: ExecutorOptions) {
    this.fold = options.store.fold;
    this.session = options.session;
    this.concealment = options.session.concealment(this.fold.salt);
  }

  target(start: Start): Target {
    const { address } = start.change;
    const resource = this.options.resources.get(address) as OrderedResource;
    return { ...start, resource, kind: resource.kind, wanted: this.wantedOf(address) };
  }

  wantedOf(address: string): WantedResource {
    const wanted = (this.options.wanted as Wanted).resource(address);
    const [unknown] = wanted.unknown.keys();
    if (unknown === undefined) {
      const { kind } = this.options.resources.get(address) as OrderedResource;
      const held = heldBack(kind, wanted, this.fold.resources.get(address));
      return held ? withHeld(wanted, held) : wanted;
    }
    throw new ScfError("VALUE_UNKNOWN", `${address}: \`${unknown}\` is still not known.`);
  }

  /** What differs from the record, now that everything is known. */
  compareWithRecord({ kind, wanted, change }: Target, recorded: RecordedResource): Comparison {
    const doubtful = doubtfulProperties(recorded, this.fold.unfinished.get(change.address));
    return compare(kind, wanted, recorded.properties, undefined, doubtful, this.concealment);
  }

  /** @param marked what tells by which address the object is marked: its record, if there is one */
  attempt(
    kind: Kind,
    address: string,
    generation: number,
    slots: Slots,
    marked?: Pick<RecordedResource, "markedAs" | "carries">,
  ): Attempt {
    const { session, store, plan, signal, timeoutMs } = this.options;
    return new Attempt({
      session,
      slots,
      kind: timeoutMs === undefined ? kind : { ...kind, timeoutMs },
      address,
      generation,
      claim: claimOf(this.fold.lineage, address, marked),
      resumes: this.fold.unfinished.get(address)?.generation === generation,
      signal,
      record: (minted) => {
        const attributes = concealAll(minted, this.concealment);
        return store.append({ type: "attributes", address, generation, attributes });
      },
      asset: (hash) => readPackage(plan, hash, session.options),
    });
  }

  /**
   * Makes the begin of an operation durable; its place is free for others meanwhile.
   *
   * @throws Stopped when the run was stopped while it waited
   */
  async begin(
    entry: { readonly address: string } & Omit<UnfinishedOperation, "attributes" | "doubtful">,
    { slots, started }: Start,
  ): Promise<void> {
    const { store, stopped, beginningAtOnce } = this.options;
    const isResumed = this.fold.unfinished.has(entry.address);
    // Recorded before its place is given away, so that begins stand in the journal in the order of their urgency.
    const durable = store.append({ type: "begin", ...entry });
    if (this.beginning >= beginningAtOnce) await durable;
    else {
      this.beginning++;
      try {
        await slots.without(() => durable);
      } finally {
        this.beginning--;
      }
    }
    if (stopped()) {
      const { address, generation } = entry;
      await store.append({ type: "failed", address, generation, effect: isResumed });
      throw new Stopped();
    }
    started();
  }

  /** Runs a step, and records how it ended when it failed. */
  async guarded<T>(
    attempt: Attempt,
    address: string,
    generation: number,
    step: () => Promise<T>,
  ): Promise<T> {
    attempt.start();
    try {
      return await step();
    } catch (error) {
      const effect = attempt.mayHaveTakenEffect;
      try {
        await this.options.store.append({ type: "failed", address, generation, effect });
      } catch (unrecorded) {
        // The journal's own failure has been told by whatever failed first.
        if (error !== unrecorded) {
          const { code, message } = this.session.describe(error);
          this.session.events.emit({ type: "warning", message: `${address}: ${code}: ${message}` });
        }
        throw unrecorded;
      }
      throw error;
    }
  }

  /** Not waited for: whatever follows begins with a record of its own, and is held up until both are durable. */
  async end(entry: Omit<Extract<NewEntry, { type: "end" }>, "type">): Promise<void> {
    await this.options.store.append({ type: "end", ...entry });
  }

  resumed(address: string, detail: string): void {
    this.session.events.emit({ type: "resumed", address, detail });
  }

  /** What follows from the properties is taken from them in recorded form: a hash over a secret must not change with it. */
  finalAttributes(address: string, attributes: Properties): Properties {
    const derived = (this.options.wanted as Wanted).derivedAttributes(address);
    return concealAll({ ...attributes, ...derived }, this.concealment);
  }
}
