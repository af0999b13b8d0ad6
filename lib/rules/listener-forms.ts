import { UNKNOWN, type AppModel, type ModelResource } from "./app-model";
import { listenerOf } from "./bindings";
import type { Report } from "./rule";
import { grouped, listed } from "./text";

/** Settings of listeners and forwarding rules: the API reference says which protocol has which, and in what range. */

const encrypted = ["HTTPS", "TCP_SSL", "QUIC"];
const byRule = ["HTTP", "HTTPS"];

interface Bounds {
  readonly smallest: number;
  readonly largest: number;
}

const listenerSession: Bounds = { smallest: 30, largest: 3600 };
const ruleSession: Bounds = { smallest: 30, largest: 86_400 };
const healthCheckBounds: Readonly<Record<string, Bounds & { readonly words: string }>> = {
  timeoutSeconds: { words: "a probe's timeout in seconds", smallest: 2, largest: 60 },
  intervalSeconds: { words: "the time between two probes in seconds", smallest: 2, largest: 300 },
  healthyThreshold: { words: "the number of good answers", smallest: 2, largest: 10 },
  unhealthyThreshold: { words: "the number of bad answers", smallest: 2, largest: 10 },
  port: { words: "the port of health checks", smallest: 1, largest: 65_535 },
};

export function checkListenerForms(app: AppModel, report: Report): void {
  for (const listener of app.ofKind("clb_listener")) {
    const protocol: unknown = listener.get("protocol");
    checkSession(listener, listenerSession, report);
    checkHealthCheck(listener, report);
    if (typeof protocol !== "string") continue;
    checkCertificate(listener, protocol, report);
    checkPlace(listener, protocol, report);
  }
  for (const rule of app.ofKind("clb_rule")) {
    checkSession(rule, ruleSession, report);
    checkHealthCheck(rule, report);
    const listener = listenerOf(rule);
    if (!listener) continue;
    const sni: unknown = listener.get("serverNameIndication");
    if (isUnset(rule.raw("certificateId"))) {
      if (sni !== true || listener.get("protocol") !== "HTTPS") continue;
      report({
        message: "the rule has no certificate, and its listener leaves that to the rules",
        places: [{ address: rule.address }, { address: listener.address, note: "server name indication" }],
        fix: "give the id of the domain's certificate",
      });
      continue;
    }
    if (sni === true || sni === UNKNOWN) continue;
    report({
      message: "the rule has a certificate of its own, and its listener has one for all domains",
      places: [{ address: rule.address }, { address: listener.address }],
      fix: "remove it, or set `serverNameIndication` on the listener",
    });
  }
}

function checkCertificate(listener: ModelResource<"clb_listener">, protocol: string, report: Report): void {
  const places = [{ address: listener.address }];
  const sni: unknown = listener.get("serverNameIndication");
  if (sni === true && protocol !== "HTTPS") {
    report({
      message: `${article(protocol)} ${protocol} listener has no server name indication: only HTTPS listeners have`,
      places,
      fix: "remove `serverNameIndication`",
    });
    return;
  }
  const hasOne = !isUnset(listener.get("certificateId"));
  if (!encrypted.includes(protocol)) {
    if (!hasOne) return;
    report({
      message: `${article(protocol)} ${protocol} listener has no certificate, and one is given: ${listed(encrypted)} have one`,
      places,
      fix: protocol === "HTTP" ? "use HTTPS, or remove it" : "use TCP_SSL, or remove it",
    });
  } else if (!hasOne && sni !== true && sni !== UNKNOWN) {
    report({
      message: `${article(protocol)} ${protocol} listener has no certificate`,
      places,
      fix: "give the id of the server's certificate",
    });
  }
}

/** HTTP is spelt out when it is spoken. */
function article(protocol: string): "a" | "an" {
  return protocol.startsWith("H") ? "an" : "a";
}

/** HTTP and HTTPS say in their rules what other protocols say themselves. */
function checkPlace(listener: ModelResource<"clb_listener">, protocol: string, report: Report): void {
  const places = [{ address: listener.address }];
  const settings = {
    scheduler: "scheduler",
    sessionExpireSeconds: "sessionPersistence",
    healthCheck: "healthCheck",
  } as const;
  for (const property of ["scheduler", "sessionExpireSeconds", "healthCheck"] as const) {
    if (isUnset(listener.raw(property))) continue;
    const name = settings[property];
    if (byRule.includes(protocol)) {
      report({
        message: `\`${name}\` stands on ${article(protocol)} ${protocol} listener, whose rules have it`,
        places,
        fix: `give \`${name}\` to the forwarding rules`,
      });
    } else if (property === "sessionExpireSeconds" && protocol !== "TCP" && protocol !== "UDP") {
      report({
        message: `a ${protocol} listener has no \`sessionPersistence\`: TCP and UDP listeners have`,
        places,
        fix: "remove it",
      });
    }
  }
}

function checkSession(
  resource: ModelResource<"clb_listener" | "clb_rule">,
  bounds: Bounds,
  report: Report,
): void {
  const seconds: unknown = resource.get("sessionExpireSeconds");
  if (typeof seconds !== "number" || seconds === 0) return;
  reportOutside(resource, "session persistence in seconds", seconds, bounds, report);
}

function checkHealthCheck(resource: ModelResource<"clb_listener" | "clb_rule">, report: Report): void {
  const check: unknown = resource.get("healthCheck");
  if (typeof check !== "object" || check === null) return;
  const settings = check as Readonly<Record<string, unknown>>;
  for (const [name, bounds] of Object.entries(healthCheckBounds)) {
    const value = settings[name];
    if (typeof value === "number") reportOutside(resource, bounds.words, value, bounds, report);
  }
  // Where only one of the two is said, the other has the platform's default.
  const timeout = settings["timeoutSeconds"] ?? 2;
  const interval = settings["intervalSeconds"] ?? 5;
  if (typeof timeout !== "number" || typeof interval !== "number" || !(timeout >= interval)) return;
  report({
    message: `a probe's timeout of ${grouped(timeout)} s is not shorter than the ${grouped(interval)} s between two probes`,
    places: [{ address: resource.address }],
    fix: "use a shorter timeout or a longer interval",
  });
}

function reportOutside(
  resource: ModelResource,
  words: string,
  value: number,
  { smallest, largest }: Bounds,
  report: Report,
): void {
  if (Number.isInteger(value) && value >= smallest && value <= largest) return;
  const nearest = Number.isNaN(value) ? smallest : Math.min(largest, Math.max(smallest, Math.round(value)));
  report({
    message: `${words} is ${grouped(value)}: whole numbers from ${smallest} to ${grouped(largest)} are allowed`,
    places: [{ address: resource.address }],
    fix: `use ${nearest}`,
  });
}

function isUnset(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}
