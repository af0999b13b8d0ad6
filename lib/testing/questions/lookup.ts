import { ScfError } from "../../model/error";
import type { Plan } from "../../model/plan";
import { resourceSchemas, schemaOf, type KindName } from "../../model/resources";
import type { ModelResource, PropertyName } from "../../rules/app-model";
import { closest } from "../../rules/edit-distance";
import { listed, quote } from "../../rules/text";
import { modelOf } from "./model";

/** More than these are not listed in an error. */
const MOST_LISTED = 6;

/** Something that can be asked for: a resource, or a name that resources use. */
export interface Candidate {
  /** What tells it from the others: its address, where it has one. */
  readonly address: string;
  /** What people may call it besides. */
  readonly names: readonly string[];
}

/**
 * The resource of one of some kinds that a text means: by address, by address without the stack, or by its name on the platform.
 *
 * @throws ScfError `TARGET_UNKNOWN` when there is none, `TARGET_AMBIGUOUS` when there are several, `TARGET_KIND` when the
 *   address belongs to something else
 */
export function find<K extends KindName>(plan: Plan, text: string, kinds: readonly K[]): ModelResource<K> {
  const app = modelOf(plan);
  const resources = kinds.flatMap((kind) => [...app.ofKind(kind)] as ModelResource<K>[]);
  const candidates = resources.map((resource) => ({ ...candidateOf(resource), resource }));
  return choose(
    plan,
    text,
    kinds.map((kind) => resourceSchemas[kind].title),
    candidates,
  ).resource;
}

/** `find` among anything that has an address and names. */
export function choose<C extends Candidate>(
  plan: Plan,
  text: string,
  titles: readonly string[],
  candidates: readonly C[],
): C {
  const exact = candidates.find(({ address }) => address === text);
  if (exact) return exact;
  const [first, ...more] = candidates.filter(({ names }) => names.includes(text));
  if (first && more.length === 0) return first;
  const wanted = listed(titles, "or");
  if (first) {
    const addresses = [first, ...more].map(({ address }) => address);
    throw new ScfError(
      "TARGET_AMBIGUOUS",
      `${quote(text)} stands for more than one ${wanted} of stack ${plan.stack}: ${listed(addresses)}.`,
      { fix: "Use the address of the one that you mean." },
    );
  }
  const other = modelOf(plan).at(text);
  throw new ScfError(
    other ? "TARGET_KIND" : "TARGET_UNKNOWN",
    other
      ? `${text} is ${withArticle(schemaOf(other.kind)?.title ?? other.kind)}; this question is about ${withArticle(wanted)}.`
      : `Stack ${plan.stack} has no ${wanted} ${quote(text)}.`,
    { fix: suggestion(text, wanted, candidates) },
  );
}

function suggestion(text: string, wanted: string, candidates: readonly Candidate[]): string {
  if (candidates.length === 0) return `The stack declares no ${wanted}.`;
  const meant = closest(
    text,
    candidates.flatMap(({ address, names }) => [address, ...names]),
  );
  if (meant !== undefined) return `Did you mean ${meant}?`;
  const addresses = candidates.map(({ address }) => address);
  const rest = addresses.length - MOST_LISTED;
  return `There ${addresses.length === 1 ? "is" : "are"} ${listed(
    rest > 0 ? [...addresses.slice(0, MOST_LISTED), `${rest} more`] : addresses,
  )}.`;
}

function withArticle(noun: string): string {
  return `${/^[aeiou]/i.test(noun) ? "an" : "a"} ${noun}`;
}

/** What a resource may be called. */
export function candidateOf(resource: ModelResource): Candidate {
  const { address } = resource;
  const inStack = address.slice(address.indexOf("/") + 1);
  return { address, names: [...new Set([inStack, ...platformNames(resource)])] };
}

function platformNames(resource: ModelResource): readonly string[] {
  const of = <K extends KindName>(owner: ModelResource<K>, name: PropertyName<K>): string | undefined => {
    const value: unknown = owner.get(name);
    return typeof value === "string" ? value : undefined;
  };
  const known = (...names: readonly (string | undefined)[]): string[] =>
    names.filter((name) => name !== undefined);
  const joined = (...parts: readonly (string | undefined)[]): string | undefined =>
    parts.includes(undefined) ? undefined : parts.join("");
  if (resource.is("scf_function")) {
    const name = of(resource, "functionName");
    return known(name, joined(of(resource, "namespace"), "/", name));
  }
  if (resource.is("scf_alias")) {
    const [name, owner] = [of(resource, "name"), of(resource, "functionName")];
    return known(name, joined(owner, ":", name), joined(of(resource, "namespace"), "/", owner, ":", name));
  }
  if (resource.is("clb_listener")) return known(of(resource, "name"));
  if (resource.is("clb_rule")) return known(joined(of(resource, "domain"), of(resource, "path")));
  if (resource.is("cam_role")) return known(of(resource, "roleName"));
  if (resource.is("cam_policy")) return known(of(resource, "policyName"));
  return [];
}
