import { runningCode, type Fact } from "./fact";

const quotas = { document: "scf-operation-guide", section: "配额限制说明" } as const;
const concurrency = { document: "scf-operation-guide", section: "并发服务承诺" } as const;

/** Facts of sections 1 and 2: what an account and a function can count on. */
export const functionFacts: readonly Fact[] = [
  {
    id: "QTA-BURST",
    statement: "elastic concurrency of a region grows by at most 500 instances a minute by default",
    source: concurrency,
    consequence:
      "requests that would need more instances within the minute fail with 429; provision concurrency before a known rush",
    evidence: runningCode,
  },
  {
    id: "QTA-PBURST",
    statement: "provisioned concurrency starts at about 100 instances a minute",
    source: concurrency,
    consequence:
      "a scheduled action has to begin as many minutes before the rush as the instances need to start; they do not count against the elastic growth",
    evidence: {
      by: "test",
      file: "test/platform/concurrency.test.ts",
      name: "starts 100 instances in a minute on a platform with delays, and fails to be changed meanwhile",
    },
  },
  {
    id: "FN-IMMUT",
    statement: "name, namespace, type and asynchronous execution of a function are chosen at its creation",
    source: { document: "scf-operation-guide", section: "函数概述" },
    consequence: "a change of one of them replaces the function, and `diff` says so before anything happens",
    evidence: {
      by: "immutable",
      kind: "scf_function",
      properties: ["namespace", "functionName", "type", "asyncExecution"],
    },
  },
  {
    id: "FN-TMP",
    statement: "an instance has 512 MB in `/tmp`, 1,024 file descriptors, and 1,024 processes and threads",
    source: quotas,
    consequence:
      "code that writes, opens or starts more fails while it runs; keep large files in object or file storage",
    evidence: runningCode,
  },
  {
    id: "FN-PAY",
    statement:
      "a synchronous event and its response have at most 6 MB each, and an asynchronous event at most 128 KB",
    source: quotas,
    consequence:
      "larger events are refused with 406 and larger responses with 410; store the content in a bucket and send its address",
    evidence: {
      by: "test",
      file: "test/platform/invocations.test.ts",
      name: "%s takes %i bytes, and refuses one more",
    },
  },
  {
    id: "FN-LOCK",
    statement: "code and configuration of a published version never change; only those of `$LATEST` do",
    source: { document: "scf-operation-guide", section: "版本管理概述" },
    consequence: "`currentVersion` publishes a new version instead, and aliases move to it",
    evidence: {
      by: "test",
      file: "test/platform/versions.test.ts",
      name: "copies code and configuration of $LATEST, which later changes do not reach",
    },
  },
  {
    id: "COD-EDIT",
    statement: "the console edits packages of Node.js, Python and PHP as long as they have less than 10 MB",
    source: { document: "scf-operation-guide", section: "层管理概述" },
    consequence:
      "move dependencies into layers to keep a package editable; deploying takes back what was edited by hand",
    evidence: runningCode,
  },
];
