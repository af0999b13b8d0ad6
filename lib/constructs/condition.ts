import { ScfError } from "../model/error";
import { conditionKeys, type addressOperators, type timeOperators } from "../model/permissions";

type Operator = (typeof addressOperators)[number] | (typeof timeOperators)[number];

/** Conditions in the platform's own spelling: operator, key, value. */
export type ConditionDocument = Readonly<
  Record<string, Readonly<Record<string, string | readonly string[]>>>
>;

/** When a statement of a policy holds (CAM-COND). Times are in UTC, as text like `2030-01-31T12:00:00Z` or as a `Date`. */
export class Condition {
  /** The caller's address is one of these, or in one of these CIDR ranges. */
  static ipEqual(first: string, ...more: readonly string[]): Condition {
    return Condition.address("ip_equal", first, more);
  }

  /** The caller's address is none of these, and in none of these CIDR ranges. */
  static ipNotEqual(first: string, ...more: readonly string[]): Condition {
    return Condition.address("ip_not_equal", first, more);
  }

  /** At any other time. */
  static dateNotEqual(time: string | Date): Condition {
    return Condition.time("date_not_equal", time);
  }

  /** After a time. */
  static dateGreaterThan(time: string | Date): Condition {
    return Condition.time("date_greater_than", time);
  }

  /** At a time, or after it. */
  static dateGreaterThanEqual(time: string | Date): Condition {
    return Condition.time("date_greater_than_equal", time);
  }

  /** Before a time. */
  static dateLessThan(time: string | Date): Condition {
    return Condition.time("date_less_than", time);
  }

  /** At a time, or before it. */
  static dateLessThanEqual(time: string | Date): Condition {
    return Condition.time("date_less_than_equal", time);
  }

  private static address(operator: Operator, first: string, more: readonly string[]): Condition {
    return new Condition(operator, conditionKeys.address, more.length === 0 ? first : [first, ...more]);
  }

  private static time(operator: Operator, time: string | Date): Condition {
    return new Condition(operator, conditionKeys.time, time instanceof Date ? utc(time) : time);
  }

  private constructor(
    /** How the request is compared, by the platform's name of the operator (CAM-COND). */
    readonly operator: Operator,
    private readonly key: string,
    private readonly value: string | readonly string[],
  ) {}

  /**
   * Several conditions as one document: all of them have to hold.
   *
   * @throws ScfError `CONDITION_TWICE` for two of one operator, which a document has no place for
   */
  static document(conditions: readonly Condition[]): ConditionDocument | undefined {
    const operators = new Set<string>();
    for (const { operator } of conditions) {
      if (operators.has(operator)) {
        throw new ScfError("CONDITION_TWICE", `A statement has the condition ${operator} twice.`, {
          fix: "Give all addresses to one condition, or write a statement for each.",
        });
      }
      operators.add(operator);
    }
    if (conditions.length === 0) return undefined;
    return Object.fromEntries(
      conditions.map(({ operator, key, value }) => [operator, { [key]: value }] as const),
    );
  }
}

/** Whole seconds, as the documents write times. A date that is none is reported by CAM-COND. */
function utc(time: Date): string {
  return Number.isNaN(time.getTime()) ? String(time) : `${time.toISOString().slice(0, 19)}Z`;
}

/** Whether a value of a program is a condition, whichever copy of this library made it. */
function isCondition(value: unknown): value is Condition {
  return typeof value === "object" && value !== null && "operator" in value && "key" in value;
}

/** The conditions of a statement, however they are given, as a document. */
export function conditionDocument(
  conditions: Condition | readonly Condition[] | ConditionDocument | undefined,
): ConditionDocument | undefined {
  if (isCondition(conditions)) return Condition.document([conditions]);
  if (Array.isArray(conditions) && conditions.every(isCondition)) return Condition.document(conditions);
  return conditions as ConditionDocument | undefined;
}
