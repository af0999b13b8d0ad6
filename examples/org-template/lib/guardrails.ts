import * as scf from "cdktf-scf";
import { exampleFunction } from "./example-function";

const handbook = { document: "Harbour platform handbook" };

const memory = scf.defineGuardrail({
  id: "HARBOUR-MEM",
  severity: "error",
  statement: "a function has at most 512 MB of memory",
  source: { ...handbook, section: "Functions", url: "https://handbook.example.com/functions" },
  fix: "give it less memory, or ask the platform team for an exception",
  kind: "function",
  check(fn, report) {
    const { memory } = fn.properties;
    if (memory > 512) report({ message: `the function has ${memory} MB of memory: at most 512 are allowed` });
  },
  examples: {
    passes: (stack) => exampleFunction(stack, { memory: 512 }),
    fails: (stack) => exampleFunction(stack, { memory: 1024 }),
  },
});

const description = scf.defineGuardrail({
  id: "HARBOUR-DESC",
  severity: "warning",
  statement: "a function says what it is for",
  source: { ...handbook, section: "Functions" },
  fix: "give it a description",
  kind: "function",
  check(fn, report) {
    if (!fn.properties.description) report({ message: "the function has no description" });
  },
  examples: {
    passes: (stack) => exampleFunction(stack, { description: "Takes orders." }),
    fails: (stack) => exampleFunction(stack, {}),
  },
});

const alias = scf.defineGuardrail({
  id: "HARBOUR-ALIAS",
  severity: "error",
  statement: "every function is called by an alias",
  source: { ...handbook, section: "Releases" },
  fix: "add an alias that points to its current version",
  check(resources, report) {
    const called = new Set(resources.ofKind("alias").map((one) => one.target("functionName")?.address));
    for (const fn of resources.ofKind("function")) {
      if (!called.has(fn.address)) report({ message: "the function has no alias", resources: [fn] });
    }
  },
  examples: {
    passes: (stack) => {
      const orders = exampleFunction(stack, {});
      orders.addAlias("live", { version: orders.currentVersion });
    },
    fails: (stack) => exampleFunction(stack, {}),
  },
});

/** What every function of Harbour keeps to. */
export const guardrails: readonly scf.Guardrail[] = [memory, description, alias];
