import type { Api } from "./api";

/** The part of the tag API that this library calls: names and types of every field; `*` marks the required ones. */
export const tag = {
  version: "2018-08-13",
  host: "tag.tencentcloudapi.com",
  types: {
    Tag: {
      TagKey: "string*",
      TagValue: "string*",
      Category: "string",
    },
    TagKeyObject: {
      TagKey: "string*",
    },
  },
  actions: {
    ModifyResourceTags: {
      request: {
        Resource: "string*",
        ReplaceTags: "Tag[]",
        DeleteTags: "TagKeyObject[]",
      },
      response: {},
    },
  },
} as const satisfies Api;
