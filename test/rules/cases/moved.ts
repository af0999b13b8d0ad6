import { fails, passes, type RuleCase } from "../rule-case";

export const movedCases: readonly RuleCase[] = [
  passes("MOVED", "a function that had another path", (program) => {
    const stack = program.stack();
    stack.lives(stack.function("orders"), { movedFrom: ["shop/old/orders", "shop/older/orders"] });
  }),
  passes("MOVED", "two functions that change places with a third path", (program) => {
    const stack = program.stack();
    stack.lives(stack.function("orders"), { movedFrom: ["shop/first"] });
    stack.lives(stack.function("stock"), { movedFrom: ["shop/second"] });
  }),
  passes("MOVED", "a path that is declared in another stack only", (program) => {
    const stack = program.stack("shop");
    program.stack("stock").function("old", { functionName: "stock-old" });
    stack.lives(stack.function("orders"), { movedFrom: ["shop/old"] });
  }),
  fails("MOVED", "a path that is still declared", (program) => {
    const stack = program.stack();
    stack.function("old");
    stack.lives(stack.function("orders"), { movedFrom: ["shop/old"] });
  }),
  fails("MOVED", "two functions from one path", (program) => {
    const stack = program.stack();
    for (const id of ["orders", "stock"]) stack.lives(stack.function(id), { movedFrom: ["shop/old"] });
  }),
];
