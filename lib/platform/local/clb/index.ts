import type { Handlers } from "../context";
import { crossRegion } from "./cross-region";
import { functionTargets } from "./function-targets";
import { listeners } from "./listeners";
import { loadBalancers } from "./load-balancers";
import { rules } from "./rules";
import { targets } from "./targets";
import { tasks } from "./tasks";

export const clb: Handlers<"clb"> = {
  ...loadBalancers,
  ...listeners,
  ...rules,
  ...functionTargets,
  ...targets,
  ...crossRegion,
  ...tasks,
};
