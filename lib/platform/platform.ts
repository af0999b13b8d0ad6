import type { Action, Request, Response, Service } from "./api";

export interface CallOptions {
  /** Stops waiting for the answer. The call may have been accepted all the same: its outcome is unknown. */
  readonly signal?: AbortSignal;
}

/**
 * A platform in one region, at the level of its API: call an action of a service, get its answer. The real cloud and the
 * local platform both are one of these, and nothing above this line can tell which.
 */
export interface Platform {
  /** Region that every call is made in. */
  readonly region: string;
  /**
   * @throws PlatformError when the platform refused the call: nothing was changed
   * @throws UnknownOutcomeError when no answer came: the call may or may not have taken effect
   */
  call<S extends Service, A extends Action<S>>(
    service: S,
    action: A,
    request: Request<S, A>,
    options?: CallOptions,
  ): Promise<Response<S, A>>;
  /** Gives back what it holds: files, connections. No call can be made afterwards. */
  close(): Promise<void>;
}
