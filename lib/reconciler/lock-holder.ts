import { readFileSync, readlinkSync } from "fs";
import { hostname, userInfo } from "os";

/** Who holds a lock. */
export interface LockHolder {
  readonly pid: number;
  readonly host: string;
  readonly user: string;
  /** ISO 8601, for people; nothing is decided by it. */
  readonly since: string;
  readonly purpose: string;
  readonly token: string;
  /**
   * The start of the machine and the process numbers that are meant: two containers may have one host name, and a machine
   * that was started again has other processes under the same numbers.
   */
  readonly machine?: string;
  /** When the process started, in the kernel's own count, to tell it from a later one of the same number. */
  readonly processStart?: string;
}

/** `unknown` is one that cannot be seen from here: on another host, or in another container. */
export type Liveness = "alive" | "dead" | "unknown";

export function thisProcess(purpose: string, token: string): LockHolder {
  const machine = machineOfProcess();
  const start = processStart(process.pid);
  return {
    pid: process.pid,
    host: hostname(),
    user: userName(),
    since: new Date().toISOString(),
    purpose,
    token,
    ...(machine === undefined ? {} : { machine }),
    ...(start === undefined ? {} : { processStart: start }),
  };
}

export function livenessOf(holder: LockHolder): Liveness {
  if (holder.host !== hostname()) return "unknown";
  if (holder.machine !== undefined && holder.machine !== machineOfProcess()) return "unknown";
  try {
    process.kill(holder.pid, 0);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ESRCH") return "dead";
  }
  const start = processStart(holder.pid);
  const isLater = start !== undefined && holder.processStart !== undefined && start !== holder.processStart;
  return isLater ? "dead" : "alive";
}

export function describe(holder: LockHolder): string {
  const since = new Date(holder.since);
  const time = since.toTimeString().slice(0, 8);
  const isToday = since.toDateString() === new Date().toDateString();
  const day = isToday ? "" : `${since.getFullYear()}-${pad(since.getMonth() + 1)}-${pad(since.getDate())} `;
  return `\`${holder.purpose}\` of ${holder.user} (process ${holder.pid} on ${holder.host} since ${day}${time})`;
}

function pad(number: number): string {
  return String(number).padStart(2, "0");
}

/** Linux only; elsewhere the host's name has to do. */
function machineOfProcess(): string | undefined {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${boot} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return undefined;
  }
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

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run under a number that has no name.
    return process.env["USER"] ?? "unknown";
  }
}
