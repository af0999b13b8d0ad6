import { isIP } from "node:net";
import type { Request } from "../../api";
import { formatTime, refuse } from "../context";
import type { Context, Handlers } from "../context";
import { findListener, findRule } from "./store";
import type { ListenerRow, LoadBalancerRow, RuleRow } from "./store";
import { openForWrite, startTask } from "./tasks";

type TargetsRequest = Request<"clb", "RegisterTargets">;
type Target = TargetsRequest["Targets"][number];

export interface TargetRow {
  readonly id: number;
  readonly listener: string;
  readonly rule: string | null;
  readonly instance: string;
  readonly address: string;
  readonly port: number;
  readonly weight: number;
  readonly created: number;
}

interface Place {
  readonly balancer: LoadBalancerRow;
  readonly listener: ListenerRow;
  readonly rule: RuleRow | undefined;
}

const mostAtOnce = 20;
const defaultWeight = 10;
/** Protocols whose listeners forward by domain and path, and by nothing else. */
const byRuleOnly: readonly string[] = ["HTTP", "HTTPS"];

function findPlace(context: Context, request: TargetsRequest): Place {
  const { length } = request.Targets;
  if (length < 1 || length > mostAtOnce) {
    refuse("InvalidParameterValue.Length", `Targets has 1 to ${mostAtOnce} back-ends, not ${length}`);
  }
  const balancer = openForWrite(context, request.LoadBalancerId);
  const listener = findListener(context, balancer, request.ListenerId);
  const namesRule = request.LocationId !== undefined || request.Domain !== undefined;
  if (!namesRule && byRuleOnly.includes(listener.protocol)) {
    refuse(
      "InvalidParameter",
      `The listener ${listener.id} is for ${listener.protocol}: LocationId, or Domain and Url, are needed`,
    );
  }
  return { balancer, listener, rule: namesRule ? findRule(context, listener, request) : undefined };
}

/** Which back-end is meant: exactly one of an instance and an address, and a port. */
function checkTarget(
  { InstanceId: instance, EniIp: address, Port: port }: Target,
  balancer: LoadBalancerRow,
): void {
  if ((instance === undefined) === (address === undefined)) {
    refuse("InvalidParameter", "A target has either InstanceId or EniIp");
  }
  if (instance !== undefined && !/^ins-[a-z0-9]+$/.test(instance)) {
    refuse("InvalidParameter.FormatError", `${instance.slice(0, 40)} is not the id of an instance`);
  }
  if (instance !== undefined && balancer.target_region !== "") {
    refuse(
      "InvalidParameterValue",
      `${balancer.id} binds back-ends of ${balancer.target_region}: they are named by EniIp`,
    );
  }
  if (address !== undefined && isIP(address) === 0) {
    refuse("InvalidParameter.FormatError", `${address.slice(0, 40)} is not an address`);
  }
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    refuse("InvalidParameterValue", `A port is a whole number from 1 to 65535, not ${port}`);
  }
}

/** BCK-CVM. */
function checkWeight(weight: number): number {
  if (Number.isInteger(weight) && weight >= 0 && weight <= 100) return weight;
  return refuse("InvalidParameterValue", `Weight is ${weight}; it is a whole number from 0 to 100`);
}

function textOf({ InstanceId: instance, EniIp: address, Port: port }: Target): string {
  return `${instance ?? address ?? ""}:${port}`;
}

function findTarget(context: Context, { listener, rule }: Place, target: Target): TargetRow | undefined {
  return context.database.get<TargetRow>(
    "SELECT * FROM targets WHERE listener = ? AND rule IS ? AND instance = ? AND address = ? AND port = ?",
    listener.id,
    rule?.id ?? null,
    target.InstanceId ?? "",
    target.EniIp ?? "",
    target.Port,
  );
}

function findBound(context: Context, place: Place, target: Target): TargetRow {
  checkTarget(target, { ...place.balancer, target_region: "" });
  return (
    findTarget(context, place, target) ??
    refuse("InvalidParameterValue", `${textOf(target)} is not bound to ${(place.rule ?? place.listener).id}`)
  );
}

export const targets = {
  RegisterTargets(context, request) {
    const place = findPlace(context, request);
    for (const target of request.Targets) {
      checkTarget(target, place.balancer);
      const weight = checkWeight(target.Weight ?? defaultWeight);
      if (findTarget(context, place, target)) {
        const { id } = place.rule ?? place.listener;
        refuse("InvalidParameterValue.Duplicate", `${textOf(target)} is bound to ${id} already`);
      }
      context.database.run(
        "INSERT INTO targets (listener, rule, instance, address, port, weight, created) VALUES (?, ?, ?, ?, ?, ?, ?)",
        place.listener.id,
        place.rule?.id ?? null,
        target.InstanceId ?? "",
        target.EniIp ?? "",
        target.Port,
        weight,
        context.now,
      );
    }
    startTask(context, [place.balancer.id]);
    return {};
  },

  DeregisterTargets(context, request) {
    const place = findPlace(context, request);
    for (const target of request.Targets) {
      const { id } = findBound(context, place, target);
      context.database.run("DELETE FROM targets WHERE id = ?", id);
    }
    startTask(context, [place.balancer.id]);
    return {};
  },

  /** A target's own weight comes before that of the call. */
  ModifyTargetWeight(context, request) {
    const place = findPlace(context, request);
    for (const target of request.Targets) {
      const { id } = findBound(context, place, target);
      const weight = checkWeight(target.Weight ?? request.Weight ?? defaultWeight);
      context.database.run("UPDATE targets SET weight = ? WHERE id = ?", weight, id);
    }
    startTask(context, [place.balancer.id]);
    return {};
  },
} satisfies Partial<Handlers<"clb">>;

/** Back-ends of a listener, or of one of its rules. */
export function describeTargets(context: Context, listener: ListenerRow, rule: string | null) {
  const { database } = context;
  const balancer = database.get<Pick<LoadBalancerRow, "snat_pro">>(
    "SELECT snat_pro FROM load_balancers WHERE id = ?",
    listener.load_balancer,
  );
  return database
    .all<TargetRow>("SELECT * FROM targets WHERE listener = ? AND rule IS ? ORDER BY id", listener.id, rule)
    .map(({ instance, address, port, weight, created }) => ({
      // Whose address it is cannot be known here: with SnatPro it may be one from outside of the VPC.
      Type: instance !== "" ? "CVM" : balancer?.snat_pro === 1 ? "CCN" : "ENI",
      ...(instance === "" ? {} : { InstanceId: instance }),
      PrivateIpAddresses: address === "" ? [] : [address],
      Port: port,
      Weight: weight,
      RegisteredTime: formatTime(created),
    }));
}
