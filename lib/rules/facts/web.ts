import { runningCode, type Fact } from "./fact";

const web = { document: "scf-operation-guide", section: "Web 函数管理, 使用限制" } as const;

/** Facts of section 3: what a web server in a function can count on. */
export const webFacts: readonly Fact[] = [
  {
    id: "WEB-RW",
    statement: "only `/tmp` is writable for a running web function",
    source: web,
    consequence:
      "a server that writes logs, caches or uploads elsewhere ends with an error; point it to `/tmp`",
    evidence: runningCode,
  },
  {
    id: "WEB-INVOKE",
    statement:
      "a web function is reached through its API gateway only, and each request carries the headers `X-Scf-Request-Id`, `X-Scf-Memory`, `X-Scf-Timeout`, `X-Scf-Version`, `X-Scf-Name`, `X-Scf-Namespace`, `X-Scf-Region`, `X-Scf-Appid` and `X-Scf-Uin`",
    source: web,
    consequence: "the Invoke API does not start it, and clients cannot set these headers, nor `Connection`",
    evidence: {
      by: "test",
      file: "test/platform/invocations.test.ts",
      name: "WEB-INVOKE: refuses to call a web function",
    },
  },
  {
    id: "WEB-HDR",
    statement: "a web function's response has at most 4 KB of headers and a body of at most 6 MB",
    source: web,
    consequence: "larger responses fail; serve large files from a bucket",
    evidence: runningCode,
  },
  {
    id: "WS-LOCK",
    statement:
      "whether a web function speaks WebSocket is chosen at its creation; the idle timeout can change",
    source: { document: "scf-operation-guide", section: "WebSocket 协议支持" },
    consequence: "switching it on or off replaces the function",
    evidence: { by: "immutable", kind: "scf_function", properties: ["webSocket"] },
  },
  {
    id: "GW-KIND",
    statement: "a basic API gateway can become a standard one, and a standard one never becomes basic again",
    source: { document: "scf-operation-guide", section: "API 网关触发器" },
    consequence:
      "going back fails when plan and record are compared, before any call; going on replaces the trigger, and its address",
    evidence: {
      by: "test",
      file: "test/kinds/kinds.test.ts",
      name: "fail to go from a standard gateway to a basic one, and go the other way",
    },
  },
  {
    id: "WS-LIM",
    statement:
      "a WebSocket message has at most 256 KB, and a connection carries at most 128 KB and 10 requests a second",
    source: { document: "scf-operation-guide", section: "WebSocket 协议支持, 使用限制" },
    consequence:
      "a connection is one invocation in an instance of its own: it counts as concurrency for as long as it is open, and ends with the execution timeout",
    evidence: runningCode,
  },
];
