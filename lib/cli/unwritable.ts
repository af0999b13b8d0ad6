import { ScfError } from "../model/error";

const reasons: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EEXIST: "a file is in the way",
  ENOTDIR: "a file is in the way",
  EISDIR: "a folder is in the way",
};

/** Says that a file or folder cannot be written, and why. */
export function cannotWrite(target: string, cause: unknown, fix: string): ScfError {
  const code = (cause as NodeJS.ErrnoException).code ?? "";
  const reason = reasons[code] ?? (cause instanceof Error ? cause.message : String(cause));
  return new ScfError("UNWRITABLE", `${target} cannot be written: ${reason}.`, { fix, cause });
}

/** The same for an error of the file system that nobody expected; undefined for any other error. */
export function fileSystemFailure(error: unknown): ScfError | undefined {
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === undefined || path === undefined || !(code in reasons)) return undefined;
  return cannotWrite(
    path,
    error,
    "Give this user the right to write there, or free some space, and run the command again.",
  );
}
