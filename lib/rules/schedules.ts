import { cronProblem } from "./cron-form";

/**
 * Schedules are read in UTC+8 in every region. The source documents are silent about it; the platform's own page on timers for
 * mini programs says so.
 */
export const SCHEDULE_OFFSET_HOURS = 8;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const OFFSET = SCHEDULE_OFFSET_HOURS * HOUR;

/** Dates to look at before two schedules count as never meeting: every weekday on every date of the year comes once. */
const years = 28;

/** The parts of a cron expression as lists of 0 and 1, as croner reads them. */
interface Pattern {
  readonly second: readonly number[];
  readonly minute: readonly number[];
  readonly hour: readonly number[];
  readonly day: readonly number[];
  readonly month: readonly number[];
  readonly dayOfWeek: readonly number[];
  readonly year: readonly number[];
  readonly starDOM: boolean;
  readonly starDOW: boolean;
  readonly starYear: boolean;
}

/** An expression that was read; undefined for one that is wrong, which TRG-CRON and CON-SCHED report. */
export type Schedule = Pattern | undefined;

export function readSchedule(expression: string): Schedule {
  if (cronProblem(expression)) return undefined;
  // Needed for scheduled actions only, which few programs have.
  const { CronPattern } = require("croner") as typeof import("croner");
  try {
    // Otherwise the library refuses `5/20`, which is every 20 from 5 on.
    return new CronPattern(expression.trim(), undefined, { mode: "7-part", sloppyRanges: true });
  } catch {
    return undefined;
  }
}

/**
 * Whether two schedules ever fire at the same instant. By their fields and not by the next occurrences: the answer must not
 * depend on the day of the synthesis, and schedules for one date of the past or of years to come are compared, too.
 */
export function meet(left: Pattern, right: Pattern): boolean {
  const both = (field: "second" | "minute" | "hour" | "month"): boolean =>
    left[field].some((on, index) => on === 1 && right[field][index] === 1);
  if (!both("second") || !both("minute") || !both("hour") || !both("month")) return false;
  for (const year of commonYears(left, right)) {
    for (let month = 0; month < 12; month++) {
      if (left.month[month] !== 1 || right.month[month] !== 1) continue;
      const days = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
      const firstWeekday = new Date(Date.UTC(year, month, 1)).getUTCDay();
      for (let day = 0; day < days; day++) {
        const weekday = (firstWeekday + day) % 7;
        if (isOn(left, day, weekday) && isOn(right, day, weekday)) return true;
      }
    }
  }
  return false;
}

function commonYears(left: Pattern, right: Pattern): number[] {
  const common: number[] = [];
  const isIn = (pattern: Pattern, year: number): boolean => pattern.starYear || pattern.year[year] === 1;
  for (let year = 1970; year <= 2099 && common.length < years; year++) {
    if (isIn(left, year) && isIn(right, year)) common.push(year);
  }
  return common;
}

/** Where both day and weekday are given, either is enough. */
function isOn(pattern: Pattern, day: number, weekday: number): boolean {
  const byDay = pattern.day[day] === 1;
  // Bits say in which weeks of the month; without a mark, in all of them.
  const byWeekday = Boolean(pattern.dayOfWeek[weekday]);
  if (pattern.starDOM) return pattern.starDOW || byWeekday;
  return pattern.starDOW ? byDay : byDay || byWeekday;
}

/**
 * The instants at which a schedule fires, in order.
 *
 * @param from the first millisecond since 1970 that counts
 * @param to the first one that does not count any more
 */
export function* instantsBetween(pattern: Pattern, from: number, to: number): Generator<number> {
  for (let day = startOfDay(from); day < to; day += DAY) {
    if (!firesOn(pattern, day)) continue;
    for (const time of timesOfDay(pattern)) {
      const instant = day + time;
      if (instant >= to) return;
      if (instant >= from) yield instant;
    }
  }
}

/** The last instant at which a schedule fired up to `at` and not before `from`; undefined when there is none. */
export function lastInstant(pattern: Pattern, from: number, at: number): number | undefined {
  for (let day = startOfDay(at); day + DAY > from; day -= DAY) {
    if (!firesOn(pattern, day)) continue;
    const time = lastTimeOfDay(pattern, at - day);
    if (time !== undefined) return day + time >= from ? day + time : undefined;
  }
  return undefined;
}

/** Midnight where schedules are read, of the day that an instant belongs to. */
export function startOfDay(instant: number): number {
  return Math.floor((instant + OFFSET) / DAY) * DAY - OFFSET;
}

function firesOn(pattern: Pattern, midnight: number): boolean {
  const date = new Date(midnight + OFFSET);
  return (
    (pattern.starYear || pattern.year[date.getUTCFullYear()] === 1) &&
    pattern.month[date.getUTCMonth()] === 1 &&
    isOn(pattern, date.getUTCDate() - 1, date.getUTCDay())
  );
}

/** Milliseconds since midnight at which a schedule fires on its days. */
function* timesOfDay(pattern: Pattern): Generator<number> {
  const [minutes, seconds] = [numbersOf(pattern.minute), numbersOf(pattern.second)];
  for (const hour of numbersOf(pattern.hour)) {
    for (const minute of minutes) {
      for (const second of seconds) yield hour * HOUR + minute * MINUTE + second * SECOND;
    }
  }
}

/** The last of these up to a time of the day: there are up to 86,400, and none of those after it is looked at. */
function lastTimeOfDay(pattern: Pattern, limit: number): number | undefined {
  for (const hour of numbersOf(pattern.hour).reverse()) {
    if (hour * HOUR > limit) continue;
    for (const minute of numbersOf(pattern.minute).reverse()) {
      const rest = limit - hour * HOUR - minute * MINUTE;
      const second = numbersOf(pattern.second)
        .reverse()
        .find((each) => each * SECOND <= rest);
      if (second !== undefined) return hour * HOUR + minute * MINUTE + second * SECOND;
    }
  }
  return undefined;
}

function numbersOf(field: readonly number[]): number[] {
  return field.flatMap((set, number) => (set === 1 ? [number] : []));
}
