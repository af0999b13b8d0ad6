import { expect as imported } from "@jest/globals";
import { Findings, Match, Plan } from "../../lib/testing";
import "../../lib/testing/jest";
import { Shop } from "./shop";

const plan = Plan.fromStack(new Shop());

test("expect is asked what a plan is asked", () => {
  expect(plan).toHaveFunction("orders", { memory: 256 });
  expect(plan).toHaveResource("scf_function", { memory: Match.not(256) });
  expect(plan).not.toHaveFunction("none");
  expect(plan).not.toHaveResource("clb_rule");
  expect(Findings.fromStack(new Shop())).not.toHaveFinding("FN-NAME");
  imported(plan).toHaveAlias("live");
});

test("fails as the plan does", () => {
  expect(() => expect(plan).toHaveFunction("orders", { memory: 512 })).toThrow(
    "The function shop/orders is not as expected: 1 value is wrong.",
  );
  expect(() => expect(plan).not.toHaveFunction("orders", { memory: 256 })).toThrow(
    "has the function shop/orders, and should have none like this",
  );
  expect(() => expect(plan).not.toHaveResource("scf_layer")).toThrow("has 1 layer like this, expected none");
  expect(() => expect(Findings.fromStack(new Shop())).toHaveFinding("FN-NAME")).toThrow(
    "has no finding FN-NAME",
  );
});

test("fails for what is no plan and no findings", () => {
  expect(() => expect({}).toHaveFunction("orders")).toThrow(
    "Write expect(Plan.fromStack(stack)).toHaveFunction(…).",
  );
  expect(() => expect(plan).toHaveFinding("FN-NAME")).toThrow("Write expect(Findings.fromStack(stack))");
  expect(() => expect(plan.stacks[0]).toHaveFunction("nowhere")).toThrow("toHaveFunction is for Plan only");
  expect(() => expect({ outcome: "good" }).toHaveFinding("FN-NAME")).toThrow("is for Findings only");
});
