import { closest, editDistance } from "../../lib/rules/edit-distance";

test.each([
  ["", "", 0],
  ["", "abc", 3],
  ["kitten", "sitting", 3],
  ["orders", "orders", 0],
  ["live", "life", 1],
])("%j and %j are %d apart", (left, right, distance) => {
  expect(editDistance(left, right)).toBe(distance);
  expect(editDistance(right, left)).toBe(distance);
});

test.each([
  ["nodejs16.13", "Nodejs16.13"],
  ["Invoke-Function", "InvokeFunction"],
  ["InvokFunction", "InvokeFunction"],
  ["something else", undefined],
  ["", undefined],
])("%j means %j", (name, meant) => {
  expect(closest(name, ["Nodejs16.13", "InvokeFunction"])).toBe(meant);
});

test("nothing is guessed among very many or very long names", () => {
  expect(
    closest(
      "orders",
      Array.from({ length: 201 }, () => "orders"),
    ),
  ).toBeUndefined();
  expect(closest("o".repeat(100), ["o".repeat(100)])).toBeUndefined();
});
