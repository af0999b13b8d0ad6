/**
 * The local platform, to open in a test or to start for other programs.
 *
 * @module cdktf-scf/local
 */
import type { Platform } from "../platform";
import type { Existing } from "./existing";
import type { EngineOptions } from "./engine";
import type { Fault, FaultEffect, SetFault } from "./faults";
import { InProcessPlatform } from "./in-process";

/** How a local platform behaves, and where it keeps what is there. */
export interface LocalPlatformOptions extends EngineOptions {
  /** Region that calls are made in: each has its own functions. */
  readonly region: string;
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
  /** Number of the call; later calls have higher ones. */
  readonly sequence: number;
  /** Milliseconds, by the platform's clock. */
  readonly time: number;
  /** Service of the platform, for example `scf`. */
  readonly service: string;
  /** Action of that service, for example `CreateFunction`. */
  readonly action: string;
  /** Whether the action changes something. */
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

/** The local platform in this process: the same calls as the cloud's, and what only a test asks for. */
export interface LocalPlatform extends Platform {
  /** Every call made in this region, by whatever process shares the file, oldest first. */
  calls(): readonly LoggedCall[];
  /** Forgets the calls that were made; what is there stays. */
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
