import { ScfError } from "../../model/error";
import { grouped } from "../../rules/text";
import { described } from "../questions/described";
import type { PlannedStacks } from "../questions/planned-stacks";
import { asCalled } from "../outcome";
import { Draws } from "./draws";
import { routerTo } from "./router";
import type { Outcome, SimulatedRequest } from "./simulated-request";

const MOST_REQUESTS = 1_000_000;

/** How many requests are sent, and which. */
export interface RequestsOptions {
  /**
   * How many requests, 1–1,000,000.
   * @default 10000
   */
  readonly count?: number;
  /**
   * The same seed gives the same answer.
   * @default 1
   */
  readonly seed?: number;
  /**
   * What each request is like, from 0 on.
   * @default requests without headers, domain and path
   */
  readonly request?: (index: number) => SimulatedRequest;
}

/** Who got how many requests. */
export interface Shares {
  /** Address of what the requests were sent to. */
  readonly target: string;
  /** How many there were. */
  readonly count: number;
  /**
   * Requests by version, the most first. Through listeners and rules the function stands in front, `shop/orders: 3`, because there
   * can be several.
   */
  readonly counts: ReadonlyMap<string, number>;
  /** The same in percent, with two decimals. */
  readonly percents: ReadonlyMap<string, number>;
}

/**
 * Sends requests and counts which version gets them.
 *
 * @param target path of an alias, a function (its alias `$DEFAULT` is called), a listener or a forwarding rule, or as much of its end
 *   as no other of these has
 * @throws ScfError `PATH_UNKNOWN` when none of these is there, `PATH_AMBIGUOUS` when several paths end like that;
 *   `REQUEST_INCOMPLETE` for requests to a listener without domain or path; `REQUEST_COUNT` for a count that is none
 */
export function requests(plan: PlannedStacks, target: string, options: RequestsOptions = {}): Shares {
  return asCalled(requests, () => {
    const { count = 10_000, seed = 1, request = () => ({}) } = options;
    if (!Number.isInteger(count) || count < 1 || count > MOST_REQUESTS) {
      throw new ScfError(
        "REQUEST_COUNT",
        `${count} requests cannot be sent: a whole number from 1 to ${grouped(MOST_REQUESTS)} can.`,
        { fix: "Use 10000: more of them change the shares by less than a percent." },
      );
    }
    const router = routerTo(plan, target);
    const counts = new Map<string, number>();
    for (let index = 0; index < count; index++) {
      const outcome = router.send(request(index), new Draws(seed, index));
      const label = router.reachesSeveral ? withFunction(outcome) : outcome.version;
      counts.set(label, (counts.get(label) ?? 0) + 1);
    }
    const sorted = [...counts].sort(([left, more], [right, less]) => less - more || (left < right ? -1 : 1));
    return described(
      {
        target: router.target,
        count,
        counts: new Map(sorted),
        percents: new Map(
          sorted.map(([label, number]) => [label, Math.round((number / count) * 10_000) / 100]),
        ),
      },
      describe,
    );
  });
}

function withFunction({ version, function: owner }: Outcome): string {
  return owner === undefined ? version : `${owner}: ${version}`;
}

function describe({ target, count, percents }: Shares): string {
  const shares = [...percents].map(([version, percent]) => `${percent} % ${version}`);
  return `${grouped(count)} requests to ${target}: ${shares.join(", ")}`;
}
