import type { Api } from "./api";

/** The part of the sts API that this library calls: names and types of every field; `*` marks the required ones. */
export const sts = {
  version: "2018-08-13",
  host: "sts.tencentcloudapi.com",
  types: {},
  actions: {
    GetCallerIdentity: {
      request: {},
      response: {
        Arn: "string",
        AccountId: "string",
        UserId: "string",
        PrincipalId: "string",
        Type: "string",
      },
    },
  },
} as const satisfies Api;
