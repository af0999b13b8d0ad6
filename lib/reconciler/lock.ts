import { randomBytes } from "crypto";
import { linkSync, readFileSync, renameSync, rmSync } from "fs";
import { hostname, userInfo } from "os";
import { join } from "path";
import { ScfError } from "../model/error";
import { writeDurably } from "./durable-file";
import { unwritable } from "./state-error";

export const LOCK_FILE = "lock.json";

/** Who holds a lock. */
export interface LockHolder {
  readonly pid: number;
  readonly host: string;
  readonly user: string;
  /** ISO 8601, for people; nothing is decided by it. */
  readonly since: string;
  readonly purpose: string;
  readonly token: string;
  /** Grows with every holder, so that what an earlier one writes late can be told. */
  readonly epoch: number;
  /** When the process started, in the kernel's own count, to tell it from a later one of the same number. */
  readonly processStart?: string;
}

/** Keeps two runs of one stack apart. */
export class Lock {
  private constructor(
    private readonly path: string,
    readonly holder: LockHolder,
    /** The holder that died with the lock in its hand, when there was one. */
    readonly takenOverFrom: LockHolder | undefined,
  ) {}

  /** @throws ScfError `STATE_LOCKED` when another run holds it */
  static acquire(directory: string, stack: string, purpose: string): Lock {
    const path = join(directory, LOCK_FILE);
    const token = randomBytes(12).toString("hex");
    const mine = `${path}.${token}`;
    const start = processStart(process.pid);
    let holder: LockHolder = {
      pid: process.pid,
      host: hostname(),
      user: userName(),
      since: new Date().toISOString(),
      purpose,
      token,
      epoch: 1,
      ...(start === undefined ? {} : { processStart: start }),
    };
    try {
      for (;;) {
        writeDurably(mine, `${JSON.stringify(holder)}\n`);
        if (claim(mine, path)) return new Lock(path, holder, undefined);
        const dead = chainOfDead(path, stack);
        if (dead === undefined) continue;
        const first = dead[0] as LockHolder;
        const last = dead[dead.length - 1] as LockHolder;
        holder = { ...holder, epoch: Math.max(...dead.map(({ epoch }) => epoch)) + 1 };
        writeDurably(mine, `${JSON.stringify(holder)}\n`);
        // Whoever makes this file is the one to take the lock over. It is removed only after the lock has changed hands,
        // so one that comes late sees another token in the lock and begins anew.
        if (!claim(mine, claimPath(path, last))) continue;
        const unchanged = readHolder(path)?.token === first.token;
        if (unchanged) renameSync(mine, path);
        for (const { token: dying } of unchanged ? dead : [last])
          rmSync(claimPath(path, { token: dying }), { force: true });
        if (unchanged) return new Lock(path, holder, first);
      }
    } catch (cause) {
      if (ScfError.is(cause)) throw cause;
      throw unwritable(directory, cause);
    } finally {
      rmSync(mine, { force: true });
    }
  }

  /** @throws ScfError `LOCK_LOST` when another run has taken the lock in the meantime */
  check(): void {
    const current = readHolder(this.path);
    if (current?.token === this.holder.token) return;
    throw new ScfError(
      "LOCK_LOST",
      current === undefined
        ? `The lock of this run, ${this.path}, was removed while it was working.`
        : `The lock of this run was taken over by ${describe(current)}.`,
      {
        fix: "Wait until the other run has ended, then run the command again: it goes on where this run stopped.",
      },
    );
  }

  release(): void {
    if (readHolder(this.path)?.token === this.holder.token) rmSync(this.path, { force: true });
  }
}

/** Whether the run that holds the lock of a state, if any, is still working. */
export function isLocked(directory: string): boolean {
  try {
    const holder = readHolder(join(directory, LOCK_FILE));
    return holder !== undefined && !isDead(holder);
  } catch {
    return true;
  }
}

/**
 * The dead holder of the lock, followed by those that died while they were taking it over. Undefined when the lock is
 * free again.
 */
function chainOfDead(path: string, stack: string): LockHolder[] | undefined {
  const chain: LockHolder[] = [];
  for (
    let current = readHolder(path);
    current !== undefined;
    current = readHolder(claimPath(path, current))
  ) {
    if (!isDead(current)) throw locked(current, stack, path);
    chain.push(current);
  }
  return chain.length === 0 ? undefined : chain;
}

function claimPath(path: string, holder: { readonly token: string }): string {
  return `${path}.${holder.token}.taken`;
}

/** The file appears with its content or not at all, and only when there is none yet. */
function claim(mine: string, path: string): boolean {
  try {
    linkSync(mine, path);
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw cause;
  }
}

function readHolder(path: string): LockHolder | undefined {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw cause;
  }
  try {
    const holder = JSON.parse(text) as LockHolder;
    if (typeof holder.token === "string" && typeof holder.pid === "number") return holder;
  } catch {
    // Said below, as for a file that is JSON and no lock.
  }
  throw new ScfError("STATE_LOCKED", `${path} is there but cannot be read as a lock.`, {
    fix: "Make sure that no other run is working, then delete the file.",
  });
}

function isDead(holder: LockHolder): boolean {
  if (holder.host !== hostname()) return false;
  try {
    process.kill(holder.pid, 0);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ESRCH") return true;
  }
  const start = processStart(holder.pid);
  return start !== undefined && holder.processStart !== undefined && start !== holder.processStart;
}

/** Field 22 of /proc/<pid>/stat; the name in field 2 may hold spaces and parentheses. */
function processStart(pid: number): string | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
}

function locked(holder: LockHolder, stack: string, path: string): ScfError {
  const here = holder.host === hostname();
  return new ScfError("STATE_LOCKED", `The state of ${stack} is locked by ${describe(holder)}.`, {
    fix: here
      ? "Wait until that run has ended."
      : `Wait until that run has ended. If it was cut off, delete ${path} and run the command again.`,
  });
}

export function describe(holder: LockHolder): string {
  const since = new Date(holder.since).toTimeString().slice(0, 8);
  return `\`${holder.purpose}\` of ${holder.user} (process ${holder.pid} on ${holder.host} since ${since})`;
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run under a number that has no name.
    return process.env["USER"] ?? "unknown";
  }
}
