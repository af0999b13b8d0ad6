import { refuse } from "../context";
import type { Context } from "../context";

export interface LoadBalancerRow {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly forward: number;
  readonly vpc: string;
  readonly subnet: string;
  readonly ip_version: string;
  readonly address: string;
  readonly tags: string;
  readonly snat_pro: number;
  readonly target_region: string;
  readonly target_vpc: string;
  readonly log_topic: string;
  readonly busy_until: number;
  readonly ready_at: number;
  readonly created: number;
}

export interface ListenerRow {
  readonly id: string;
  readonly load_balancer: string;
  readonly protocol: string;
  readonly port: number;
  readonly settings: string;
  readonly created: number;
}

export interface RuleRow {
  readonly id: string;
  readonly listener: string;
  readonly domain: string;
  readonly url: string;
  readonly settings: string;
  readonly created: number;
}

/** A load balancer, listener or rule that is missing has these codes, also where the lists of an action leave them out. */
export function findLoadBalancer(context: Context, id: string): LoadBalancerRow {
  const sql = "SELECT * FROM load_balancers WHERE id = ? AND region = ?";
  return (
    context.database.get<LoadBalancerRow>(sql, id, context.region) ??
    refuse(
      "InvalidParameter.LBIdNotFound",
      `The load balancer ${id.slice(0, 40)} does not exist in ${context.region}`,
    )
  );
}

export function findListener(context: Context, balancer: LoadBalancerRow, id: string): ListenerRow {
  const sql = "SELECT * FROM listeners WHERE id = ? AND load_balancer = ?";
  return (
    context.database.get<ListenerRow>(sql, id, balancer.id) ??
    refuse("InvalidParameter.ListenerIdNotFound", `${balancer.id} has no listener ${id.slice(0, 40)}`)
  );
}

interface RuleName {
  readonly LocationId?: string | undefined;
  readonly Domain?: string | undefined;
  readonly Url?: string | undefined;
}

/** By id, or by domain and path. */
export function findRule(context: Context, listener: ListenerRow, name: RuleName): RuleRow {
  const { database } = context;
  if (name.LocationId !== undefined) {
    return (
      database.get<RuleRow>(
        "SELECT * FROM rules WHERE id = ? AND listener = ?",
        name.LocationId,
        listener.id,
      ) ??
      refuse(
        "InvalidParameter.LocationNotFound",
        `${listener.id} has no rule ${name.LocationId.slice(0, 40)}`,
      )
    );
  }
  if (name.Domain === undefined || name.Url === undefined) {
    refuse("MissingParameter", "LocationId, or Domain and Url, are needed");
  }
  return (
    database.get<RuleRow>(
      "SELECT * FROM rules WHERE listener = ? AND domain = ? AND url = ?",
      listener.id,
      name.Domain,
      name.Url,
    ) ??
    refuse(
      "InvalidParameter.LocationNotFound",
      `${listener.id} has no rule for ${name.Domain.slice(0, 80)}${name.Url.slice(0, 200)}`,
    )
  );
}
