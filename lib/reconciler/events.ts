import type { Value } from "../model/value";

export type OperationName = "create" | "update" | "replace" | "delete" | "publish";

/** Everything a run tells while it works: one typed stream that the terminal view and the JSON view only consume. */
export type RunEvent =
  | { readonly type: "run-started"; readonly stack: string; readonly operations: number; readonly at: number }
  | { readonly type: "resumed"; readonly stack: string; readonly address: string; readonly detail: string }
  | {
      readonly type: "operation-started";
      readonly stack: string;
      readonly address: string;
      readonly operation: OperationName;
      readonly kind: string;
    }
  | {
      readonly type: "operation-waiting";
      readonly stack: string;
      readonly address: string;
      readonly detail: string;
    }
  | {
      readonly type: "operation-retried";
      readonly stack: string;
      readonly address: string;
      readonly detail: string;
    }
  | {
      readonly type: "operation-finished";
      readonly stack: string;
      readonly address: string;
      readonly operation: OperationName;
      readonly milliseconds: number;
    }
  | {
      readonly type: "operation-failed";
      readonly stack: string;
      readonly address: string;
      readonly operation: OperationName;
      readonly code: string;
      readonly message: string;
      readonly fix?: string;
    }
  | {
      readonly type: "operation-blocked";
      readonly stack: string;
      readonly address: string;
      readonly operation: OperationName;
      readonly by: string;
    }
  | { readonly type: "warning"; readonly stack: string; readonly message: string }
  | { readonly type: "run-finished"; readonly stack: string; readonly summary: RunSummary };

export interface RunSummary {
  readonly succeeded: number;
  readonly failed: number;
  readonly blocked: number;
  readonly byOperation: { readonly [name in OperationName]?: number };
  readonly calls: CallCounts;
  readonly milliseconds: number;
  readonly outputs: { readonly [name: string]: { readonly value: Value; readonly sensitive: boolean } };
}

/** Calls of one run. */
export interface CallCounts {
  /** Reads that were answered. */
  readonly read: number;
  /** Writes that the platform accepted. */
  readonly write: number;
  /** Accepted calls of both sorts. */
  readonly accepted: number;
  /** Calls that the platform refused, for now or for good. */
  readonly refused: number;
  /** Calls that were made again after a refusal, or because they had not reached the platform. */
  readonly retried: number;
  /** How often an operation waited: for an object, for the turn of a throttled action, for the network. */
  readonly waits: number;
  /** How long all these waits took together, in milliseconds. */
  readonly waitedMs: number;
}

export type EventListener = (event: RunEvent) => void;
