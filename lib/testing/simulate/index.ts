import { concurrency } from "./concurrency";
import { request } from "./request";
import { requests } from "./requests";
import { schedules } from "./schedules";

/** What happens to requests, timers and concurrency once a plan is deployed: worked out from the plan alone. */
export const simulate = {
  /** Sends one request, and says which version gets it and why. */
  request,
  /** Sends many requests, and counts what each version gets. */
  requests,
  /** Lists what timers and scheduled actions do in the time to come. */
  schedules,
  /** Works out how much concurrency is left at an instant. */
  concurrency,
} as const;

export type {
  AccountConcurrency,
  ConcurrencyLeft,
  ConcurrencyOptions,
  FunctionConcurrency,
  LeastConcurrency,
  NamespaceConcurrencyLeft,
  ProvisionedVersion,
} from "./concurrency";
export type { RequestOptions } from "./request";
export type { RequestsOptions, Shares } from "./requests";
export type { ScheduledAction, ScheduledTimer, Schedules, SchedulesOptions } from "./schedules";
export type { Outcome, SimulatedRequest } from "./simulated-request";
export type { Time } from "./time";
