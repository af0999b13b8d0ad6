import * as fs from "node:fs";
import * as path from "node:path";
import { schemaOf } from "../../lib/model/resources";
import { facts } from "../../lib/rules/facts";
import { sections } from "../../lib/rules/ids";
import { reference } from "../../lib/rules/reference";
import { rules } from "../../lib/rules/rules";
import { wrongPrograms } from "../constructs/wrong-programs";
import { allCases } from "./all-cases";
import { completeness, lacks } from "./completeness";
import { said } from "./enforcement";
import { wrongProgramSources } from "./wrong-program-sources";

const root = path.resolve(__dirname, "..", "..");

/** Ids that have neither a rule nor a fact so far. It has to be exactly these: whoever adds a rule takes its id away here. */
const notYet: readonly string[] = [];

/** Rules of which nobody has said whether the local platform refuses the same (`enforcement.ts`). Exactly these as well. */
const enforcementNotSaid: readonly string[] = [];

const rows = completeness();
const ids = sections.flatMap((section) => section.ids);

function missing(what: string): string[] {
  return rows.filter((row) => lacks(row).includes(what)).map(({ id }) => id);
}

test("every id has a rule or a fact", () => {
  expect(missing("rule or fact")).toEqual(notYet);
});

test.each(["passing case", "failing case", "message", "page"])("no rule is without a %s", (what) => {
  expect(missing(what)).toEqual([]);
});

test("of every rule it is said whether the local platform refuses the same", () => {
  expect(missing("word on the local platform")).toEqual(enforcementNotSaid);
});

test("an id stands in the list once, and has one rule or one fact, or both where the list says so", () => {
  const listed = ids.map(({ id }) => id);
  expect(new Set(listed).size).toBe(listed.length);
  expect(twice(rules)).toEqual([]);
  expect(twice(facts)).toEqual([]);
  const guarded = ids.filter(({ severities }) => severities.includes("fact") && severities.length > 1);
  const both = facts.filter((fact) => rules.some((rule) => rule.id === fact.id)).map(({ id }) => id);
  expect(guarded.map(({ id }) => id)).toEqual(expect.arrayContaining(both));

  function twice(records: readonly { readonly id: string }[]): string[] {
    return records.map(({ id }) => id).filter((id, index, all) => all.indexOf(id) !== index);
  }
});

test("every rule and every fact is in the list of ids", () => {
  const listed = new Set(ids.map(({ id }) => id));
  expect([...rules, ...facts].map(({ id }) => id).filter((id) => !listed.has(id))).toEqual([]);
});

test("what is said of the local platform is said of ids of the list", () => {
  const listed = new Set(ids.map(({ id }) => id));
  expect(Object.keys(said).filter((id) => !listed.has(id))).toEqual([]);
});

test("every case is about a rule that exists", () => {
  const known = new Set(reference().map(({ id }) => id));
  expect([...new Set(allCases().map(({ rule }) => rule))].filter((id) => !known.has(id))).toEqual([]);
});

test("rules and facts have a severity that the list gives them", () => {
  const severities = new Map(ids.map((row) => [row.id, row.severities]));
  const wrong = reference().filter(({ id, severity }) => !severities.get(id)?.includes(severity));
  expect(wrong.map(({ id, severity }) => `${id} ${severity}`)).toEqual([]);
});

test("what only the platform or the comparison on deploy decides refers to what shows it", () => {
  const decided = rows.filter(({ id }) =>
    ids.some((row) => row.id === id && row.when.some((moment) => moment === "run" || moment === "plan")),
  );
  for (const { entry, enforcement } of decided) {
    if (entry) expect([entry.id, entry.evidence ?? enforcement]).toEqual([entry.id, expect.anything()]);
  }
});

describe("what is referred to is there", () => {
  test.each(facts.map((fact) => [fact.id, fact.evidence] as const))("%s", (_id, evidence) => {
    if (evidence.by === "test") expectTest(evidence.file, evidence.name);
    if (evidence.by !== "immutable") return;
    const metadata = schemaOf(evidence.kind)?.metadata as Record<string, { immutable?: boolean }> | undefined;
    for (const property of evidence.properties)
      expect([property, metadata?.[property]?.immutable]).toEqual([property, true]);
  });

  const enforced = rows.flatMap(({ id, enforcement }) => (enforcement ? [[id, enforcement] as const] : []));
  test.each(enforced)("%s on the local platform", (_id, enforcement) => {
    if (enforcement.by === "platform") expectTest(enforcement.file, enforcement.name);
  });

  function expectTest(file: string, name: string): void {
    expect(fs.readFileSync(path.join(root, file), "utf8")).toContain(JSON.stringify(name).slice(1, -1));
  }
});

test("facts state themselves in plain sentences", () => {
  for (const { statement, consequence } of facts) {
    for (const sentence of [statement, consequence]) expect(sentence).toMatch(/^[a-z`0-9$][^\n]*[^.]$/i);
  }
});

test("the wrong programs are read as they are written, every one of them", () => {
  const sources = wrongProgramSources();
  expect([...sources.keys()]).toEqual([...new Set(wrongPrograms.map(({ rule }) => rule))]);
  for (const { rule, text } of sources.values()) {
    expect(text).toContain("// the finding points here");
    expect(text).not.toContain(`here ${rule}`);
  }
});

test("synthesis does not load what is only there to be read", () => {
  const loaded = ["lib/rules/index.ts", "lib/index.ts"].flatMap((file) => [
    ...reachable(path.join(root, file)),
  ]);
  expect(loaded.filter((file) => /rules\/(facts|ids|reference)/.test(file))).toEqual([]);
});

/** The files that a file imports when it is loaded, and those that they import. */
function reachable(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const text = fs.readFileSync(file, "utf8");
  for (const [, target = ""] of text.matchAll(/^(?:import|export) (?!type\b)[^;]*?from "(\.[^"]+)"/gm)) {
    const base = path.resolve(path.dirname(file), target);
    const found = [`${base}.ts`, path.join(base, "index.ts")].find((candidate) => fs.existsSync(candidate));
    if (found !== undefined) reachable(found, seen);
  }
  return seen;
}
