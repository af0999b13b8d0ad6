import type { z } from "zod";
import type { Value } from "../model/value";
import type { runEventSchema, runSummarySchema } from "./event-schema";

/** The one version of the event format that this library writes. */
export const EVENTS_VERSION = 1;
export const EVENTS_FORMAT = "cdktf-scf/events";

export type OperationName = "create" | "update" | "replace" | "delete" | "publish";

/** What a run has done, how long it took and what it cost. */
export type RunSummary = Omit<z.infer<typeof runSummarySchema>, "outputs"> & {
  readonly outputs: { readonly [name: string]: { readonly value: Value; readonly sensitive: boolean } };
};

type Published = z.infer<typeof runEventSchema>;

/** Everything a run tells while it works: one typed stream that the terminal view and the JSON view only consume. */
export type RunEvent =
  | Exclude<Published, { type: "run-finished" }>
  | (Omit<Extract<Published, { type: "run-finished" }>, "summary"> & { readonly summary: RunSummary });

export type EventListener = (event: RunEvent) => void;
