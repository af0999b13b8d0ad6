import { refuse } from "./context";
import type { Context } from "./context";

const windowMilliseconds = 1000;

/**
 * Lets a call in, or refuses it when its action has had all the calls of this second. The count is kept in the file:
 * processes that share it share the limit.
 */
export function admit(context: Context, service: string, action: string): void {
  const limit = context.settings.rateLimit;
  if (limit === undefined) return;
  const { database, region, now } = context;
  const rate = database.get<{ started: number; accepted: number }>(
    "SELECT started, accepted FROM rates WHERE region = ? AND service = ? AND action = ?",
    region,
    service,
    action,
  );
  // A clock that was set back starts a window as well.
  const current = rate && now >= rate.started && now - rate.started < windowMilliseconds ? rate : undefined;
  if (current && current.accepted >= limit) {
    refuse("RequestLimitExceeded", `${action} was called more than ${limit} times in a second`);
  }
  database.run(
    "INSERT OR REPLACE INTO rates (region, service, action, started, accepted) VALUES (?, ?, ?, ?, ?)",
    region,
    service,
    action,
    current?.started ?? now,
    (current?.accepted ?? 0) + 1,
  );
}
