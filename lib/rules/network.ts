import { isIP } from "node:net";
import { isMisfit } from "../model/misfit";
import { limits } from "../model/quotas";
import { isEmpty, isSymbolic, type Value } from "../model/value";
import { firstOfEach } from "./account-use";
import { UNKNOWN, type AppModel, type ModelResource } from "./app-model";
import { variableOf } from "./environment";
import { accountAndRegion, identityOf } from "./identity";
import { groupBy } from "./per-app";
import { perValue } from "./per-value";
import type { Report, Rule } from "./rule";
import { compared, partOf, rawSurrounding, surrounding } from "./surroundings";
import { count, grouped, listed, quote } from "./text";
import { notKnownYet } from "./unchecked";

/** Restrictions of a function's network and logs: section 9 of the rules. */

const document = "scf-operation-guide";
const privateNetwork = { document, section: "私有网络通信" } as const;
const egress = { document, section: "固定公网出口 IP" } as const;

const NAME_SERVERS = "OS_NAMESERVER";

export const networkRules: readonly Rule[] = [
  {
    id: "NET-PUB",
    severity: "warning",
    statement:
      "a function in a VPC that has no public access reaches public addresses through a NAT gateway of the VPC only",
    source: privateNetwork,
    fix: "switch public access on, name the NAT gateway of the VPC, or acknowledge this warning where the function needs no public address",
    check(app, report) {
      for (const resource of app.ofKind("scf_function")) {
        if (!isInVpc(resource)) continue;
        const access: unknown = resource.get("publicAccess");
        if (access === UNKNOWN && app.hasForeignToken(resource.raw("publicAccess"))) {
          report(notKnownYet(resource.address, "publicAccess"));
        }
        if (access !== false || rawSurrounding(resource, "natGateway") !== undefined) continue;
        report({
          message: "the function is in a VPC without public access, and no NAT gateway leads out of it",
          places: [{ address: resource.address }],
        });
      }
    },
  },
  {
    id: "NET-VPC",
    severity: "error",
    statement: "a function's private network is a VPC of its region, given with a subnet",
    source: privateNetwork,
    fix: "give the ids of a VPC and of one of its subnets",
    check(app, report) {
      const problemOf = perValue((vpc: Value | undefined) => vpcProblem(app, vpc));
      for (const resource of app.ofKind("scf_function")) {
        if (resource.raw("vpc") === undefined && resource.raw("surroundings") === undefined) continue;
        const problem = problemOf(resource.raw("vpc"));
        if (problem === "unknown") report(notKnownYet(resource.address, "vpc"));
        else if (problem) report({ ...problem, places: [{ address: resource.address }] });
        const region = surrounding(resource, "networkRegion", report);
        if (typeof region === "string" && region !== resource.region) {
          report({
            message: `the private network is in ${region}, and the function in ${resource.region}`,
            places: [{ address: resource.address, note: resource.region }],
            fix: `use a VPC and a subnet in ${resource.region}`,
          });
        }
        if (surrounding(resource, "networkType", report) === "basic") {
          report({
            message: "the private network is the basic network, which functions cannot join",
            places: [{ address: resource.address }],
            fix: "use a VPC and one of its subnets",
          });
        }
      }
    },
  },
  {
    id: "NET-EIP",
    severity: "error",
    statement: "a fixed egress address needs public access",
    source: egress,
    fix: "switch public access on, or the fixed egress address off",
    check(app, report) {
      for (const resource of app.ofKind("scf_function")) {
        const fixed: unknown = resource.get("fixedEgressIp");
        const access: unknown = resource.get("publicAccess");
        const unknown = fixed === UNKNOWN ? "fixedEgressIp" : access === UNKNOWN ? "publicAccess" : undefined;
        if (fixed === true && access === false) {
          report({
            message: "the function has a fixed egress address, and its public access is switched off",
            places: [{ address: resource.address }],
          });
        } else if (unknown && !isEmpty(fixed) && fixed !== false && access !== true && !isUnset(access)) {
          if (app.hasForeignToken(resource.raw(unknown))) report(notKnownYet(resource.address, unknown));
        }
      }
    },
  },
  {
    id: "QTA-EIP",
    severity: "error",
    statement:
      "a user has at most 5 fixed egress addresses in a region by default: one for all functions without a VPC, and one for each subnet",
    source: egress,
    fix: "put functions into fewer subnets, or raise `egressIps` in the provider's quotas once the platform has raised it",
    check(app, report) {
      for (const functions of groupBy(app.ofKind("scf_function"), accountAndRegion).values()) {
        checkAddresses(functions, report);
      }
    },
  },
  {
    id: "NET-NS",
    severity: "error",
    statement: `\`${NAME_SERVERS}\` holds at most 5 IP addresses or domain names, separated by \`;\``,
    source: privateNetwork,
    fix: "separate IP addresses or domain names by `;`",
    check(app, report) {
      for (const resource of app.ofKind("scf_function")) {
        const raw = variableOf(resource, NAME_SERVERS);
        if (raw === undefined) continue;
        const text = app.follow(raw);
        if (text === UNKNOWN && app.hasForeignToken(raw)) report(notKnownYet(resource.address, NAME_SERVERS));
        if (typeof text !== "string") continue;
        for (const problem of nameServerProblems(text)) {
          report({ ...problem, places: [{ address: resource.address }] });
        }
      }
    },
  },
  {
    id: "NET-NAT",
    severity: "error",
    statement: "the NAT gateway is in the region and the VPC of the function",
    source: { document, section: "在私有网络中配置 NAT 网关" },
    fix: "use a NAT gateway of the function's VPC",
    check(app, report) {
      for (const resource of app.ofKind("scf_function")) {
        const gateway = app.dereference(rawSurrounding(resource, "natGateway"));
        if (gateway === undefined || gateway === null) continue;
        if (isSymbolic(gateway)) {
          if (app.hasForeignToken(gateway)) report(notKnownYet(resource.address, "natGateway"));
          continue;
        }
        checkGateway(resource, gateway, report);
      }
    },
  },
  {
    id: "LOG-REGION",
    severity: "error",
    statement: "log set and log topic go together, and are in the function's region",
    source: { document, section: "日志管理" },
    fix: "give the ids of a log set and of one of its topics, or leave both out for the platform's own",
    check(app, report) {
      const halvesOf = perValue((topic: Value | undefined) => halves(app, topic, logHalves));
      for (const resource of app.ofKind("scf_function")) {
        const region = surrounding(resource, "logRegion", report);
        if (typeof region === "string" && region !== resource.region) {
          report({
            message: `the log topic is in ${region}, and the function in ${resource.region}`,
            places: [{ address: resource.address, note: resource.region }],
            fix: `use a log topic in ${resource.region}`,
          });
        }
        const [missing, given] = halvesOf(resource.raw("logTopic"));
        if (missing === undefined) continue;
        report({
          message:
            given === undefined
              ? "the function names neither log set nor log topic"
              : `the function names a ${given} without a ${missing}`,
          places: [{ address: resource.address }],
        });
      }
    },
  },
];

export function isInVpc(resource: ModelResource<"scf_function">): boolean {
  return !isEmpty(resource.app.dereference(resource.raw("vpc")));
}

function isUnset(value: unknown): boolean {
  return value === undefined || value === null;
}

/** Two ids that belong together, by their names in the plan and their nouns. */
type Halves = readonly [readonly [string, string], readonly [string, string]];

const vpcHalves: Halves = [
  ["vpcId", "VPC"],
  ["subnetId", "subnet"],
];
const logHalves: Halves = [
  ["logsetId", "log set"],
  ["topicId", "log topic"],
];

/** The noun of the half that is missing, and of the other where that is given; nothing where none is missing. */
type Missing = readonly [missing?: string, given?: string];

const nothing: Missing = [];

function halves(
  app: AppModel,
  raw: Value | undefined,
  [[firstPart, first], [secondPart, second]]: Halves,
): Missing {
  const whole = app.dereference(raw);
  if (typeof whole !== "object" || whole === null || Array.isArray(whole) || isSymbolic(whole))
    return nothing;
  // TYPE tells of it.
  if (isMisfit(whole)) return nothing;
  const isFirstGiven = isGiven(app, whole, firstPart);
  const isSecondGiven = isGiven(app, whole, secondPart);
  if (isFirstGiven && isSecondGiven) return nothing;
  if (!isFirstGiven && !isSecondGiven) return [first];
  return isFirstGiven ? [second, first] : [first, second];
}

function isGiven(app: AppModel, whole: Value, part: string): boolean {
  return !isEmpty(app.follow(partOf(app, whole, part)));
}

function vpcProblem(
  app: AppModel,
  vpc: Value | undefined,
): { readonly message: string; readonly fix?: string } | "unknown" | undefined {
  const whole = app.dereference(vpc);
  if (isSymbolic(whole)) return app.hasForeignToken(whole) ? "unknown" : undefined;
  const [missing, given] = halves(app, whole, vpcHalves);
  if (missing !== undefined) {
    return given === undefined
      ? { message: "the function is in a private network, and neither VPC nor subnet is named" }
      : {
          message: `the function names a ${given} without a ${missing}`,
          fix: `give the id of the ${missing} as well`,
        };
  }
  const network = app.follow(partOf(app, whole, "vpcId"));
  const subnet = app.follow(partOf(app, whole, "subnetId"));
  if (typeof network === "string" && /^subnet-/.test(network)) {
    return {
      message: `${quote(network)} is given as the VPC, and is the id of a subnet`,
      fix:
        typeof subnet === "string" && /^vpc-/.test(subnet)
          ? "swap the two ids"
          : 'give the id of the VPC, "vpc-…"',
    };
  }
  if (typeof subnet === "string" && /^vpc-/.test(subnet)) {
    return {
      message: `${quote(subnet)} is given as the subnet, and is the id of a VPC`,
      fix: 'give the id of a subnet, "subnet-…"',
    };
  }
  return undefined;
}

/** The fixed egress addresses that functions of one account and region need. */
export interface EgressAddresses {
  /** One function for each, also where another provider gives the subnet: two of those may be the same. */
  readonly users: readonly ModelResource<"scf_function">[];
  /** How many of them there certainly are. */
  readonly certain: number;
}

/** Functions without a private network share one address, and so do those of one subnet (NET-EIP). */
export function egressAddresses(functions: readonly ModelResource<"scf_function">[]): EgressAddresses {
  const fixed = functions.filter(
    (resource) => resource.get("fixedEgressIp") === true && resource.get("publicAccess") !== false,
  );
  const users = firstOfEach(fixed, egressIdentity);
  return { users, certain: users.filter(isCertain).length };
}

function checkAddresses(functions: readonly ModelResource<"scf_function">[], report: Report): void {
  const first = functions[0];
  if (!first) return;
  const quota = first.quotas.egressIps;
  const { users, certain } = egressAddresses(functions);
  if (users.length <= quota) return;
  const places = users.map((resource) => ({ address: resource.address, note: egressNote(resource) }));
  if (certain > quota) {
    report({
      message: `functions in ${first.region} need ${grouped(certain)} fixed egress ${certain === 1 ? "address" : "addresses"}; ${grouped(quota)} are allowed in a region`,
      places,
    });
  } else {
    report({
      severity: "unchecked",
      message: `functions in ${first.region} need up to ${users.length} fixed egress addresses, and ${grouped(quota)} are allowed in a region: some of the subnets are not known yet`,
      places,
      fix: "nothing to do now: it is checked again on deploy",
    });
  }
}

/** The same text for functions that share an address. */
function egressIdentity(resource: ModelResource<"scf_function">): string {
  return isInVpc(resource)
    ? `subnet ${identityOf(resource, partOf(resource.app, resource.raw("vpc"), "subnetId"))}`
    : "none";
}

function isCertain(resource: ModelResource<"scf_function">): boolean {
  return (
    !isInVpc(resource) ||
    resource.app.follow(partOf(resource.app, resource.raw("vpc"), "subnetId")) !== UNKNOWN
  );
}

function egressNote(resource: ModelResource<"scf_function">): string {
  if (!isInVpc(resource)) return "without a VPC";
  const subnet = resource.app.follow(partOf(resource.app, resource.raw("vpc"), "subnetId"));
  return typeof subnet === "string" ? subnet : "a subnet that is not known yet";
}

function nameServerProblems(text: string): { readonly message: string; readonly fix?: string }[] {
  const entries = text.split(";");
  const problems: { message: string; fix?: string }[] = [];
  if (entries.length > limits.nameServers) {
    problems.push({
      message: `${NAME_SERVERS} names ${count(entries.length, "name server")}: ${limits.nameServers} are allowed`,
      fix: `keep the ${limits.nameServers} most important ones`,
    });
  }
  const wrong = entries.filter((entry) => !isNameServer(entry));
  if (wrong.length === 0) return problems;
  const written = wrong.filter((entry) => entry !== "");
  const cleaned = text.split(/[\s;,，；|]+/).filter((entry) => entry !== "");
  const usable = cleaned.length > 0 && cleaned.every(isNameServer);
  problems.push({
    message:
      text.trim() === ""
        ? `${NAME_SERVERS} names no name server`
        : written.length === 0
          ? `${NAME_SERVERS} has nothing between two semicolons, or behind the last one: ${quote(text)}`
          : `${listed(written.slice(0, 3).map(quote))} in ${NAME_SERVERS} ${
              written.length === 1
                ? "is neither an IP address nor a domain name"
                : "are neither IP addresses nor domain names"
            }`,
    ...(usable ? { fix: `use ${quote(cleaned.join(";"))}` } : {}),
  });
  return problems;
}

const domainName =
  /^(?=.{1,253}\.?$)([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\.)*[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.?$/;

function isNameServer(entry: string): boolean {
  return isIP(entry) !== 0 || domainName.test(entry);
}

function checkGateway(resource: ModelResource<"scf_function">, gateway: Value, report: Report): void {
  const { app, address } = resource;
  if (!isInVpc(resource)) {
    report({
      message: "there is a NAT gateway, and the function is in no VPC",
      places: [{ address }],
      fix: "put the function into the gateway's VPC, or leave the gateway out",
    });
    return;
  }
  const rawRegion = partOf(resource.app, gateway, "region");
  const region = app.follow(rawRegion);
  if (region === UNKNOWN && app.hasForeignToken(rawRegion)) report(notKnownYet(address, "natGateway"));
  if (typeof region === "string" && region !== resource.region) {
    report({
      message: `the NAT gateway is in ${region}, and the function in ${resource.region}`,
      places: [{ address, note: resource.region }],
      fix: `use a NAT gateway in ${resource.region}`,
    });
    return;
  }
  const own = partOf(resource.app, resource.raw("vpc"), "vpcId");
  const other = partOf(resource.app, gateway, "vpcId");
  const difference = compared(resource, own, other);
  if (difference === "unknown") report(notKnownYet(address, "natGateway"));
  if (difference !== "different") return;
  report({
    message: `the NAT gateway is in the VPC ${nameOf(app, other)}, and the function in ${nameOf(app, own)}`,
    places: [{ address }],
    fix: `use a NAT gateway of the VPC ${nameOf(app, own)}`,
  });
}

function nameOf(app: AppModel, value: Value | undefined): string {
  const known = app.follow(value);
  return typeof known === "string" ? known : quote(known);
}
