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

const gateType = z.strictObject({
  /** For a shell, in the project's folder. Exit code 0 lets the release go on. */
  command: z.string(),
  /** It fails when it has not ended by then. */
  timeoutSeconds: z.number(),
});
export type PlannedGate = z.output<typeof gateType>;

const stepType = z.strictObject({
  /** Share of the new version, 0–100. */
  percent: z.number(),
  /** How long the share stays before the gate. */
  waitSeconds: z.number(),
  gate: gateType.optional(),
});
export type PlannedStep = z.output<typeof stepType>;

const releaseType = z.strictObject({ steps: z.array(stepType) });
export type PlannedRelease = z.output<typeof releaseType>;

const openReleaseType = z.strictObject({
  from: z.string(),
  to: z.string(),
  /** Hash of the steps. */
  steps: z.string(),
  /** Why the alias was put back to `from`, and stays there; absent while the release is under way. */
  rejection: z
    .strictObject({
      step: z.number(),
      of: z.number(),
      percent: z.number(),
      command: z.string(),
      /** `exit code 3`, for example. */
      outcome: z.string(),
    })
    .optional(),
});
export type OpenRelease = z.output<typeof openReleaseType>;

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
    release: {
      type: releaseType.optional(),
      description:
        "The steps in which a new main version takes over: its share in percent, how long it stays, and a command that decides whether it goes on. Without, it takes over at once.",
      source: "REL-STEPS, REL-GATE, REL-ROUTING",
      instruction: true,
      unreadable: true,
    },
    provisioned: {
      type: z.number().optional(),
      description:
        "Instances of the main version that are started before requests come. A release starts those of the new version before its first step, and gives those of the old one back after its last.",
      source: "REL-PROV, CON-PSUM",
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
  attributes: {
    openRelease: {
      type: openReleaseType.nullable().optional(),
      description: "The release that is under way, or was rolled back.",
      internal: true,
    },
  },
});
export type AliasProperties = PropertiesOf<typeof aliasSchema>;
