import type { Plan } from "../../model/plan";
import { described } from "../questions/described";
import { Draws } from "./draws";
import { routerTo } from "./router";
import type { Outcome, SimulatedRequest } from "./simulated-request";

/** One request, and the chance that decides about it. */
export interface RequestOptions extends SimulatedRequest {
  /**
   * Another seed is another chance.
   * @default 1
   */
  readonly seed?: number;
}

/**
 * Which version gets a request, and why.
 *
 * @param target address or name of an alias, a function (its alias `$DEFAULT` is called), a listener or a forwarding rule
 * @throws ScfError `TARGET_UNKNOWN`, `TARGET_AMBIGUOUS` or `TARGET_KIND` when the target is none of these, or several;
 *   `REQUEST_INCOMPLETE` for a request to a listener without domain or path
 */
export function request(plan: Plan, target: string, options: RequestOptions = {}): Outcome {
  const { seed = 1, ...sent } = options;
  return described(routerTo(plan, target).send(sent, new Draws(seed, 0)), describe);
}

function describe({ version, why }: Outcome): string {
  return [version, ...why].join("\n  ");
}
