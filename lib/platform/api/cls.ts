import type { Api } from "./api";

/** The part of the cls API that this library calls: names and types of every field; `*` marks the required ones. */
export const cls = {
  version: "2020-10-16",
  host: "cls.tencentcloudapi.com",
  types: {},
  actions: {
    CreateDeliverCloudFunction: {
      request: {
        TopicId: "string*",
        FunctionName: "string*",
        Namespace: "string*",
        Qualifier: "string*",
        Timeout: "number",
        MaxMsgNum: "number",
      },
      response: {},
    },
  },
} as const satisfies Api;
