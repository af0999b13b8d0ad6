/** How long a process may outlive the one that started it, in milliseconds. */
const INTERVAL = 1000;

/**
 * Calls `end` when the process that started this one is gone. Standard input tells nothing of it: a plugin has that of
 * Terraform, where people are asked, and where automation gives nothing.
 */
export function whenParentIsGone(end: () => void): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent || !isAlive(parent)) end();
  }, INTERVAL).unref();
}

/** On Windows, a process keeps the number of its parent when that is gone. */
function isAlive(id: number): boolean {
  if (process.platform !== "win32") return true;
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
