import { chooseNames } from "../../lib/cli/stacks";
import { orderNames } from "../../lib/model/stack-order";

const place = { where: "in the program", none: "Add one." };

test("the only stack needs no name", () => {
  expect(chooseNames(["shop"], [], place)).toEqual(["shop"]);
});

test("names and patterns choose, each stack once", () => {
  const known = ["stock", "shop-eu", "shop-cn"];
  expect(chooseNames(known, ["*"], place)).toEqual(["shop-cn", "shop-eu", "stock"]);
  expect(chooseNames(known, ["shop-*", "shop-eu"], place)).toEqual(["shop-cn", "shop-eu"]);
  expect(() => chooseNames(known, ["shop.eu"], place)).toThrow("There is no stack shop.eu in the program.");
  expect(() => chooseNames(known, ["stock", "none"], place)).toThrow(
    "There is no stack none in the program.",
  );
});

test("none and too many are told", () => {
  expect(() => chooseNames([], [], place)).toThrow("There is no stack in the program.");
  expect(() => chooseNames(["b", "a"], [], place)).toThrow("There are 2 stacks in the program: a, b.");
});

test("each comes after those that it refers to; a circle does not hang", () => {
  const before: Record<string, string[]> = { a: ["b"], b: ["c", "elsewhere"], c: [], x: ["y"], y: ["x"] };
  expect(orderNames(["x", "a", "c", "b", "y"], (name) => before[name] ?? [])).toEqual([
    "c",
    "b",
    "a",
    "y",
    "x",
  ]);
});
