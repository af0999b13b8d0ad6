import type { HealthCheckProperties } from "../model/resources/health-check";
import type { Duration } from "./duration";

/** How a load balancer finds out which back-ends can take requests. */
export interface HealthCheck {
  /**
   * Whether back-ends are probed at all.
   * @default true
   */
  readonly enabled?: boolean;
  /**
   * What a probe speaks.
   * @default what the back-ends are sent: HTTP for rules, TCP for TCP, TCP_SSL and QUIC, PING for UDP
   */
  readonly protocol?: HealthCheckProperties["protocol"];
  /**
   * How long an answer may take, 2–60 s and less than `interval`.
   * @default 2 seconds
   */
  readonly timeout?: Duration;
  /**
   * Time between two probes, 2–300 s.
   * @default 5 seconds
   */
  readonly interval?: Duration;
  /**
   * Good answers in a row after which a back-end gets requests, 2–10.
   * @default 3
   */
  readonly healthyThreshold?: number;
  /**
   * Bad answers in a row after which it gets none, 2–10.
   * @default 3
   */
  readonly unhealthyThreshold?: number;
  /**
   * Port that is probed, 1–65535; for TCP and UDP listeners.
   * @default the port of each back-end
   */
  readonly port?: number;
  /**
   * Path of HTTP probes.
   * @default the platform's choice
   */
  readonly path?: string;
  /**
   * Host name of HTTP probes.
   * @default the rule's domain
   */
  readonly domain?: string;
  /**
   * Method of HTTP probes.
   * @default "HEAD"
   */
  readonly method?: HealthCheckProperties["method"];
  /**
   * Version of HTTP probes; TCP listeners need it for them.
   * @default the platform's choice
   */
  readonly httpVersion?: HealthCheckProperties["httpVersion"];
  /**
   * Status codes of good answers.
   * @default every class
   */
  readonly healthyStatuses?: HealthCheckProperties["healthyStatuses"];
}

export function healthCheckProperties(check: HealthCheck | undefined): object | undefined {
  if (!check) return undefined;
  const { timeout, interval, ...others } = check;
  return { ...others, timeoutSeconds: timeout?.toSeconds(), intervalSeconds: interval?.toSeconds() };
}
