import { ScfError } from "../model/error";
import type { AttributesOf, PropertiesOf, ResourceSchema } from "../model/resource-schema";
import type { Properties } from "../model/value";
import type { Action, Request, Response, Service } from "../platform/api";

/** What a resource looks like on the platform right now, in the shape of the plan. */
export interface Live {
  /**
   * Properties as the platform reports them, normalized: server defaults that nobody asked for are left out, the mark of
   * ownership is taken off descriptions. A property that cannot be read is absent.
   */
  readonly properties: Properties;
  readonly attributes: Properties;
  /** The mark of ownership, where the platform has a place for one. */
  readonly owner?: string;
  /** Why it cannot be used as it is: it is still being made or changed, going away, or what making it has failed to be. */
  readonly phase?: Phase;
}

/**
 * - `pending`: the platform still works on it. `ready` waits until it is done.
 * - `deleting`: it is on its way out. `delete` waits until it is gone, and a `create` of the same name waits for that.
 * - `failed`: making or changing it did not work. `create`, or `update` where there is one, repairs what is ours of it or
 *   takes it away and makes it anew; nobody else deletes it, for a failed change leaves versions and aliases behind.
 */
export type Phase = "pending" | "deleting" | "failed";

/** An object of a kind that exists, whoever made it. */
export interface Found {
  /** What `import` takes for it. */
  readonly id: string;
  readonly live: Live;
}

/** What is recorded of a resource: the properties it was last given, and what the platform computed. */
export interface Recorded<S extends ResourceSchema = ResourceSchema> {
  /** Secrets are fingerprints here, never values. */
  readonly properties: PropertiesOf<S>;
  readonly attributes: Partial<AttributesOf<S>>;
}

/** What a kind's operations may do. The reconciler hands it in; nothing in a kind knows where calls go or are recorded. */
export interface OperationContext {
  readonly region: string;
  /** Account id of the owner, empty when the plan does not name one. */
  readonly uin: string;
  /** Marks objects as belonging to one resource of one state: letters and digits only, at most 40. */
  readonly owner: string;
  readonly signal: AbortSignal;
  /**
   * Makes one call. Throttling and "busy" refusals are retried within the kind's timeout; any other refusal is thrown as
   * PlatformError, a missing answer as UnknownOutcomeError.
   */
  call<S extends Service, A extends Action<S>>(
    service: S,
    action: A,
    request: Request<S, A>,
  ): Promise<Response<S, A>>;
  /**
   * Asks again, with growing pauses, until `poll` gives a value; says what it waits for when the timeout passes.
   *
   * @param apartMs how long it may take by itself, where that does not count against the kind's timeout, in milliseconds
   */
  waitFor<T>(what: string, poll: () => Promise<T | undefined>, apartMs?: number): Promise<T>;
  /**
   * Lets time pass, which does not count against the kind's timeout.
   *
   * @throws ScfError `INTERRUPTED` as soon as the run is asked to end
   */
  rest(milliseconds: number): Promise<void>;
  /**
   * Runs the gate of a release. How long that takes does not count against the kind's timeout.
   *
   * @throws ScfError `INTERRUPTED` as soon as the run is asked to end
   */
  gate(call: GateCall): Promise<GateResult>;
  /** Tells how far an operation of several steps has come. */
  progress(progress: OperationProgress): void;
  /** Milliseconds on the clock by which `waitFor` waits. */
  now(): number;
  /** Makes attributes durable. Called with every id that the platform mints, before the next call. */
  record(attributes: Properties): Promise<void>;
  /** The bytes of a staged package, checked against the plan's hash. */
  asset(hash: string): Promise<Uint8Array>;
  /**
   * The content hash of the package that the plan has for this resource, when its ZIP has this SHA-256, in hexadecimal
   * digits. The platform shows code by that alone; it tells what an interrupted run has sent already.
   */
  packageOf?(zipSha256: string): Promise<string | undefined>;
}

/** A command that decides whether a release goes on. */
export interface GateCall {
  readonly command: string;
  /** It has failed when it has not ended by then, in milliseconds. */
  readonly timeoutMs: number;
  /** Variables that it gets beside those of the run. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface GateResult {
  readonly passed: boolean;
  /** How it ended, in words: `exit code 3`. */
  readonly outcome: string;
  /** The end of what it has printed. */
  readonly output: string;
}

/** One of the steps of an operation. */
export interface OperationProgress {
  /** Counted from 1. */
  readonly step: number;
  readonly steps: number;
  /** What is done in it. */
  readonly detail: string;
}

/**
 * Thrown by an update that has failed and has put the object back: the operation ends as failed, leaves nothing unfinished,
 * and what is thrown here is recorded.
 */
export class PutBack extends ScfError {
  /**
   * @param properties what differs from what is wanted; null for what is not there
   * @param attributes as `update` returns them
   */
  constructor(
    failure: ScfError,
    readonly properties: Properties,
    readonly attributes: Properties,
  ) {
    super(failure.code, failure.message, failure.fix === undefined ? {} : { fix: failure.fix });
  }

  static override is(value: unknown): value is PutBack {
    return ScfError.is(value) && "attributes" in value;
  }
}

/** What holds instead of what is wanted. */
export interface Held {
  /** Instead of the wanted ones; null for one that is not to be there. */
  readonly properties: Properties;
  /** Why, and what to do about it: people are told with every comparison. */
  readonly warning: string;
  /** Attributes as they are recorded when it is to be tried again. */
  readonly again: Properties;
}

/** A context that only reads. */
export interface ReadContext extends Pick<
  OperationContext,
  "region" | "uin" | "owner" | "signal" | "call" | "packageOf"
> {
  /**
   * What several reads of one comparison need is asked for once: the answer that the key had first is everybody's. Absent
   * wherever something is written between two reads.
   */
  shared?<T>(key: string, read: () => Promise<T>): Promise<T>;
}

/**
 * How one kind of resource is read, created, updated and deleted. An operation may be cut off after any call and be
 * started again: creating is preceded by `find`, updating and deleting do not mind what is already done.
 */
export interface Kind<S extends ResourceSchema = ResourceSchema> {
  readonly schema: S;
  /** Natural key for people: `default/orders`. */
  identity(properties: PropertiesOf<S>): string;
  /**
   * Keys of platform objects to which writes must not overlap. `create`, `update` and `delete` of two resources that
   * share a key run one after the other.
   */
  exclusive(properties: PropertiesOf<S>): readonly string[];
  /** A fixed name must be free before the next generation is made; numbered objects can stand side by side. */
  readonly replacement: "delete-first" | "create-first";
  /** A replaced generation stays on the platform: published versions are history that aliases roll back to. */
  readonly keepsReplaced?: boolean;
  /** Kinds whose objects may hold on to this one by something that nobody has recorded: they are deleted first. */
  readonly deletedAfter?: readonly string[];
  /**
   * Whether everything that we make carries the mark of ownership from its first call on: an object without one is
   * somebody else's. Without a place for a mark, only the record of having begun tells.
   */
  readonly marked?: boolean;
  /** How long one operation may take, waiting included, in milliseconds. */
  readonly timeoutMs: number;
  /** How long after an accepted write a read may still not show it, in milliseconds; 0 when absent. */
  readonly consistencyMs?: number;
  /**
   * Attributes that follow from the wanted properties alone, so that dependents can be compared before anything runs.
   * Called with resolved properties (secrets as fingerprints) only when none of them is unknown.
   */
  derive?(properties: PropertiesOf<S>, context: { uin: string; region: string }): Partial<AttributesOf<S>>;
  /**
   * Why the platform never takes what is recorded to what is wanted, where that is so: the difference fails with it. A
   * property that is not known yet has some text for a value.
   */
  forbids?(wanted: PropertiesOf<S>, recorded: PropertiesOf<S>): ScfError | undefined;
  /**
   * What holds instead of what is wanted, where just that was tried and put back. What is not known yet is absent from
   * `wanted`.
   */
  held?(wanted: Partial<PropertiesOf<S>>, recorded: Recorded<S>): Held | undefined;
  /**
   * The steps of an update, for people, where it has several; none where it is done at once.
   *
   * @param wanted without what is not known yet
   * @param changed names of the properties that change
   */
  steps?(
    wanted: Partial<PropertiesOf<S>>,
    recorded: Recorded<S>,
    live: Live,
    changed: ReadonlySet<string>,
  ): readonly string[];
  /** The recorded resource as it is now, or undefined when it is gone. */
  read(context: ReadContext, recorded: Recorded<S>): Promise<Live | undefined>;
  /**
   * An existing object that a create would collide with, or that an interrupted create has left: by natural key, or for
   * numbered objects by mark and content. Undefined when there is none. Of several numbered ones with that content, the one
   * that `context.owner` marks comes before any other generation of the same resource. What is going away or has failed to be
   * made is found too, with its phase. A setting that is put collides with nothing: it is found where it is just what is
   * wanted.
   */
  find(context: ReadContext, wanted: PropertiesOf<S>): Promise<Live | undefined>;
  /**
   * Waits until an object that was found is as usable as one that `create` has made, and returns the attributes that it has
   * then. Absent when every object is usable as soon as it can be read.
   */
  ready?(context: OperationContext, recorded: Recorded<S>): Promise<Partial<AttributesOf<S>>>;
  /**
   * Makes the resource and waits until it is usable. Derived attributes are left to `derive`.
   *
   * @param gone what was recorded of the object before, where somebody else has deleted it
   */
  create(
    context: OperationContext,
    wanted: PropertiesOf<S>,
    gone?: Recorded<S>,
  ): Promise<Partial<AttributesOf<S>>>;
  /**
   * Brings the properties in `changed` to what is wanted, and returns the attributes that may have changed with them.
   * Absent when every property is immutable.
   */
  update?(
    context: OperationContext,
    wanted: PropertiesOf<S>,
    recorded: Recorded<S>,
    changed: ReadonlySet<string>,
  ): Promise<Partial<AttributesOf<S>>>;
  /** Deletes it and waits until it is gone. Nothing to delete is success. */
  delete(context: OperationContext, recorded: Recorded<S>): Promise<void>;
  /** How existing objects come under management. Absent where nothing tells one object from another. */
  readonly import?: Importing<S>;
}

/** How an object that exists already is found, marked and listed. */
export interface Importing<S extends ResourceSchema = ResourceSchema> {
  /** What identifies one, for people: `namespace/name`. */
  readonly id: string;
  /**
   * The object with this id; undefined when there is none.
   *
   * @param wanted what the program says of the address that it is imported to; nothing where no program is at hand
   * @throws ScfError `IMPORT_ID` when the id has another form
   */
  find(context: ReadContext, id: string, wanted: Partial<PropertiesOf<S>>): Promise<Live | undefined>;
  /** Puts the mark of ownership on it, where the platform has a place for one that can be written. */
  mark?(context: OperationContext, recorded: Recorded<S>): Promise<void>;
  /** All that exist in the region, with their properties in full. */
  list(context: ReadContext): Promise<readonly Found[]>;
}

export type { Platform } from "../platform/platform";
export { classify, isErrorOfClass, PlatformError, UnknownOutcomeError } from "../platform/errors";
export { isReadAction } from "../platform/api/api";
