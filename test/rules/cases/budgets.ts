import { fails, passes, waits, type RuleCase } from "../rule-case";
import type { Program } from "../program";

/** Two functions in the stack, and one outside of what the budget is for. */
function functions(program: Program, memory: number | { readonly $token: string } = 128): void {
  const stack = program.stack();
  stack.function("team/orders", { memory });
  stack.function("team/stock", { memory: 512 });
  stack.function("other", { memory: 3072 });
}

export const budgetCases: readonly RuleCase[] = [
  passes("BUDGET", "as many functions as the budget has", (program) => {
    functions(program);
    program.budget("shop/team", { functions: 2 });
  }),
  passes("BUDGET", "exactly the memory that the budget has", (program) => {
    functions(program);
    program.budget("shop/team", { memoryMb: 640 });
  }),
  fails("BUDGET", "more memory than the budget has", (program) => {
    functions(program);
    program.budget("shop/team", { memoryMb: 639 });
  }),
  fails("BUDGET", "one function more than the budget has", (program) => {
    functions(program);
    program.budget("shop/team", { functions: 1 });
  }),
  fails("BUDGET", "more reserved concurrency than the budget has", (program) => {
    const stack = program.stack();
    stack.reserve(stack.function("orders"), { reservedMb: 1280 });
    program.budget("shop", { reservedConcurrencyMb: 1024 });
  }),
  waits("BUDGET", "a function whose memory another provider gives", (program) => {
    functions(program, { $token: "${data.other.value}" });
    program.budget("shop/team", { memoryMb: 640 });
  }),
];
