import type { Action, Request, Response, Service } from "../api";
import { UnknownOutcomeError } from "../errors";
import type { CallOptions } from "../platform";
import { Engine } from "./engine";
import type { LocalPlatform, LocalPlatformOptions, LoggedCall } from "./index";

interface CallRow {
  sequence: number;
  time: number;
  service: string;
  action: string;
  write: number;
  resource: string;
  code: string | null;
}

/** The local platform as an object in this process, for one region. */
export class InProcessPlatform implements LocalPlatform {
  readonly region: string;
  private readonly engine: Engine;

  constructor(options: LocalPlatformOptions) {
    this.region = options.region;
    this.engine = new Engine(options);
  }

  async call<S extends Service, A extends Action<S>>(
    service: S,
    action: A,
    request: Request<S, A>,
    options: CallOptions = {},
  ): Promise<Response<S, A>> {
    if (options.signal?.aborted) {
      throw new UnknownOutcomeError({
        service,
        action,
        message: `${action} was given up before it was sent`,
        sent: false,
        cause: options.signal.reason,
      });
    }
    return this.engine.call(this.region, service, action, request) as Response<S, A>;
  }

  calls(): readonly LoggedCall[] {
    return this.engine.database
      .all<CallRow>(
        `SELECT sequence, time, service, action, write, resource, code FROM calls
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
        ...(row.code === null ? {} : { code: row.code }),
      }));
  }

  resetCalls(): void {
    this.engine.database.run("DELETE FROM calls WHERE region = ?", this.region);
  }

  reset(): void {
    this.engine.reset();
  }

  async close(): Promise<void> {
    this.engine.close();
  }
}
