import { ScfError } from "../../model/error";
import { DRAWS } from "../../model/routing";
import type { ForwardingRule, Listener } from "../../rules/bindings";
import { listed } from "../../rules/text";
import { aliasDestination, defaultDestination } from "../questions/destination";
import { find } from "../questions/lookup";
import type { PlannedStacks } from "../questions/planned-stacks";
import { matchAmong, rulesOf } from "../questions/rule-for";
import { targetsOf, type RequestTarget } from "../questions/rule-targets";
import { UNKNOWN_ANSWER } from "../questions/unknown";
import type { Draws } from "./draws";
import type { Outcome, SimulatedRequest } from "./simulated-request";
import { versionRouter } from "./versions-by-alias";

export interface Router {
  /** Address of what requests are sent to. */
  readonly target: string;
  /** Whether requests can reach versions of several functions. */
  readonly reachesSeveral: boolean;
  send(request: SimulatedRequest, draws: Draws): Outcome;
}

/**
 * Sends requests to an alias, a function, a listener or a forwarding rule of a plan.
 *
 * @throws ScfError `PATH_UNKNOWN` when none of these is there, `PATH_AMBIGUOUS` when several paths end like that
 */
export function routerTo(plan: PlannedStacks, target: string): Router {
  const place = find(plan, target, ["scf_alias", "scf_function", "clb_listener", "clb_rule"]);
  const { address } = place;
  if (place.is("scf_alias")) {
    return { target: address, reachesSeveral: false, send: versionRouter(aliasDestination(place), "call") };
  }
  if (place.is("scf_function")) {
    return { target: address, reachesSeveral: false, send: versionRouter(defaultDestination(place), "call") };
  }
  const send = place.is("clb_listener") ? listenerRouter(place) : targetRouter(place as ForwardingRule);
  return { target: address, reachesSeveral: true, send };
}

type Send = Router["send"];

function listenerRouter(listener: Listener): Send {
  const rules = rulesOf(listener);
  // TCP, UDP and TCP SSL listeners have targets themselves.
  if (rules.known.length + rules.unknown.length === 0) return targetRouter(listener);
  const routers = new Map<string, Send>();
  const routerOf = (address: string): Send => {
    const known = routers.get(address);
    if (known) return known;
    const made = targetRouter(listener.app.at(address) as unknown as ForwardingRule);
    routers.set(address, made);
    return made;
  };
  return (request, draws) => {
    const { domain, path } = request;
    if (domain === undefined || path === undefined) {
      throw new ScfError(
        "REQUEST_INCOMPLETE",
        `A request to ${listener.address} has no ${listed([...(domain === undefined ? ["domain"] : []), ...(path === undefined ? ["path"] : [])])}: the listener forwards by both.`,
        { fix: 'Give both, for example { domain: "www.example.com", path: "/orders" }.' },
      );
    }
    const match = matchAmong(rules, { domain, path });
    const step = `${listener.address}: ${match.why}`;
    switch (match.type) {
      case "rule": {
        const outcome = routerOf(match.rule)(request, draws);
        return { ...outcome, why: [step, ...outcome.why] };
      }
      case "redirect":
        return { ...nobody(`redirect to ${match.path}`, step), rule: match.rule };
      case "none":
        return nobody("404", step);
      case "unknown":
        return { ...unknown(listed(match.candidates, "or"), step), possible: match.candidates };
    }
  };
}

/** To the targets of one rule, or of a listener without rules, by weight. */
function targetRouter(place: ForwardingRule | Listener): Send {
  const rule = place.is("clb_rule") ? { rule: place.address } : {};
  const targets = targetsOf(place).map(preparedTarget);
  const taking = targets.filter(({ weight }) => weight !== 0);
  const step = (text: string): string => `${place.address}: ${text}`;
  if (taking.length === 0) {
    const why = targets.length === 0 ? "it has no targets" : "all of its targets have weight 0";
    return () => ({ ...nobody("no target", step(why)), ...rule });
  }
  const [only, ...more] = taking as [PreparedTarget, ...PreparedTarget[]];
  if (more.length === 0) {
    return (request, draws) =>
      withStep(only.send(request, draws), step(`${only.name} is its only target`), rule);
  }
  if (taking.some(({ weight }) => weight === undefined)) {
    const why = step("weights of its targets are known at deployment only");
    return (request, draws) => ({
      ...unknown("a weight", why),
      ...rule,
      possible: possibleOf(taking, request, draws),
    });
  }
  return (request, draws) => {
    const target = byWeight(taking, draws.next());
    const shares = taking.map(({ name, weight }) => `${name} ${weight}`).join(", ");
    const outcome = target.send(request, draws);
    return withStep(
      { ...outcome, possible: possibleOf(taking, request, draws) },
      step(`by weight (${shares}) this one goes to ${target.name}`),
      rule,
    );
  };
}

interface PreparedTarget {
  readonly name: string;
  readonly weight: number | undefined;
  readonly send: Send;
}

function preparedTarget({ destination, backend, weight }: RequestTarget): PreparedTarget {
  if (destination) {
    const name = `${destination.qualifier} of ${destination.function}`;
    return { name, weight, send: versionRouter(destination, "load balancer") };
  }
  const name = `back-end ${backend}`;
  return { name, weight, send: () => ({ version: name, possible: [name], why: [] }) };
}

function possibleOf(targets: readonly PreparedTarget[], request: SimulatedRequest, draws: Draws): string[] {
  return [...new Set(targets.flatMap(({ send }) => send(request, draws).possible))];
}

function byWeight(targets: readonly PreparedTarget[], draw: number): PreparedTarget {
  const total = targets.reduce((sum, { weight = 0 }) => sum + weight, 0);
  let position = (draw / DRAWS) * total;
  for (const target of targets) {
    position -= target.weight ?? 0;
    if (position < 0) return target;
  }
  return targets[targets.length - 1] as PreparedTarget;
}

function withStep(outcome: Outcome, step: string, rule: { readonly rule?: string }): Outcome {
  return { ...outcome, ...rule, why: [step, ...outcome.why] };
}

function nobody(what: string, why: string): Outcome {
  return { version: `none: ${what}`, possible: [], why: [why] };
}

function unknown(what: string, why: string): Outcome {
  return { version: `${UNKNOWN_ANSWER}: ${what}`, possible: [], why: [why] };
}
