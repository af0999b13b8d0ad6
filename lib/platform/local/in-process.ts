import type { Action, Request, Response, Service } from "../api";
import { UnknownOutcomeError } from "../errors";
import type { CallOptions } from "../platform";
import { Engine } from "./engine";
import { addExisting, type Existing } from "./existing";
import type { Fault, SetFault } from "./faults";
import type { LocalPlatform, LocalPlatformOptions, LoggedCall, Pause, PlatformView } from "./index";

interface CallRow {
  sequence: number;
  time: number;
  service: string;
  action: string;
  write: number;
  resource: string;
  code: string | null;
  accepted: number;
  fault: SetFault["fault"]["do"] | null;
}

/** The local platform as an object in this process, for one region. */
export class InProcessPlatform implements LocalPlatform {
  readonly region: string;
  private readonly engine: Engine;
  private readonly pause: Pause;

  constructor(
    private readonly options: LocalPlatformOptions,
    shared?: Engine,
  ) {
    this.region = options.region;
    this.pause = options.pause ?? pause;
    this.engine = new Engine(options, shared);
  }

  view(options: PlatformView): LocalPlatform {
    return new InProcessPlatform({ ...this.options, ...options }, this.engine);
  }

  async call<S extends Service, A extends Action<S>>(
    service: S,
    action: A,
    request: Request<S, A>,
    options: CallOptions = {},
  ): Promise<Response<S, A>> {
    const { signal } = options;
    const noAnswer = (message: string, sent: boolean): UnknownOutcomeError =>
      new UnknownOutcomeError({
        service,
        action,
        message: `${action} ${message}`,
        sent,
        cause: signal?.reason,
      });
    const reply = await this.engine.callSoon(this.region, service, action, request, signal);
    if (!reply) throw noAnswer("was given up before it was sent", false);
    const { answer, failure, lost, delayMs } = reply;
    if (delayMs > 0) await this.pause(delayMs, signal);
    if (signal?.aborted) throw noAnswer("was given up before it was answered", true);
    if (lost) throw noAnswer("was not answered: a fault broke the connection", true);
    if (failure) throw failure;
    return answer as Response<S, A>;
  }

  calls(): readonly LoggedCall[] {
    return this.engine.database
      .all<CallRow>(
        `SELECT sequence, time, service, action, write, resource, code, accepted, fault FROM calls
         WHERE region = ? ORDER BY sequence`,
        this.region,
      )
      .map((row) => ({
        sequence: row.sequence,
        time: row.time,
        service: row.service,
        action: row.action,
        write: row.write === 1,
        resource: row.resource,
        accepted: row.accepted === 1,
        ...(row.code === null ? {} : { code: row.code }),
        ...(row.fault === null ? {} : { fault: row.fault }),
      }));
  }

  resetCalls(): void {
    this.engine.database.run("DELETE FROM calls WHERE region = ?", this.region);
  }

  addFault(fault: Fault): number {
    return this.engine.faults.add(fault);
  }

  faults(): readonly SetFault[] {
    return this.engine.faults.list();
  }

  clearFaults(id?: number): number {
    return this.engine.faults.clear(id);
  }

  addExisting(existing: Existing): void {
    const { database, now } = this.engine;
    database.transaction(() => addExisting(database, existing, Math.floor(now())));
  }

  reset(): void {
    this.engine.reset();
  }

  async close(): Promise<void> {
    this.engine.close();
  }
}

/** Ends early when nobody waits for the answer any more. */
function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener("abort", end);
  });
}
