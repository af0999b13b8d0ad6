/** A request that is sent to a part of a plan. */
export interface SimulatedRequest {
  /** Host name; needed for a listener that forwards by domain and path. */
  readonly domain?: string;
  /** Begins with `/`; needed for a listener that forwards by domain and path. */
  readonly path?: string;
  /**
   * What an alias that routes by rule looks at: the `RoutingKey` of the call (ALS-KEY, ALS-INVOKE).
   * @default none
   */
  readonly headers?: Readonly<Record<string, string | number>>;
}

/** Where a request ends, and why. */
export interface Outcome {
  /**
   * `3`, `$LATEST` or `currentVersion of shop/orders`; `back-end 10.0.0.1:80` for a server. It begins with `none:` for requests
   * that nobody gets, and with `unknown:` where the plan or the documents do not say.
   */
  readonly version: string;
  /** Address of the function whose version it is. */
  readonly function?: string;
  /** Address of the forwarding rule that took the request. */
  readonly rule?: string;
  /** All that could have got a request like this one: more than one where chance decides. */
  readonly possible: readonly string[];
  /** How it came about, step by step. */
  readonly why: readonly string[];
}
