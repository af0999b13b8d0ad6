import { ScfError } from "../../model/error";
import type { Fault, FaultMatch, SetFault } from "../../platform/local";
import type { Terminal } from "../terminal";
import { onDatabase } from "./local";
import { modules } from "./lazy";

interface DatabaseFile {
  readonly path?: string;
}

export interface FaultOptions extends DatabaseFile, FaultMatch {
  readonly code?: string;
  readonly message?: string;
  readonly accepted?: boolean;
  readonly ms?: number;
}

export async function addFault(terminal: Terminal, effect: string, options: FaultOptions): Promise<number> {
  const fault = faultOf(effect, options);
  const id = await onDatabase(options, async (platform) => platform.addFault(fault));
  if (terminal.json) terminal.data({ id, fault });
  terminal.say(`Fault ${id} is set: ${sentenceOf(fault)}`);
  return 0;
}

export async function listFaults(terminal: Terminal, options: DatabaseFile): Promise<number> {
  const faults = await onDatabase(options, async (platform) => platform.faults());
  if (terminal.json) {
    terminal.data({ faults });
    return 0;
  }
  if (faults.length === 0) terminal.say("No faults are set.");
  for (const set of faults) terminal.say(`${set.id}  ${sentenceOf(set.fault)}  ${stateOf(set)}`);
  return 0;
}

export async function clearFaults(
  terminal: Terminal,
  id: number | undefined,
  options: DatabaseFile,
): Promise<number> {
  const cleared = await onDatabase(options, async (platform) => platform.clearFaults(id));
  if (id !== undefined && cleared === 0) {
    throw new ScfError("FAULT_UNKNOWN", `There is no fault ${id}.`, {
      fix: "`cdktf-scf local fault list` prints those that are set.",
    });
  }
  terminal.say(cleared === 1 ? "1 fault is cleared." : `${cleared} faults are cleared.`);
  return 0;
}

function faultOf(effect: string, options: FaultOptions): Fault {
  const { faultKinds } = modules.localPlatform();
  const known = faultKinds.find((name) => name === effect);
  if (known === undefined) {
    throw new ScfError("FAULT_INVALID", `${effect} is not a fault.`, {
      fix: `There are: ${faultKinds.join(", ")}.`,
    });
  }
  requireOwnOptions(known, options);
  const { service, action, resource, writes, nth, times } = options;
  const match = defined({ service, action, resource, writes, nth, times });
  const { code, message, accepted, ms } = options;
  // What an effect lacks is for the platform to say.
  return { do: known, ...defined({ code, message, accepted, ms }), ...defined({ match }) } as Fault;
}

/** An option that an effect does not know would be forgotten in silence. */
function requireOwnOptions(effect: Fault["do"], options: FaultOptions): void {
  const takes = {
    code: ["fail"],
    message: ["fail"],
    accepted: ["fail"],
    ms: ["delay", "lag", "hang"],
  } as const;
  for (const name of Object.keys(takes) as (keyof typeof takes)[]) {
    const effects: readonly string[] = takes[name];
    if (options[name] === undefined || effects.includes(effect)) continue;
    throw new ScfError("FAULT_INVALID", `--${name} means nothing to ${effect}.`, {
      fix: `It is for ${effects.join(", ")}.`,
    });
  }
}

function defined<T extends object>(fields: T): Partial<T> {
  const given = Object.entries(fields).filter(
    ([, value]) => value !== undefined && !(isObject(value) && Object.keys(value).length === 0),
  );
  return Object.fromEntries(given) as Partial<T>;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

const effects: { readonly [E in Fault["do"]]: (fault: Fault & { readonly do: E }) => string } = {
  "drop-answer": () => "is carried out, and its answer is lost",
  "drop-request": () => "is lost before it arrives",
  throttle: () => "is refused with RequestLimitExceeded",
  fail: ({ code, accepted }) =>
    accepted ? `is carried out, and answered with ${code}` : `is refused with ${code}`,
  delay: ({ ms }) => `is answered after ${ms} ms`,
  lag: ({ ms }) => `is not seen by reads for ${ms} ms`,
  hang: () => "is carried out and never answered",
  "fail-later": () => "is accepted, and fails in the background",
};

function sentenceOf(fault: Fault): string {
  const { service, action, resource, writes, nth = 1, times = 1 } = fault.match ?? {};
  const name = [service, action].filter((part) => part !== undefined).join(" ");
  const what = name === "" ? (writes ? "any write" : "any call") : `a call of ${name}`;
  const about = resource === undefined ? "" : ` whose request holds ${resource}`;
  const which = times === 1 && nth === 1 ? "" : `, ${countOf(nth, times)},`;
  const effect = effects[fault.do] as (fault: Fault) => string;
  return `${what}${about}${which} ${effect(fault)}.`;
}

function countOf(nth: number, times: number | "always"): string {
  if (times === 1) return `number ${nth}`;
  if (times === "always") return nth === 1 ? "every time" : `from number ${nth} on`;
  return `numbers ${nth} to ${nth + times - 1}`;
}

function stateOf({ fault, fitted, struck }: SetFault): string {
  const times = fault.match?.times ?? 1;
  return times !== "always" && struck >= times ? "(used up)" : `(${fitted} fitted so far, ${struck} struck)`;
}
