import type { Quotas } from "../../model/quotas";
import type { Platform } from "../platform";
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
}

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
  /** The platform's error code, when the call was refused. */
  readonly code?: string;
}

export interface LocalPlatform extends Platform {
  /** Every call made in this region, by whatever process shares the file, oldest first. */
  calls(): readonly LoggedCall[];
  resetCalls(): void;
  /** Back to a new account: everything in the file is gone, of all regions. */
  reset(): void;
}

/** An embedded platform that keeps the cloud's limits and answers with its error codes. */
export function openLocalPlatform(options: LocalPlatformOptions): LocalPlatform {
  return new InProcessPlatform(options);
}

export { startLocalServer } from "./http/server";
export type { LocalServer, LocalServerOptions } from "./http/server";
