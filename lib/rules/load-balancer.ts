import type { Plan } from "../model/plan";
import { regions } from "../model/region";
import { isForeignToken } from "../model/value";
import { UNKNOWN, type AppModel, type ModelResource } from "./app-model";
import {
  attachedTo,
  isFactForeign,
  listenerIdentity,
  listenerOf,
  loadBalancerFact,
  qualifierText,
  ruleOf,
  type Binding,
  type Listener,
} from "./bindings";
import type { FindingPlace } from "./finding";
import { accountAndRegion, functionOf, identityOf } from "./identity";
import { factOf, stateOf } from "./load-balancer-state";
import { otherAccount, otherRegion } from "./other-region";
import { groupBy } from "./per-app";
import { isVersion, isVersionNumber, qualifierProblem } from "./qualifiers";
import type { Report, Rule } from "./rule";
import { count, grouped, listed, quote } from "./text";
import { eachNumber, eachText, notKnownYet } from "./unchecked";

/** Restrictions of load balancers that bind functions: section 11 of the rules. */

const restrictions = { document: "clb-binds-scf", section: "限制说明" } as const;
const steps = { document: "clb-binds-scf", section: "操作步骤" } as const;

export const loadBalancerRules: readonly Rule[] = [
  {
    id: "CLB-ACCT",
    severity: "error",
    statement: "only standard accounts bind functions to load balancers; traditional ones do not",
    source: restrictions,
    fix: "have the account converted to a standard account, then say so in the provider",
    check(app, report) {
      for (const [stack, bindings] of groupBy(app.ofKind("clb_function_binding"), ({ plan }) => plan.stack)) {
        const saying = bindings[0] && traditionalIn(bindings[0]);
        if (!saying) continue;
        report({
          message: `stack ${stack} binds functions to a load balancer, and its account is a traditional one${saying.stack === stack ? "" : `, as stack ${saying.stack} says`}`,
          places: bindings.map(({ address }) => ({ address })),
        });
      }
    },
  },
  factRule({
    id: "CLB-GEN",
    fact: "generation",
    wrong: "classic",
    statement: "a classic load balancer binds no functions",
    message: "functions are bound to a classic load balancer",
    fix: "use an application load balancer",
  }),
  factRule({
    id: "CLB-NET",
    fact: "network",
    wrong: "basic",
    statement: "a load balancer on the basic network binds no functions",
    message: "functions are bound to a load balancer on the basic network",
    fix: "use a load balancer in a VPC",
  }),
  {
    id: "CLB-REGION",
    severity: "error",
    statement: "a load balancer binds functions of its own region only; they may be in another VPC",
    source: restrictions,
    fix: "a load balancer binds functions of its own region only: move one of them",
    check(app, report) {
      const reported = new Set<Listener>();
      for (const binding of app.ofKind("clb_function_binding")) {
        const listener = listenerOf(binding);
        const bound = functionOf(binding);
        const region = listener ? loadBalancerRegion(listener) : binding.region;
        const elsewhere: unknown = binding.get("functionRegion");
        const functionRegion = bound?.region ?? (typeof elsewhere === "string" ? elsewhere : undefined);
        const stranger = otherAccount(binding, { own: "binding", other: "function" }, bound);
        if (stranger) report(stranger);
        if (region === undefined || functionRegion === undefined || functionRegion === region) continue;
        if (listener) reported.add(listener);
        const qualifier = qualifierText(binding);
        report({
          message: "listener rule and function are in different regions",
          places: [
            { address: (ruleOf(binding) ?? binding).address, note: region },
            {
              address: (bound ?? binding).address,
              note: qualifier === undefined ? functionRegion : `${qualifier}, ${functionRegion}`,
            },
          ],
        });
      }
      for (const rule of app.ofKind("clb_rule")) {
        const listener = listenerOf(rule);
        if (!listener || reported.has(listener)) continue;
        const problem = otherRegion(rule, { own: "forwarding rule", other: "listener" }, listener);
        if (problem) report(problem);
      }
      for (const listener of app.ofKind("clb_listener")) {
        if (isFactForeign(listener, "region")) report(notKnownYet(listener.address, "loadBalancer.region"));
        const region = loadBalancerFact(listener, "region");
        if (typeof region !== "string") continue;
        if (region !== listener.region) {
          if (reported.has(listener)) continue;
          report({
            message: `the listener's load balancer is in ${region}, and the stack deploys to ${listener.region}`,
            places: [{ address: listener.address, note: region }],
            fix: `declare the listener in a stack of ${region}`,
          });
        } else if (attachedTo(listener).bindings.length > 0 && regions[region]?.bindsFunctions !== true) {
          reportUnsupportedRegion(listener, region, report);
        }
      }
    },
  },
  factRule({
    id: "CLB-IP",
    fact: "addressType",
    wrong: "ipv6",
    statement: "IPv4 and IPv6 NAT64 load balancers bind functions; IPv6 ones do not",
    message: "functions are bound to an IPv6 load balancer",
    fix: "use an IPv4 or an IPv6 NAT64 load balancer",
  }),
  {
    id: "CLB-PROTO",
    severity: "error",
    statement: "only HTTP and HTTPS listeners bind functions",
    source: restrictions,
    fix: "use an HTTP or HTTPS listener",
    check(app, report) {
      for (const listener of app.ofKind("clb_listener")) {
        const protocol: unknown = listener.get("protocol");
        // Of `http` in small letters, TYPE tells.
        if (typeof protocol !== "string" || ["HTTP", "HTTPS"].includes(protocol.toUpperCase())) continue;
        const { rules, bindings } = attachedTo(listener);
        if (bindings.length > 0) {
          report({
            message: `functions are bound to a ${protocol} listener, and only HTTP and HTTPS listeners bind functions`,
            places: [
              { address: listener.address, note: protocol },
              ...bindings.map(({ address }) => ({ address })),
            ],
          });
        } else if (rules.length > 0 && layer4.includes(protocol)) {
          report({
            message: `a ${protocol} listener has forwarding rules, and it knows neither domains nor paths`,
            places: [
              { address: listener.address, note: protocol },
              ...rules.map(({ address }) => ({ address })),
            ],
          });
        }
      }
    },
  },
  {
    id: "CLB-RULE",
    severity: "error",
    statement:
      "a binding belongs to one forwarding rule of a listener, and a rule with a domain and a path binds one version or alias of one function",
    source: steps,
    fix: "give every function a forwarding rule of its own",
    check(app, report) {
      eachText(app, report, "clb_rule", "path", (path, { address }) => {
        const problem = pathProblem(path);
        if (problem) report({ ...problem, places: [{ address }] });
      });
      eachText(app, report, "clb_rule", "domain", (domain, { address }) => {
        const problem = domainProblem(domain);
        if (problem) report({ ...problem, places: [{ address }] });
      });
      reportSharedRules(app, report);
      for (const binding of app.ofKind("clb_function_binding")) {
        reportNoRule(binding, report);
        reportOtherListener(binding, report);
        reportQualifier(binding, report);
      }
    },
  },
  {
    id: "CLB-WEIGHT",
    severity: "error",
    statement: "a binding's weight is 0–100; 0 takes no new requests",
    source: { document: "clb-backend-servers", section: "绑定后端云服务器" },
    fix: "use a whole number from 0 to 100",
    check(app, report) {
      eachNumber(app, report, "clb_function_binding", "weight", (weight, { address }) => {
        if (Number.isInteger(weight) && weight >= 0 && weight <= 100) return;
        report({
          message: `a weight of ${grouped(weight)} is not allowed: it is a whole number from 0 to 100`,
          places: [{ address }],
          fix: `use ${Math.min(100, Math.max(0, Math.round(weight)))}`,
        });
      });
    },
  },
  {
    id: "CLB-BETA",
    severity: "warning",
    statement: "binding functions to load balancers is in closed beta",
    source: { document: "clb-binds-scf", section: "内测阶段" },
    fix: "apply for the beta, and acknowledge this warning once the account is admitted",
    check(app, report) {
      const stacks = groupBy(app.ofKind("clb_function_binding"), ({ plan }) => plan.stack);
      if (stacks.size === 0) return;
      report({
        message:
          "binding functions to load balancers is in closed beta, and an account may have to apply for it",
        places: [...stacks.values()].flatMap(([binding]) => (binding ? [{ address: binding.address }] : [])),
      });
    },
  },
  {
    id: "CLB-DUP",
    severity: "error",
    statement:
      "a listener has each pair of domain and path once, and a load balancer each port once for protocols over TCP and once for those over UDP",
    source: steps,
    fix: "remove one of the two",
    check(app, report) {
      const sameRequests = groupBy(app.ofKind("clb_rule"), (rule) => {
        const domain: unknown = rule.get("domain");
        const path: unknown = rule.get("path");
        return typeof domain === "string" && typeof path === "string"
          ? `${accountAndRegion(rule)}|${listenerIdentity(rule)}|${domain.toLowerCase()}|${path}`
          : undefined;
      });
      for (const rules of sameRequests.values()) {
        const first = rules[0];
        if (!first || rules.length < 2) continue;
        report({
          message: `${count(rules.length, "rule")} of one listener take the requests for ${String(first.get("domain"))}${String(first.get("path"))}`,
          places: rules.map(({ address }) => ({ address })),
          fix: "give each rule a domain or path of its own",
        });
      }
      const samePorts = groupBy(app.ofKind("clb_listener"), (listener) => {
        const port: unknown = listener.get("port");
        const protocol: unknown = listener.get("protocol");
        return port !== UNKNOWN && typeof protocol === "string"
          ? `${accountAndRegion(listener)}|${identityOf(listener, listener.raw("loadBalancerId"))}|${String(port)}|${transportOf(protocol)}`
          : undefined;
      });
      for (const listeners of samePorts.values()) {
        const first = listeners[0];
        if (!first || listeners.length < 2) continue;
        const protocols = [...new Set(listeners.map((listener) => String(listener.get("protocol"))))];
        const port = String(first.get("port"));
        report({
          message:
            protocols.length === 1
              ? `${count(listeners.length, "listener")} of one load balancer use port ${port} for ${protocols.join("")}`
              : `${count(listeners.length, "listener")} of one load balancer use port ${port}, for ${listed(protocols)}: all of them are spoken over ${transportOf(String(protocols[0]))}`,
          places: listeners.map((listener) => ({
            address: listener.address,
            ...(protocols.length === 1 ? {} : { note: String(listener.get("protocol")) }),
          })),
          fix: "give each listener a port of its own, or put all rules on one of them",
        });
      }
    },
  },
];

/** HTTP, HTTPS and TCP_SSL are spoken over TCP, so that they and TCP take a port from each other; QUIC is spoken over UDP. */
function transportOf(protocol: string): "TCP" | "UDP" {
  return protocol === "UDP" || protocol === "QUIC" ? "UDP" : "TCP";
}

const layer4 = ["TCP", "UDP", "TCP_SSL"];

/** The plan that calls an account traditional: of one account, what one stack says holds for all. */
function traditionalIn({ plan, app }: ModelResource): Plan | undefined {
  const isTraditional = ({ provider }: Plan) => provider.account.type === "traditional";
  if (isTraditional(plan)) return plan;
  const { uin } = plan.provider.account;
  if (uin === undefined) return undefined;
  return app.plans.find((other) => other.provider.account.uin === uin && isTraditional(other));
}

function factRule(rule: {
  id: string;
  fact: "generation" | "network" | "addressType";
  wrong: string;
  statement: string;
  message: string;
  fix: string;
}): Rule {
  return {
    id: rule.id,
    severity: "error",
    statement: rule.statement,
    source: restrictions,
    fix: rule.fix,
    check(app, report) {
      for (const listener of app.ofKind("clb_listener")) {
        // Listeners of one load balancer need not say the same of it.
        const fact = loadBalancerFact(listener, rule.fact) ?? factOf(stateOf(listener), rule.fact);
        if (fact !== rule.wrong) continue;
        const { bindings } = attachedTo(listener);
        if (bindings.length === 0) continue;
        report({
          message: rule.message,
          places: [
            { address: listener.address, note: rule.wrong },
            ...bindings.map((binding): FindingPlace => ({
              address: binding.address,
              ...functionNote(binding),
            })),
          ],
        });
      }
    },
  };
}

function functionNote(binding: Binding): { note?: string } {
  const name: unknown = binding.get("functionName");
  return typeof name === "string" ? { note: `binds ${name}` } : {};
}

/** The region of a listener's load balancer; the stack's own when nothing is said of it. */
function loadBalancerRegion(listener: Listener): string | undefined {
  const region = loadBalancerFact(listener, "region");
  if (typeof region === "string") return region;
  return region === undefined ? listener.region : undefined;
}

/** The API's list can have grown, so that this is no more than a warning; regions that nobody knows are not judged. */
function reportUnsupportedRegion(listener: Listener, region: string, report: Report): void {
  if (!Object.hasOwn(regions, region)) return;
  report({
    severity: "warning",
    message: `the API does not name ${region} among the regions whose load balancers bind functions`,
    places: [{ address: listener.address, note: region }],
    fix: "use another region, or acknowledge this warning if the region binds functions by now",
  });
}

/** API RuleInput.Url and RuleInput.Domain. */
const LONGEST_PATH = 200;
const LONGEST_DOMAIN = 80;

function pathProblem(path: string): Problem | undefined {
  if (path.length > LONGEST_PATH) {
    return {
      message: `the rule's path has ${count(path.length, "character")}: ${LONGEST_PATH} are allowed`,
      fix: "shorten it: a rule takes the paths that begin with its own",
    };
  }
  if (path.startsWith("~")) return emptyPattern("path", path, "~^/orders");
  if (/\s/.test(path)) {
    return { message: `path ${quote(path)} contains a space`, fix: "remove it" };
  }
  // A path that has to be the very same is marked with =.
  const [, mark = "", rest = ""] = /^(=?)(.*)$/.exec(path) ?? [];
  if (rest.startsWith("/")) return undefined;
  return {
    message: `path ${quote(path)} does not begin with ${mark}/`,
    fix: `use ${quote(`${mark}/${rest}`)}`,
  };
}

function domainProblem(domain: string): Problem | undefined {
  if (domain === "") return { message: "the rule's domain is empty", fix: GIVE_HOST };
  if (domain.startsWith("~")) {
    return domainLengthProblem(domain) ?? emptyPattern("domain", domain, "~^www\\.");
  }
  const [, name, port] = /^([^/\s]*?):(\d*)$/.exec(domain) ?? [];
  if (name !== undefined) {
    const listener = port === "" ? "" : `, on a listener with port ${port}`;
    return {
      message: `domain ${quote(domain)} names a port, and the listener has one`,
      fix: name === "" ? GIVE_HOST : `use ${quote(name)}${listener}`,
    };
  }
  if (!/[/\s]/.test(domain)) return domainLengthProblem(domain);
  const host = domain
    .trim()
    .replace(/^[a-z]+:\/\//i, "")
    .replace(/[/\s].*$/, "")
    .replace(/:\d*$/, "");
  return {
    message: `domain ${quote(domain)} is more than a host name`,
    fix: host === "" ? GIVE_HOST : `use ${quote(host)}, and the rest as the path`,
  };
}

interface Problem {
  readonly message: string;
  readonly fix: string;
}

const GIVE_HOST = 'give the host name, for example "www.example.com"';

/** A tilde stands in front of a regular expression, `~*` of one that does not tell capitals from small letters. */
function emptyPattern(what: string, text: string, example: string): Problem | undefined {
  if (/^~\*?\s*[^*\s]/.test(text)) return undefined;
  return {
    message: `${what} ${quote(text)} has no regular expression after the ~`,
    fix: `write one, for example ${quote(example)}`,
  };
}

function domainLengthProblem({ length }: string): Problem | undefined {
  if (length <= LONGEST_DOMAIN) return undefined;
  return {
    message: `the rule's domain has ${count(length, "character")}: ${LONGEST_DOMAIN} are allowed`,
    fix: "shorten it, or use a pattern such as `*.example.com`",
  };
}

/** The API binds one function to a forwarding rule. */
function reportSharedRules(app: AppModel, report: Report): void {
  const sameRule = groupBy(app.ofKind("clb_function_binding"), (binding) => {
    const rule = ruleOf(binding);
    if (rule) return `rule ${rule.address}`;
    return `${accountAndRegion(binding)}|${listenerIdentity(binding)}|${identityOf(binding, binding.raw("locationId"))}`;
  });
  for (const bindings of sameRule.values()) {
    const first = bindings[0];
    if (!first || bindings.length < 2) continue;
    const rule = ruleOf(first);
    report({
      message: `one forwarding rule binds ${count(bindings.length, "function")}; one is allowed`,
      places: [
        ...(rule ? [{ address: rule.address }] : []),
        ...bindings.map((binding) => ({ address: binding.address, ...functionNote(binding) })),
      ],
      fix: "give every function a forwarding rule of its own, or divide the traffic by an alias's routing",
    });
  }
}

/** On other listeners, CLB-PROTO tells of functions. */
function reportNoRule(binding: Binding, report: Report): void {
  if (binding.raw("locationId") !== undefined) return;
  const listener = listenerOf(binding);
  const protocol: unknown = listener?.get("protocol");
  if (listener && protocol !== "HTTP" && protocol !== "HTTPS") return;
  report({
    message: "a function is bound to a listener itself, which sends requests by forwarding rules",
    places: [{ address: binding.address, ...functionNote(binding) }],
    fix: "add a rule with a domain and a path to the listener, and give it the function",
  });
}

function reportOtherListener(binding: Binding, report: Report): void {
  const rule = ruleOf(binding);
  const listener = binding.targetOfKind("listenerId", "clb_listener");
  if (!rule || !listener) return;
  const ruleListener: ModelResource | undefined = listenerOf(rule);
  if (!ruleListener || ruleListener.address === listener.address) return;
  report({
    message: "the binding names another listener than its forwarding rule",
    places: [
      { address: binding.address, note: `on ${listener.address}` },
      { address: rule.address, note: `on ${ruleListener.address}` },
    ],
    fix: "use the listener of the forwarding rule",
  });
}

function reportQualifier(binding: Binding, report: Report): void {
  if (binding.get("qualifier") === "") {
    report({
      message: "the binding names a function, and none of its versions or aliases",
      places: [{ address: binding.address, ...functionNote(binding) }],
      fix: "give `currentVersion`, `latest` or an alias of the function",
    });
    return;
  }
  const problem = qualifierProblem("binding", binding);
  if (problem) {
    report({
      ...problem,
      fix: problem.fix ?? "use `$LATEST`, the number of a version or the name of an alias",
    });
    return;
  }
  if (isForeignToken(binding.raw("qualifier"))) report(notKnownYet(binding.address, "qualifier"));
  const qualifier: unknown = binding.get("qualifier");
  const type: unknown = binding.get("qualifierType");
  if (typeof qualifier !== "string") return;
  const isAlias = !isVersion(qualifier);
  if ((type === "alias" && isVersionNumber(qualifier)) || (type === "version" && isAlias)) {
    report({
      message: `the binding calls ${quote(qualifier)} ${type === "alias" ? "an alias" : "a version"}`,
      places: [{ address: binding.address }],
      fix: `give qualifier type ${quote(isAlias ? "alias" : "version")}`,
    });
  }
}
