import type { HealthCheckProperties } from "../model/resources/health-check";
import type { Response } from "../platform/api";
import { customHealthCheck, liveHealthCheck, sentHealthCheck } from "./health-check";

/** Settings that a layer-4 listener and a forwarding rule have in common. */
interface Settings {
  readonly scheduler?: string | undefined;
  readonly sessionExpireSeconds?: number | undefined;
  readonly healthCheck?: HealthCheckProperties | undefined;
}

const DEFAULT_SCHEDULER = "WRR";

/** The settings of a new object: only what is asked for, for not every protocol has each of them. */
export function askedSettings(wanted: Settings) {
  return {
    ...(wanted.scheduler === undefined ? {} : { Scheduler: wanted.scheduler }),
    ...(wanted.sessionExpireSeconds === undefined ? {} : { SessionExpireTime: wanted.sessionExpireSeconds }),
    ...(wanted.healthCheck === undefined ? {} : { HealthCheck: sentHealthCheck(wanted.healthCheck) }),
  };
}

/** The settings that have changed; one that is no longer asked for goes back to the platform's default. */
export function changedSettings(wanted: Settings, changed: ReadonlySet<string>) {
  return {
    ...(changed.has("scheduler") ? { Scheduler: wanted.scheduler ?? DEFAULT_SCHEDULER } : {}),
    ...(changed.has("sessionExpireSeconds") ? { SessionExpireTime: wanted.sessionExpireSeconds ?? 0 } : {}),
    ...(changed.has("healthCheck") ? { HealthCheck: sentHealthCheck(wanted.healthCheck) } : {}),
  };
}

type Listener = NonNullable<Response<"clb", "DescribeListeners">["Listeners"]>[number];

/** The settings of something that nothing is known of, without those that the platform has made by itself. */
export function foundSettings(live: Parameters<typeof liveSettings>[0]): ReturnType<typeof liveSettings> {
  return liveSettings(live, { healthCheck: customHealthCheck(live.HealthCheck) });
}

/** The settings as they are, without defaults that nobody asked for. */
export function liveSettings(
  live: Pick<Listener, "Scheduler" | "SessionExpireTime" | "HealthCheck">,
  known: Settings,
): { -readonly [K in keyof Settings]?: NonNullable<Settings[K]> } {
  const scheduler = live.Scheduler || DEFAULT_SCHEDULER;
  const seconds = live.SessionExpireTime ?? 0;
  return {
    ...(known.scheduler !== undefined || scheduler !== DEFAULT_SCHEDULER ? { scheduler } : {}),
    ...(known.sessionExpireSeconds !== undefined || seconds !== 0 ? { sessionExpireSeconds: seconds } : {}),
    ...liveHealthCheck(live.HealthCheck, known.healthCheck),
  };
}
