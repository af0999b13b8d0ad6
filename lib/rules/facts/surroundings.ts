import { runningCode, type Fact } from "./fact";

/** Facts of sections 9, 10, 11 and 12: network, storage, logs, permissions and load balancers. */
export const surroundingFacts: readonly Fact[] = [
  {
    id: "NET-CONN",
    statement:
      "one address and port takes 60,000 connections at a time from functions, and all functions of a VPC share 100 MB/s into it",
    source: { document: "scf-operation-guide", section: "网络限制" },
    consequence:
      "open connections once at initialization and reuse them, or offer the target at several addresses",
    evidence: runningCode,
  },
  {
    id: "STO-UID",
    statement:
      "a function reads and writes a mounted file system as user 10000 of group 10000 unless told otherwise",
    source: { document: "scf-operation-guide", section: "挂载 CFS 文件系统" },
    consequence: "files of the file system have to be open to that user and group",
    evidence: runningCode,
  },
  {
    id: "LOG-DEFAULT",
    statement:
      "a function without a log topic of its own writes to the platform's, `SCF_logset…` and `SCF_logtopic…`, which keep 7 days",
    source: { document: "scf-operation-guide", section: "日志检索教程" },
    consequence: "logs that have to be kept longer need a topic of their own",
    evidence: runningCode,
  },
  {
    id: "LOG-LIM",
    statement: "in 5 seconds a request logs at most 1 MB and 5,000 lines, and of a line at most 8 KB",
    source: { document: "scf-operation-guide", section: "日志检索教程, 限制说明" },
    consequence: "what goes beyond is lost, and a longer line is cut",
    evidence: runningCode,
  },
  {
    id: "CAM-PRESET",
    statement:
      "the policies `QcloudSCFFullAccess`, `QcloudSCFReadOnlyAccess` and `QcloudAccessForScfRole` are there in every account and cannot be changed",
    source: { document: "scf-operation-guide", section: "SCF 策略语法, 用户策略更新说明" },
    consequence: "attach them by name; the platform adds to them as it grows",
    evidence: {
      by: "test",
      file: "test/platform/access.test.ts",
      name: "fail to be changed or deleted when they are preset",
    },
  },
  {
    id: "CLB-FORMAT",
    statement: "a function behind a load balancer answers in the format of integrated responses",
    source: { document: "clb-binds-scf", section: "操作步骤" },
    consequence:
      "its code returns status code, headers and body as an object; clients get an error for anything else",
    evidence: runningCode,
  },
  {
    id: "BCK-SRC",
    statement:
      "back-ends learn the client's address from TOA behind TCP and TCP_SSL listeners, and from X-Forwarded-For behind HTTP and HTTPS listeners; behind UDP listeners they cannot",
    source: { document: "clb-backend-servers", section: "混合云部署, 限制条件" },
    consequence: "load the TOA module on the servers, or read the header; nothing in a plan decides it",
    evidence: runningCode,
  },
  {
    id: "BCK-AUTO",
    statement: "a released server leaves its load balancer by itself in the same region only",
    source: { document: "clb-backend-servers", section: "与旧版跨地域绑定的区别" },
    consequence: "servers bound across regions stay bound after they are gone, until somebody unbinds them",
    evidence: runningCode,
  },
];
