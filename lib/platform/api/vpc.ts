import type { Api } from "./api";

/** The part of the vpc API that this library calls: names and types of every field; `*` marks the required ones. */
export const vpc = {
  version: "2017-03-12",
  host: "vpc.tencentcloudapi.com",
  types: {},
  actions: {
    DescribeNetworkAccountType: {
      request: {},
      response: {
        NetworkAccountType: "string",
      },
    },
  },
} as const satisfies Api;
