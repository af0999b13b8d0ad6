import { fc } from "../fast-check";
import { overlappingFilters, type ObjectFilter } from "../../lib/rules/overlapping-filters";

const filters: fc.Arbitrary<ObjectFilter[]> = fc.array(
  fc.record({
    event: fc.constantFrom("cos:ObjectCreated:*", "cos:ObjectCreated:Put", "cos:ObjectRemove:*"),
    prefix: fc.constantFrom("", "a", "a/", "a/b", "b/"),
    suffix: fc.constantFrom("", ".jpg", ".thumb.jpg", ".png"),
  }),
  { maxLength: 8 },
);

/** The same question, asked of every pair. */
function overlap(left: ObjectFilter, right: ObjectFilter): boolean {
  const events =
    left.event === right.event || [left, right].some(({ event }) => event === "cos:ObjectCreated:*");
  const sameSort = left.event.split(":")[1] === right.event.split(":")[1];
  return (
    events &&
    sameSort &&
    (left.prefix.startsWith(right.prefix) || right.prefix.startsWith(left.prefix)) &&
    (left.suffix.endsWith(right.suffix) || right.suffix.endsWith(left.suffix))
  );
}

function differ(left: ObjectFilter, right: ObjectFilter): boolean {
  return JSON.stringify(left) !== JSON.stringify(right);
}

test("only pairs that overlap are reported, each once", () => {
  fc.assert(
    fc.property(filters, (given) => {
      const pairs = overlappingFilters(given);
      for (const [left, right] of pairs) {
        expect(overlap(left, right)).toBe(true);
        expect(differ(left, right)).toBe(true);
      }
      const texts = pairs.map((pair) =>
        pair
          .map((filter) => JSON.stringify(filter))
          .sort()
          .join(),
      );
      expect(new Set(texts).size).toBe(texts.length);
    }),
  );
});

test("where any two overlap, a pair is reported", () => {
  fc.assert(
    fc.property(filters, (given) => {
      const any = given.some((left, index) =>
        given.slice(index + 1).some((right) => differ(left, right) && overlap(left, right)),
      );
      expect(overlappingFilters(given).length > 0).toBe(any);
    }),
    { numRuns: 500 },
  );
});

test.each([1_000, 10_000])("each of %d filters of one bucket is looked at a few times", (count) => {
  let looks = 0;
  const many = Array.from({ length: count }, (_, index) => ({
    event: "cos:ObjectCreated:*",
    get prefix() {
      looks++;
      return `f${index}/`;
    },
    suffix: `.${index % 90}`,
  }));
  expect(overlappingFilters(many)).toEqual([]);
  expect(looks / count).toBeLessThan(30);
});
