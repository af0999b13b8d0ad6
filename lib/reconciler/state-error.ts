import { ScfError } from "../model/error";

/** @returns the error for a state that cannot be written; what is recorded so far stays valid */
export function unwritable(path: string, cause: unknown): ScfError {
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  const reason =
    code === "ENOSPC"
      ? "the disk is full"
      : code === "EACCES" || code === "EPERM" || code === "EROFS"
        ? "writing is not permitted"
        : cause instanceof Error
          ? cause.message
          : String(cause);
  return new ScfError("STATE_UNWRITABLE", `The state cannot be written to ${path}: ${reason}.`, {
    fix: "Make the folder writable with space left on it, then run the command again: it goes on where this run stopped.",
    cause,
  });
}
