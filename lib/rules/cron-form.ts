import { count, quote } from "./text";

/** The seven fields of the platform's cron expressions, in their order. */
interface Field {
  readonly name: string;
  readonly smallest: number;
  readonly largest: number;
  /** Names for the numbers from `smallest` on. */
  readonly names?: readonly string[];
}

const fields: readonly Field[] = [
  { name: "second", smallest: 0, largest: 59 },
  { name: "minute", smallest: 0, largest: 59 },
  { name: "hour", smallest: 0, largest: 23 },
  { name: "day", smallest: 1, largest: 31 },
  {
    name: "month",
    smallest: 1,
    largest: 12,
    names: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"],
  },
  {
    name: "weekday",
    smallest: 0,
    largest: 6,
    names: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"],
  },
  { name: "year", smallest: 1970, largest: 2099 },
];

export interface CronProblem {
  readonly message: string;
  readonly fix?: string;
}

export function cronProblem(expression: string): CronProblem | undefined {
  const parts = expression.trim().split(/\s+/);
  if (expression.trim() === "" || parts.length !== fields.length) {
    const given = expression.trim() === "" ? 0 : parts.length;
    return {
      message: `cron expression ${quote(expression)} has ${count(given, "field")}, and the platform needs 7: second, minute, hour, day, month, weekday, year`,
      ...completed(parts, given),
    };
  }
  for (const [index, field] of fields.entries()) {
    const problem = fieldProblem(parts[index] ?? "", field);
    if (problem) {
      return {
        message: `cron expression ${quote(expression)} is wrong in field ${index + 1}, the ${field.name}: ${problem.message}`,
        fix: problem.fix ?? `give the ${field.name} as ${allowed(field)}`,
      };
    }
  }
  return undefined;
}

/** Expressions of other schedulers lack the seconds, the year or both. */
function completed(parts: readonly string[], given: number): { fix?: string } {
  const candidate = given === 5 ? ["0", ...parts, "*"] : given === 6 ? [...parts, "*"] : undefined;
  if (!candidate || candidate.some((part, index) => fieldProblem(part, fields[index] as Field))) return {};
  return { fix: `use ${quote(candidate.join(" "))}` };
}

function fieldProblem(text: string, field: Field): CronProblem | undefined {
  for (const item of text.split(",")) {
    const problem = itemProblem(item, field);
    if (problem) return problem;
  }
  return undefined;
}

function itemProblem(item: string, field: Field): CronProblem | undefined {
  if (item === "") return { message: "an item of the list is empty" };
  const [range = "", step, ...more] = item.split("/");
  const form = `${allowed(field)}, *, a-b, a list with commas, or steps with /`;
  if (more.length > 0 || range === "") return { message: `${quote(item)} is not ${form}` };
  if (step !== undefined && !/^[1-9]\d{0,3}$/.test(step)) {
    return {
      message: `${quote(item)} has no step of 1 or more behind the /`,
      fix: "give a step of 1 or more",
    };
  }
  if (range === "*") return undefined;
  const ends = range.split("-");
  if (ends.length > 2) return { message: `${quote(item)} is not ${form}` };
  const numbers: number[] = [];
  for (const end of ends) {
    const number = numberOf(end, field);
    if (number === undefined) {
      return {
        message: `${quote(end)} is not ${form}`,
        ...(end === "?" ? { fix: "use * instead of ?" } : {}),
      };
    }
    if (number < field.smallest || number > field.largest) {
      return {
        message: `${number} is not ${allowed(field)}`,
        ...(field.name === "weekday" && number === 7 ? { fix: "use 0 for Sunday" } : {}),
      };
    }
    numbers.push(number);
  }
  const [first = 0, last = first] = numbers;
  return first > last ? { message: `${quote(range)} ends before it begins` } : undefined;
}

function numberOf(text: string, field: Field): number | undefined {
  if (/^\d{1,4}$/.test(text)) return Number(text);
  const named = field.names?.indexOf(text.toUpperCase()) ?? -1;
  return named < 0 ? undefined : named + field.smallest;
}

function allowed(field: Field): string {
  const names = field.names ? ` or ${field.names[0]}–${field.names[field.names.length - 1]}` : "";
  return `${field.smallest}–${field.largest}${names}`;
}
