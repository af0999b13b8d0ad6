import { fc } from "../fast-check";
import { matchesPattern, patternsOverlap } from "../../lib/rules/wildcards";

const letters = fc.constantFrom("a", "b", "*");
const pattern = fc.array(letters, { maxLength: 6 }).map((parts) => parts.join(""));
const text = fc.array(fc.constantFrom("a", "b"), { maxLength: 6 }).map((parts) => parts.join(""));

function asExpression(stars: string): RegExp {
  return new RegExp(`^${stars.replace(/\*/g, ".*")}$`);
}

test("a pattern stands for what its stars can be replaced by", () => {
  fc.assert(
    fc.property(pattern, text, (stars, name) => {
      expect(matchesPattern(stars, name)).toBe(asExpression(stars).test(name));
    }),
  );
});

test("patterns overlap where one text fits both", () => {
  fc.assert(
    fc.property(pattern, pattern, text, (left, right, name) => {
      if (matchesPattern(left, name) && matchesPattern(right, name)) {
        expect(patternsOverlap(left, right)).toBe(true);
      }
      expect(patternsOverlap(left, right)).toBe(patternsOverlap(right, left));
    }),
  );
});

test.each([
  ["a*", "*b", true],
  ["a*", "b*", false],
  ["a", "a", true],
  ["", "*", true],
  ["", "a", false],
  ["a*c", "ab*", true],
  ["a*c", "ab*d", false],
])("%s and %s: %s", (left, right, overlap) => {
  expect(patternsOverlap(left, right)).toBe(overlap);
});
