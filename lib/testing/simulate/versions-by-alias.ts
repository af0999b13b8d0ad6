import { isInShare, matchesHeaders, routingHeaders } from "../../model/routing";
import { functionIdentity } from "../../rules/identity";
import type { Destination } from "../questions/destination";
import { conditionText } from "../questions/routes";
import { UNKNOWN_ANSWER } from "../questions/unknown";
import type { Draws } from "./draws";
import type { Outcome, SimulatedRequest } from "./simulated-request";

/** How a request came to a function. */
export type Way = "call" | "load balancer";

/** Sends requests on to the versions of a function. What does not depend on the request is found out once. */
export function versionRouter(
  destination: Destination,
  way: Way,
): (request: SimulatedRequest, draws: Draws) => Outcome {
  const { routing, qualifier } = destination;
  const step = `${qualifier} of ${destination.function}`;
  const end = (version: string, why: string, possible: readonly string[] = [version]): Outcome => ({
    version,
    function: destination.function,
    possible,
    why: [`${step}: ${why}`],
  });
  if (isStopped(destination)) {
    const refused = end(
      "none: 432 ResourceLimitReached",
      "0 MB are reserved for the function, so that it is stopped",
    );
    return () => refused;
  }
  const { main } = routing;
  switch (routing.type) {
    case "single":
      return () => end(main, main.startsWith(UNKNOWN_ANSWER) ? main : `everything goes to ${main}`);
    case "unknown":
      return () => end(`${UNKNOWN_ANSWER}: ${routing.why}`, routing.why, [main, routing.second]);
    case "weighted": {
      const { second, percent } = routing;
      const possible = percent <= 0 ? [main] : percent >= 100 ? [second] : [main, second];
      return (_request, draws) => {
        const version = isInShare(percent / 100, draws.next()) ? second : main;
        const why = `${percent} % go to ${second} and the rest to ${main}; by chance this one goes to ${version}`;
        return end(version, why, possible);
      };
    }
    case "match": {
      const { second, match } = routing;
      const condition = conditionText(match);
      return ({ headers = {} }) => {
        if (!matchesHeaders(match, routingHeaders(headers))) {
          return end(main, `requests whose ${condition} go to ${second}, and this one is none of them`);
        }
        if (way === "call") return end(second, `${condition}`);
        const why = `${condition}, but the documents do not say whether headers count that come through a load balancer`;
        return end(`${UNKNOWN_ANSWER}: ${main} or ${second}`, why, [main, second]);
      };
    }
  }
}

/** CON-ZERO. */
function isStopped({ resource }: Destination): boolean {
  const identity = functionIdentity(resource);
  return resource.app
    .ofKind("scf_reserved_concurrency")
    .some((reservation) => reservation.get("reservedMb") === 0 && functionIdentity(reservation) === identity);
}
