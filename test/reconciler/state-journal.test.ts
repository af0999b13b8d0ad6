import { fc } from "../fast-check";
import fs from "fs";
import { join } from "path";
import type { Properties } from "../../lib/model/value";
import { encodeBatch } from "../../lib/reconciler/journal";
import type { JournalRecord, NewEntry } from "../../lib/reconciler/journal-record";
import { writeHead } from "../../lib/reconciler/head";
import { decodeSnapshot, encodeSnapshot, writeSnapshot } from "../../lib/reconciler/snapshot";
import { STATE_FORMAT, STATE_VERSION, type State } from "../../lib/reconciler/state";
import { StateFold } from "../../lib/reconciler/state-fold";
import { readStored } from "../../lib/reconciler/state-reader";
import { planOf, temporaryFolder } from "./support";

const { provider } = planOf({});

function empty(): StateFold {
  return new StateFold({
    format: STATE_FORMAT,
    formatVersion: STATE_VERSION,
    lineage: "1f0e7c52-0000-4000-8000-000000000000",
    serial: 0,
    salt: "s",
    stack: "shop",
    provider,
    resources: {},
    unfinished: {},
    outputs: {},
  });
}

function numbered(entries: readonly NewEntry[]): JournalRecord[] {
  return entries.map((entry, index) => ({ ...entry, sequence: index + 1, epoch: 1 }) as JournalRecord);
}

function foldOf(records: readonly JournalRecord[], from = empty()): StateFold {
  for (const record of records) from.take(record);
  return from;
}

function contentOf(fold: StateFold): object {
  return { ...fold.toState(), bookkeeping: fold.bookkeeping() };
}

const address = fc.constantFrom("shop/a", "shop/b", "shop/c", "shop/d");
const generation = fc.integer({ min: 1, max: 3 });
const object = {
  kind: fc.constantFrom("box", "layer"),
  generation,
  properties: fc.record({ name: fc.constantFrom("one", "two") }),
  attributes: fc.constantFrom<Properties>({}, { id: "id-1" }),
  dependencies: fc.uniqueArray(address, { maxLength: 2 }),
};
const lifecycle = fc.option(fc.record({ protect: fc.boolean() }), { nil: undefined });

/** One of each type that there is: a type without one does not compile. */
const entries: { readonly [type in NewEntry["type"]]: fc.Arbitrary<Extract<NewEntry, { type: type }>> } = {
  run: fc.record({
    type: fc.constant("run"),
    lineage: fc.constant("l"),
    serial: fc.integer({ min: 1, max: 9 }),
    stack: fc.constant("shop"),
    purpose: fc.constant("deploy"),
    provider: fc.constant(provider),
    formatVersion: fc.constant(STATE_VERSION),
  }),
  begin: fc.record({
    type: fc.constant("begin"),
    address,
    operation: fc.constantFrom("create", "update", "delete"),
    kind: object.kind,
    generation,
    properties: object.properties,
    dependencies: object.dependencies,
  }),
  attributes: fc.record({
    type: fc.constant("attributes"),
    address,
    generation,
    attributes: fc.constant({ arn: "x" }),
  }),
  adopt: fc.record({
    type: fc.constant("adopt"),
    address,
    ...object,
    present: object.properties,
    keepsPrevious: fc.boolean(),
  }),
  end: fc.record({
    type: fc.constant("end"),
    address,
    operation: fc.constantFrom("create", "update", "delete"),
    ...object,
    keepsPrevious: fc.boolean(),
  }),
  failed: fc.record({ type: fc.constant("failed"), address, generation, effect: fc.boolean() }),
  record: fc.record({
    type: fc.constant("record"),
    address,
    generation,
    properties: object.properties,
    attributes: object.attributes,
    dependencies: object.dependencies,
    lifecycle,
  }) as fc.Arbitrary<Extract<NewEntry, { type: "record" }>>,
  import: fc.record({
    type: fc.constant("import"),
    address,
    ...object,
    lifecycle,
  }) as fc.Arbitrary<Extract<NewEntry, { type: "import" }>>,
  forget: fc.record({ type: fc.constant("forget"), address, generation }),
  move: fc.record({ type: fc.constant("move"), from: address, to: address }),
  terraform: fc.record({
    type: fc.constant("terraform"),
    move: fc.constantFrom("leaving", "left", "coming", "none"),
  }),
  arrival: fc.record({
    type: fc.constant("arrival"),
    resources: fc.dictionary(address, fc.record(object), { maxKeys: 2 }),
    outputs: fc.constant({}),
  }),
  outputs: fc.record({
    type: fc.constant("outputs"),
    outputs: fc.constantFrom<State["outputs"]>({}, { name: { value: "one", sensitive: false } }),
  }),
};
const history = fc.array(fc.oneof(...Object.values<fc.Arbitrary<NewEntry>>(entries)), { maxLength: 30 });

test("a snapshot and the records after it say the same as all records", () => {
  fc.assert(
    fc.property(history, fc.nat(), (made, at) => {
      const records = numbered(made);
      const cut = at % (records.length + 1);
      const bytes = Buffer.from(encodeSnapshot(foldOf(records.slice(0, cut))));
      const snapshot = decodeSnapshot(bytes, "snapshot.1.json");
      if (typeof snapshot === "string") throw new Error(snapshot);
      const { content } = snapshot;
      const continued = foldOf(records.slice(cut), new StateFold(content, content.bookkeeping));
      expect(JSON.stringify(contentOf(continued))).toEqual(JSON.stringify(contentOf(foldOf(records))));
    }),
    { numRuns: 500 },
  );
});

test("whatever is recorded, a leftover is under its own key, and moving neither makes nor loses anything", () => {
  const check = (state: State): void => {
    for (const [key, { address: of, generation: number }] of Object.entries(state.leftovers ?? {})) {
      expect(key).toBe(`${of}#${number}`);
    }
  };
  fc.assert(
    fc.property(history, (made) => {
      const fold = empty();
      for (const record of numbered(made)) {
        const before = fold.resources.size + fold.unfinished.size + fold.leftovers.size;
        fold.take(record);
        check(fold.toState());
        const now = fold.resources.size + fold.unfinished.size + fold.leftovers.size;
        if (record.type === "move") expect(now).toBe(before);
      }
    }),
    { numRuns: 300 },
  );
});

test("a journal of all types of records, cut at every byte, is what was whole, with a warning for the rest", () => {
  const directory = join(temporaryFolder(), "shop");
  fs.mkdirSync(directory);
  writeSnapshot(directory, 0, empty());
  writeHead(directory, { stack: "shop", epoch: 1 });
  const made = Object.values<fc.Arbitrary<NewEntry>>(entries).flatMap((one) =>
    fc.sample(one, { numRuns: 2, seed: 7 }),
  );
  const records = numbered(made);
  // Flushes of one, two and three records.
  const batches: JournalRecord[][] = [];
  for (let start = 0, size = 1; start < records.length; start += size, size = (size % 3) + 1) {
    batches.push(records.slice(start, start + size));
  }
  const bytes = Buffer.concat(batches.map(encodeBatch));
  const journal = join(directory, "journal.1.log");
  let whole = 0;
  let end = 0;
  let expected = contentOf(empty());
  for (let length = 0; length <= bytes.length; length++) {
    const next = batches[whole];
    if (next && length === end + encodeBatch(next).length) {
      end = length;
      whole++;
      expected = contentOf(foldOf(batches.slice(0, whole).flat()));
    }
    fs.writeFileSync(journal, bytes.subarray(0, length));
    const stored = readStored(directory);
    expect(stored && contentOf(stored.fold)).toEqual(expected);
    expect({ length, torn: stored?.warnings }).toEqual({
      length,
      torn: length === end ? [] : [expect.stringContaining("journal.1.log is torn") as string],
    });
  }
  expect(whole).toBe(batches.length);
});

test("a journal with any one byte changed is refused, or cut in its last line with a warning", () => {
  const directory = join(temporaryFolder(), "shop");
  fs.mkdirSync(directory);
  writeSnapshot(directory, 0, empty());
  writeHead(directory, { stack: "shop", epoch: 1 });
  const made = Object.values<fc.Arbitrary<NewEntry>>(entries).flatMap((one) =>
    fc.sample(one, { numRuns: 1, seed: 3 }),
  );
  const records = numbered(made);
  const last = encodeBatch(records.slice(8));
  const bytes = Buffer.concat([encodeBatch(records.slice(0, 4)), encodeBatch(records.slice(4, 8)), last]);
  const journal = join(directory, "journal.1.log");
  let cut = 0;
  for (let at = 0; at < bytes.length; at++) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] as number) ^ 0x10;
    fs.writeFileSync(journal, changed);
    let warnings: readonly string[] | undefined;
    try {
      const stored = readStored(directory);
      warnings = stored?.warnings;
      expect(stored?.fold.sequence).toBe(8);
    } catch (error) {
      expect((error as Error).message).toMatch(/journal\.1\.log is damaged: line [123] does not fit/);
      continue;
    }
    expect(at).toBeGreaterThanOrEqual(bytes.length - last.length);
    expect(warnings).toEqual([expect.stringContaining("is torn")]);
    cut++;
  }
  // Only what a broken length of the last line looks like cannot be told from damage.
  expect(cut).toBeGreaterThan(last.length - 6);
});
