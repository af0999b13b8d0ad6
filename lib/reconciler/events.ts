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
  /** Addresses of objects that stay and are no longer managed. */
  readonly retained: readonly string[];
  readonly byOperation: { readonly [name in OperationName]?: number };
  readonly calls: { readonly read: number; readonly write: number; readonly retried: number };
  readonly milliseconds: number;
  readonly outputs: { readonly [name: string]: { readonly value: Value; readonly sensitive: boolean } };
}

export type EventListener = (event: RunEvent) => void;
