import { z } from "zod";
import { defineResource, type PropertiesOf } from "../resource-schema";

export const namespaceSchema = defineResource({
  kind: "scf_namespace",
  title: "namespace",
  description: "A group of functions in a region. `default` always exists and is never created or deleted.",
  properties: {
    name: {
      type: z.string(),
      description: "Name; it never changes.",
      source: "NS-DEFAULT, QTA-NS",
      immutable: true,
    },
    description: {
      type: z.string().optional(),
      description: "For people.",
      source: "API CreateNamespace.Description",
    },
  },
  attributes: {},
});
export type NamespaceProperties = PropertiesOf<typeof namespaceSchema>;
