import { z } from "zod";
import { defineResource, type PropertiesOf } from "../resource-schema";

export const testEventSchema = defineResource({
  kind: "scf_test_event",
  title: "test event",
  description: "A template of an event that people of the account try their functions with.",
  properties: {
    name: {
      type: z.string(),
      description: "Name, unique in the account.",
      source: "QTA-TEST",
      immutable: true,
    },
    event: {
      type: z.string(),
      description: "The event as JSON, at most 64 KB.",
      source: "QTA-TEST",
    },
    namespace: {
      type: z.string(),
      description: "Namespace of the function that the template is saved through.",
      source: "API CreateFunctionTestModel.Namespace",
      unreadable: true,
    },
    functionName: {
      type: z.string(),
      description:
        "Function that the template is saved through; every function of the account can be tried with it.",
      source: "API CreateFunctionTestModel.FunctionName",
      unreadable: true,
    },
  },
  attributes: {},
});
export type TestEventProperties = PropertiesOf<typeof testEventSchema>;
