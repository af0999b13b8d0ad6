import { fc } from "../fast-check";
import { Capture, Match } from "../../lib/testing";
import { checkPattern } from "../../lib/testing/check-pattern";
import { compare } from "../../lib/testing/compare";
import { Comparison } from "../../lib/testing/comparison";
import { showPath } from "../../lib/testing/show";

function compared(pattern: unknown, actual: unknown): Comparison {
  const comparison = new Comparison();
  compare(pattern, actual, comparison);
  return comparison;
}

function wrongPaths(pattern: unknown, actual: unknown): string[] {
  return compared(pattern, actual).wrong.map(({ path }) => showPath(path));
}

const document = JSON.stringify({ effect: "allow", actions: ["a", "b"] });

describe("a value matches", () => {
  test.each<[string, unknown, unknown]>([
    ["itself", 256, 256],
    ["zero, whatever its sign", 0, -0],
    ["an object with more", { a: { b: 1 } }, { a: { b: 1, c: 2 }, d: 3 }],
    ["a list of the same length, item by item", [{ a: 1 }, 2], [{ a: 1, b: 2 }, 2]],
    ["an empty object, whatever it has", {}, { a: 1 }],
    ["null", { a: null }, { a: null }],
    ["absence", { a: Match.absent() }, { b: 1 }],
    ["any value", { a: Match.any() }, { a: 0 }],
    ["exactly the same", Match.exact({ a: { b: 1 } }), { a: { b: 1 } }],
    ["more inside of exact, by like", Match.exact({ a: Match.like({ b: 1 }) }), { a: { b: 1, c: 2 } }],
    ["exact inside of more", { a: Match.exact({ b: 1 }) }, { a: { b: 1 }, c: 2 }],
    ["a list with these, in any order", Match.arrayWith([2, 1]), [1, 3, 2]],
    ["a list with items of their own", Match.arrayWith([Match.any(), 1]), [1, 2]],
    ["a list with none", Match.arrayWith([]), [1]],
    ["a negation", { a: Match.not(1) }, { a: 2 }],
    ["a negation, by absence", { a: Match.not(1) }, {}],
    ["a presence that is negated", { a: Match.not(Match.any()) }, {}],
    ["an expression", Match.regularExpression(/^a+$/g), "aaa"],
    ["an expression as text", Match.regularExpression("b$"), "ab"],
    ["JSON in text", Match.serializedJson({ actions: Match.arrayWith(["b"]) }), document],
  ])("%s", (_, pattern, actual) => {
    expect(wrongPaths(pattern, actual)).toEqual([]);
    expect(wrongPaths(pattern, actual)).toEqual([]);
  });
});

describe("fails for", () => {
  test.each<[string, unknown, unknown, string[]]>([
    ["another value", 256, 128, [""]],
    ["a number as text", 1, "1", [""]],
    ["a key that is missing, deep down", { a: { b: { c: 1 } } }, { a: { b: {} } }, ["a.b.c"]],
    ["an object that is missing", { a: { b: 1 } }, {}, ["a"]],
    ["a list instead of an object", { a: {} }, { a: [] }, ["a"]],
    ["fewer items", [1, 2], [1], ["[1]"]],
    ["more items", [1], [1, 2], ["[1]"]],
    ["a value that should be absent", { a: Match.absent() }, { a: null }, ["a"]],
    ["a value that should be there", { a: Match.any() }, { a: null }, ["a"]],
    ["more than exactly that", Match.exact({ a: { b: 1 } }), { a: { b: 1, c: 2 } }, ["a.c"]],
    [
      "an item that is not there",
      { l: Match.arrayWith([{ a: 1, b: 2 }]) },
      { l: [{ a: 1, b: 3 }] },
      ["l[0].b"],
    ],
    ["an item that nothing is near to", { l: Match.arrayWith([{ a: 1 }]) }, { l: [{ a: 2 }] }, ["l"]],
    ["two items where one would do for both", Match.arrayWith([1, 1]), [1, 2], [""]],
    ["what is negated", { a: Match.not(1) }, { a: 1 }, ["a"]],
    ["an expression that finds nothing", Match.regularExpression(/x/), "abc", [""]],
    ["an expression on a number", Match.regularExpression(/1/), 1, [""]],
    ["text that is no JSON", { d: Match.serializedJson({ a: 1 }) }, { d: "{" }, ["d"]],
    [
      "JSON that differs",
      { d: Match.serializedJson({ effect: "deny" }) },
      { d: document },
      ["d (JSON) effect"],
    ],
  ])("%s", (_, pattern, actual, paths) => {
    expect(wrongPaths(pattern, actual)).toEqual(paths);
  });
});

describe("fails as misuse:", () => {
  const circular: Record<string, unknown> = {};
  circular["self"] = circular;

  test.each<[string, unknown, string]>([
    ["undefined", { memory: undefined }, "`memory` is expected to be undefined.\nWrite Match.absent()"],
    ["an expression by itself", { handler: /main/ }, "Match.regularExpression(/main/)"],
    ["a function", { handler: () => "main" }, "`handler` is compared with a function"],
    ["absence in a list", { layers: [Match.absent()] }, "`layers[0]` is an item of a list"],
    ["absence in arrayWith", { layers: Match.arrayWith([Match.absent()]) }, "cannot be Match.absent()"],
    ["absence of everything", Match.absent(), "Write hasNo"],
    ["a capture in a negation", { memory: Match.not(new Capture()) }, "new Capture(Match.not(…))"],
    [
      "a capture in a list that is negated",
      { layers: Match.not([new Capture()]) },
      "new Capture(Match.not(…))",
    ],
    [
      "a capture among items that are negated",
      { layers: Match.not(Match.arrayWith([{ version: new Capture() }])) },
      "`layers[0].version` has a Capture inside of Match.not",
    ],
    ["a Map", { environment: new Map([["TABLE", "orders"]]) }, "`environment` is compared with a Map"],
    ["a Promise", { environment: Promise.resolve({}) }, "`environment` is compared with a Promise"],
    ["an object that holds itself", { environment: circular }, "`environment.self` holds itself"],
    ["an expression for everything", Match.regularExpression(/a/), "are compared with /a/"],
    [
      "a property that there is not",
      { memoy: 1 },
      "scf_function has no property `memoy`.\nDid you mean `memory`?",
    ],
    ["the same inside of exact", Match.exact({ memoy: 1 }), "Did you mean `memory`?"],
    ["no object", 256, "the properties of a resource are compared with 256"],
  ])("%s", (_, pattern, message) => {
    let thrown: unknown;
    try {
      checkPattern("scf_function", pattern);
    } catch (error) {
      thrown = error;
    }
    const { message: text, fix } = thrown as { readonly message: string; readonly fix: string };
    expect(`${text}\n${fix}`).toContain(message);
  });

  test("items that are no list", () => {
    expect(() => Match.arrayWith("a" as unknown as string[])).toThrow('Match.arrayWith: "a" is no list.');
  });

  test("text that is no regular expression", () => {
    expect(() => Match.regularExpression("(")).toThrow('"(" is no regular expression');
  });
});

describe("of all values and patterns", () => {
  const value = fc.jsonValue({ maxDepth: 4 });

  /** A pattern that leaves out some of the keys of a value. */
  const part = (whole: unknown, choose: () => boolean): unknown => {
    if (Array.isArray(whole)) return whole.map((item) => part(item, choose));
    if (typeof whole !== "object" || whole === null) return whole;
    const kept = Object.entries(whole).filter(choose);
    return Object.fromEntries(kept.map(([name, item]) => [name, part(item, choose)]));
  };

  test("each value matches itself, exactly", () => {
    fc.assert(fc.property(value, (each) => compared(Match.exact(each), each).matches));
  });

  test("each value matches its parts, and exactly only when nothing is left out", () => {
    fc.assert(
      fc.property(value, fc.infiniteStream(fc.boolean()), (whole, chosen) => {
        const piece = part(whole, () => chosen.next().value === true);
        expect(wrongPaths(piece, whole)).toEqual([]);
        expect(compared(Match.exact(piece), whole).matches).toBe(
          JSON.stringify(piece) === JSON.stringify(whole),
        );
      }),
    );
  });

  test("either a pattern matches or its negation does", () => {
    fc.assert(
      fc.property(value, value, (pattern, actual) => {
        expect(compared(Match.not(pattern), actual).matches).toBe(!compared(pattern, actual).matches);
      }),
    );
  });

  test("a list has any choice of its items, in any order", () => {
    fc.assert(
      fc.property(
        fc.array(value).chain((items) => fc.tuple(fc.constant(items), fc.shuffledSubarray(items))),
        ([items, chosen]) => compared(Match.arrayWith(chosen), items).matches,
      ),
    );
  });
});
