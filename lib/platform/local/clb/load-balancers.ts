import { formatTime, parseJson, refuse } from "../context";
import type { Context, Handlers } from "../context";
import { mintId } from "../ids";
import { checkWord } from "../words";
import { addSnatIps, checkSnatPro, snatIpsOf } from "./cross-region";
import { pageRange } from "../paging";
import { findLoadBalancer } from "./store";
import type { LoadBalancerRow } from "./store";
import { openForWrite, startTask } from "./tasks";

/** How versions of the internet protocol are asked for, and how they are answered. */
const ipVersions = {
  IPV4: { AddressIPVersion: "ipv4" },
  IPV6: { AddressIPVersion: "ipv6", IPv6Mode: "IPv6Nat64" },
  IPv6FullChain: { AddressIPVersion: "ipv6", IPv6Mode: "IPv6FullChain" },
} as const;
export type IpVersion = keyof typeof ipVersions;

/** The network a load balancer is in when the call names none. An empty one is the basic network. */
const defaultNetwork = "vpc-local000";

const mostAtOnce = 20;

interface Tag {
  TagKey: string;
  TagValue: string;
}

function describe(context: Context, row: LoadBalancerRow) {
  const creating = row.ready_at > context.now;
  return {
    LoadBalancerId: row.id,
    LoadBalancerName: row.name,
    LoadBalancerType: row.type,
    Forward: row.forward,
    LoadBalancerVips: creating || row.ip_version === "IPv6FullChain" ? [] : [row.address],
    Status: creating ? 0 : 1,
    CreateTime: formatTime(row.created),
    StatusTime: formatTime(row.created),
    VpcId: row.vpc,
    SubnetId: row.subnet,
    NumericalVpcId: row.vpc === "" ? -1 : 1,
    ...ipVersions[row.ip_version as IpVersion],
    Tags: parseJson<Tag[]>(row.tags),
    ChargeType: "POSTPAID_BY_HOUR",
    SnatPro: row.snat_pro === 1,
    SnatIps: snatIpsOf(context, row).map(({ subnet, ip }) => ({ SubnetId: subnet, Ip: ip })),
    TargetRegionInfo:
      row.target_region === ""
        ? { Region: context.region, VpcId: row.vpc === "" ? "0" : row.vpc }
        : { Region: row.target_region, VpcId: row.target_vpc },
    ...(row.log_topic === "" ? {} : { LogTopicId: row.log_topic }),
  };
}

/** An address for documentation: nothing answers there. */
function addressOf(type: string, sequence: number): string {
  const host = (sequence % 254) + 1;
  return type === "INTERNAL" ? `10.0.0.${host}` : `203.0.113.${host}`;
}

/** Those with the ids, or all of the region when there are none. */
function selectLoadBalancers(context: Context, ids: readonly string[]): LoadBalancerRow[] {
  const wanted = ids.length === 0 ? "" : "AND id IN (SELECT value FROM json_each(?))";
  return context.database.all<LoadBalancerRow>(
    `SELECT * FROM load_balancers WHERE region = ? ${wanted} ORDER BY rowid`,
    context.region,
    ...(ids.length === 0 ? [] : [JSON.stringify(ids)]),
  );
}

export const loadBalancers = {
  CreateLoadBalancer(context, request) {
    const { database, region, now, settings } = context;
    const type = checkWord(
      request.LoadBalancerType,
      ["OPEN", "INTERNAL"],
      "LoadBalancerType",
      "InvalidParameterValue",
    );
    const forward = request.Forward ?? 1;
    if (forward !== 0 && forward !== 1) {
      refuse("InvalidParameterValue", "Forward is 1 (application) or 0 (classic)");
    }
    const words = Object.keys(ipVersions) as IpVersion[];
    const ipVersion = checkWord(
      request.AddressIPVersion ?? "IPV4",
      words,
      "AddressIPVersion",
      "InvalidParameterValue",
    );
    const number = request.Number ?? 1;
    if (!Number.isInteger(number) || number < 1 || number > mostAtOnce) {
      refuse(
        "InvalidParameterValue.Range",
        `Number is ${number}; it is a whole number from 1 to ${mostAtOnce}`,
      );
    }
    if ((request.LoadBalancerName ?? "").length > 80) {
      refuse("InvalidParameterValue.Length", "LoadBalancerName has 80 characters at most");
    }
    const ids: string[] = [];
    for (let index = 0; index < number; index++) {
      const id = mintId("lb");
      ids.push(id);
      const count = database.insert(
        `INSERT INTO load_balancers (id, region, name, type, forward, vpc, subnet, ip_version, address, tags,
           log_topic, busy_until, ready_at, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', ?, ?, 0, ?, ?)`,
        id,
        region,
        request.LoadBalancerName ?? id,
        type,
        forward,
        request.VpcId ?? defaultNetwork,
        request.SubnetId ?? "",
        ipVersion,
        JSON.stringify(request.Tags ?? []),
        request.AccessLogTopicId ?? "",
        now + settings.delayMs,
        now,
      );
      database.run("UPDATE load_balancers SET address = ? WHERE id = ?", addressOf(type, count), id);
      if (request.SnatPro) {
        checkSnatPro(context, { id, forward, target_region: "" });
        database.run("UPDATE load_balancers SET snat_pro = 1 WHERE id = ?", id);
      }
      if (request.SnatIps?.length) addSnatIps(context, findLoadBalancer(context, id), request.SnatIps);
    }
    startTask(context, ids);
    return { LoadBalancerIds: ids, DealName: context.requestId };
  },

  /** With functions or back-ends bound, the platform wants to be told twice. */
  DeleteLoadBalancer(context, request) {
    const { database } = context;
    const ids = request.LoadBalancerIds;
    if (ids.length < 1 || ids.length > mostAtOnce) {
      refuse("InvalidParameterValue.Length", `LoadBalancerIds has 1 to ${mostAtOnce} ids, not ${ids.length}`);
    }
    for (const id of ids) {
      const balancer = openForWrite(context, id);
      const bound = database.get<{ n: number }>(
        `SELECT count(*) AS n FROM function_targets JOIN rules ON rules.id = rule
         JOIN listeners ON listeners.id = rules.listener WHERE listeners.load_balancer = ?`,
        balancer.id,
      );
      if (bound && bound.n > 0 && request.ForceDelete !== true) {
        refuse(
          "FailedOperation.TargetNumCheckRisk",
          `${balancer.id} binds ${bound.n} functions: unbind them, or delete it with ForceDelete`,
        );
      }
      const backends = database.get<{ n: number }>(
        `SELECT count(*) AS n FROM targets JOIN listeners ON listeners.id = targets.listener
         WHERE listeners.load_balancer = ?`,
        balancer.id,
      );
      if (backends && backends.n > 0 && request.ForceDelete !== true) {
        refuse(
          "FailedOperation.TargetNumCheckRisk",
          `${balancer.id} binds ${backends.n} back-ends: unbind them, or delete it with ForceDelete`,
        );
      }
      database.run("DELETE FROM load_balancers WHERE id = ?", balancer.id);
    }
    startTask(context, ids);
    return {};
  },

  DescribeLoadBalancers(context, request) {
    if (request.Filters && request.Filters.length > 0) {
      refuse(
        "InvalidParameterValue.InvalidFilter",
        "The local platform lists load balancers without Filters",
      );
    }
    const found = selectLoadBalancers(context, request.LoadBalancerIds ?? []).filter(
      (row) =>
        (request.LoadBalancerName === undefined || row.name === request.LoadBalancerName) &&
        (request.LoadBalancerType === undefined || row.type === request.LoadBalancerType) &&
        (request.Forward === undefined || request.Forward === -1 || row.forward === request.Forward) &&
        (request.VpcId === undefined || row.vpc === request.VpcId) &&
        row.name.includes(request.SearchKey ?? ""),
    );
    const range = pageRange(request.Offset, request.Limit, "InvalidParameterValue.Range");
    return {
      TotalCount: found.length,
      LoadBalancerSet: found
        .slice(range.offset, range.offset + range.limit)
        .map((row) => describe(context, row)),
    };
  },
} satisfies Partial<Handlers<"clb">>;
