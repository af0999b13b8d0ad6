import { statusClasses, type HealthCheckProperties } from "../model/resources/health-check";
import type { Request, Response } from "../platform/api";

type Sent = NonNullable<Request<"clb", "CreateListener">["HealthCheck"]>;
type Answered = NonNullable<
  NonNullable<Response<"clb", "DescribeListeners">["Listeners"]>[number]["HealthCheck"]
>;

/** What the platform does where nobody says otherwise (source: API HealthCheck). */
const defaults = { HealthSwitch: 1, TimeOut: 2, IntervalTime: 5, HealthNum: 3, UnHealthNum: 3 } as const;

/** The whole setting as it is sent: what is not said goes back to the platform's default. */
export function sentHealthCheck(wanted: HealthCheckProperties | undefined): Sent {
  if (!wanted) return { ...defaults };
  return {
    HealthSwitch: wanted.enabled === false ? 0 : defaults.HealthSwitch,
    TimeOut: wanted.timeoutSeconds ?? defaults.TimeOut,
    IntervalTime: wanted.intervalSeconds ?? defaults.IntervalTime,
    HealthNum: wanted.healthyThreshold ?? defaults.HealthNum,
    UnHealthNum: wanted.unhealthyThreshold ?? defaults.UnHealthNum,
    ...(wanted.protocol === undefined ? {} : { CheckType: wanted.protocol }),
    ...(wanted.port === undefined ? {} : { CheckPort: wanted.port }),
    ...(wanted.path === undefined ? {} : { HttpCheckPath: wanted.path }),
    ...(wanted.domain === undefined ? {} : { HttpCheckDomain: wanted.domain }),
    ...(wanted.method === undefined ? {} : { HttpCheckMethod: wanted.method }),
    ...(wanted.httpVersion === undefined ? {} : { HttpVersion: wanted.httpVersion }),
    ...(wanted.healthyStatuses === undefined ? {} : { HttpCode: statusMask(wanted.healthyStatuses) }),
  };
}

/**
 * What the platform answers, reduced to the settings that somebody asked for: it fills in all others, and they differ from
 * one protocol to the next.
 */
export function liveHealthCheck(
  live: Answered | undefined,
  known: HealthCheckProperties | undefined,
): { readonly healthCheck?: HealthCheckProperties } {
  if (!known) return {};
  const asked = Object.entries(everySetting(live, known)).filter(
    ([name]) => known[name as keyof HealthCheckProperties] !== undefined,
  );
  return { healthCheck: Object.fromEntries(asked) };
}

function everySetting(
  live: Answered | undefined,
  known?: HealthCheckProperties,
): Partial<HealthCheckProperties> {
  const all: { readonly [K in keyof Required<HealthCheckProperties>]: unknown } = {
    enabled: live?.HealthSwitch !== 0,
    protocol: live?.CheckType,
    timeoutSeconds: live?.TimeOut,
    intervalSeconds: live?.IntervalTime,
    healthyThreshold: live?.HealthNum,
    unhealthyThreshold: live?.UnHealthNum,
    port: live?.CheckPort,
    path: live?.HttpCheckPath,
    domain: live?.HttpCheckDomain,
    method: live?.HttpCheckMethod,
    httpVersion: live?.HttpVersion,
    healthyStatuses: statusesOf(live?.HttpCode, known?.healthyStatuses),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined && value !== null));
}

/** The whole setting of one that nothing is known of; undefined where it is what the platform does by itself. */
export function customHealthCheck(live: Answered | undefined): HealthCheckProperties | undefined {
  const names = Object.keys(defaults) as (keyof typeof defaults)[];
  if (!live || names.every((name) => (live[name] ?? defaults[name]) === defaults[name])) return undefined;
  return everySetting(live) as HealthCheckProperties;
}

/** One bit for each class: 1 for 1xx, 2 for 2xx, 4 for 3xx, … */
function statusMask(statuses: NonNullable<HealthCheckProperties["healthyStatuses"]>): number {
  return statuses.reduce((mask, status) => mask | (1 << statusClasses.indexOf(status)), 0);
}

/** In the order that the program has them in, where it is the same set. */
function statusesOf(mask: number | undefined, known: HealthCheckProperties["healthyStatuses"]) {
  if (mask === undefined || mask === null) return undefined;
  if (known && statusMask(known) === mask) return known;
  return statusClasses.filter((_, index) => (mask & (1 << index)) !== 0);
}
