import { ScfError } from "../../model/error";
import { isReadAction, services } from "../api";
import type { Api } from "../api";
import type { Database } from "./database";
import { failsLater } from "./later-failure";

/** Which calls a fault is for: those that all of what is given here fits. Without anything it is for every call. */
export interface FaultMatch {
  /** For example `scf`. */
  readonly service?: string;
  /** For example `CreateFunction`. */
  readonly action?: string;
  /** A piece of the request as JSON, for example `orders` or `"Qualifier":"live"`. */
  readonly resource?: string;
  /**
   * Only calls that change something.
   * @default false
   */
  readonly writes?: boolean;
  /**
   * The first of the fitting calls to be struck, counted from 1.
   * @default 1
   */
  readonly nth?: number;
  /**
   * How many fitting calls are struck, one after the other.
   * @default 1
   */
  readonly times?: number | "always";
}

/** What happens to a call that is struck. */
export type FaultEffect =
  /** It is carried out, and the connection breaks before the answer comes. */
  | { readonly do: "drop-answer" }
  /** The connection breaks before it arrives: nothing is carried out. Whoever called cannot tell this from a lost answer. */
  | { readonly do: "drop-request" }
  /** It is refused with `RequestLimitExceeded`. */
  | { readonly do: "throttle" }
  | {
      /** It is refused with an error code. */
      readonly do: "fail";
      readonly code: string;
      /**
       * What the error says; `{request}` in it stands for the request, for platforms that repeat what they were sent.
       * @default - a sentence about the fault
       */
      readonly message?: string;
      /**
       * Whether the call is carried out all the same, as behind an internal error of the platform.
       * @default false
       */
      readonly accepted?: boolean;
    }
  /** It is carried out at once and answered after so many milliseconds. */
  | { readonly do: "delay"; readonly ms: number }
  /** It is carried out, and for so many milliseconds every read but that of a task shows the platform as it was before. For calls that write. */
  | { readonly do: "lag"; readonly ms: number }
  | {
      /** It is carried out and never answered; the connection breaks in the end. */
      readonly do: "hang";
      /** @default 60000, as long as the cloud's client waits */
      readonly ms?: number;
    }
  /**
   * It is accepted, and fails in the background: a function ends in CreateFailed, UpdateFailed or DeleteFailed, a version in
   * PublishFailed, the task of a load balancer as failed. For one action that has such an end.
   */
  | { readonly do: "fail-later" };

/** Something that goes wrong on the local platform, because a test or a person asked for it. */
export type Fault = FaultEffect & {
  /** @default - every call */
  readonly match?: FaultMatch;
};

/** A fault as the platform keeps it. */
export interface SetFault {
  /** Its number, for `clearFaults`. */
  readonly id: number;
  /** What was set. */
  readonly fault: Fault;
  /** How many calls fitted so far. */
  readonly fitted: number;
  /** How many of them were struck. */
  readonly struck: number;
}

/** Everything that a fault can do to a call. */
export const faultKinds = [
  "drop-answer",
  "drop-request",
  "throttle",
  "fail",
  "delay",
  "lag",
  "hang",
  "fail-later",
] as const satisfies readonly FaultEffect["do"][];

interface FaultRow {
  /** Its number, for `clearFaults`. */
  readonly id: number;
  /** What was set. */
  readonly fault: string;
  readonly fitted: number;
  readonly struck: number;
}

/** The faults of a local platform. They lie in its file, so that whoever opens it has them, and any process can set one. */
export class Faults {
  constructor(private readonly database: Database) {}

  /** @throws ScfError `FAULT_INVALID` */
  add(fault: Fault): number {
    checkFault(fault);
    return this.database.insert("INSERT INTO faults (fault) VALUES (?)", JSON.stringify(fault));
  }

  list(): SetFault[] {
    return this.database
      .all<FaultRow>("SELECT id, fault, fitted, struck FROM faults ORDER BY id")
      .map(({ fault, ...row }) => ({ ...row, fault: JSON.parse(fault) as Fault }));
  }

  /** Takes away one fault, or all of them; answers how many. */
  clear(id?: number): number {
    return id === undefined
      ? this.database.run("DELETE FROM faults")
      : this.database.run("DELETE FROM faults WHERE id = ?", id);
  }

  /** Counts a call for the faults that it fits, and answers with the oldest one whose turn it is. */
  strike(service: string, action: string, request: unknown): Fault | undefined {
    let found: Fault | undefined;
    for (const { id, fault, fitted, struck } of this.list()) {
      if (!fits(fault.match ?? {}, service, action, request)) continue;
      const strikes = !found && hasItsTurn(fault, fitted + 1, struck);
      if (strikes) found = fault;
      this.database.run(
        "UPDATE faults SET fitted = fitted + 1, struck = struck + ? WHERE id = ?",
        strikes ? 1 : 0,
        id,
      );
    }
    return found;
  }

  /** Whether `strike` would make reads lag, without counting. */
  wouldLag(service: string, action: string, request: unknown): boolean {
    const first = this.list().find(
      ({ fault, fitted, struck }) =>
        hasItsTurn(fault, fitted + 1, struck) && fits(fault.match ?? {}, service, action, request),
    );
    return first?.fault.do === "lag";
  }
}

function hasItsTurn({ match = {} }: Fault, fitted: number, struck: number): boolean {
  const { nth = 1, times = 1 } = match;
  return fitted >= nth && (times === "always" || struck < times);
}

function fits(match: FaultMatch, service: string, action: string, request: unknown): boolean {
  if (match.service !== undefined && match.service !== service) return false;
  if (match.action !== undefined && match.action !== action) return false;
  if (match.writes === true && isReadAction(action)) return false;
  return match.resource === undefined || (JSON.stringify(request) ?? "").includes(match.resource);
}

function checkFault(fault: Fault): void {
  const { match = {} } = fault;
  if (!faultKinds.includes(fault.do)) {
    throw invalid(`${String(fault.do)} is not a fault`, `There are: ${faultKinds.join(", ")}.`);
  }
  checkMatch(match);
  if (fault.do === "fail" && !/^[A-Z][A-Za-z]*(\.[A-Za-z0-9]+)*$/.test(fault.code ?? "")) {
    throw invalid(
      `fail needs an error code of the platform, not ${fault.code ?? "none"}`,
      "For example InternalError or LimitExceeded.Function.",
    );
  }
  if (fault.do === "delay" || fault.do === "lag" || (fault.do === "hang" && fault.ms !== undefined)) {
    checkCount(fault.ms, "ms", `${fault.do} needs how many milliseconds it takes`);
  }
  if (fault.do === "lag" && match.action !== undefined && isReadAction(match.action)) {
    throw invalid(`lag is for calls that write; ${match.action} only reads`, "Name the action of a write.");
  }
  if (fault.do === "fail-later" && !failsLater(match.service, match.action)) {
    throw invalid(
      `fail-later needs an action that ends in the background, not ${match.action ?? "any action"}`,
      "There are CreateFunction, UpdateFunctionCode, UpdateFunctionConfiguration, DeleteFunction, PublishVersion and " +
        "PublishLayerVersion of scf, and the tasks of clb: name service and action.",
    );
  }
}

function checkMatch(match: FaultMatch): void {
  const { service, action, nth, times } = match;
  const apis: Readonly<Record<string, Api>> = services;
  if (service !== undefined && !Object.hasOwn(apis, service)) {
    throw invalid(
      `The local platform has no service ${service}`,
      `There are: ${Object.keys(apis).join(", ")}.`,
    );
  }
  const asked = service === undefined ? Object.values(apis) : [apis[service] as Api];
  if (action !== undefined && !asked.some(({ actions }) => Object.hasOwn(actions, action))) {
    throw invalid(
      `The local platform has no action ${action}${service === undefined ? "" : ` of ${service}`}`,
      "Actions are named as in the platform's API, for example CreateFunction.",
    );
  }
  if (nth !== undefined) checkCount(nth, "nth", "nth says which call is the first to be struck");
  if (times !== undefined && times !== "always")
    checkCount(times, "times", "times says how many calls are struck");
}

function checkCount(value: unknown, name: string, why: string): void {
  if (typeof value === "number" && Number.isInteger(value) && value >= 1) return;
  const given = value === undefined ? "none is given" : `${String(value)} cannot be that`;
  throw invalid(`${why}; ${given}`, `Give ${name} as a whole number of at least 1.`);
}

function invalid(message: string, fix: string): ScfError {
  return new ScfError("FAULT_INVALID", message, { fix });
}
