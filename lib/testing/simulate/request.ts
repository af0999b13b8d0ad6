import { described } from "../questions/described";
import type { PlannedStacks } from "../questions/planned-stacks";
import { asCalled } from "../outcome";
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
 * @param target path of an alias, a function (its alias `$DEFAULT` is called), a listener or a forwarding rule, or as much of its end
 *   as no other of these has
 * @throws ScfError `PATH_UNKNOWN` when none of these is there, `PATH_AMBIGUOUS` when several paths end like that;
 *   `REQUEST_INCOMPLETE` for a request to a listener without domain or path
 */
export function request(plan: PlannedStacks, target: string, options: RequestOptions = {}): Outcome {
  return asCalled(request, () => {
    const { seed = 1, ...sent } = options;
    return described(routerTo(plan, target).send(sent, new Draws(seed, 0)), describe);
  });
}

function describe({ version, why }: Outcome): string {
  return [version, ...why].join("\n  ");
}
