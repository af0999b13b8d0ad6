import { ScfError } from "../model/error";
import type { Terminal } from "./terminal";

/**
 * Makes sure, before the first call, that somebody can agree.
 *
 * @throws ScfError `APPROVAL_IMPOSSIBLE` when there is nobody to ask and nobody has agreed beforehand
 */
export function requireApproval(terminal: Terminal, command: string, autoApprove: boolean | undefined): void {
  if (autoApprove || terminal.interactive) return;
  throw new ScfError(
    "APPROVAL_IMPOSSIBLE",
    `\`cdktf-scf ${command}\` asks before it changes anything, and there is no terminal to ask on.`,
    {
      fix: "Look at `cdktf-scf diff`, then run the command again with --auto-approve.",
    },
  );
}
