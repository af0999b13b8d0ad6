import { Cron } from "croner";
import { fc } from "../fast-check";
import { instantsBetween, lastInstant, readSchedule, type Schedule } from "../../lib/rules/schedules";

const DAY = 24 * 3_600_000;

const field = (smallest: number, largest: number): fc.Arbitrary<string> => {
  const number = fc.integer({ min: smallest, max: largest });
  return fc.oneof(
    fc.constant("*"),
    number.map(String),
    fc.tuple(number, number).map(([left, right]) => `${Math.min(left, right)}-${Math.max(left, right)}`),
    fc.integer({ min: 2, max: 6 }).map((step) => `*/${step}`),
  );
};
const cron = fc
  .tuple(
    fc.integer({ min: 0, max: 59 }).map(String),
    fc.integer({ min: 0, max: 59 }).map(String),
    field(0, 23),
    field(1, 31),
    field(1, 12),
    field(0, 6),
    fc.constantFrom("*", "2026", "2025-2027"),
  )
  .map((fields) => fields.join(" "));
const instant = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) });

function read(expression: string): NonNullable<Schedule> {
  const schedule = readSchedule(expression);
  if (!schedule) throw new Error(`${expression} is none`);
  return schedule;
}

test("instants are those of the cron library in UTC+8", () => {
  fc.assert(
    fc.property(cron, instant, (expression, from) => {
      const to = from + 3 * DAY;
      const expected: number[] = [];
      const other = new Cron(expression, { mode: "7-part", utcOffset: 480 });
      let next = other.nextRun(new Date(from - 1));
      while (next && next.getTime() < to) {
        if (next.getTime() >= from) expected.push(next.getTime());
        next = other.nextRun(next);
      }
      expect([...instantsBetween(read(expression), from, to)]).toEqual(expected);
    }),
  );
});

test("the last instant is the last of all until then", () => {
  fc.assert(
    fc.property(cron, instant, (expression, at) => {
      const from = at - 10 * DAY;
      const schedule = read(expression);
      expect(lastInstant(schedule, from, at)).toBe([...instantsBetween(schedule, from, at + 1)].at(-1));
    }),
  );
});
