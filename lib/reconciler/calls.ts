import {
  classify,
  isReadAction,
  PlatformError,
  UnknownOutcomeError,
  type OperationContext,
  type Platform,
} from "../kinds/kind";
import { ScfError } from "../model/error";
import { Rate } from "./rate";
import { jittered, pause, type Timing } from "./timing";

type Call = OperationContext["call"];

/** For whom calls are made: one operation, or the reads of a difference. */
export interface Caller {
  /** When calls that are refused for now are given up, on the clock of `performance.now`. */
  deadline: number;
  /** Whether a write was accepted, or may have been: the platform may differ from before. */
  mayHaveTakenEffect: boolean;
  /** Aborted when the run must not make any more calls. */
  readonly signal: AbortSignal;
  /** Waits without being counted as working. */
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly retried: (detail: string) => void;
  readonly waiting: (detail: string) => void;
}

/** Makes the calls of all operations: counts them, keeps to the platform's pace, and repeats what may be repeated. */
export class Calls {
  read = 0;
  write = 0;
  retried = 0;
  private platform: Promise<Platform> | undefined;
  private readonly rates = new Map<string, Rate>();

  constructor(
    private readonly openPlatform: () => Promise<Platform>,
    private readonly timing: Timing,
    /** Throws when another run has taken over. */
    private readonly mayWrite: () => void,
    private readonly scrub: (text: string) => string,
  ) {}

  callFor(caller: Caller): Call {
    const call = (service: string, action: string, request: object): Promise<unknown> =>
      this.make(caller, service, action, request);
    return call as unknown as Call;
  }

  async close(): Promise<void> {
    const platform = await this.platform?.catch(() => undefined);
    await platform?.close();
  }

  private open(): Promise<Platform> {
    this.platform ??= this.openPlatform();
    return this.platform;
  }

  private async make(caller: Caller, service: string, action: string, request: object): Promise<unknown> {
    const platform = await this.open();
    const call = platform.call.bind(platform) as unknown as (
      service: string,
      action: string,
      request: object,
      options: { readonly signal: AbortSignal },
    ) => Promise<unknown>;
    const reads = isReadAction(action);
    const rate = this.rateOf(service, action);
    for (let attempt = 0, unreached = 0; ; attempt++) {
      const asked = performance.now();
      await rate.turn(caller.signal);
      // Standing in line is not the platform's delay.
      caller.deadline += performance.now() - asked;
      caller.signal.throwIfAborted();
      if (reads) this.read++;
      else {
        this.mayWrite();
        this.write++;
      }
      if (attempt > 0) this.retried++;
      const startedAt = performance.now();
      try {
        const response = await call(service, action, request, { signal: caller.signal });
        rate.succeeded();
        if (!reads) caller.mayHaveTakenEffect = true;
        return response;
      } catch (error) {
        if (PlatformError.is(error)) {
          if (!reads && classify(error.code) === "internal") {
            // It broke while it was carried out: nobody knows how far it got.
            caller.mayHaveTakenEffect = true;
            throw unknownOutcome(error);
          }
          await this.refused(caller, rate, error, attempt, startedAt);
        } else if (UnknownOutcomeError.is(error)) {
          if (error.sent && !reads) {
            caller.mayHaveTakenEffect = true;
            throw error;
          }
          await this.unreached(caller, error, unreached++);
        } else {
          throw error;
        }
      }
    }
  }

  /** Returns when the call is to be made again, throws when not. */
  private async refused(
    caller: Caller,
    rate: Rate,
    error: PlatformError,
    attempt: number,
    startedAt: number,
  ): Promise<void> {
    const sort = classify(error.code);
    if (sort === "throttled") rate.refused(startedAt);
    else if (sort !== "busy" && sort !== "internal") throw error;
    const { retryFirst, retryMost } = this.timing;
    // The pace of an action that is throttled is kept by its rate; the pause only keeps the refused ones apart.
    const delay = jittered(retryFirst, sort === "throttled" ? 5 * retryFirst : retryMost, attempt);
    if (performance.now() + delay > caller.deadline) {
      throw new ScfError(
        "TIMEOUT",
        `${error.service}.${error.action} was refused until the time for this operation was over, the last time with ` +
          `${error.code}: ${this.scrub(error.message)}`,
        { fix: "Run the command again: it goes on where this run stopped.", cause: error },
      );
    }
    const detail = `${error.action}: ${error.code}`;
    if (sort === "busy") {
      caller.waiting(detail);
      await caller.wait(delay);
    } else {
      caller.retried(detail);
      await pause(delay, caller.signal);
    }
  }

  private async unreached(caller: Caller, error: UnknownOutcomeError, attempt: number): Promise<void> {
    const delay = this.timing.reconnect[attempt];
    if (delay === undefined) {
      throw new ScfError(
        "NO_CONNECTION",
        `No answer from the service ${error.service} (${error.action}): ${this.scrub(error.message)}`,
        {
          fix: "Check the network, a proxy in HTTPS_PROXY, and the endpoint in the provider, then run the command again.",
          cause: error,
        },
      );
    }
    caller.retried(`${error.action}: no answer`);
    await pause(delay, caller.signal);
  }

  private rateOf(service: string, action: string): Rate {
    const key = `${service}.${action}`;
    let rate = this.rates.get(key);
    if (!rate) this.rates.set(key, (rate = new Rate()));
    return rate;
  }
}

function unknownOutcome(error: PlatformError): UnknownOutcomeError {
  const { service, action, code, message } = error;
  return new UnknownOutcomeError({
    service,
    action,
    message: `${code}: ${message}`,
    sent: true,
    cause: error,
  });
}
