import type { Api } from "./api";

/**
 * The part of the mps API that this library calls: names and types of every field; `*` marks the required ones. Belief: the
 * public SDK has neither action, and both are taken to have the parameters that tencent-component-toolkit sends to the
 * first (modules/triggers/mps.js).
 */
export const mps = {
  version: "2019-06-12",
  host: "mps.tencentcloudapi.com",
  types: {},
  actions: {
    BindTrigger: {
      request: {
        ScfRegion: "string*",
        EventType: "string*",
        Qualifier: "string*",
        FunctionName: "string*",
        Namespace: "string*",
      },
      response: {},
    },
    UnbindTrigger: {
      request: {
        ScfRegion: "string*",
        EventType: "string*",
        Qualifier: "string*",
        FunctionName: "string*",
        Namespace: "string*",
      },
      response: {},
    },
  },
} as const satisfies Api;
