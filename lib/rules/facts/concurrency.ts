import { runningCode, type Fact } from "./fact";

const levels = { document: "scf-operation-guide", section: "账号级并发额度" } as const;

/** Facts of section 7. */
export const concurrencyFacts: readonly Fact[] = [
  {
    id: "CON-ZERO",
    statement:
      "a reserved quota of 0 stops a function, and a function without one shares the quota of its region",
    source: levels,
    consequence: "writing 0 and leaving the setting out are different: the first refuses every request",
    evidence: {
      by: "test",
      file: "test/platform/invocations.test.ts",
      name: "CON-ZERO: a function with a quota of 0 refuses every version, and answers again without one",
    },
  },
  {
    id: "CON-RESNS",
    statement: "all versions of a function share its reserved quota",
    source: levels,
    consequence: "while an alias divides its requests between two versions, both take from one quota",
    evidence: {
      by: "test",
      file: "test/platform/invocations.test.ts",
      name: "CON-ZERO: a function with a quota of 0 refuses every version, and answers again without one",
    },
  },
  {
    id: "CON-ASYNCQPS",
    statement: "functions with asynchronous execution take 1,000 calls a second",
    source: { document: "scf-operation-guide", section: "异步执行, 注意事项" },
    consequence: "calls beyond that fail and leave no record; spread them over time",
    evidence: {
      by: "test",
      file: "test/platform/invocations.test.ts",
      name: "CON-ASYNCQPS: takes 1,000 calls in a second, and refuses one more",
    },
  },
  {
    id: "CON-EST",
    statement: "a function needs as many instances as requests a second times seconds a request takes",
    source: { document: "scf-operation-guide", section: "并发管理" },
    consequence:
      "2,000 requests a second of 0.02 s each need 40 instances: 40 times the memory as concurrency",
    evidence: runningCode,
  },
];
