import { z } from "zod";
import { EVENTS_FORMAT, EVENTS_VERSION } from "./events";

/**
 * What a run tells, as schemas: the types of the events are made from them, and so is the published JSON schema. Nothing
 * loads this while it works.
 */

const operation = z
  .enum(["create", "publish", "update", "replace", "delete"])
  .describe("What is done to the resource; `publish` makes another version and leaves the ones before.");
const address = z.string().describe("Address of the resource: the construct's path, the stack's id first.");
const milliseconds = z.number().min(0).describe("Milliseconds that it took.");

/** What every event has. */
const common = {
  stack: z.string().describe("Id of the stack that the run is about."),
  at: z.iso
    .datetime()
    .describe("When it happened, in UTC. Order rests on the order of the events, not on this."),
};

const calls = z
  .strictObject({
    read: z.int().min(0).describe("Calls that only read."),
    write: z.int().min(0).describe("Calls that change something, as far as the platform accepted them."),
    refused: z.int().min(0).describe("Calls that the platform refused, throttled ones among them."),
    retried: z.int().min(0).describe("Calls that were made again after a refusal or without an answer."),
    waits: z
      .int()
      .min(0)
      .describe("How often an operation waited for something on the platform to be ready."),
    waitedMilliseconds: z.number().min(0).describe("How long all of them waited, added up."),
  })
  .describe("What the run cost.");

export const runSummarySchema = z.strictObject({
  succeeded: z.int().min(0).describe("Operations that were carried out, or turned out not to be needed."),
  failed: z.int().min(0).describe("Operations that failed."),
  blocked: z
    .int()
    .min(0)
    .describe("Operations that were not done, because one before them failed or the run was stopped."),
  byOperation: z
    .partialRecord(operation, z.int().min(1))
    .describe("How many of each have changed something."),
  retained: z
    .array(address)
    .describe("Resources whose objects stay on the platform and are not managed any more."),
  calls,
  milliseconds,
  outputs: z
    .record(
      z.string(),
      z.strictObject({
        value: z.unknown().describe("Null where it must not be shown."),
        sensitive: z.boolean(),
      }),
    )
    .describe("The stack's outputs after the run, by name."),
});

const variants = [
  z
    .strictObject({
      type: z.literal("run-started"),
      ...common,
      format: z.literal(EVENTS_FORMAT),
      formatVersion: z.literal(EVENTS_VERSION),
      operations: z.int().min(0).describe("Operations that are to be done."),
    })
    .describe("The first event of a stack."),
  z
    .strictObject({ type: z.literal("resumed"), ...common, address, detail: z.string() })
    .describe("Something that an earlier run, or a lost answer, has left is gone on with."),
  z
    .strictObject({
      type: z.literal("operation-started"),
      ...common,
      address,
      operation,
      kind: z.string().describe("Kind of the resource: `scf_function`."),
    })
    .describe("An operation begins."),
  z
    .strictObject({ type: z.literal("operation-waiting"), ...common, address, detail: z.string() })
    .describe("An operation waits for the platform; `detail` says for what."),
  z
    .strictObject({ type: z.literal("operation-retried"), ...common, address, detail: z.string() })
    .describe("A call of an operation is made again; `detail` says after what."),
  z
    .strictObject({
      type: z.literal("operation-progress"),
      ...common,
      address,
      step: z.int().min(1).describe("Which of its steps it has come to."),
      steps: z.int().min(1).describe("How many steps it has."),
      detail: z.string().describe("What is done in this step just now."),
    })
    .describe("An operation of several steps, as the release of an alias, has come further."),
  z
    .strictObject({ type: z.literal("operation-finished"), ...common, address, operation, milliseconds })
    .describe("An operation has ended well, and that is recorded."),
  z
    .strictObject({
      type: z.literal("operation-failed"),
      ...common,
      address,
      operation,
      code: z.string().describe("The platform's error code, or one of cdktf-scf's own."),
      message: z.string(),
      fix: z.string().optional().describe("What to do about it."),
    })
    .describe("An operation has failed; whatever does not depend on it goes on."),
  z
    .strictObject({
      type: z.literal("operation-blocked"),
      ...common,
      address,
      operation,
      by: z.string().describe("The address whose operation failed."),
    })
    .describe("An operation is not done, because one that comes before it failed."),
  z.strictObject({ type: z.literal("warning"), ...common, message: z.string() }),
  z
    .strictObject({ type: z.literal("run-finished"), ...common, summary: runSummarySchema })
    .describe("The last event of a stack."),
] as const;

export const runEventSchema = z.discriminatedUnion("type", variants);

/** The published JSON schema of one line of `deploy --json` and `destroy --json`. */
export function eventsJsonSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(runEventSchema),
    title: "Event of cdktf-scf",
    description: "One line of what `deploy --json` and `destroy --json` print.",
  };
}
