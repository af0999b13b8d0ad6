import { runningCode, type Fact } from "./fact";

const triggers = { document: "scf-operation-guide", section: "并发超限" } as const;

/** Facts of sections 4, 5, 6 and 8: layers, versions, aliases, triggers and asynchronous execution. */
export const releaseFacts: readonly Fact[] = [
  {
    id: "LYR-PATH",
    statement:
      "layers are unpacked into `/opt`, and the runtimes look there: `PYTHONPATH` is `/var/user:/opt`, `CLASSPATH` is `/var/runtime/java8:/var/runtime/java8/lib/*:/opt`, and `NODE_PATH` is `/var/user:/var/user/node_modules:/var/lang/node6/lib/node_modules:/opt:/opt/node_modules`",
    source: { document: "scf-operation-guide", section: "使用层" },
    consequence:
      "a layer for Node.js holds `node_modules` at its root and one for Python the packages themselves; other paths have to be named in the code",
    evidence: runningCode,
  },
  {
    id: "VER-NUM",
    statement:
      "versions are numbered from 1 upward without a limit, and publishing copies code and configuration of `$LATEST`, never its triggers",
    source: { document: "scf-operation-guide", section: "发布版本" },
    consequence:
      "a number is never given out again; attach a trigger to an alias to have it follow the releases",
    evidence: {
      by: "test",
      file: "test/platform/versions.test.ts",
      name: "numbers from 1 upward and never gives a number out again",
    },
  },
  {
    id: "ALS-INVOKE",
    statement:
      "an invocation without a qualifier starts the alias `$DEFAULT`, and the parameter `RoutingKey` carries what routing by rule looks at",
    source: { document: "scf-operation-guide", section: "使用版本" },
    consequence:
      "`$DEFAULT` points to `$LATEST` until it is changed, so that callers without a qualifier get every update at once",
    evidence: {
      by: "test",
      file: "test/platform/invocations.test.ts",
      name: "without a qualifier it is what $DEFAULT points to",
    },
  },
  {
    id: "TRG-TYPE",
    statement:
      "API gateway, CKafka and load balancers start a function synchronously; object storage, timers, CMQ topics, CLS and MPS start it asynchronously; the cloud API does both",
    source: triggers,
    consequence:
      "the caller of a synchronous trigger gets errors at once and decides about another try; the platform repeats asynchronous ones",
    evidence: runningCode,
  },
  {
    id: "TRG-ASYNC",
    statement:
      "events of asynchronous triggers have at most 128 KB, and the platform repeats those that fail",
    source: triggers,
    consequence:
      "code behind such a trigger sees an event more than once; make its effect the same for the second time",
    evidence: runningCode,
  },
  {
    id: "EXE-LOCK",
    statement: "asynchronous execution is switched on at a function's creation or never",
    source: { document: "scf-operation-guide", section: "异步执行, 注意事项" },
    consequence: "a change replaces the function",
    evidence: { by: "immutable", kind: "scf_function", properties: ["asyncExecution"] },
  },
  {
    id: "EXE-TERM",
    statement:
      "TerminateAsyncEvent ends an asynchronous run and its instance; with GraceShutdown it sends SIGTERM to the code instead",
    source: { document: "scf-operation-guide", section: "终止调用" },
    consequence:
      "code without a handler for the signal ends with 439, and what is in `/tmp` is gone with the instance",
    evidence: {
      by: "test",
      file: "test/platform/invocations.test.ts",
      name: "EXE-TERM: a running event is ended, once",
    },
  },
];
