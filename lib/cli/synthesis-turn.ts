import * as fs from "node:fs";
import * as path from "node:path";

const TURN_FILE = ".synthesis";
const LOOK_AGAIN_MILLISECONDS = 25;
const SAY_SO_AFTER_MILLISECONDS = 2_000;

/**
 * Lets the commands of one project write into its output folder one after the other: two that run at once would take each
 * other's plans away. Whoever has died does not hold up the next.
 *
 * @param waiting called once when the wait gets long, with the process that is waited for
 */
export async function inTurn<T>(
  output: string,
  waiting: (processId: number) => void,
  work: () => Promise<T>,
): Promise<T> {
  const file = path.join(output, TURN_FILE);
  const since = Date.now();
  let told = false;
  while (!take(file)) {
    const holder = holderOf(file);
    if (holder === undefined || !isAlive(holder)) {
      fs.rmSync(file, { force: true });
      continue;
    }
    if (!told && Date.now() - since > SAY_SO_AFTER_MILLISECONDS) {
      told = true;
      waiting(holder);
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MILLISECONDS));
  }
  const giveBack = (): void => fs.rmSync(file, { force: true });
  // A program may end the process by itself.
  process.once("exit", giveBack);
  try {
    return await work();
  } finally {
    process.off("exit", giveBack);
    giveBack();
  }
}

function take(file: string): boolean {
  try {
    fs.writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** The process that is writing; undefined for a file that is gone by now, or that was never finished. */
function holderOf(file: string): number | undefined {
  try {
    const processId = Number(fs.readFileSync(file, "utf8"));
    if (Number.isInteger(processId) && processId > 0) return processId;
    // Made, and not written to yet: its maker gets a moment.
    return Date.now() - fs.statSync(file).mtimeMs < 1000 ? process.ppid : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
