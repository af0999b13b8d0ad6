import { ScfError } from "../model/error";
import type { Terminal } from "./terminal";

/**
 * Asks whether to make the changes that were shown, unless somebody has agreed beforehand.
 *
 * @throws ScfError `APPROVAL_IMPOSSIBLE` when there is nobody to ask
 */
export async function approved(
  terminal: Terminal,
  command: string,
  question: string,
  autoApprove: boolean | undefined,
): Promise<boolean> {
  if (autoApprove) return true;
  if (terminal.interactive) return terminal.confirm(question);
  throw new ScfError(
    "APPROVAL_IMPOSSIBLE",
    `\`cdktf-scf ${command}\` asks before it changes anything, and there is no terminal to ask on.`,
    { fix: "Look at what it has shown, then run it again with --auto-approve." },
  );
}
