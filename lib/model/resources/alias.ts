import { z } from "zod";
import { defineResource, type PropertiesOf } from "../resource-schema";

/** The alias that every function has; it points to `$LATEST` until it is told otherwise (ALS-NAME, ALS-INVOKE). */
export const DEFAULT_ALIAS = "$DEFAULT";

const routingType = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("weighted"),
    version: z.string(),
    percent: z.number(),
  }),
  z.strictObject({
    type: z.literal("match"),
    version: z.string(),
    key: z.string(),
    method: z.enum(["exact", "range"]),
    expression: z.string(),
  }),
]);
export type PlannedRouting = z.output<typeof routingType>;

export const aliasSchema = defineResource({
  kind: "scf_alias",
  title: "alias",
  description:
    "A name for one version of a function, or for two that share its traffic by weight or by rule.",
  properties: {
    namespace: { type: z.string(), description: "Namespace of the function.", immutable: true },
    functionName: { type: z.string(), description: "The function.", immutable: true },
    name: {
      type: z.string(),
      description:
        "Name: 2–60 letters, digits, `_` and `-`, beginning with a letter, ending with a letter or digit.",
      source: "ALS-NAME",
      immutable: true,
    },
    version: {
      type: z.string(),
      description: "The main version: a number, or `$LATEST`.",
      source: "ALS-TWO",
    },
    routing: {
      type: routingType.optional(),
      description: "The second version and its share in percent, or the requests that go to it.",
      source: "ALS-WEIGHT, ALS-RULE, ALS-KEY, ALS-EXACT, ALS-RANGE",
    },
    description: {
      type: z.string().optional(),
      description:
        "At most 1000 letters, digits, spaces, commas and periods; the platform gets 930 of them and a mark of ownership.",
      source: "ALS-DESC",
    },
    builtIn: {
      type: z.boolean().optional(),
      description:
        "Whether `$DEFAULT` is meant: it is there with the function, and can be pointed elsewhere only.",
      source: "ALS-NAME",
      immutable: true,
    },
    versionsOf: {
      type: z.array(z.string()),
      description: "Name of the function that each version belongs to, main version first.",
      source: "ALS-SELF",
      checkOnly: true,
    },
  },
  attributes: {},
});
export type AliasProperties = PropertiesOf<typeof aliasSchema>;
