import { ScfError } from "../model/error";
import type { StateFold } from "./state-fold";

/**
 * Makes sure that the resources of a stack are recorded here and nowhere else.
 *
 * @throws ScfError `STATE_MOVED` when Terraform's state has them, or may have them
 */
export function requireNotMoved(fold: Pick<StateFold, "stack" | "terraform"> | undefined): void {
  if (fold?.terraform === undefined) return;
  const { stack } = fold;
  switch (fold.terraform) {
    case "left":
      throw new ScfError("STATE_MOVED", `The resources of ${stack} are in Terraform's state.`, {
        fix: `Deploy it with Terraform, or run \`cdktf-scf state from-terraform ${stack}\` first.`,
      });
    case "leaving":
      throw new ScfError("STATE_MOVED", `A move of ${stack} to Terraform's state was cut off.`, {
        fix: `Run \`cdktf-scf state to-terraform ${stack}\` again, or \`state from-terraform ${stack}\` to take it back.`,
      });
    case "coming":
      throw new ScfError("STATE_MOVED", `A move of ${stack} from Terraform's state was cut off.`, {
        fix: `Run \`cdktf-scf state from-terraform ${stack}\` again.`,
      });
  }
}
