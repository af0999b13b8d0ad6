import type { Program } from "../program";
import { fails, passes, warns, type RuleCase } from "../rule-case";

function withCredentials(acknowledge: (program: Program) => void) {
  return (program: Program): void => {
    const stack = program.stack();
    stack.function("orders", {
      role: "reader",
      environment: { TENCENTCLOUD_SECRETID: "id" },
      memory: 320,
    });
    acknowledge(program);
  };
}

export const acknowledgeCases: readonly RuleCase[] = [
  passes(
    "ACKNOWLEDGE",
    "a warning with a reason",
    withCredentials((program) => program.acknowledge("FN-ENVSEC", "shop/orders")),
  ),
  warns(
    "ACKNOWLEDGE",
    "a warning that nobody gives",
    withCredentials((program) => program.acknowledge("CLB-BETA", "shop/orders")),
  ),
  warns(
    "ACKNOWLEDGE",
    "a rule that does not exist",
    withCredentials((program) => program.acknowledge("FN-ENVSECRET", "shop/orders")),
  ),
  warns(
    "ACKNOWLEDGE",
    "a warning without a reason",
    withCredentials((program) => program.acknowledge("FN-ENVSEC", "shop/orders", " ")),
  ),
  fails(
    "ACKNOWLEDGE",
    "an error",
    withCredentials((program) => program.acknowledge("FN-MEM", "shop/orders")),
  ),
];
