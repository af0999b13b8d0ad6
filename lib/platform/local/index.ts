import type { Quotas } from "../../model/quotas";
import type { Platform } from "../platform";
import type { Existing } from "./existing";
import type { Fault, FaultEffect, SetFault } from "./faults";
import { InProcessPlatform } from "./in-process";

export interface LocalPlatformOptions {
  /** Database file, made when it is missing, or ":memory:" for one that ends with this object. */
  readonly path: string;
  readonly region: string;
  /**
   * How long what the platform does in the background takes: creating, updating and publishing, tasks of load balancers.
   * @default 0 (done at once)
   */
  readonly delayMs?: number;
  /**
   * Calls accepted per second and action; a call past that is refused with RequestLimitExceeded.
   * @default - no limit
   */
  readonly rateLimit?: number;
  /** @default - the quotas of a new account */
  readonly quotas?: Partial<Quotas>;
  /**
   * Traditional accounts cannot bind functions to load balancers (CLB-ACCT).
   * @default "standard"
   */
  readonly accountType?: "standard" | "traditional";
  /**
   * The clock, in milliseconds.
   * @default Date.now
   */
  readonly now?: () => number;
  /**
   * How the time passes in which an answer is on its way: a fault makes it long.
   * @default real time
   */
  readonly pause?: Pause;
}

/** Resolves after so many milliseconds, or when the signal is aborted. */
export type Pause = (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>;

/** What may differ between two who use one platform. */
export type PlatformView = Pick<LocalPlatformOptions, "region" | "delayMs" | "quotas" | "accountType">;

/** A call that reached the local platform. Its body is never kept: it can hold secrets. */
export interface LoggedCall {
  readonly sequence: number;
  /** Milliseconds, by the platform's clock. */
  readonly time: number;
  readonly service: string;
  readonly action: string;
  readonly write: boolean;
  /** What the call is about, for example `default/orders/live`. */
  readonly resource: string;
  /** Whether it was carried out, whatever the caller got to know of that. */
  readonly accepted: boolean;
  /** The platform's error code, when the call was answered with one. */
  readonly code?: string;
  /** What a fault did to it. */
  readonly fault?: FaultEffect["do"];
}

export interface LocalPlatform extends Platform {
  /** Every call made in this region, by whatever process shares the file, oldest first. */
  calls(): readonly LoggedCall[];
  resetCalls(): void;
  /**
   * Makes calls go wrong from now on, in every region and whichever process makes them, until the fault is used up or
   * cleared. Of several that fit a call, the oldest strikes.
   *
   * @returns its number, for `clearFaults`
   * @throws ScfError `FAULT_INVALID`
   */
  addFault(fault: Fault): number;
  /** All faults, oldest first, also those that are used up. */
  faults(): readonly SetFault[];
  /** Takes away one fault, or all; answers how many. */
  clearFaults(id?: number): number;
  /** The same platform for somebody with another region or other quotas. Closing the view leaves the platform open. */
  view(options: PlatformView): LocalPlatform;
  /** Has something there that no call made, with an id that is known beforehand. What is there already stays as it is. */
  addExisting(existing: Existing): void;
  /** Back to a new account: everything in the file is gone, of all regions, faults too. */
  reset(): void;
}

/** An embedded platform that keeps the cloud's limits and answers with its error codes. */
export function openLocalPlatform(options: LocalPlatformOptions): LocalPlatform {
  return new InProcessPlatform(options);
}

export type { Existing } from "./existing";
export { faultKinds } from "./faults";
export type { Fault, FaultEffect, FaultMatch, SetFault } from "./faults";
export { startLocalServer } from "./http/server";
export type { LocalServer, LocalServerOptions } from "./http/server";
