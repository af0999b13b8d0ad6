import { ScfError } from "../../model/error";
import { accountScopes, type AccountScope } from "../../rules/account-use";
import { listed, quote } from "../../rules/text";
import { modelOf, type PlannedStacks } from "../questions/planned-stacks";

/**
 * The account and region of a stack, or the only one that the plan has.
 *
 * @throws ScfError `STACK_UNKNOWN` when the plan has no such stack, `STACK_AMBIGUOUS` when none is named and its stacks go to several
 *   accounts or regions
 */
export function scopeOf(plan: PlannedStacks, stack: string | undefined): AccountScope {
  const scopes = accountScopes(modelOf(plan));
  const [only, ...more] = scopes;
  if (stack === undefined && only && more.length === 0) return only;
  const named = scopes.find(({ plans }) => plans.some((each) => each.stack === stack));
  if (named) return named;
  const names = plan.stacks.map((each) => quote(each.stack));
  if (stack !== undefined) {
    throw new ScfError("STACK_UNKNOWN", `The plan has no stack ${quote(stack)}.`, {
      fix: `It has: ${listed(names)}.`,
    });
  }
  const places = scopes.map(({ region, plans }) => `${region} (${listed(plans.map((each) => each.stack))})`);
  throw new ScfError(
    "STACK_AMBIGUOUS",
    `The stacks go to several accounts or regions, each with concurrency of its own: ${listed(places)}.`,
    { fix: `Name one of the stacks: { stack: ${names[0] ?? '"shop"'} }.` },
  );
}
