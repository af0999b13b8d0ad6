import type { ModelResource } from "./app-model";
import { account } from "./identity";
import type { Violation } from "./rule";

interface Nouns {
  readonly own: string;
  readonly other: string;
}

/**
 * What is wrong when a resource belongs to one of another stack's account or region: the platform's calls go to one account
 * and region and find nothing of another.
 */
export function otherRegion(
  resource: ModelResource,
  nouns: Nouns,
  other: ModelResource | undefined,
): Violation | undefined {
  if (!other) return namedElsewhere(resource, nouns);
  if (other.plan === resource.plan) return undefined;
  if (other.region === resource.region) return otherAccount(resource, nouns, other);
  return {
    message: `the ${nouns.own} and its ${nouns.other} are in different regions`,
    places: [
      { address: resource.address, note: resource.region },
      { address: other.address, note: other.region },
    ],
    fix: "declare both in stacks of one region",
  };
}

/** The same for accounts. A stack that names none deploys to whichever account runs it: that may be the other one's. */
export function otherAccount(
  resource: ModelResource,
  nouns: Nouns,
  other: ModelResource | undefined,
): Violation | undefined {
  if (!other) return undefined;
  const [own, others] = [account(resource), account(other)];
  if (own === "" || others === "" || own === others) return undefined;
  return {
    message: `the ${nouns.own} and its ${nouns.other} are in different accounts`,
    places: [
      { address: resource.address, note: `account ${own}` },
      { address: other.address, note: `account ${others}` },
    ],
    fix: "declare both in stacks of one account",
  };
}

/** A function that no stack declares: its region stands with whatever uses it. */
function namedElsewhere(resource: ModelResource, nouns: Nouns): Violation | undefined {
  const region: unknown = resource.planned.properties["functionRegion"];
  if (typeof region !== "string" || region === resource.region) return undefined;
  return {
    message: `the ${nouns.own} and its ${nouns.other} are in different regions`,
    places: [{ address: resource.address, note: `in ${resource.region}, of a ${nouns.other} in ${region}` }],
    fix: "declare both in stacks of one region",
  };
}
