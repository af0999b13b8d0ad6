import { ScfError } from "../model/error";
import { LAG_MILLISECONDS } from "./access-lag";
import type { OperationContext, ReadContext } from "./kind";
import { allPages } from "./pages";

/** All policies whose names contain a word: own ones, or all, the preset ones among them. */
export function everyPolicy(context: ReadContext, Scope: "Local" | "All", word?: string) {
  return allPages(200, async (offset, Rp) => {
    const page = await context.call("cam", "ListPolicies", {
      ...(word === undefined ? {} : { Keyword: word }),
      Scope,
      Page: offset / Rp + 1,
      Rp,
    });
    return { items: page.List ?? [], total: page.TotalNum ?? 0 };
  });
}

/** Id of the policy with exactly this name: an own one, or any, the preset ones among them. */
export async function findPolicyId(
  context: ReadContext,
  policyName: string,
  scope: "Local" | "All",
): Promise<number | undefined> {
  const policies = await everyPolicy(context, scope, policyName);
  return policies.find((policy) => policy.PolicyName === policyName)?.PolicyId;
}

/**
 * Id of a policy that has to be there. One that was made a moment ago may not be listed yet.
 *
 * @throws ScfError `POLICY_MISSING`
 */
export async function requirePolicyId(context: OperationContext, policyName: string): Promise<number> {
  const giveUpAt = context.now() + LAG_MILLISECONDS;
  return context.waitFor(`policy ${policyName} to be listed`, async () => {
    const policyId = await findPolicyId(context, policyName, "All");
    if (policyId === undefined && context.now() >= giveUpAt) {
      throw new ScfError("POLICY_MISSING", `There is no policy named ${policyName} to attach.`, {
        fix: "Correct the name: policies are attached by the name that the platform lists them with.",
      });
    }
    return policyId;
  });
}
