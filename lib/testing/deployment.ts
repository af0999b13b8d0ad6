import { ScfError } from "../model/error";
import type { PreparedStack } from "../model/prepared";
import type { Value } from "../model/value";
import type { OperationName, RunEvent, RunSummary } from "../reconciler/events";
import type { RecordedCall } from "./recorded-calls";

/** What a deployment has done. Resources are named by their addresses, in the order in which they were done. */
export interface Deployment {
  readonly created: readonly string[];
  /** Those of which another version was made, which leaves the ones before. */
  readonly published: readonly string[];
  readonly updated: readonly string[];
  readonly replaced: readonly string[];
  readonly deleted: readonly string[];
  /** Resources of which nothing had to be done. */
  readonly unchanged: number;
  readonly failed: readonly FailedOperation[];
  /** Those that were not tried, because something before them failed; a whole stack by its id. */
  readonly blocked: readonly string[];
  /** Every call that it made, in order. Secrets are hidden. */
  readonly calls: readonly RecordedCall[];
  /** What the stacks have for outputs now, by stack and name. Sensitive ones are hidden. */
  readonly outputs: { readonly [stack: string]: { readonly [name: string]: Value } };
  /** What the run would tell people. */
  readonly warnings: readonly string[];
}

/** What could not be done to a resource, and why. */
export interface FailedOperation {
  readonly address: string;
  readonly operation: OperationName;
  /** The platform's error code, or one of cdktf-scf's own. */
  readonly code: string;
  readonly message: string;
  readonly fix?: string;
}

/** Puts together what the runs of several stacks have done. */
export class DeploymentReport {
  unchanged = 0;
  readonly failed: FailedOperation[] = [];
  readonly blocked: string[] = [];
  private readonly done: Record<OperationName, string[]> = {
    create: [],
    publish: [],
    update: [],
    replace: [],
    delete: [],
  };
  private readonly warnings: string[] = [];
  private readonly outputs: Record<string, Record<string, Value>> = {};

  take(event: RunEvent): void {
    if (event.type === "operation-finished") this.done[event.operation].push(event.address);
    else if (event.type === "operation-blocked") this.blocked.push(event.address);
    else if (event.type === "warning") this.warnings.push(event.message);
    else if (event.type === "operation-failed") {
      const { address, operation, code, message, fix } = event;
      this.failed.push({ address, operation, code, message, ...(fix === undefined ? {} : { fix }) });
    }
  }

  takeOutputs(stack: string, outputs: RunSummary["outputs"]): void {
    this.outputs[stack] = Object.fromEntries(
      Object.entries(outputs).map(([name, { value, sensitive }]) => [name, sensitive ? "•••" : value]),
    );
  }

  deployment(calls: readonly RecordedCall[]): Deployment {
    const { done, unchanged, failed, blocked, outputs, warnings } = this;
    return {
      created: done.create,
      published: done.publish,
      updated: done.update,
      replaced: done.replace,
      deleted: done.delete,
      unchanged,
      failed,
      blocked: [...blocked].sort(),
      calls,
      outputs,
      warnings,
    };
  }
}

/** @returns the error for a deployment of which something failed */
export function deploymentFailed(deployment: Deployment, stacks: readonly PreparedStack[]): ScfError {
  const { failed, blocked } = deployment;
  const failures = failed.flatMap(({ address, operation, code, message, fix }) => [
    `  ${operation} ${address}${placeOf(address, stacks)}`,
    `    ${code}: ${message}`,
    ...(fix === undefined ? [] : [`    ${fix}`]),
  ]);
  const rest = blocked.length === 0 ? [] : [`  Not tried because of that: ${blocked.join(", ")}`];
  const count = failed.length === 1 ? "1 operation" : `${failed.length} operations`;
  return new ScfError("DEPLOYMENT_FAILED", `${count} failed.\n${[...failures, ...rest].join("\n")}`, {
    fix: 'Where the test is about the failure, deploy with { failures: "return" } and look at `failed`.',
  });
}

function placeOf(address: string, stacks: readonly PreparedStack[]): string {
  const { placed } = require("./report") as typeof import("./report");
  for (const stack of stacks) {
    const location = stack.locate(address);
    if (location) return `  ${placed(location)}`;
  }
  return "";
}
