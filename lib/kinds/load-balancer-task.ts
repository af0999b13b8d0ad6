import { ScfError } from "../model/error";
import type { OperationContext } from "./kind";

const SUCCEEDED = 0;
const FAILED = 1;

/** Key of everything that is written through one load balancer: it refuses a second write while one is running. */
export function loadBalancerKey({ loadBalancerId }: { loadBalancerId: string }): string {
  return `load balancer ${loadBalancerId}`;
}

/**
 * Waits until a write to a load balancer has taken effect. The platform answers at once and works on. Without the write's
 * answer there is no task to ask about: whatever is written next is refused as busy until this one is over, so that kinds of
 * load balancers need no `ready`.
 *
 * @param requestId of the write
 * @throws ScfError `LOAD_BALANCER_TASK_FAILED` when the platform could not do it
 */
export async function waitForTask(context: OperationContext, what: string, requestId: string): Promise<void> {
  await context.waitFor(what, async () => {
    const { Status, Message } = await context.call("clb", "DescribeTaskStatus", { TaskId: requestId });
    if (Status === FAILED) {
      throw new ScfError(
        "LOAD_BALANCER_TASK_FAILED",
        `The load balancer could not do this: ${Message ?? what}.`,
        {
          fix: "Look at the load balancer, then deploy again: what is missing is done.",
        },
      );
    }
    return Status === SUCCEEDED ? true : undefined;
  });
}
