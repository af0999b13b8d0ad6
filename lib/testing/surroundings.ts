import type { Plan } from "../model/plan";
import type { LoadBalancerFacts } from "../model/resources/listener";
import type { Properties, Value } from "../model/value";
import type { Existing } from "../platform/local";

/**
 * What a program uses and does not make, as it describes it: load balancers, roles, users and user groups.
 *
 * @param app all plans of the program: what another stack makes does not exist already
 */
export function surroundingsOf({ resources, provider }: Plan, app: readonly Plan[]): readonly Existing[] {
  const loadBalancers = new Map<string, LoadBalancerFacts>();
  const others: Existing[] = [];
  for (const { kind, properties } of resources) {
    const { loadBalancerId, loadBalancer, userName, groupId } = properties;
    if (isText(loadBalancerId)) {
      const known = loadBalancers.get(loadBalancerId) ?? { region: provider.region };
      loadBalancers.set(loadBalancerId, { ...known, ...(loadBalancer as Properties | undefined) });
    }
    const role = kind === "cam_policy_attachment" ? properties["roleName"] : properties["role"];
    if (isText(role) && !isMade(app, role)) others.push({ role });
    if (isText(userName)) others.push({ user: userName });
    if (typeof groupId === "number") others.push({ userGroup: groupId });
  }
  return [...[...loadBalancers].map(([id, facts]) => ({ loadBalancer: id, facts })), ...others];
}

function isText(value: Value | undefined): value is string {
  return typeof value === "string" && value !== "";
}

/** A program may name a role of its own instead of referring to it. */
function isMade(app: readonly Plan[], role: string): boolean {
  return app.some(({ resources }) =>
    resources.some(({ kind, properties }) => kind === "cam_role" && properties["roleName"] === role),
  );
}
