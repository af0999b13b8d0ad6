import { groupBy } from "../../rules/per-app";

/**
 * Which forwarding rule a request takes. The source documents leave it to the platform's page "Layer-7 Domain Name Forwarding and
 * URL Rules" (product/214/9032), sections "Forwarded domain name matching" and "Forwarded URL path matching"; that regular
 * expressions come before prefixes says its sister page for bare-metal load balancers (product/1027/33463), "URL 匹配原则".
 */

/** A rule whose domain and path are known. */
export interface KnownRule {
  readonly address: string;
  /** A host name, `*.example.com`, `www.example.*`, or a regular expression after `~`. */
  readonly domain: string;
  /** A prefix, the very path after `=`, or a regular expression after `~`, or `~*` where capitals count for nothing. */
  readonly path: string;
}

export type RuleMatch =
  | { readonly type: "rule"; readonly rule: string; readonly why: string }
  /** The load balancer answers by itself: with the path that ends in a slash. */
  | { readonly type: "redirect"; readonly rule: string; readonly path: string; readonly why: string }
  | { readonly type: "none"; readonly why: string }
  /** The documents do not say which of them. */
  | { readonly type: "unknown"; readonly candidates: readonly string[]; readonly why: string };

const domainForms = ["the same", "a wildcard at its front", "a wildcard at its end", "a regular expression"];

export function matchRule(rules: readonly KnownRule[], request: { domain: string; path: string }): RuleMatch {
  const host = request.domain.toLowerCase().replace(/:\d*$/, "");
  const path = request.path.replace(/[?#].*$/, "");
  const { broken, domains } = sorted(rules);
  if (broken.length > 0) {
    return { type: "unknown", candidates: broken, why: "a regular expression cannot be read here" };
  }
  const ranked = [...domains].map(([domain, ofDomain]) => ({
    domain,
    ofDomain,
    form: domainForm(domain, host),
  }));
  const best = Math.min(...ranked.map(({ form }) => form));
  const [first, ...more] = ranked.filter(({ form }) => form === best);
  if (!first) return { type: "none", why: "the listener has no rules" };
  const isDefault = best === NO_FORM;
  if (more.length > 0) {
    return {
      type: "unknown",
      candidates: [first, ...more].flatMap(({ ofDomain }) => ofDomain.map(({ address }) => address)),
      why: isDefault
        ? `no domain fits ${host}: the default domain takes it, and that is the one whose rule was made first`
        : `${[first, ...more].map(({ domain }) => domain).join(" and ")} fit ${host} alike, and no order of them is documented`,
    };
  }
  const chosen = isDefault
    ? `${first.domain} is the only domain, so that it takes the requests for all others`
    : `domain ${first.domain} is ${domainForms[best]}`;
  return matchPath(first.ofDomain, path, chosen);
}

/** What does not depend on the request. */
interface SortedRules {
  /** Addresses of rules with an expression that JavaScript does not understand. */
  readonly broken: readonly string[];
  readonly domains: ReadonlyMap<string, readonly KnownRule[]>;
}

const sortedRules = new WeakMap<readonly KnownRule[], SortedRules>();

/** Made once for all requests to the same rules. */
function sorted(rules: readonly KnownRule[]): SortedRules {
  let known = sortedRules.get(rules);
  if (!known) {
    const broken = rules.filter(({ domain, path }) => isBroken(domain) || isBroken(path));
    known = {
      broken: broken.map(({ address }) => address),
      domains: groupBy(rules, ({ domain }) => (domain.startsWith("~") ? domain : domain.toLowerCase())),
    };
    sortedRules.set(rules, known);
  }
  return known;
}

const NO_FORM = domainForms.length;

function domainForm(domain: string, host: string): number {
  if (domain.startsWith("~")) return expression(domain, "i")?.test(host) ? 3 : NO_FORM;
  if (domain === host) return 0;
  if (domain.startsWith("*.")) return host.endsWith(domain.slice(1)) ? 1 : NO_FORM;
  return domain.endsWith(".*") && host.startsWith(domain.slice(0, -1)) ? 2 : NO_FORM;
}

function matchPath(rules: readonly KnownRule[], path: string, chosen: string): RuleMatch {
  const because = (text: string): string => `${chosen}; ${text}`;
  const same = rules.find((rule) => rule.path === `=${path}`);
  if (same)
    return { type: "rule", rule: same.address, why: because(`path ${same.path} has to be the very same`) };
  const prefixes = rules.filter((rule) => rule.path.startsWith("/"));
  const whole = prefixes.some((rule) => rule.path === path);
  const slashed = prefixes.find((rule) => rule.path === `${path}/`);
  if (slashed && !whole) {
    const why = because(`path ${slashed.path} ends in a slash, and the request does not`);
    return { type: "redirect", rule: slashed.address, path: slashed.path, why };
  }
  const [fitting, ...more] = rules.filter(
    (rule) => rule.path.startsWith("~") && expression(rule.path)?.test(path),
  );
  if (fitting && more.length > 0) {
    const candidates = [fitting, ...more].map(({ address }) => address);
    return {
      type: "unknown",
      candidates,
      why: because(
        `${candidates.length} regular expressions fit ${path}, and the one that was made first takes it`,
      ),
    };
  }
  if (fitting)
    return { type: "rule", rule: fitting.address, why: because(`path ${fitting.path} fits ${path}`) };
  const [longest] = prefixes
    .filter((rule) => path.startsWith(rule.path))
    .sort((left, right) => right.path.length - left.path.length);
  if (!longest) return { type: "none", why: because(`no path fits ${path}: the load balancer answers 404`) };
  const why = because(
    longest.path === path
      ? `path ${path} is the same`
      : `path ${longest.path} is the longest one that ${path} begins with`,
  );
  return { type: "rule", rule: longest.address, why };
}

function isBroken(pattern: string): boolean {
  return pattern.startsWith("~") && expression(pattern) === undefined;
}

/** The expression after `~` or `~*`; undefined where JavaScript does not understand it. */
function expression(pattern: string, flags = pattern.startsWith("~*") ? "i" : ""): RegExp | undefined {
  try {
    return new RegExp(pattern.replace(/^~\*?\s*/, ""), flags);
  } catch {
    return undefined;
  }
}
