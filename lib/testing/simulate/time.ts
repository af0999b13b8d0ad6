import { ScfError } from "../../model/error";
import { SCHEDULE_OFFSET_HOURS } from "../../rules/schedules";

/** A point in time: a `Date`, or text with its offset from UTC, such as `2026-03-01T00:00:00+08:00`. */
export type Time = Date | string;

/**
 * Milliseconds since 1970.
 *
 * @throws ScfError `TIME_FORM` for what is no time, or says no offset: it would mean something else on another machine
 */
export function instantOf(time: Time, name: string): number {
  const instant = time instanceof Date ? time.getTime() : instantIn(time);
  if (!Number.isNaN(instant)) return instant;
  throw new ScfError(
    "TIME_FORM",
    `\`${name}\` is ${String(time)}, which is no point in time with an offset from UTC.`,
    {
      fix: 'Write it like "2026-03-01T00:00:00+08:00", or give a Date.',
    },
  );
}

/** `2026-03-01T00:00:00+08:00`: schedules are read in that offset. */
export function timeText(instant: number): string {
  const shifted = new Date(instant + SCHEDULE_OFFSET_HOURS * 3_600_000).toISOString();
  return `${shifted.slice(0, 19)}+${String(SCHEDULE_OFFSET_HOURS).padStart(2, "0")}:00`;
}

/** JavaScript takes the 30th of February for the 2nd of March, and reads a date out of nearly any text. */
function instantIn(time: string): number {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)[T ].*(?:Z|[+-]\d\d:\d\d)$/.exec(time) ?? [];
  const isDay = Number(day) <= new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return isDay ? Date.parse(time) : NaN;
}
