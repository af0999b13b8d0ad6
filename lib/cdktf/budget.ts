import type { Construct } from "constructs";
import { ScfError } from "../model/error";
import { quote } from "../rules/text";
import type { BudgetLimits } from "../rules/budget";
import { AppSynthesis } from "./app-synthesis";
import { coverageOf, scopeAddress } from "./coverage";
import { placeOfCall, placeText } from "./setting-place";

/** What a team may use, and whose budget it is. */
export interface BudgetProps extends BudgetLimits {
  /** The team, as findings name it. */
  readonly team: string;
}

/** What a team may use of a region's quotas (BUDGET). */
export class Budget {
  /**
   * Sets a budget for everything below a scope, also for what is made later: an app, a stack, or any other construct. What is
   * below several budgets counts against each of them.
   *
   * @throws ScfError `BUDGET` without a team, without a limit, or with a limit that is no number from 0
   */
  static of(scope: Construct, props: BudgetProps): Budget {
    return new Budget(scope, props);
  }

  /** The team whose budget it is. */
  readonly team: string;

  private constructor(scope: Construct, { team, ...limits }: BudgetProps) {
    const locate = placeOfCall(Budget.of);
    const refuse = (problem: string, fix: string): never => {
      throw new ScfError("BUDGET", `The budget${placeText(locate())} ${problem}.`, { fix });
    };
    if (typeof team !== "string" || team.trim() === "")
      refuse("names no team", 'Say whose it is: team: "shop".');
    this.team = team;
    const given = Object.entries(limits).filter(([, limit]) => limit !== undefined);
    if (given.length === 0) refuse(`of team ${team} has no limit`, "Give at least one: functions: 20.");
    for (const [name, limit] of given) {
      if (!names.has(name))
        refuse(`of team ${team} has no ${quote(name)}`, `Limits are: ${[...names].join(", ")}.`);
      if (typeof limit !== "number" || !(limit >= 0)) {
        refuse(`of team ${team} has ${quote(limit)} for \`${name}\``, "Give a number from 0.");
      }
    }
    const { budgets } = AppSynthesis.of(scope).organization;
    budgets.push({ team, limits, address: scopeAddress(scope), covers: coverageOf(scope), locate });
  }
}

const names: ReadonlySet<string> = new Set<keyof BudgetLimits>([
  "functions",
  "memoryMb",
  "reservedConcurrencyMb",
  "provisionedConcurrencyMb",
]);
