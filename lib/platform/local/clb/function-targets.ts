import type { Request } from "../../api";
import { refuse } from "../context";
import type { Context, Handlers } from "../context";
import { lookUpFunction, nameOf, resolveQualifier } from "../scf/lookup";
import type { FunctionRow } from "../scf/lookup";
import { countTriggers } from "../scf/trigger-store";
import { listenersOf } from "./listeners";
import { findListener, findRule } from "./store";
import type { ListenerRow, LoadBalancerRow, RuleRow } from "./store";
import { describeTargets } from "./targets";
import { openForWrite, startTask } from "./tasks";

type TargetInput = Request<"clb", "RegisterFunctionTargets">["FunctionTargets"][number];
type TargetsRequest = Request<"clb", "RegisterFunctionTargets">;

interface TargetRow {
  readonly rule: string;
  readonly function: number;
  readonly qualifier: string;
  readonly qualifier_type: string;
  readonly weight: number;
}

interface Target {
  readonly fn: FunctionRow;
  readonly qualifier: string;
  readonly qualifierType: "VERSION" | "ALIAS";
  readonly weight: number;
}

const defaultWeight = 10;

/** CLB-ACCT, CLB-GEN, CLB-NET, CLB-IP, CLB-PROTO: whether functions can be bound there at all. */
function checkBindable(context: Context, balancer: LoadBalancerRow, listener: ListenerRow): void {
  if (context.settings.accountType !== "standard") {
    refuse(
      "FailedOperation",
      "The account is a traditional one: only standard accounts bind functions to load balancers",
    );
  }
  if (balancer.forward === 0) {
    refuse("InvalidParameterValue", `${balancer.id} is a classic load balancer: it binds no functions`);
  }
  if (balancer.vpc === "") {
    refuse(
      "InvalidParameterValue",
      `${balancer.id} is in the basic network: functions are bound in a VPC only`,
    );
  }
  if (balancer.ip_version === "IPv6FullChain") {
    refuse(
      "InvalidParameterValue",
      `${balancer.id} has IPv6 addresses: functions are bound with IPv4 and IPv6 NAT64 only`,
    );
  }
  if (listener.protocol !== "HTTP" && listener.protocol !== "HTTPS") {
    refuse(
      "InvalidParameter.ProtocolCheckFailed",
      `The listener ${listener.id} is for ${listener.protocol}: functions are bound to HTTP and HTTPS listeners only`,
    );
  }
}

function checkWeight(weight: number): number {
  if (Number.isInteger(weight) && weight >= 0 && weight <= 100) return weight;
  return refuse("InvalidParameterValue", `Weight is ${weight}; it is a whole number from 0 to 100`);
}

/** One function per rule, so one in a call. */
function onlyTarget(request: TargetsRequest): TargetInput {
  const [first, ...others] = request.FunctionTargets;
  if (!first) refuse("InvalidParameterValue.Length", "FunctionTargets is empty");
  if (others.length > 0) {
    refuse("InvalidParameterValue.Length", `A rule binds one function; ${others.length + 1} are given`);
  }
  return first;
}

/** CLB-REGION, WEB-TRG: an event function of the load balancer's own region, with that version or alias. */
function readTarget(context: Context, input: TargetInput): Target {
  const { FunctionNamespace: namespace, FunctionName: name, FunctionQualifier: qualifier } = input.Function;
  const fn =
    lookUpFunction(context, namespace, name) ??
    refuse(
      "ResourceNotFound",
      `The function ${namespace}/${name} does not exist in ${context.region}, where the load balancer is`,
    );
  if (fn.gone_at !== null) refuse("ResourceNotFound", `The function ${nameOf(fn)} is being deleted`);
  if (fn.type !== "Event") {
    refuse(
      "InvalidParameterValue",
      `${nameOf(fn)} is a web function: load balancers bind event functions only`,
    );
  }
  const resolved =
    resolveQualifier(context, fn, qualifier) ??
    refuse("ResourceNotFound", `${nameOf(fn)} has no version or alias ${qualifier.slice(0, 80)}`);
  const wanted = input.Function.FunctionQualifierType;
  if (wanted !== undefined && wanted !== resolved.type) {
    refuse(
      "InvalidParameterValue",
      `FunctionQualifierType of ${qualifier} is ${resolved.type}, not ${wanted.slice(0, 20)}`,
    );
  }
  const weight = checkWeight(input.Weight ?? defaultWeight);
  return { fn, qualifier, qualifierType: resolved.type, weight };
}

interface Place {
  readonly balancer: LoadBalancerRow;
  readonly listener: ListenerRow;
  readonly rule: RuleRow;
  readonly current: TargetRow | undefined;
}

function findPlace(context: Context, request: TargetsRequest): Place {
  const balancer = openForWrite(context, request.LoadBalancerId);
  const listener = findListener(context, balancer, request.ListenerId);
  // Before the rule: a listener that is not for HTTP has none, and that is not what is wrong.
  checkBindable(context, balancer, listener);
  const rule = findRule(context, listener, request);
  const current = context.database.get<TargetRow>("SELECT * FROM function_targets WHERE rule = ?", rule.id);
  return { balancer, listener, rule, current };
}

function isSame(target: { fn: FunctionRow; qualifier: string }, row: TargetRow): boolean {
  return target.fn.id === row.function && target.qualifier === row.qualifier;
}

function checkTriggerQuota(context: Context, fn: FunctionRow): void {
  const quota = context.settings.quotas.triggersOfOneType;
  const used = countTriggers(context, fn, "clb");
  if (used < quota) return;
  refuse("LimitExceeded", `${nameOf(fn)} has ${used} CLB triggers; the quota is ${quota}`);
}

function write(context: Context, rule: RuleRow, target: Target): void {
  context.database.run(
    `INSERT OR REPLACE INTO function_targets (rule, function, qualifier, qualifier_type, weight)
     VALUES (?, ?, ?, ?, ?)`,
    rule.id,
    target.fn.id,
    target.qualifier,
    target.qualifierType,
    target.weight,
  );
}

export const functionTargets = {
  RegisterFunctionTargets(context, request) {
    const input = onlyTarget(request);
    const { balancer, rule, current } = findPlace(context, request);
    const target = readTarget(context, input);
    if (current) {
      const place = `${rule.domain}${rule.url}`;
      if (isSame(target, current)) {
        refuse("InvalidParameterValue.Duplicate", `The rule for ${place} binds ${nameOf(target.fn)} already`);
      }
      refuse("LimitExceeded", `The rule for ${place} binds another function; a rule binds one`);
    }
    checkTriggerQuota(context, target.fn);
    write(context, rule, target);
    startTask(context, [balancer.id]);
    return {};
  },

  /** Another function, version or alias, or another weight, in the place of what the rule binds. */
  ModifyFunctionTargets(context, request) {
    const input = onlyTarget(request);
    const { balancer, rule, current } = findPlace(context, request);
    if (!current) refuse("ResourceNotFound", `The rule for ${rule.domain}${rule.url} binds no function`);
    const target = readTarget(context, input);
    if (target.fn.id !== current.function) checkTriggerQuota(context, target.fn);
    write(context, rule, target);
    startTask(context, [balancer.id]);
    return {};
  },

  DeregisterFunctionTargets(context, request) {
    const input = onlyTarget(request);
    const balancer = openForWrite(context, request.LoadBalancerId);
    const listener = findListener(context, balancer, request.ListenerId);
    const rule = findRule(context, listener, request);
    const current = context.database.get<TargetRow>("SELECT * FROM function_targets WHERE rule = ?", rule.id);
    const { FunctionNamespace: namespace, FunctionName: name, FunctionQualifier: qualifier } = input.Function;
    const fn = lookUpFunction(context, namespace, name);
    if (!current || !fn || !isSame({ fn, qualifier }, current)) {
      refuse(
        "ResourceNotFound",
        `The rule for ${rule.domain}${rule.url} does not bind ${namespace}/${name}:${qualifier}`,
      );
    }
    context.database.run("DELETE FROM function_targets WHERE rule = ?", rule.id);
    startTask(context, [balancer.id]);
    return {};
  },

  DescribeTargets(context, request) {
    if (request.Filters && request.Filters.length > 0) {
      refuse("InvalidParameterValue.InvalidFilter", "The local platform lists targets without Filters");
    }
    return {
      Listeners: listenersOf(context, request).map((listener) => ({
        ListenerId: listener.id,
        Protocol: listener.protocol,
        Port: listener.port,
        Rules: rulesWithTargets(context, listener),
        Targets: describeTargets(context, listener, null),
      })),
    };
  },
} satisfies Partial<Handlers<"clb">>;

type RuleWithTarget = Pick<RuleRow, "id" | "domain" | "url"> & {
  readonly namespace: string | null;
  readonly name: string;
  readonly qualifier: string;
  readonly qualifier_type: string;
  readonly weight: number;
};

function rulesWithTargets(context: Context, listener: ListenerRow) {
  return context.database
    .all<RuleWithTarget>(
      `SELECT rules.id AS id, domain, url, namespace, name, qualifier, qualifier_type, weight FROM rules
       LEFT JOIN function_targets ON rule = rules.id LEFT JOIN functions ON functions.id = function
       WHERE listener = ? ORDER BY rules.rowid`,
      listener.id,
    )
    .map((row) => ({
      LocationId: row.id,
      Domain: row.domain,
      Url: row.url,
      Targets: describeTargets(context, listener, row.id),
      FunctionTargets: row.namespace === null ? [] : [describeTarget(row, row.namespace)],
    }));
}

function describeTarget(row: RuleWithTarget, namespace: string) {
  return {
    Function: {
      FunctionNamespace: namespace,
      FunctionName: row.name,
      FunctionQualifier: row.qualifier,
      FunctionQualifierType: row.qualifier_type,
    },
    Weight: row.weight,
  };
}
