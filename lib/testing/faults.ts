import type { FaultMatch, LocalPlatform } from "../platform/local";
import { milliseconds, type TimeSpan } from "./time-span";

/** Makes calls go wrong. Of several faults that fit a call, the oldest strikes. */
export class Faults {
  constructor(private readonly platform: () => LocalPlatform) {}

  /** The call is carried out, and its answer never arrives. */
  dropAnswer(match: FaultMatch = {}): void {
    this.platform().addFault({ do: "drop-answer", match });
  }

  /** The call never arrives. Whoever called cannot tell this from a lost answer. */
  dropRequest(match: FaultMatch = {}): void {
    this.platform().addFault({ do: "drop-request", match });
  }

  /** The call is refused with `RequestLimitExceeded`. */
  throttle(match: FaultMatch = {}): void {
    this.platform().addFault({ do: "throttle", match });
  }

  /**
   * The call is refused.
   *
   * @param code an error code of the platform, for example `LimitExceeded.Function`
   * @param message what the error says; a sentence about the fault when absent
   * @throws ScfError `FAULT_INVALID`
   */
  fail(match: FaultMatch, code: string, message?: string): void {
    this.platform().addFault({ do: "fail", code, match, ...(message === undefined ? {} : { message }) });
  }

  /**
   * The call is accepted, and fails in the background: a function ends in CreateFailed, the task of a load balancer as failed.
   *
   * @throws ScfError `FAULT_INVALID` for an action that has no such end
   */
  failLater(match: FaultMatch): void {
    this.platform().addFault({ do: "fail-later", match });
  }

  /** The call is carried out at once, and answered later. */
  delay(match: FaultMatch, by: TimeSpan): void {
    this.platform().addFault({ do: "delay", ms: milliseconds(by), match });
  }

  /** The call is carried out, and for a while every read shows the platform as it was before. */
  lag(match: FaultMatch, by: TimeSpan): void {
    this.platform().addFault({ do: "lag", ms: milliseconds(by), match });
  }

  /** The call is carried out and not answered; the connection breaks after a minute. */
  hang(match: FaultMatch = {}): void {
    this.platform().addFault({ do: "hang", match });
  }

  /** Takes away all faults. */
  clear(): void {
    this.platform().clearFaults();
  }
}
