import { isIP } from "node:net";
import type { HealthCheckProperties } from "../model/resources/health-check";
import { UNKNOWN, type ModelResource } from "./app-model";
import {
  formatAddress,
  intersect,
  isEmptySet,
  parseRange,
  subtract,
  type AddressRange,
} from "./address-ranges";
import { rawLoadBalancerFact, type Listener } from "./bindings";
import { backendsOf, factOf, stateOf, type BackendBinding, type SeenBackend } from "./load-balancer-state";
import { groupBy } from "./per-app";
import type { Report, Rule } from "./rule";
import {
  admits,
  droppedBy,
  formProblem,
  ruleText,
  shadowed,
  verdictOf,
  type Connection,
  type SecurityGroupRule,
  type Verdict,
} from "./security-group";
import { listed, quote } from "./text";
import { notKnownYet } from "./unchecked";

/** Classic private load balancers made from this day on probe from addresses that every group lets in. */
const NEW_CLASSIC_PRIVATE = "2016-12-05";

export const securityGroupRules: readonly Rule[] = [
  {
    id: "BCK-SG",
    severity: "warning",
    statement:
      "the security group of a back-end lets the clients in on the service port, and the load balancer's own address where health checks come from it",
    source: { document: "clb-backend-servers", section: "后端云服务器的安全组配置" },
    fix: "add a rule that lets them in, before the one that drops them",
    check(app, report) {
      const seen = new Set<Listener>();
      for (const binding of app.ofKind("clb_backend_binding")) {
        const listener = binding.targetOfKind("listenerId", "clb_listener");
        if (!listener) continue;
        const backends = backendsOf(binding);
        if (!backends.some((backend) => backend.get("securityGroup") !== undefined)) continue;
        if (!seen.has(listener)) checkFacts(listener, report);
        seen.add(listener);
        const clients = clientsOf(listener, report);
        for (const backend of backends) checkBackend(backend, listener, clients, report);
      }
    },
  },
];

interface Clients {
  readonly text: string;
  readonly range: AddressRange;
}

/** Who has to get through; undefined where nobody says. */
function clientsOf(listener: Listener, report: Report): readonly Clients[] | undefined {
  const clients: unknown = listener.get("clients");
  if (clients === UNKNOWN && listener.app.hasForeignToken(listener.raw("clients"))) {
    report(notKnownYet(listener.address, "clients"));
  }
  if (!Array.isArray(clients)) return undefined;
  return clients.flatMap((text: unknown): Clients[] => {
    if (typeof text !== "string") return [];
    const range = parseRange(text);
    if (range) return [{ text, range }];
    report({
      message: `client ${quote(text)} is neither an IPv4 address nor a range`,
      places: [{ address: listener.address }],
      fix: 'write "203.0.113.7" or "10.0.0.0/8"',
    });
    return [];
  });
}

function checkBackend(
  backend: SeenBackend,
  listener: Listener,
  clients: readonly Clients[] | undefined,
  report: Report,
): void {
  const group = backend.get("securityGroup");
  const port = backend.get("port");
  if (group === UNKNOWN) report(notKnownYet(backend.binding.address, "securityGroup"));
  if (typeof port !== "number" || !isGroup(group)) return;
  const at = { report, places: [{ address: backend.binding.address, note: backend.text }] };
  const problems = group.flatMap((rule, index) => {
    const problem = formProblem(rule);
    return problem === undefined ? [] : [`${problem} (rule ${index + 1})`];
  });
  if (problems.length > 0) {
    report({
      message: `the security group of ${backend.text} cannot be checked: ${problems.join("; ")}`,
      places: at.places,
      fix: "correct the description of the group",
    });
    return;
  }
  const protocol = listener.get("protocol") === "UDP" ? "UDP" : "TCP";
  const subject = { ...at, group, text: backend.text };
  const service: Connection = { protocol, port };
  const verdict = verdictOf(group, service);
  const shutOut = verdict
    ? checkClients({ ...subject, connection: service, verdict }, clients, vipOf(listener))
    : false;
  const unhealthy = checkHealthChecks(subject, protocol, port, backend.binding, listener);
  if (verdict) checkOrder({ ...subject, connection: service, verdict }, shutOut || unhealthy);
}

const actions: readonly unknown[] = ["allow", "drop"];
const protocols: readonly unknown[] = ["TCP", "UDP", "ALL"];

/** Groups with rules of a wrong type, or with words of their own, are left to TYPE. */
function isGroup(group: unknown): group is readonly SecurityGroupRule[] {
  return (
    Array.isArray(group) &&
    group.every(
      (rule: unknown) =>
        typeof rule === "object" &&
        rule !== null &&
        ["source", "port"].every((name) => typeof (rule as Record<string, unknown>)[name] === "string") &&
        actions.includes((rule as Record<string, unknown>)["action"]) &&
        protocols.includes((rule as Record<string, unknown>)["protocol"]),
    )
  );
}

interface Subject {
  readonly report: Report;
  readonly places: readonly { readonly address: string; readonly note: string }[];
  readonly group: readonly SecurityGroupRule[];
  readonly text: string;
}
interface Judged extends Subject {
  readonly connection: Connection;
  readonly verdict: Verdict;
}

/** Whether clients are shut out. */
function checkClients(
  judged: Judged,
  clients: readonly Clients[] | undefined,
  vip: AddressRange | undefined,
): boolean {
  const { report, places, text, connection, verdict } = judged;
  if (!clients) {
    const admitted = vip ? subtract(verdict.admitted, vip) : verdict.admitted;
    if (!isEmptySet(admitted)) return false;
    const hidden = shadowed(verdict).find(({ rule }) => rule.rule.action === "allow");
    report({
      message: `the security group of ${text} lets no client in on ${connection.protocol} ${connection.port}`,
      places,
      fix: hidden
        ? `move rule ${hidden.rule.index + 1}, ${quoted(hidden.rule.rule)}, before rule ${hidden.by.index + 1}, ${quoted(hidden.by.rule)}`
        : additionOf(judged, ["0.0.0.0/0"], ["the clients' addresses"]),
    });
    return true;
  }
  const shutOut = clients.filter(({ range }) => !admits(verdict, range));
  // What shuts several clients out is told once.
  for (const same of groupBy(shutOut, ({ range }) => reason(judged, range)).values()) {
    const names = same.map(({ text: client, range }) =>
      isEmptySet(intersect(verdict.admitted, range)) ? client : `all of ${client}`,
    );
    const [first] = same;
    if (!first) continue;
    const partly = names[0] !== first.text;
    const who =
      same.length === 1 ? `${partly ? "all of " : ""}client ${first.text}` : `clients ${listed(names)}`;
    const because = reason(judged, first.range, same.length === 1 ? "it" : "them");
    report({
      message: `the security group of ${text} does not let ${who} in on ${connection.protocol} ${connection.port}${because}`,
      places,
      fix:
        exchangeOf(judged, first.range) ??
        additionOf(
          judged,
          same.map((client) => client.text),
        ),
    });
  }
  return shutOut.length > 0;
}

/** Where the rules that let clients in are there, and the one that drops them only comes too early. */
function exchangeOf({ verdict }: Judged, range: AddressRange): string | undefined {
  const dropped = droppedBy(verdict, range);
  const hidden =
    dropped && shadowed(verdict).filter(({ rule, by }) => by === dropped && rule.rule.action === "allow");
  const last = hidden?.[hidden.length - 1]?.rule;
  if (!dropped || !last || !hidden.some(({ rule }) => !isEmptySet(intersect([rule.range], range))))
    return undefined;
  return `move rule ${dropped.index + 1}, ${quoted(dropped.rule)}, behind rule ${last.index + 1}, ${quoted(last.rule)}`;
}

/**
 * A rule that an earlier one makes useless: with a deny list in the wrong order nobody is kept out. Where somebody is shut
 * out, that has been told.
 */
function checkOrder({ report, places, text, connection, verdict }: Judged, shutOut: boolean): void {
  for (const { rule, by } of shadowed(verdict)) {
    if (rule.rule.action === "allow" && shutOut) continue;
    report({
      message: `rule ${rule.index + 1} of the security group of ${text}, ${quoted(rule.rule)}, never applies on ${connection.protocol} ${connection.port}: rule ${by.index + 1}, ${quoted(by.rule)}, comes first`,
      places,
      fix: `move rule ${rule.index + 1} before rule ${by.index + 1}`,
    });
  }
}

function checkHealthChecks(
  subject: Subject,
  protocol: Connection["protocol"],
  port: number,
  binding: BackendBinding,
  listener: Listener,
): boolean {
  const check = healthCheckOf(binding, listener);
  const vip = vipOf(listener);
  if (!vip || check === undefined || check.enabled === false || probesFromVip(listener) !== true)
    return false;
  const connection = { protocol, port: typeof check.port === "number" ? check.port : port };
  const verdict = verdictOf(subject.group, connection);
  if (!verdict || admits(verdict, vip)) return false;
  const address = formatAddress(vip.first);
  const judged = { ...subject, connection, verdict };
  subject.report({
    message: `the security group of ${subject.text} does not let the load balancer's address ${address} in on ${protocol} ${connection.port}${reason(judged, vip)}: health checks come from there and will fail`,
    places: subject.places,
    fix: exchangeOf(judged, vip) ?? additionOf(judged, [address]),
  });
  return true;
}

/** The health check of what back-ends are bound to; none said is the platform's own, undefined is not known. */
function healthCheckOf(
  binding: BackendBinding,
  listener: Listener,
): { readonly [K in keyof HealthCheckProperties]?: unknown } | undefined {
  const rule: ModelResource<"clb_rule"> | undefined = binding.targetOfKind("locationId", "clb_rule");
  const check: unknown = rule
    ? rule.get("healthCheck")
    : binding.raw("locationId") === undefined
      ? listener.get("healthCheck")
      : UNKNOWN;
  if (check === undefined) return {};
  return typeof check === "object" && check !== null ? check : undefined;
}

function vipOf(listener: Listener): AddressRange | undefined {
  const vip = factOf(stateOf(listener), "vip");
  return typeof vip === "string" ? parseRange(vip) : undefined;
}

/** Whether health checks come from the load balancer's own address; undefined where too little is said of it. */
function probesFromVip(listener: Listener): boolean | undefined {
  const fact = (name: Parameters<typeof factOf>[1]) => factOf(stateOf(listener), name);
  const scheme = fact("scheme");
  if (scheme === "public") return true;
  if (scheme !== "private") return undefined;
  const network = fact("network");
  const generation = fact("generation");
  if (network === "basic") return false;
  if (generation === "application") return network === "vpc" ? true : undefined;
  if (generation !== "classic") return undefined;
  const created = dayOf(fact("created"));
  if (created === undefined) return undefined;
  if (created >= NEW_CLASSIC_PRIVATE) return false;
  return network === "vpc" ? true : undefined;
}

/** The day at the front of a date, `2016-12-05`; undefined for what is none. */
function dayOf(date: unknown): string | undefined {
  const day = typeof date === "string" ? /^(\d{4}-\d\d-\d\d)(?![\d-])/.exec(date)?.[1] : undefined;
  return day !== undefined && new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day) ? day : undefined;
}

function dayMeant(text: string): string {
  const [, year = "", month = "", day = ""] =
    /^(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})(?!\d)/.exec(text) ?? [];
  const meant = dayOf(`${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`);
  return meant === undefined ? 'write it like "2016-12-05"' : `use ${quote(meant)}`;
}

/** What is said of a load balancer and cannot be read. */
function checkFacts(listener: Listener, report: Report): void {
  const { app, address } = listener;
  for (const name of ["created", "vip"] as const) {
    const raw = rawLoadBalancerFact(listener, name);
    const value = app.follow(raw);
    if (value === UNKNOWN && app.hasForeignToken(raw)) report(notKnownYet(address, `loadBalancer.${name}`));
    if (typeof value !== "string") continue;
    if (name === "created" ? dayOf(value) !== undefined : isIP(value) !== 0) continue;
    report({
      message:
        name === "created"
          ? `the day that the load balancer was made, ${quote(value)}, is not a date`
          : `the load balancer's address ${quote(value)} is not an IP address`,
      places: [{ address }],
      fix: name === "created" ? dayMeant(value) : 'write it like "203.0.113.7"',
    });
  }
}

/** `: rule 3, "drop …", drops it`. */
function reason({ verdict }: Judged, range: AddressRange, them = "it"): string {
  const dropped = droppedBy(verdict, range);
  return dropped
    ? `: rule ${dropped.index + 1}, ${quoted(dropped.rule)}, drops ${them}`
    : `: no rule lets ${them} in`;
}

/** The rules to add, and where: before the one that drops the ranges, or at the end. */
function additionOf(
  { group, verdict, connection }: Judged,
  sources: readonly string[],
  shown = sources,
): string {
  const range = sources[0] === undefined ? undefined : parseRange(sources[0]);
  const dropped = range && droppedBy(verdict, range);
  const added = shown.map((source) =>
    quoted({ action: "allow", protocol: connection.protocol, port: String(connection.port), source }),
  );
  if (group.length === 0) return `add ${listed(added)}`;
  const position = (dropped?.index ?? group.length) + 1;
  const places =
    added.length === 1
      ? `rule ${position}`
      : `rules ${position} ${added.length === 2 ? "and" : "to"} ${position + added.length - 1}`;
  return `add ${listed(added)} as ${places}, ${dropped ? `before ${quoted(dropped.rule)}` : "at the end"}`;
}

function quoted(rule: SecurityGroupRule): string {
  return JSON.stringify(ruleText(rule));
}
