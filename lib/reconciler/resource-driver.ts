import type { Kind, Live, Platform, ReadContext } from "../kinds/kind";
import { ScfError } from "../model/error";
import { holdsSymbolic, type Properties } from "../model/value";
import { create } from "./create";
import { deleteObject } from "./delete";
import type { Change } from "./difference";
import type { OperationName } from "./events";
import { Executor, type Outcome, type RecordStore, type Start } from "./executor";
import { identityOf } from "./identity";
import type { NewEntry } from "./journal-record";
import { lookAgain } from "./look";
import { packagesIn } from "./packages";
import { inOrder } from "./plan-order";
import { Reader } from "./reader";
import type { ReconcilerOptions } from "./reconciler";
import { recordedForm, type Recording } from "./recorded-form";
import { Session } from "./session";
import { sharedReads } from "./shared-reads";
import { singlePlan, type SinglePlanOptions, type SingleResource } from "./single-plan";
import { SlotPool, type Slots } from "./slots";
import type { RecordedResource, UnfinishedOperation } from "./state";
import { stateInMemory } from "./state-in-memory";
import { StateFold } from "./state-fold";
import { onClock, pause } from "./timing";
import { Turns } from "./turns";
import { update } from "./update";
import { wantedNow } from "./wanted-now";

/** A resource of which somebody else keeps the state. Its address names it in its mark of ownership and in sentences. */
export interface DrivenResource extends SingleResource {
  /** Begins its mark of ownership. */
  readonly lineage: string;
  /** How long one operation may take, in milliseconds; the kind's time when absent. */
  readonly timeoutMs?: number | undefined;
}

/** One that has an object. */
export interface HeldResource extends DrivenResource {
  readonly attributes: Properties;
  readonly generation: number;
  readonly markedAs?: string;
  /** See `RecordedResource.carries`. */
  readonly carries?: string;
}

/** What is known of an object that was made or changed. */
export type Driven = Pick<RecordedResource, "attributes" | "generation">;

/** Remembers creates that have begun, beyond the life of this process, until whoever keeps the state has their objects. */
export interface BegunCreates {
  find(address: string): UnfinishedOperation | undefined;
  keep(address: string, begun: UnfinishedOperation): void;
  forget(address: string): void;
}

export interface DriverOptions
  extends
    SinglePlanOptions,
    Pick<ReconcilerOptions, "kinds" | "environment" | "packages" | "onEvent" | "timing"> {
  readonly openPlatform: () => Promise<Platform>;
  /** Of the fingerprints of secrets. */
  readonly salt: string;
  readonly begun: BegunCreates;
}

/**
 * Reads, makes, changes and deletes single resources for somebody else who keeps the state and decides what is done when, as
 * Terraform does. Unknown outcomes, adoption, waiting and the pace of calls are those of the reconciler.
 */
export class ResourceDriver {
  private readonly session: Session;
  private readonly folds = new Map<string, StateFold>();
  private readonly turns = new Turns();
  private readonly packages = new Map<string, Set<string>>();
  private readonly slots = unlimitedSlots();
  private readonly recording: Recording;
  private stopped = false;
  private shared = sharedReads();
  /** What the reads share may be as old as this. */
  private sharedSince: number;

  constructor(private readonly options: DriverOptions) {
    const {
      openPlatform,
      assets: _assets,
      provider: _provider,
      salt: _salt,
      begun: _begun,
      ...rest
    } = options;
    const plan = singlePlan(options);
    this.session = new Session({
      ...rest,
      plan,
      // Whoever asks for single resources keeps the state.
      state: stateInMemory(),
      openPlatform,
      stateOf: () => undefined,
      packagesAt: (address) => [...(this.packages.get(address) ?? [])],
    });
    this.session.useProvider(undefined, plan);
    this.sharedSince = this.session.timing.clock.now();
    this.recording = {
      kinds: options.kinds,
      concealment: this.session.concealment(options.salt),
      stateOf: () => undefined,
    };
  }

  /**
   * What there is of an object now.
   *
   * @param changedAt when it was written last, on the clock of `Date.now`: a read may lag behind that for a while
   */
  async read(held: HeldResource, changedAt?: number): Promise<Live | undefined> {
    const { session } = this;
    const kind = this.kind(held);
    const recorded = this.recorded(held);
    this.notePackages(held);
    const { address, lineage } = held;
    const look = (shared?: ReadContext["shared"]): Promise<Live | undefined> =>
      kind.read(
        new Reader(session, { lineage, address, recorded, timeoutMs: kind.timeoutMs }, shared),
        recorded as never,
      );
    try {
      await session.checkAccount(undefined);
      const { timing } = session;
      const until = onClock(timing.clock, changedAt) + (kind.consistencyMs ?? 0);
      const wait = (milliseconds: number): Promise<void> => pause(milliseconds, timing.clock);
      const { shared, sharedSince } = this;
      return (await look(shared)) ?? (await lookAgain(look, sharedSince, { until, timing, wait }));
    } catch (error) {
      throw session.asReadError(error, address);
    }
  }

  /**
   * What a kind reads with that looks for something that is not held yet.
   *
   * @param packages content hashes of those that it may have been made with
   */
  async reading(resource: DrivenResource, packages: readonly string[] = []): Promise<ReadContext> {
    await this.session.checkAccount(undefined);
    const { address, lineage } = resource;
    this.packages.set(address, new Set(packages));
    const { timeoutMs } = this.kind(resource);
    return new Reader(this.session, { lineage, address, recorded: { generation: 1 }, timeoutMs });
  }

  /**
   * Makes an object, or goes on with the one that an earlier attempt has made.
   *
   * @param previous what it takes the place of and leaves as it is, as a version does
   */
  create(resource: DrivenResource, previous?: HeldResource): Promise<Driven> {
    return this.operate(resource, previous, "create", [], (executor, start) =>
      create(executor, executor.target(start), "alone"),
    );
  }

  /** @param names properties that are to be changed */
  update(resource: DrivenResource, held: HeldResource, names: readonly string[]): Promise<Driven> {
    return this.operate(resource, held, "update", names, (executor, start) =>
      update(executor, executor.target(start)),
    );
  }

  async delete(held: HeldResource): Promise<void> {
    await this.operate(held, held, "delete", [], (executor, start) =>
      deleteObject(executor, held.address, start),
    );
    this.options.begun.forget(held.address);
  }

  /** Properties as a state records them: secrets are fingerprints. Of one that cannot be read any more nothing is known. */
  recordedProperties(resource: DrivenResource): Properties {
    const { properties } = resource;
    const record = (known: Properties): Properties =>
      recordedForm({ ...resource, properties: known }, this.options.provider, this.recording);
    try {
      return record(properties);
    } catch (error) {
      if (!ScfError.is(error) || error.code !== "SECRET_MISSING") throw error;
      return record(
        Object.fromEntries(Object.entries(properties).filter(([, value]) => !holdsSymbolic(value))),
      );
    }
  }

  /** An error as a code, a sentence without secrets, and what to do about it. */
  describe(error: unknown): { readonly code: string; readonly message: string; readonly fix?: string } {
    return this.session.describe(error);
  }

  /** The text without any secret that was read. */
  scrub(text: string): string {
    return this.session.secrets.scrub(text);
  }

  /** Nothing new begins; what is under way may end. */
  stop(): void {
    this.stopped = true;
  }

  close(): Promise<void> {
    return this.session.calls.close();
  }

  private async operate(
    resource: DrivenResource,
    held: HeldResource | undefined,
    operation: OperationName,
    names: readonly string[],
    work: (executor: Executor, start: Start) => Promise<Outcome>,
  ): Promise<Driven> {
    const { session, options } = this;
    const { address, lineage } = resource;
    await session.checkAccount(undefined);
    const kind = this.kind(resource);
    const fold = this.fold(lineage);
    const plan = singlePlan(options, resource);
    const wanted = wantedNow(session, fold, plan, this.recording.concealment);
    this.notePackages(resource);
    const recorded = held && this.recorded(held);
    if (recorded) fold.resources.set(address, recorded);
    else fold.resources.delete(address);
    fold.unfinished.delete(address);
    const begun = operation === "create" ? options.begun.find(address) : undefined;
    if (begun) fold.unfinished.set(address, begun);
    const properties =
      operation === "delete" && recorded ? recorded.properties : wanted.resource(address).clear;
    const [ordered] = inOrder(plan, options.kinds);
    const executor = new Executor({
      session,
      store: this.store(fold, address),
      plan,
      wanted,
      resources: new Map(ordered ? [[address, ordered]] : []),
      beginningAtOnce: 0,
      ...(resource.timeoutMs === undefined ? {} : { timeoutMs: resource.timeoutMs }),
      signal: new AbortController().signal,
      stopped: () => this.stopped,
    });
    const change: Change = {
      address,
      kind: resource.kind,
      title: kind.schema.title,
      identity: identityOf(kind, address, properties),
      operation,
      properties: names.map((name) => changeOf(name, kind)),
      after: [],
    };
    const keys = new Set([
      ...kind.exclusive(properties as never),
      ...(recorded ? kind.exclusive(recorded.properties as never) : []),
    ]);
    try {
      const outcome = await this.turns.within([...keys], () => {
        this.shareAnew();
        return work(executor, { change, slots: this.slots, started: () => undefined });
      });
      await outcome.recorded;
    } finally {
      this.shareAnew();
    }
    const { attributes = {}, generation = 0 } = fold.resources.get(address) ?? {};
    return { attributes, generation };
  }

  private shareAnew(): void {
    this.shared = sharedReads();
    this.sharedSince = this.session.timing.clock.now();
  }

  private store(fold: StateFold, address: string): RecordStore {
    const { begun } = this.options;
    return {
      fold,
      append: (entry: NewEntry) => {
        fold.preview(entry);
        const unfinished = fold.unfinished.get(address);
        if (unfinished?.operation === "create") begun.keep(address, unfinished);
        else if (entry.type === "failed") begun.forget(address);
        return Promise.resolve();
      },
    };
  }

  private kind({ kind, address }: DrivenResource): Kind {
    return this.session.kind(kind, address);
  }

  private fold(lineage: string): StateFold {
    let fold = this.folds.get(lineage);
    if (!fold) {
      const { stack, salt, provider } = this.options;
      this.folds.set(lineage, (fold = StateFold.empty({ lineage, salt, stack, provider })));
    }
    return fold;
  }

  private recorded(held: HeldResource): RecordedResource {
    const { kind, attributes, generation, markedAs, carries } = held;
    return {
      kind,
      generation,
      properties: this.recordedProperties(held),
      attributes,
      dependencies: [],
      ...(markedAs === undefined ? {} : { markedAs }),
      ...(carries === undefined ? {} : { carries }),
    };
  }

  private notePackages({ address, properties }: DrivenResource): void {
    const hashes = packagesIn(properties);
    if (hashes.length === 0) return;
    this.packages.set(address, new Set([...(this.packages.get(address) ?? []), ...hashes]));
  }
}

function changeOf(name: string, kind: Kind): Change["properties"][number] {
  const sensitive = kind.schema.metadata[name]?.sensitive === true;
  return { name, before: undefined, after: undefined, reason: "config", effect: "update", sensitive };
}

/** Who calls decides how much is done at once. */
function unlimitedSlots(): Slots {
  return { without: (wait) => wait(), inLine: (wait) => wait(), polls: new SlotPool(Infinity) };
}
