import { attachedTo, type Listener } from "../../rules/bindings";
import { listed } from "../../rules/text";
import { described } from "./described";
import { find } from "./lookup";
import type { PlannedStacks } from "./planned-stacks";
import { matchRule, type KnownRule, type RuleMatch } from "./request-matching";
import { UNKNOWN_ANSWER } from "./unknown";

/** A request as a load balancer sees it. */
export interface WebRequest {
  /** Host name; a port behind it counts for nothing. */
  readonly domain: string;
  /** Begins with `/`; what follows `?` counts for nothing. */
  readonly path: string;
}

/** The rule that takes a request, and why. */
export interface RuleAnswer {
  /**
   * Address of the rule; `none` when the load balancer answers 404, `redirect to <path>` when it sends the caller on, and
   * `unknown: …` when the plan or the documents do not say.
   */
  readonly rule: string;
  readonly why: string;
}

/**
 * Which rule of a listener a request hits.
 *
 * @param listener its path, or as much of its end as no other listener has
 * @throws ScfError `PATH_UNKNOWN` when no listener is there, `PATH_AMBIGUOUS` when several paths end like that
 */
export function ruleFor(plan: PlannedStacks, listener: string, request: WebRequest): RuleAnswer {
  const match = matchAmong(rulesOf(find(plan, listener, ["clb_listener"])), request);
  return described(
    { rule: ruleText(match), why: match.why },
    ({ rule, why }) => `${request.domain}${request.path}: ${rule} (${why})`,
  );
}

function ruleText(match: RuleMatch): string {
  switch (match.type) {
    case "rule":
      return match.rule;
    case "redirect":
      return `redirect to ${match.path}`;
    case "none":
      return "none";
    case "unknown":
      return `${UNKNOWN_ANSWER}: ${listed(match.candidates, "or")}`;
  }
}

/** The rules of a listener, those apart of which domain or path is not known. */
export interface ListenerRules {
  readonly known: readonly KnownRule[];
  /** Addresses. */
  readonly unknown: readonly string[];
}

export function rulesOf(listener: Listener): ListenerRules {
  const known: KnownRule[] = [];
  const unknown: string[] = [];
  for (const rule of attachedTo(listener).rules) {
    const [domain, path]: unknown[] = [rule.get("domain"), rule.get("path")];
    if (typeof domain === "string" && typeof path === "string")
      known.push({ address: rule.address, domain, path });
    else unknown.push(rule.address);
  }
  return { known, unknown };
}

/** A rule whose domain or path is not known may take any request. */
export function matchAmong({ known, unknown }: ListenerRules, request: WebRequest): RuleMatch {
  const match = matchRule(known, request);
  if (unknown.length === 0) return match;
  return {
    type: "unknown",
    candidates: [...(match.type === "rule" ? [match.rule] : []), ...unknown],
    why: `domain or path of ${listed(unknown)} ${unknown.length === 1 ? "is" : "are"} known at deployment only`,
  };
}
