import type { Construct } from "constructs";
import { providerOf } from "../cdktf";
import type { IFunction } from "./invocable";

/**
 * Region of a function that no stack declares, where it is another one than that of its user; undefined otherwise. The plan
 * knows nothing of such a function but its name.
 */
export function otherRegionOf(owner: IFunction, user: Construct): string | undefined {
  if (typeof owner.nameReference !== "string") return undefined;
  const region = providerOf(owner)?.region;
  return region === providerOf(user)?.region ? undefined : region;
}
