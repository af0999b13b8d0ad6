import * as scf from "cdktf-scf";
import type { Construct } from "constructs";

/** A function for the examples. */
function exampleFunction(stack: Construct, memory: scf.MemoryMb): scf.Function {
  return new scf.Function(stack, "orders", {
    runtime: scf.Runtime.NODEJS_16_13,
    handler: "index.main_handler",
    code: scf.Code.fromInline("exports.main_handler = async () => 'orders';"),
    memory,
  });
}

const memory = scf.defineGuardrail({
  id: "ORG-MEM",
  severity: "error",
  statement: "a function has at most 512 MB of memory",
  source: { document: "Platform handbook", section: "Functions" },
  fix: "give it less memory, or ask the platform team for an exception",
  kind: "function",
  check(fn, report) {
    const { memory } = fn.properties;
    if (memory > 512) report({ message: `the function has ${memory} MB of memory: at most 512 are allowed` });
  },
  examples: {
    passes: (stack) => exampleFunction(stack, 512),
    fails: (stack) => exampleFunction(stack, 1024),
  },
});

const alias = scf.defineGuardrail({
  id: "ORG-ALIAS",
  severity: "error",
  statement: "every function is called by an alias",
  source: { document: "Platform handbook", section: "Releases" },
  fix: "add an alias that points to its current version",
  check(resources, report) {
    const called = new Set(resources.ofKind("alias").map((one) => one.target("functionName")?.address));
    for (const fn of resources.ofKind("function")) {
      if (!called.has(fn.address)) report({ message: "the function has no alias", resources: [fn] });
    }
  },
  examples: {
    passes: (stack) => {
      const orders = exampleFunction(stack, 256);
      orders.addAlias("live", { version: orders.currentVersion });
    },
    fails: (stack) => exampleFunction(stack, 256),
  },
});

/** What every function keeps to. */
export const guardrails: readonly scf.Guardrail[] = [memory, alias];
