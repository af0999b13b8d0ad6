import { runningCode, type Fact } from "./fact";

const codes = { document: "scf-operation-guide", section: "常见错误码解决方法" } as const;
const webSocket = { document: "scf-operation-guide", section: "WebSocket 协议支持, 连接断开" } as const;

/** What invocations of functions answer with: section 15. */
export const statusCodeFacts: readonly Fact[] = [
  status(
    200,
    "Success: the function ran to its end",
    "an answer that is not the expected one is the code's own",
  ),
  status(
    404,
    "InvalidSubnetID: the function's subnet was not found",
    "check network and subnet in the function's network settings",
  ),
  status(
    405,
    "ContainerStateExitedByUser: the container ended by itself",
    "check the start file or the image's command: the server has to keep running",
  ),
  status(
    406,
    "RequestTooLarge: the event is larger than 6 MB",
    "send the address of an object in a bucket instead of the content (FN-PAY)",
  ),
  status(
    410,
    "the response body is larger than 6 MB",
    "return less, or the address of an object in a bucket (FN-PAY, WEB-HDR)",
  ),
  status(
    429,
    "ResourceLimit: instances were to start faster than the region allows",
    "provision concurrency ahead of the rush, or have the growth raised (QTA-BURST)",
    { document: "scf-operation-guide", section: "并发扩容" },
  ),
  status(430, "User code exception caught: the code threw", "the log of the invocation holds the stack"),
  status(
    432,
    "ResourceLimitReached: the concurrency is used up",
    "raise the function's reserved quota or the region's; synchronous callers have to try again by themselves (CON-RES, QTA-CONC)",
    { document: "scf-operation-guide", section: "并发超限" },
  ),
  status(
    433,
    "TimeLimitReached: the run took longer than the execution timeout",
    "make it faster, or raise the timeout (FN-TIMEOUT)",
  ),
  status(
    434,
    "MemoryLimitReached: the instance ran out of memory",
    "raise the memory, or let an instance take fewer requests at a time (FN-MEM, WEB-CONC)",
    { document: "scf-operation-guide", section: "超限错误, 内存超限" },
  ),
  status(
    439,
    "User process exit when running: the code's process ended during a run",
    "find out from the log why it ended; a signal that nobody handles does it as well (EXE-TERM)",
  ),
  status(
    446,
    "PortBindingFailed: nothing listens on port 9000",
    "let the server listen on 0.0.0.0:9000 (WEB-PORT)",
  ),
  status(
    455,
    "a WebSocket connection was idle for longer than the idle timeout",
    "send something from time to time, or raise the idle timeout (WS-IDLE)",
    webSocket,
  ),
  status(
    456,
    "the client closed a WebSocket connection with another code than 1000, 1010 or 1011",
    "close connections with one of these codes to have the run end as a success",
    webSocket,
  ),
  status(499, "kRequestCanceled: somebody broke the request off", "nothing is wrong with the function"),
  status(500, "InternalServerError: the platform failed", "try again later"),
];

function status(code: number, meaning: string, consequence: string, source: Fact["source"] = codes): Fact {
  return {
    id: `STATUS-${code}`,
    statement: `${code} ${meaning}`,
    source,
    consequence,
    evidence: runningCode,
  };
}
