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
import type { Listener } from "./bindings";
import { backendsOf, factOf, type BackendBinding, type SeenBackend } from "./load-balancer-state";
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
import { quote } from "./text";
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
      for (const binding of app.ofKind("clb_backend_binding")) {
        const listener = binding.targetOfKind("listenerId", "clb_listener");
        if (!listener) continue;
        const clients = clientsOf(listener, report);
        for (const backend of backendsOf(binding)) checkBackend(backend, listener, clients, report);
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
  if (verdict) checkOrder({ ...subject, connection: service, verdict }, shutOut);
  checkHealthChecks(subject, protocol, port, backend.binding, listener);
}

/** Groups with rules of a wrong type are left to TYPE. */
function isGroup(group: unknown): group is readonly SecurityGroupRule[] {
  return (
    Array.isArray(group) &&
    group.every(
      (rule: unknown) =>
        typeof rule === "object" &&
        rule !== null &&
        ["action", "source", "port", "protocol"].every(
          (name) => typeof (rule as Record<string, unknown>)[name] === "string",
        ),
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
        : additionOf(judged, "0.0.0.0/0", "the clients' addresses"),
    });
    return true;
  }
  const shutOut = clients.filter(({ range }) => !admits(verdict, range));
  for (const { text: client, range } of shutOut) {
    const partly = !isEmptySet(intersect(verdict.admitted, range));
    report({
      message: `the security group of ${text} does not let ${partly ? "all of " : ""}client ${client} in on ${connection.protocol} ${connection.port}${reason(judged, range)}`,
      places,
      fix: additionOf(judged, client),
    });
  }
  return shutOut.length > 0;
}

/** A rule that an earlier one makes useless: with a deny list in the wrong order nobody is kept out. */
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
): void {
  const check = healthCheckOf(binding, listener);
  const vip = vipOf(listener);
  if (!vip || check === undefined || check.enabled === false || probesFromVip(listener) !== true) return;
  const connection = { protocol, port: typeof check.port === "number" ? check.port : port };
  const verdict = verdictOf(subject.group, connection);
  if (!verdict || admits(verdict, vip)) return;
  const address = formatAddress(vip.first);
  const judged = { ...subject, connection, verdict };
  subject.report({
    message: `the security group of ${subject.text} does not let the load balancer's address ${address} in on ${protocol} ${connection.port}${reason(judged, vip)}: health checks come from there and will fail`,
    places: subject.places,
    fix: additionOf(judged, address),
  });
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
  const vip = factOf({ described: [listener] }, "vip");
  return typeof vip === "string" ? parseRange(vip) : undefined;
}

/** Whether health checks come from the load balancer's own address; undefined where too little is said of it. */
function probesFromVip(listener: Listener): boolean | undefined {
  const fact = (name: Parameters<typeof factOf>[1]) => factOf({ described: [listener] }, name);
  const scheme = fact("scheme");
  if (scheme === "public") return true;
  if (scheme !== "private") return undefined;
  const network = fact("network");
  const generation = fact("generation");
  if (network === "basic") return false;
  if (generation === "application") return network === "vpc" ? true : undefined;
  if (generation !== "classic") return undefined;
  const created = fact("created");
  if (typeof created !== "string") return undefined;
  if (created >= NEW_CLASSIC_PRIVATE) return false;
  return network === "vpc" ? true : undefined;
}

/** `: rule 3, "drop …", decides`. */
function reason({ verdict }: Judged, range: AddressRange): string {
  const dropped = droppedBy(verdict, range);
  return dropped ? `: rule ${dropped.index + 1}, ${quoted(dropped.rule)}, drops it` : ": no rule lets it in";
}

/** The rule to add, and where: before the one that drops the range, or at the end. */
function additionOf({ group, verdict, connection }: Judged, source: string, shown = source): string {
  const range = parseRange(source);
  const dropped = range && droppedBy(verdict, range);
  const rule = quoted({
    action: "allow",
    protocol: connection.protocol,
    port: String(connection.port),
    source: shown,
  });
  if (dropped) {
    return `add ${rule} as rule ${dropped.index + 1}, before ${quoted(dropped.rule)}`;
  }
  return group.length === 0 ? `add ${rule}` : `add ${rule} as rule ${group.length + 1}, at the end`;
}

function quoted(rule: SecurityGroupRule): string {
  return JSON.stringify(ruleText(rule));
}
