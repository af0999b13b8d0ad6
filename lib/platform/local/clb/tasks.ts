import { parseJson, refuse } from "../context";
import type { Context, Handlers } from "../context";
import { findLoadBalancer } from "./store";
import type { LoadBalancerRow } from "./store";

/** The load balancer of a write. While a task on it runs, another write is refused. */
export function openForWrite(context: Context, id: string): LoadBalancerRow {
  const balancer = findLoadBalancer(context, id);
  if (balancer.busy_until > context.now) {
    refuse("FailedOperation.ResourceInOperating", `Another task on ${balancer.id} is running`);
  }
  return balancer;
}

/** Records a write as a task under the id of its call. What it changed is there at once; the task ends after the delay. */
export function startTask(context: Context, balancers: readonly string[]): void {
  const { database, region, requestId } = context;
  const readyAt = context.now + context.settings.delayMs;
  for (const id of balancers) {
    database.run("UPDATE load_balancers SET busy_until = ? WHERE id = ?", readyAt, id);
  }
  database.run(
    "INSERT INTO tasks (id, region, load_balancers, ready_at) VALUES (?, ?, ?, ?)",
    requestId,
    region,
    JSON.stringify(balancers),
    readyAt,
  );
}

const succeeded = 0;
const failed = 1;
const running = 2;

export const tasks = {
  DescribeTaskStatus(context, request) {
    const id = request.TaskId ?? request.DealName;
    if (id === undefined) refuse("InvalidParameter", "TaskId is missing");
    const task =
      context.database.get<{ load_balancers: string; ready_at: number; failed: number }>(
        "SELECT load_balancers, ready_at, failed FROM tasks WHERE id = ? AND region = ?",
        id,
        context.region,
      ) ?? refuse("InvalidParameter", `The task ${id.slice(0, 40)} does not exist in ${context.region}`);
    return {
      Status: task.ready_at > context.now ? running : task.failed ? failed : succeeded,
      LoadBalancerIds: parseJson<string[]>(task.load_balancers),
    };
  },
} satisfies Partial<Handlers<"clb">>;
