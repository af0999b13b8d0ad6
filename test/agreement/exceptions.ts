import type { Finding } from "../../lib/rules/finding";
import { enforcementOf } from "../rules/enforcement";

/** Whether the platform has to find an error, too: the table of enforcement says of some rules that nobody but they can. */
export function isSeenByThePlatform({ rule }: Finding): boolean {
  return enforcementOf(rule)?.by === "platform";
}
