import type { Kind, Live } from "../kinds/kind";
import { ScfError } from "../model/error";
import type { Plan } from "../model/plan";
import { isReference, sameValue, type Properties, type Value } from "../model/value";
import { concealAll } from "./concealment";
import { presentProperties } from "./present-properties";
import { Attempt } from "./attempt";
import { buildDifference } from "./build-difference";
import type { Change } from "./difference";
import type { NewEntry } from "./journal-record";
import { recordedLifecycle } from "./lifecycle";
import { belonging, claimOf } from "./owner";
import { inOrder, type OrderedResource } from "./plan-order";
import { Reader } from "./reader";

import { plain, unknownValue, Wanted } from "./resolve";
import type { Session } from "./session";
import { sharedReads } from "./shared-reads";
import { SlotPool, type Slots } from "./slots";
import type { RecordedResource, State } from "./state";
import type { StateFold } from "./state-fold";
import type { StateStore } from "./state-store";

/** An address of the program, and the existing object that it is to stand for. */
export interface ImportRequest {
  readonly address: string;
  readonly id: string;
}

export interface ImportOptions {
  readonly requests: readonly ImportRequest[];
  /** Whether an object may be taken that carries the mark of another stack. */
  readonly takeOver?: boolean;
  /** What is recorded of other stacks: an object belongs to one stack. */
  readonly others?: readonly State[];
}

/** Why an object cannot come under management. */
export type ImportProblem = ImportRequest &
  (
    | { readonly problem: "address"; readonly addresses: readonly string[] }
    | { readonly problem: "twice" }
    | { readonly problem: "kind"; readonly title: string }
    | { readonly problem: "id"; readonly message: string; readonly fix?: string }
    /** `existing`: ids of all objects of the kind that there are. */
    | { readonly problem: "nothing"; readonly title: string; readonly existing: readonly string[] }
    | {
        readonly problem: "recorded";
        readonly title: string;
        readonly identity: string;
        /** The address that it is recorded at, here or in another stack. */
        readonly at: string;
        /** Whether the address has another object, and not this one. */
        readonly occupied: boolean;
      }
    | { readonly problem: "stranger"; readonly title: string; readonly identity: string }
  );

/** An object that can come under management. */
export interface FoundImport extends ImportRequest {
  readonly kind: string;
  readonly title: string;
  readonly identity: string;
  /** Whether it carries the mark of another stack, which ours takes the place of. */
  readonly takenOver: boolean;
  /** What the next deploy would do to it; absent when nothing. */
  readonly next?: Change;
}

/** What importing would do, and what stands in its way. */
export interface ImportFindings {
  readonly stack: string;
  readonly lineage: string;
  readonly serial: number;
  readonly sequence: number;
  readonly salt: string;
  /** In the order in which they are recorded: each after those that it refers to. */
  readonly found: readonly FoundImport[];
  /** Addresses that have just these objects already. */
  readonly done: readonly string[];
  readonly problems: readonly ImportProblem[];
  /** Why the next deploy would be refused. */
  readonly refusal?: { readonly message: string; readonly fix?: string };
}

export interface ImportSummary {
  /** Addresses that are recorded now. */
  readonly imported: readonly string[];
  /** What it stopped at. */
  readonly failed?: {
    readonly address: string;
    readonly code: string;
    readonly message: string;
    readonly fix?: string;
  };
}

/** Looks for existing objects, and says what recording them would mean. The fold is taken over. */
export async function findImports(
  session: Session,
  fold: StateFold,
  plan: Plan,
  options: ImportOptions,
): Promise<ImportFindings> {
  const { lineage, serial, sequence, salt } = fold;
  const search = new Search(session, fold, plan, options);
  const { found, problems, done } = await search.all();
  const outlook = found.length > 0 ? await search.outlook(found) : {};
  const next = new Map(outlook.changes?.map((change) => [change.address, change]));
  return {
    stack: session.stack,
    lineage,
    serial,
    sequence,
    salt,
    found: found.map(({ request, kind, identity, takenOver }) => {
      const change = next.get(request.address);
      const { title, kind: name } = kind.schema;
      return { ...request, kind: name, title, identity, takenOver, ...(change ? { next: change } : {}) };
    }),
    done,
    problems,
    ...(outlook.refusal ? { refusal: outlook.refusal } : {}),
  };
}

/** Marks the objects and records them, under the lock. Stops at the first that fails: those before it are recorded. */
export async function applyImports(
  session: Session,
  store: StateStore,
  plan: Plan,
  options: ImportOptions & { readonly signal?: AbortSignal },
): Promise<ImportSummary> {
  const search = new Search(session, store.fold, plan, options);
  const imported: string[] = [];
  for (const { resource, request } of search.targets()) {
    const { address } = request;
    if (options.signal?.aborted) break;
    try {
      const result = await search.one(request, resource);
      if ("problem" in result) {
        throw new ScfError("DIFFERENCE_OUTDATED", `${address}: ${request.id} is not as it was found.`, {
          fix: "Run the command again.",
        });
      }
      if ("done" in result) continue;
      const { entry, kind } = result;
      const isMarked = await mark(session, store, kind, entry);
      await store.append(isMarked ? withoutForeignMark(entry) : entry);
      search.recorded.add(entry);
      imported.push(address);
    } catch (error) {
      return { imported, failed: { address, ...session.describe(error) } };
    }
  }
  return { imported };
}

type ImportEntry = Extract<NewEntry, { type: "import" }>;

interface Target {
  readonly request: ImportRequest;
  readonly resource: OrderedResource;
}

interface Found {
  readonly request: ImportRequest;
  readonly kind: Kind;
  readonly identity: string;
  readonly takenOver: boolean;
  readonly entry: ImportEntry;
}

class Search {
  private readonly ordered: readonly OrderedResource[];
  private readonly wanted: Wanted;
  private readonly shared = sharedReads();
  readonly recorded: RecordedObjects;

  constructor(
    private readonly session: Session,
    private readonly fold: StateFold,
    private readonly plan: Plan,
    private readonly options: ImportOptions,
  ) {
    const { kinds, stateOf } = session.options;
    this.ordered = inOrder(plan, kinds);
    this.recorded = new RecordedObjects(kinds);
    const others = (options.others ?? []).filter(({ provider }) => isSamePlace(provider, plan.provider));
    for (const [address, resource] of fold.resources) this.recorded.add({ address, ...resource });
    for (const { resources } of others) {
      for (const [address, resource] of Object.entries(resources))
        this.recorded.add({ address, ...resource });
    }
    this.wanted = new Wanted({
      plan,
      kinds,
      stateOf,
      ...session.concealment(fold.salt),
      attributeOf: (address, attribute) => {
        const value = fold.resources.get(address)?.attributes[attribute];
        return value === undefined ? unknownValue("new") : plain(value);
      },
    });
  }

  /** What is asked for and in the program, each after those that it refers to: their ids are known by then. */
  targets(): Target[] {
    const requests = new Map(this.options.requests.map((request) => [request.address, request]));
    return this.ordered.flatMap((resource) => {
      const request = requests.get(resource.planned.address);
      return request ? [{ request, resource }] : [];
    });
  }

  async all(): Promise<{ found: Found[]; problems: ImportProblem[]; done: string[] }> {
    const found: Found[] = [];
    const problems = this.wrongAddresses();
    const done: string[] = [];
    for (const { request, resource } of this.targets()) {
      const result = await this.one(request, resource);
      if ("problem" in result) problems.push(result);
      else if ("done" in result) done.push(request.address);
      else {
        found.push(result);
        this.fold.preview(result.entry);
        this.recorded.add(result.entry);
      }
    }
    return { found, problems, done };
  }

  /** What the next deploy would do, once everything that was found is recorded. */
  async outlook(found: readonly Found[]): Promise<{
    readonly changes?: readonly Change[];
    readonly refusal?: { readonly message: string; readonly fix?: string };
  }> {
    try {
      const { changes } = await buildDifference(this.session, this.fold, this.plan, {
        destroy: false,
        targets: found.map(({ request }) => request.address),
        warnings: [],
        changedAt: undefined,
      });
      return { changes };
    } catch (error) {
      if (!ScfError.is(error)) throw error;
      const { message, fix } = error;
      return { refusal: { message, ...(fix === undefined ? {} : { fix }) } };
    }
  }

  async one(
    request: ImportRequest,
    resource: OrderedResource,
  ): Promise<Found | ImportProblem | { readonly done: true }> {
    const { session, fold, options } = this;
    const { address, id } = request;
    const { kind } = resource;
    const { title } = kind.schema;
    if (!kind.import) return { ...request, problem: "kind", title };
    const generation = fold.nextGeneration(address);
    const { lineage } = fold;
    const reading = { lineage, address, recorded: { generation }, timeoutMs: kind.timeoutMs };
    const context = new Reader(session, reading, this.shared);
    const wanted = this.wanted.resource(address);
    let live: Live | undefined;
    try {
      live = await kind.import.find(context, id, wanted.clear as never);
      if (!live || live.phase === "deleting") {
        const existing = (await kind.import.list(context)).map((found) => found.id);
        return { ...request, problem: "nothing", title, existing };
      }
    } catch (error) {
      if (ScfError.is(error) && error.code === "IMPORT_ID") {
        const { message, fix } = error;
        return { ...request, problem: "id", message, ...(fix === undefined ? {} : { fix }) };
      }
      throw session.asReadError(error, address);
    }
    const entry = this.entry(resource, live, generation);
    const identity = kind.identity(entry.properties as never);
    const recorded = fold.resources.get(address);
    if (recorded && isSameObject(kind, recorded, entry)) return { done: true };
    if (recorded) {
      const other = kind.identity(recorded.properties as never);
      return { ...request, problem: "recorded", title, identity: other, at: address, occupied: true };
    }
    const at = this.recorded.addressOf(entry);
    if (at !== undefined) return { ...request, problem: "recorded", title, identity, at, occupied: false };
    const whose = belonging(kind, live, claimOf(fold.lineage, address));
    const takenOver = whose === "stranger" && live.owner !== undefined;
    if (takenOver && !options.takeOver) return { ...request, problem: "stranger", title, identity };
    return { request, kind, identity, takenOver, entry };
  }

  private wrongAddresses(): ImportProblem[] {
    const addresses = this.ordered.map(({ planned }) => planned.address).sort();
    const known = new Set(addresses);
    const seen = new Set<string>();
    return this.options.requests.flatMap((request): ImportProblem[] => {
      const { address } = request;
      if (!known.has(address)) return [{ ...request, problem: "address", addresses }];
      if (seen.has(address)) return [{ ...request, problem: "twice" }];
      seen.add(address);
      return [];
    });
  }

  /** What is recorded of an object: what it really has, not what the program says. */
  private entry(
    { planned, kind, dependencies }: OrderedResource,
    live: Live,
    generation: number,
  ): ImportEntry {
    const { session, fold, plan } = this;
    const { address } = planned;
    const concealment = session.concealment(fold.salt);
    const intended = { ...this.wanted.resource(address).recorded, ...this.recordedReferences(planned) };
    const properties = {
      ...unreadable(kind, intended),
      ...presentProperties(kind, intended, live, concealment),
    };
    const { account, region } = plan.provider;
    const derived = isComplete(kind, properties)
      ? kind.derive?.(properties as never, { uin: account.uin ?? "", region })
      : undefined;
    const hasPlaceForMark = kind.marked === true || live.owner !== undefined;
    return {
      type: "import",
      address,
      kind: planned.kind,
      generation,
      properties,
      attributes: concealAll({ ...live.attributes, ...(derived as Properties | undefined) }, concealment),
      dependencies,
      ...(hasPlaceForMark ? { carries: live.owner ?? "" } : {}),
      lifecycle: recordedLifecycle(planned.lifecycle),
    };
  }

  /**
   * What a property refers to, as it is recorded: a version that cannot be asked what it was published from was published
   * from the function as it is, and not from what the program is about to make of it.
   */
  private recordedReferences(planned: OrderedResource["planned"]): Properties {
    const known: Record<string, Value> = {};
    for (const [name, value] of Object.entries(planned.properties)) {
      if (!isReference(value)) continue;
      const { address, attribute } = value.$ref;
      const recorded = this.fold.resources.get(address);
      const found = recorded?.attributes[attribute] ?? recorded?.properties[attribute];
      if (found !== undefined) known[name] = found;
    }
    return known;
  }
}

type RecordedObject = Pick<ImportEntry, "address" | "kind" | "properties" | "attributes">;

/** What is recorded in all stacks, by kind and natural key. */
class RecordedObjects {
  private readonly byKey = new Map<string, RecordedObject[]>();

  constructor(private readonly kinds: Readonly<Record<string, Kind>>) {}

  add(recorded: RecordedObject): void {
    const key = this.keyOf(recorded);
    const known = key === undefined ? undefined : this.byKey.get(key);
    if (known) known.push(recorded);
    else if (key !== undefined) this.byKey.set(key, [recorded]);
  }

  /** The address that an object is recorded at. */
  addressOf(object: RecordedObject): string | undefined {
    const kind = this.kinds[object.kind];
    const key = this.keyOf(object);
    if (!kind || key === undefined) return undefined;
    return this.byKey.get(key)?.find((recorded) => isSameObject(kind, recorded, object))?.address;
  }

  /** Another stack may have been deployed by a cdktf-scf that knows more kinds. */
  private keyOf({ kind, properties }: RecordedObject): string | undefined {
    const known = this.kinds[kind];
    return known && `${kind} ${known.identity(properties as never)}`;
  }
}

/**
 * Puts our mark on an object, where its kind has a call for that. Cut off between mark and record, the lineage that the
 * mark names must not be lost: it is begun like a create, so that whoever comes next finds the object and takes it for ours.
 */
async function mark(session: Session, store: StateStore, kind: Kind, entry: ImportEntry): Promise<boolean> {
  if (!kind.import?.mark) return false;
  const { address, generation, properties, attributes, dependencies } = entry;
  const pool = new SlotPool(1);
  pool.take();
  const slots: Slots = {
    without: (wait) => pool.without(wait),
    inLine: (wait) => pool.without(wait),
    polls: new SlotPool(1),
  };
  const attempt = new Attempt({
    session,
    slots,
    kind,
    address,
    generation,
    claim: claimOf(store.fold.lineage, address),
    resumes: false,
    signal: new AbortController().signal,
    record: () => Promise.resolve(),
    asset: () => Promise.reject(new Error("Marking an object sends no package.")),
  });
  if (entry.carries === attempt.context.owner) return true;
  await store.append({
    type: "begin",
    operation: "create",
    address,
    kind: entry.kind,
    generation,
    properties,
    dependencies,
  });
  try {
    await kind.import.mark(attempt.context, { properties, attributes } as never);
  } catch (error) {
    const effect = attempt.mayHaveTakenEffect;
    await store.append({ type: "failed", address, generation, effect });
    throw error;
  }
  return true;
}

/** As it is recorded once it carries our mark. */
function withoutForeignMark(entry: ImportEntry): ImportEntry {
  const { carries: _, ...others } = entry;
  return others;
}

/** What the platform never shows: there the program is taken at its word. */
function unreadable({ schema }: Kind, intended: Properties): Properties {
  return Object.fromEntries(
    Object.entries(intended).filter(
      ([name]) => schema.metadata[name]?.unreadable && !schema.metadata[name]?.instruction,
    ),
  );
}

/** Whether nothing is missing that a plan must say: of a part nothing can be derived. */
function isComplete({ schema }: Kind, properties: Properties): boolean {
  return Object.entries(
    schema.properties.shape as unknown as Record<string, { isOptional(): boolean }>,
  ).every(([name, type]) => schema.metadata[name]?.checkOnly || type.isOptional() || name in properties);
}

/** Whether both are one object: the same name, and of the ids that the platform gave it none that differs. */
function isSameObject(
  kind: Kind,
  left: Pick<RecordedResource, "kind" | "properties" | "attributes">,
  right: Pick<RecordedResource, "kind" | "properties" | "attributes">,
): boolean {
  if (left.kind !== right.kind) return false;
  if (kind.identity(left.properties as never) !== kind.identity(right.properties as never)) return false;
  return Object.entries(kind.schema.attributeMetadata).every(
    ([name, { volatile, internal }]) =>
      volatile === true ||
      internal === true ||
      left.attributes[name] === undefined ||
      right.attributes[name] === undefined ||
      sameValue(left.attributes[name], right.attributes[name]),
  );
}

function isSamePlace(left: State["provider"], right: State["provider"]): boolean {
  return left.region === right.region && sameValue(left.platform, right.platform);
}
