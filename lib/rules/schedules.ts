import { cronProblem } from "./cron-form";

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
    return new CronPattern(expression.trim(), undefined, { mode: "7-part" });
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
