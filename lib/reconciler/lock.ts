import { randomBytes } from "crypto";
import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from "fs";
import { join } from "path";
import { ScfError } from "../model/error";
import { linkNew, writeDurably } from "./durable-file";
import { describe, livenessOf, thisProcess, type Liveness, type LockHolder } from "./lock-holder";
import { unwritable } from "./state-error";

export const LOCK_FILE = "lock.json";

/** How often a holder renews its lock. */
const BEAT_MS = 5_000;

/** After so long without being renewed, a lock may be taken away from a holder that cannot be seen from here. */
export const LEASE_MS = 60_000;

/** A lock as somebody finds it. */
export interface FoundLock {
  readonly holder: LockHolder;
  readonly liveness: Liveness;
  /** How long ago it was renewed. */
  readonly idleMs: number;
  /** Whether the holder has failed to renew it for so long that it may be taken for gone. */
  readonly isExpired: boolean;
}

/** Keeps two runs of one stack apart. */
export class Lock {
  private readonly heartbeat: NodeJS.Timeout;

  private constructor(
    private readonly path: string,
    readonly holder: LockHolder,
    private readonly text: string,
    private readonly descriptor: number,
    /** The holder that died with the lock in its hand, when there was one. */
    readonly takenOverFrom: LockHolder | undefined,
  ) {
    this.heartbeat = setInterval(() => this.renew(), BEAT_MS).unref();
  }

  /**
   * @param isGone which holders the lock may be taken from
   * @throws ScfError `STATE_LOCKED` when another run holds it
   */
  static acquire(
    directory: string,
    stack: string,
    purpose: string,
    isGone: (holder: LockHolder) => boolean = (holder) => livenessOf(holder) === "dead",
  ): Lock {
    const path = join(directory, LOCK_FILE);
    const token = randomBytes(12).toString("hex");
    const mine = `${path}.${token}`;
    const holder = thisProcess(purpose, token);
    const text = `${JSON.stringify(holder)}\n`;
    let descriptor: number | undefined;
    try {
      writeDurably(mine, text);
      // Of the file, whatever comes to stand under its name: a holder that lost its lock does not renew another's.
      descriptor = openSync(mine, "r+");
      for (;;) {
        if (linkNew(mine, path)) return new Lock(path, holder, text, descriptor, undefined);
        const gone = chainOfGone(path, stack, isGone);
        if (gone === undefined) continue;
        const first = gone[0] as LockHolder;
        const last = gone[gone.length - 1] as LockHolder;
        // Whoever makes this file is the one to take the lock over. It is removed only after the lock has changed hands,
        // so one that comes late sees another token in the lock and begins anew.
        if (!linkNew(mine, claimPath(path, last))) continue;
        const unchanged = readHolder(path)?.token === first.token;
        if (unchanged) renameSync(mine, path);
        for (const one of unchanged ? gone : [last]) rmSync(claimPath(path, one), { force: true });
        if (unchanged) return new Lock(path, holder, text, descriptor, first);
      }
    } catch (cause) {
      if (descriptor !== undefined) closeSync(descriptor);
      throw ScfError.is(cause) ? cause : unwritable(directory, cause);
    } finally {
      rmSync(mine, { force: true });
    }
  }

  /** @throws ScfError `LOCK_LOST` when another run has taken the lock in the meantime */
  check(): void {
    if (readText(this.path) === this.text) return;
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

  /** Does what taking over does, so that a lock that changes hands at this moment is left alone. */
  release(): void {
    clearInterval(this.heartbeat);
    closeSync(this.descriptor);
    const { path, holder } = this;
    const token = randomBytes(12).toString("hex");
    const mine = `${path}.${token}`;
    const claimed = claimPath(path, holder);
    try {
      writeDurably(mine, `${JSON.stringify({ ...holder, token })}\n`);
      if (!linkNew(mine, claimed)) return;
      if (readHolder(path)?.token === holder.token) rmSync(path, { force: true });
      rmSync(claimed, { force: true });
    } catch {
      // On a full disk there is no room for a claim.
      if (readHolder(path)?.token === holder.token) rmSync(path, { force: true });
    } finally {
      rmSync(mine, { force: true });
    }
  }

  /** Writing what is there already makes the file newer by the clock that all see who look at it. */
  private renew(): void {
    try {
      writeSync(this.descriptor, "\n", Buffer.byteLength(this.text) - 1);
    } catch {
      // Whoever looks finds the lock older than it is; taking it over is noticed before the next call.
    }
  }
}

/** The lock of a state, if there is one. */
export function findLock(directory: string): FoundLock | undefined {
  const path = join(directory, LOCK_FILE);
  const holder = readHolder(path);
  if (holder === undefined) return undefined;
  const idleMs = idleTime(directory, path);
  return { holder, liveness: livenessOf(holder), idleMs, isExpired: idleMs > LEASE_MS };
}

/**
 * Takes a lock away from the holder that was found, and frees it. A holder that is still working notices before it calls or
 * records anything.
 *
 * @throws ScfError `STATE_LOCKED` when it has changed hands in the meantime
 */
export function freeLock(directory: string, stack: string, { holder }: FoundLock): void {
  const isGone = (other: LockHolder): boolean => other.token === holder.token || livenessOf(other) === "dead";
  Lock.acquire(directory, stack, "unlock", isGone).release();
}

/** Whether the run that holds the lock of a state, if any, may still be working. */
export function isLocked(directory: string): boolean {
  try {
    const holder = readHolder(join(directory, LOCK_FILE));
    return holder !== undefined && livenessOf(holder) !== "dead";
  } catch {
    return true;
  }
}

/** Both times come from the file system: the clocks of two machines may differ. */
function idleTime(directory: string, path: string): number {
  const now = join(directory, `${LOCK_FILE}.${randomBytes(6).toString("hex")}.now`);
  try {
    closeSync(openSync(now, "wx", 0o600));
    return Math.max(0, statSync(now).mtimeMs - statSync(path).mtimeMs);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return 0;
    throw unwritable(directory, cause);
  } finally {
    rmSync(now, { force: true });
  }
}

/**
 * The holder of the lock that is gone, followed by those that died while they were taking it over. Undefined when the lock
 * is free again.
 */
function chainOfGone(
  path: string,
  stack: string,
  isGone: (holder: LockHolder) => boolean,
): LockHolder[] | undefined {
  const chain: LockHolder[] = [];
  for (
    let current = readHolder(path);
    current !== undefined;
    current = readHolder(claimPath(path, current))
  ) {
    if (!isGone(current)) throw locked(current, stack);
    chain.push(current);
  }
  return chain.length === 0 ? undefined : chain;
}

function claimPath(path: string, holder: { readonly token: string }): string {
  return `${path}.${holder.token}.taken`;
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw cause;
  }
}

function readHolder(path: string): LockHolder | undefined {
  const text = readText(path);
  if (text === undefined) return undefined;
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

function locked(holder: LockHolder, stack: string): ScfError {
  const unseen = livenessOf(holder) === "unknown";
  return new ScfError("STATE_LOCKED", `The state of ${stack} is locked by ${describe(holder)}.`, {
    fix: unseen
      ? `Wait until that run has ended. If it was cut off, \`cdktf-scf unlock ${stack}\` frees the state.`
      : "Wait until that run has ended.",
  });
}
