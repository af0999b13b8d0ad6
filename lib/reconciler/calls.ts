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
  /** When calls that are refused for now are given up, by the clock of the timing. */
  deadline: number;
  /** Whether a write was accepted, or may have been: the platform may differ from before. */
  mayHaveTakenEffect: boolean;
  /** Aborted when the run must not make any more calls. */
  readonly signal: AbortSignal;
  /**
   * Waits without being counted as working; the wait ends early with the signal that it is given.
   *
   * @param inLine whether what is waited for is the turn of a throttled action
   */
  readonly aside: <T>(wait: (signal: AbortSignal) => Promise<T>, inLine?: boolean) => Promise<T>;
  readonly retried: (detail: string) => void;
  readonly waiting: (detail: string) => void;
}

/** A platform to which any call may be passed on. */
interface UntypedPlatform {
  call(
    service: string,
    action: string,
    request: object,
    options: { readonly signal: AbortSignal },
  ): Promise<unknown>;
}

/** Makes the calls of all operations: counts them, keeps to the platform's pace, and repeats what may be repeated. */
export class Calls {
  /** Reads that were answered. */
  read = 0;
  /** Writes that the platform accepted. */
  write = 0;
  /** Calls that it refused. */
  refused = 0;
  /** Calls that were made again. */
  retried = 0;
  /** How often, and for how many milliseconds in all, an operation waited: for its turn, for an object, for the network. */
  waits = 0;
  waitedMilliseconds = 0;
  private platform: Promise<Platform> | undefined;
  private opened: UntypedPlatform | undefined;
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

  private async open(): Promise<UntypedPlatform> {
    this.platform ??= this.openPlatform();
    return (this.opened = (await this.platform) as unknown as UntypedPlatform);
  }

  async counted<T>(wait: () => Promise<T>): Promise<T> {
    const { clock } = this.timing;
    const startedAt = clock.now();
    try {
      return await wait();
    } finally {
      this.waits++;
      this.waitedMilliseconds += clock.now() - startedAt;
    }
  }

  private async make(caller: Caller, service: string, action: string, request: object): Promise<unknown> {
    const platform = this.opened ?? (await this.open());
    const reads = isReadAction(action);
    const rate = this.rateOf(service, action);
    for (let attempt = 0, unreached = 0, isThrottled = false; ; attempt++) {
      if (!rate.tryTurn(isThrottled) && !(await this.turn(caller, rate, isThrottled))) {
        throw timeout(`${service}.${action} was throttled until the time for this operation was over.`);
      }
      isThrottled = false;
      const startedAt = this.timing.clock.now();
      try {
        caller.signal.throwIfAborted();
        if (!reads) this.mayWrite();
        if (attempt > 0) this.retried++;
        const response = await platform.call(service, action, request, { signal: caller.signal });
        rate.admitted(startedAt);
        if (reads) this.read++;
        else {
          this.write++;
          caller.mayHaveTakenEffect = true;
        }
        return response;
      } catch (error) {
        if (PlatformError.is(error)) {
          isThrottled = classify(error.code) === "throttled";
          if (isThrottled) rate.refused(startedAt);
          else rate.admitted(startedAt);
          this.refused++;
          await this.afterRefusal(caller, error, reads, attempt);
          continue;
        }
        rate.unanswered();
        if (!UnknownOutcomeError.is(error)) throw error;
        if (error.sent && !reads) {
          caller.mayHaveTakenEffect = true;
          throw error;
        }
        await this.unreached(caller, error, unreached++);
      }
    }
  }

  /**
   * Waits for the turn to make a call.
   *
   * @param again whether it had its turn before, and was refused
   * @returns false when the time for it is over and nobody's turn came meanwhile
   */
  private async turn(caller: Caller, rate: Rate, again: boolean): Promise<boolean> {
    const { clock } = this.timing;
    for (let first = again; ; first = true) {
      const askedAt = clock.now();
      const { accepted } = rate;
      if (rate.tryTurn(first)) return true;
      const grantedAt = await caller.aside((signal) => rate.turn(signal, first), true);
      // Standing in a line that moves is not the platform's delay.
      if (rate.accepted > accepted) caller.deadline += clock.now() - askedAt;
      if (!rate.holds(grantedAt)) continue;
      if (clock.now() <= caller.deadline) return true;
      rate.unanswered();
      return false;
    }
  }

  /** Returns when the call is to be made again, throws when not. */
  private async afterRefusal(
    caller: Caller,
    error: PlatformError,
    reads: boolean,
    attempt: number,
  ): Promise<void> {
    const sort = classify(error.code);
    if (sort === "internal" && !reads) {
      // The platform failed somewhere on its way: nothing says how far it came.
      caller.mayHaveTakenEffect = true;
      const { service, action, code, message } = error;
      throw new UnknownOutcomeError({
        service,
        action,
        message: `${code}: ${message}`,
        sent: true,
        cause: error,
      });
    }
    if (sort !== "throttled" && sort !== "busy" && sort !== "internal") throw error;
    const { clock, retryFirst, retryMost } = this.timing;
    // When a throttled one may go again is known to the rate of its action.
    const delay = sort === "throttled" ? 0 : jittered(retryFirst, retryMost, attempt);
    if (clock.now() + delay > caller.deadline) {
      throw timeout(
        `${error.service}.${error.action} was refused until the time for this operation was over, the last time with ` +
          `${error.code}: ${this.scrub(error.message)}`,
        error,
      );
    }
    const detail = `${error.action}: ${error.code}`;
    if (sort === "busy") caller.waiting(detail);
    else caller.retried(detail);
    if (delay > 0) await caller.aside((signal) => pause(delay, clock, signal));
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
    await caller.aside((signal) => pause(delay, this.timing.clock, signal));
  }

  private rateOf(service: string, action: string): Rate {
    const key = `${service}.${action}`;
    let rate = this.rates.get(key);
    if (!rate) this.rates.set(key, (rate = new Rate(this.timing.clock)));
    return rate;
  }
}

function timeout(message: string, cause?: unknown): ScfError {
  return new ScfError("TIMEOUT", message, {
    fix: "Run the command again: it goes on where this run stopped.",
    cause,
  });
}
