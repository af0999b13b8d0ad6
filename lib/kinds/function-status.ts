import { ScfError } from "../model/error";
import type { Response } from "../platform/api";
import type { OperationContext, Phase } from "./kind";
import { isFunctionNotFound, unlessNotFound } from "./not-found";

/** A function, or one version of it, in a namespace. */
export interface FunctionAddress {
  readonly namespace: string;
  readonly functionName: string;
}

/** Key of everything that is written through one function: the platform takes one write at a time. */
export function functionKey({ namespace, functionName }: FunctionAddress): string {
  return `function ${namespace}/${functionName}`;
}

export function getFunction(
  context: Pick<OperationContext, "call">,
  { namespace, functionName }: FunctionAddress,
  qualifier?: string,
): Promise<Response<"scf", "GetFunction"> | undefined> {
  return unlessNotFound(
    context.call("scf", "GetFunction", {
      FunctionName: functionName,
      Namespace: namespace,
      ...(qualifier === undefined ? {} : { Qualifier: qualifier }),
    }),
    isFunctionNotFound,
  );
}

/** States of functions and their versions beside Active (api: "States and waiting"). */
const phases: Readonly<Record<string, Phase>> = {
  Creating: "pending",
  Updating: "pending",
  Publishing: "pending",
  Deleting: "deleting",
  CreateFailed: "failed",
  UpdateFailed: "failed",
  PublishFailed: "failed",
  DeleteFailed: "failed",
};

export function phaseOf(status: string | undefined): Phase | undefined {
  return phases[status ?? ""];
}

/** Whether there is nothing to come of it any more. */
export function isOver(phase: Phase | undefined): boolean {
  return phase === "deleting" || phase === "failed";
}

function isInTransit(status: string | undefined): boolean {
  const phase = phaseOf(status);
  return phase === "pending" || phase === "deleting";
}

/**
 * Waits until the platform is done with a function, whatever came of it: a failed update is repaired by the next one.
 */
export async function waitUntilSettled(
  context: OperationContext,
  address: FunctionAddress,
): Promise<Response<"scf", "GetFunction">> {
  return context.waitFor(
    `${address.namespace}/${address.functionName} to be ready for a change`,
    async () => {
      const found = await getFunction(context, address);
      return found && !isInTransit(found.Status) ? found : undefined;
    },
  );
}

/**
 * Waits until a function or version can be used. Not finding it counts as waiting: reads lag behind writes.
 *
 * @throws ScfError `FUNCTION_FAILED` when the platform gave up on it, with its reasons
 */
export async function waitUntilActive(
  context: OperationContext,
  address: FunctionAddress,
  qualifier?: string,
): Promise<Response<"scf", "GetFunction">> {
  const name = `${address.namespace}/${address.functionName}${qualifier === undefined ? "" : `:${qualifier}`}`;
  return context.waitFor(`${name} to become Active`, async () => {
    const found = await getFunction(context, address, qualifier);
    if (!found || isInTransit(found.Status)) return undefined;
    if (found.Status === "Active") return found;
    const reasons = found.StatusReasons?.map((reason) => reason.ErrorMessage).filter(Boolean) ?? [];
    throw new ScfError(
      "FUNCTION_FAILED",
      `${name} is ${found.Status ?? "in no state"}: ${[found.StatusDesc, ...reasons].filter(Boolean).join("; ") || "the platform gives no reason"}.`,
      { fix: "Correct what the platform names and deploy again: the function is continued, not made anew." },
    );
  });
}
