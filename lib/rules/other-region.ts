import type { ModelResource } from "./app-model";
import type { Violation } from "./rule";

/**
 * What is wrong when a resource belongs to one of another stack's region: the platform's calls go to one region and find
 * nothing of another.
 */
export function otherRegion(
  resource: ModelResource,
  nouns: { readonly own: string; readonly other: string },
  other: ModelResource | undefined,
): Violation | undefined {
  if (!other || other.region === resource.region) return undefined;
  return {
    message: `the ${nouns.own} and its ${nouns.other} are in different regions`,
    places: [
      { address: resource.address, note: resource.region },
      { address: other.address, note: other.region },
    ],
    fix: "declare both in stacks of one region",
  };
}
