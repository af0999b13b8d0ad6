import type { PlannedProvider } from "../model/plan";
import { sameValue } from "../model/value";
import type { JournalRecord, NewEntry } from "./journal-record";
import {
  STATE_FORMAT,
  STATE_VERSION,
  type Leftover,
  type RecordedOutput,
  type RecordedResource,
  type State,
  type TerraformMove,
  type UnfinishedOperation,
} from "./state";

/** What a snapshot holds beside the state. */
export interface Bookkeeping {
  /** The last record that the snapshot contains. */
  readonly sequence: number;
  readonly epoch: number;
  /** What was deleted lately and may be made again. */
  readonly retired: { readonly [address: string]: Retired };
}

/** The next object of the address is another generation as long as the platform may still show traces of this one. */
interface Retired {
  readonly generation: number;
  /** Of the run that deleted it. */
  readonly serial: number;
}

export function leftoverKey(address: string, generation: number): string {
  return `${address}#${generation}`;
}

/** A state that takes in one journal record after the other. */
export class StateFold {
  serial: number;
  provider: PlannedProvider;
  sequence: number;
  epoch: number;
  readonly lineage: string;
  readonly salt: string;
  readonly stack: string;
  readonly resources: Map<string, RecordedResource>;
  readonly unfinished: Map<string, UnfinishedOperation>;
  readonly leftovers: Map<string, Leftover>;
  readonly retired: Map<string, Retired>;
  outputs: { readonly [name: string]: RecordedOutput };
  terraform: TerraformMove | undefined;

  constructor(state: State, bookkeeping: Bookkeeping = { sequence: 0, epoch: 0, retired: {} }) {
    this.lineage = state.lineage;
    this.salt = state.salt;
    this.stack = state.stack;
    this.serial = state.serial;
    this.provider = state.provider;
    this.resources = asMap(state.resources);
    this.unfinished = asMap(state.unfinished);
    this.leftovers = asMap(state.leftovers ?? {});
    this.outputs = state.outputs;
    this.terraform = state.terraform;
    this.retired = asMap(bookkeeping.retired);
    this.sequence = bookkeeping.sequence;
    this.epoch = bookkeeping.epoch;
  }

  /** Of a stack of which nothing is recorded yet. */
  static empty(identity: Pick<State, "lineage" | "salt" | "stack" | "provider">): StateFold {
    return new StateFold({
      format: STATE_FORMAT,
      formatVersion: STATE_VERSION,
      ...identity,
      serial: 0,
      resources: {},
      unfinished: {},
      outputs: {},
    });
  }

  bookkeeping(): Bookkeeping {
    return { sequence: this.sequence, epoch: this.epoch, retired: Object.fromEntries(this.retired) };
  }

  toState(): State {
    return {
      format: STATE_FORMAT,
      formatVersion: STATE_VERSION,
      lineage: this.lineage,
      serial: this.serial,
      salt: this.salt,
      stack: this.stack,
      provider: this.provider,
      resources: sorted(this.resources),
      unfinished: sorted(this.unfinished),
      leftovers: sorted(this.leftovers),
      outputs: this.outputs,
      ...(this.terraform === undefined ? {} : { terraform: this.terraform }),
    };
  }

  /** The generation that the next object of an address gets. */
  nextGeneration(address: string): number {
    return (
      Math.max(
        this.resources.get(address)?.generation ?? 0,
        this.unfinished.get(address)?.generation ?? 0,
        this.retired.get(address)?.generation ?? 0,
      ) + 1
    );
  }

  /** Takes in what is only supposed to be recorded: to see what would follow. */
  preview(entry: NewEntry): void {
    this.take({ ...entry, sequence: this.sequence, epoch: this.epoch } as JournalRecord);
  }

  take(record: JournalRecord): void {
    this.sequence = record.sequence;
    this.epoch = record.epoch;
    switch (record.type) {
      case "run":
        this.serial = record.serial;
        this.provider = record.provider;
        this.forgetRetired();
        return;
      case "begin":
        this.begin(record);
        return;
      case "attributes":
        addAttributes(this.unfinished, record);
        // An id that an update mints belongs to the resource even if the update never ends.
        addAttributes(this.resources, record);
        return;
      case "adopt": {
        const { address, properties } = record;
        const common = { ...describe(record), attributes: record.attributes };
        this.supersede(address, record.generation, record.keepsPrevious);
        this.resources.set(address, { ...common, properties: record.present });
        this.unfinished.set(address, { ...common, operation: "update", properties });
        return;
      }
      case "end":
        if (record.operation === "delete") this.endDelete(record.address, record.generation);
        else this.endWrite(record);
        return;
      case "failed":
        if (!record.effect && this.unfinished.get(record.address)?.generation === record.generation) {
          this.unfinished.delete(record.address);
        }
        return;
      case "record": {
        const resource = this.resources.get(record.address);
        if (resource?.generation !== record.generation) return;
        const { properties, attributes, dependencies, lifecycle = resource.lifecycle } = record;
        const { carries } = resource;
        this.resources.set(record.address, {
          ...describe({ ...resource, dependencies, lifecycle }),
          properties,
          attributes,
          ...(carries === undefined ? {} : { carries }),
        });
        return;
      }
      case "import": {
        const { address, properties, attributes, carries } = record;
        this.resources.set(address, {
          ...describe(record),
          properties,
          attributes,
          ...(carries === undefined ? {} : { carries }),
        });
        this.unfinished.delete(address);
        return;
      }
      case "forget":
        this.forget(record.address, record.generation);
        return;
      case "move":
        this.move(record.from, record.to);
        return;
      case "terraform":
        this.terraform = record.move === "none" ? undefined : record.move;
        if (record.move === "left") {
          this.resources.clear();
          this.outputs = {};
        }
        return;
      case "arrival":
        this.terraform = "coming";
        this.outputs = record.outputs;
        for (const [address, resource] of Object.entries(record.resources)) {
          this.resources.set(address, resource);
          this.retired.delete(address);
        }
        return;
      case "outputs":
        this.outputs = record.outputs;
        return;
    }
  }

  private begin(record: Extract<JournalRecord, { type: "begin" }>): void {
    const { address, operation, generation, properties } = record;
    // A leftover stays one until its delete has ended: that is all there is to know about it.
    if (this.leftovers.has(leftoverKey(address, generation))) return;
    const earlier = this.unfinished.get(address);
    const isSame = earlier?.generation === generation;
    const doubtful = isSame ? this.doubtAbout(address, earlier) : [];
    this.unfinished.set(address, {
      ...describe(record),
      operation,
      properties,
      attributes: isSame ? earlier.attributes : {},
      ...(doubtful.length > 0 ? { doubtful } : {}),
    });
  }

  /** What an operation that never ended may have changed stays in doubt, whatever is begun after it. */
  private doubtAbout(address: string, { properties, doubtful = [] }: UnfinishedOperation): readonly string[] {
    const recorded = this.resources.get(address)?.properties;
    if (!recorded) return doubtful;
    const names = new Set([...Object.keys(recorded), ...Object.keys(properties)]);
    const changed = [...names].filter((name) => !sameValue(recorded[name], properties[name]));
    return [...new Set([...doubtful, ...changed])].sort();
  }

  private endWrite(record: Extract<JournalRecord, { type: "end" }>): void {
    const { address, generation, properties, attributes } = record;
    this.supersede(address, generation, record.keepsPrevious);
    const previous = this.resources.get(address);
    const isSame = previous?.generation === generation;
    this.resources.set(address, {
      ...describe(record),
      properties,
      attributes,
      ...(isSame && previous.carries !== undefined ? { carries: previous.carries } : {}),
    });
    this.unfinished.delete(address);
    this.retired.delete(address);
  }

  private supersede(address: string, generation: number, keepsPrevious: boolean): void {
    const previous = this.resources.get(address);
    if (keepsPrevious && previous !== undefined && previous.generation < generation) {
      this.leftovers.set(leftoverKey(address, previous.generation), { ...previous, address });
    }
  }

  private forget(address: string, generation: number): void {
    if (this.leftovers.delete(leftoverKey(address, generation))) return;
    const resource = this.resources.get(address);
    const unfinished = this.unfinished.get(address);
    if ((resource ?? unfinished)?.generation !== generation) return;
    this.resources.delete(address);
    this.unfinished.delete(address);
  }

  private move(from: string, to: string): void {
    if (this.holds(to) || !this.holds(from)) return;
    const marked = <T extends { readonly markedAs?: string }>(one: T): T => ({
      ...one,
      markedAs: one.markedAs ?? from,
    });
    rename(this.resources, from, to, marked);
    rename(this.unfinished, from, to, marked);
    rename(this.retired, from, to, (one) => one);
    for (const [key, leftover] of [...this.leftovers]) {
      if (leftover.address !== from) continue;
      rename(this.leftovers, key, leftoverKey(to, leftover.generation), (one) => ({
        ...marked(one),
        address: to,
      }));
    }
    referTo(this.resources, from, to);
    referTo(this.unfinished, from, to);
    referTo(this.leftovers, from, to);
  }

  /** Whether anything is recorded at an address. */
  holds(address: string): boolean {
    return (
      this.resources.has(address) || this.unfinished.has(address) || this.leftoversOf(address).length > 0
    );
  }

  leftoversOf(address: string): Leftover[] {
    return [...this.leftovers.values()].filter((leftover) => leftover.address === address);
  }

  /** By the end of the run after the one that deleted it, an object has left no trace that could be taken for the next. */
  private forgetRetired(): void {
    for (const [address, { serial }] of this.retired) {
      if (serial < this.serial - 1) this.retired.delete(address);
    }
  }

  private endDelete(address: string, generation: number): void {
    if (this.leftovers.delete(leftoverKey(address, generation))) return;
    const resource = this.resources.get(address);
    if (resource !== undefined && resource.generation <= generation) this.resources.delete(address);
    this.unfinished.delete(address);
    this.retired.set(address, { generation, serial: this.serial });
  }
}

/** What records of an object and of an operation on it have in common. */
type Described = Pick<UnfinishedOperation, "kind" | "generation" | "dependencies" | "markedAs" | "lifecycle">;

function describe({ kind, generation, dependencies, markedAs, lifecycle }: Described): Described {
  return {
    kind,
    generation,
    dependencies,
    ...(markedAs === undefined ? {} : { markedAs }),
    ...(lifecycle && Object.keys(lifecycle).length > 0 ? { lifecycle } : {}),
  };
}

function addAttributes<T extends RecordedResource>(
  map: Map<string, T>,
  { address, generation, attributes }: Extract<JournalRecord, { type: "attributes" }>,
): void {
  const found = map.get(address);
  if (found?.generation !== generation) return;
  map.set(address, { ...found, attributes: { ...found.attributes, ...attributes } });
}

function rename<T>(map: Map<string, T>, from: string, to: string, change: (value: T) => T): void {
  const value = map.get(from);
  if (value === undefined) return;
  map.delete(from);
  map.set(to, change(value));
}

function referTo<T extends { readonly dependencies: readonly string[] }>(
  map: Map<string, T>,
  from: string,
  to: string,
): void {
  for (const [key, value] of map) {
    if (!value.dependencies.includes(from)) continue;
    const dependencies = value.dependencies.map((address) => (address === from ? to : address));
    map.set(key, { ...value, dependencies });
  }
}

function asMap<T>(values: { readonly [key: string]: T }): Map<string, T> {
  const map = new Map<string, T>();
  for (const key of Object.keys(values)) map.set(key, values[key] as T);
  return map;
}

function sorted<T>(map: ReadonlyMap<string, T>): { [key: string]: T } {
  const result: { [key: string]: T } = {};
  for (const key of [...map.keys()].sort()) result[key] = map.get(key) as T;
  return result;
}
