import { isIPv4 } from "node:net";
import type { Request } from "../../api";
import { refuse } from "../context";
import type { Context, Handlers } from "../context";
import type { LoadBalancerRow } from "./store";
import { openForWrite, startTask } from "./tasks";

type SnatIp = Request<"clb", "CreateLoadBalancerSnatIps">["SnatIps"][number];
type TargetRegion = NonNullable<Request<"clb", "ModifyLoadBalancerAttributes">["TargetRegionInfo"]>;

/** BCK-IDC. */
const hybridRegions: readonly string[] = [
  "ap-beijing",
  "ap-shanghai",
  "ap-guangzhou",
  "ap-chengdu",
  "ap-chongqing",
  "ap-hongkong",
];
const mostSnatIps = 10;
const mostDeletedAtOnce = 20;

export interface SnatIpRow {
  readonly subnet: string;
  readonly ip: string;
}

export function snatIpsOf(context: Context, balancer: LoadBalancerRow): SnatIpRow[] {
  const sql = "SELECT subnet, ip FROM snat_ips WHERE load_balancer = ? ORDER BY rowid";
  return context.database.all<SnatIpRow>(sql, balancer.id);
}

/** BCK-X2, BCK-XOR: whether addresses outside of the VPC can be bound at all. */
export function checkSnatPro(
  context: Context,
  balancer: Pick<LoadBalancerRow, "id" | "forward" | "target_region">,
): void {
  if (balancer.forward === 0) {
    refuse("InvalidParameterValue", `${balancer.id} is a classic load balancer: it has no SnatPro`);
  }
  if (context.settings.accountType !== "standard") {
    refuse("FailedOperation", "The account is a traditional one: only standard accounts have SnatPro");
  }
  if (balancer.target_region !== "") {
    refuse("FailedOperation", `${balancer.id} has TargetRegionInfo, which excludes SnatPro`);
  }
}

/** BCK-X1, BCK-XOR. */
function checkTargetRegion(context: Context, balancer: LoadBalancerRow, target: TargetRegion): void {
  if (!/^[a-z]+-[a-z]+(-[a-z0-9]+)*$/.test(target.Region)) {
    refuse("InvalidParameter.RegionNotFound", `There is no region ${target.Region.slice(0, 40)}`);
  }
  if (target.VpcId === "") refuse("InvalidParameterValue", "TargetRegionInfo has no VpcId");
  if (balancer.forward === 0) {
    refuse("InvalidParameterValue", `${balancer.id} is a classic load balancer: it has no TargetRegionInfo`);
  }
  if (balancer.type !== "OPEN") {
    refuse("InvalidParameterValue", `${balancer.id} is a private load balancer: it has no TargetRegionInfo`);
  }
  if (balancer.snat_pro === 1) {
    refuse("FailedOperation", `${balancer.id} has SnatPro, which excludes TargetRegionInfo`);
  }
  if (target.Region !== context.region) return;
  if (balancer.target_region !== "") {
    refuse("FailedOperation", `${balancer.id} binds back-ends of ${balancer.target_region}, which stays so`);
  }
  if (target.VpcId !== balancer.vpc) {
    refuse(
      "InvalidParameterValue",
      `TargetRegionInfo names another VPC of ${context.region}, not another region`,
    );
  }
}

function checkAddress(ip: string | undefined): void {
  if (ip === undefined || isIPv4(ip)) return;
  refuse("InvalidParameter.FormatError", `${ip.slice(0, 40)} is not an IPv4 address`);
}

/** Addresses that the call names, or one or more that the platform picks from the subnet. */
function expanded(
  context: Context,
  balancer: LoadBalancerRow,
  ips: readonly SnatIp[],
  amount: number,
): SnatIpRow[] {
  const taken = new Set(snatIpsOf(context, balancer).map(({ ip }) => ip));
  return ips.flatMap(({ SubnetId, Ip }): SnatIpRow[] => {
    checkAddress(Ip);
    if (Ip !== undefined) return [{ subnet: SubnetId, ip: Ip }];
    return Array.from({ length: amount }, () => {
      let host = 10;
      while (taken.has(`10.0.255.${host}`)) host++;
      taken.add(`10.0.255.${host}`);
      return { subnet: SubnetId, ip: `10.0.255.${host}` };
    });
  });
}

export function addSnatIps(
  context: Context,
  balancer: LoadBalancerRow,
  ips: readonly SnatIp[],
  amount = 1,
): void {
  checkSnatPro(context, balancer);
  if (!hybridRegions.includes(context.region)) {
    refuse("InvalidParameter.RegionNotFound", `Load balancers of ${context.region} have no SNAT addresses`);
  }
  const present = snatIpsOf(context, balancer);
  const added = expanded(context, balancer, ips, amount);
  if (present.length + added.length > mostSnatIps) {
    refuse(
      "LimitExceeded",
      `${balancer.id} would have ${present.length + added.length} SNAT addresses; ${mostSnatIps} are allowed`,
    );
  }
  const known = new Set(present.map(({ ip }) => ip));
  for (const { subnet, ip } of added) {
    if (known.has(ip)) refuse("InvalidParameterValue", `${balancer.id} has the SNAT address ${ip} already`);
    known.add(ip);
    const sql = "INSERT INTO snat_ips (load_balancer, subnet, ip) VALUES (?, ?, ?)";
    context.database.run(sql, balancer.id, subnet, ip);
  }
  context.database.run("UPDATE load_balancers SET snat_pro = 1 WHERE id = ?", balancer.id);
}

export const crossRegion = {
  ModifyLoadBalancerAttributes(context, request) {
    const { database } = context;
    const balancer = openForWrite(context, request.LoadBalancerId);
    if ((request.LoadBalancerName ?? "").length > 80) {
      refuse("InvalidParameterValue.Length", "LoadBalancerName has 80 characters at most");
    }
    if (request.LoadBalancerName !== undefined) {
      database.run("UPDATE load_balancers SET name = ? WHERE id = ?", request.LoadBalancerName, balancer.id);
    }
    const target = request.TargetRegionInfo;
    if (target && request.SnatPro === true) {
      refuse("InvalidParameter", "TargetRegionInfo and SnatPro exclude each other");
    }
    if (target) {
      checkTargetRegion(context, balancer, target);
      const isHome = target.Region === context.region;
      database.run(
        "UPDATE load_balancers SET target_region = ?, target_vpc = ? WHERE id = ?",
        isHome ? "" : target.Region,
        isHome ? "" : target.VpcId,
        balancer.id,
      );
    }
    if (request.SnatPro !== undefined) {
      if (request.SnatPro) checkSnatPro(context, balancer);
      else if (snatIpsOf(context, balancer).length > 0) {
        refuse("FailedOperation", `${balancer.id} has SNAT addresses: SnatPro stays on until they are gone`);
      }
      const sql = "UPDATE load_balancers SET snat_pro = ? WHERE id = ?";
      database.run(sql, request.SnatPro ? 1 : 0, balancer.id);
    }
    startTask(context, [balancer.id]);
    return { DealName: context.requestId };
  },

  CreateLoadBalancerSnatIps(context, request) {
    const balancer = openForWrite(context, request.LoadBalancerId);
    const { SnatIps: ips, Number: amount } = request;
    if (ips.length === 0) refuse("InvalidParameterValue.Length", "SnatIps is empty");
    if (amount !== undefined && ips.some(({ Ip }) => Ip !== undefined)) {
      refuse(
        "InvalidParameterValue",
        "Number is for addresses that the platform picks, and SnatIps names some",
      );
    }
    if (amount !== undefined && (!Number.isInteger(amount) || amount < 1 || amount > mostSnatIps)) {
      refuse("InvalidParameterValue", `Number is ${amount}; it is a whole number from 1 to ${mostSnatIps}`);
    }
    addSnatIps(context, balancer, ips, amount);
    startTask(context, [balancer.id]);
    return {};
  },

  DeleteLoadBalancerSnatIps(context, request) {
    const balancer = openForWrite(context, request.LoadBalancerId);
    const { Ips: ips } = request;
    if (ips.length < 1 || ips.length > mostDeletedAtOnce) {
      refuse("LimitExceeded", `Ips has 1 to ${mostDeletedAtOnce} addresses, not ${ips.length}`);
    }
    for (const ip of ips) {
      const sql = "DELETE FROM snat_ips WHERE load_balancer = ? AND ip = ?";
      if (context.database.run(sql, balancer.id, ip) > 0) continue;
      refuse("InvalidParameterValue", `${balancer.id} has no SNAT address ${ip.slice(0, 40)}`);
    }
    startTask(context, [balancer.id]);
    return {};
  },
} satisfies Partial<Handlers<"clb">>;
