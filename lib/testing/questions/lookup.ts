import { ScfError } from "../../model/error";
import type { KindName } from "../../model/resources";
import type { ModelResource } from "../../rules/app-model";
import { titlesOf } from "../resources";
import { prepare, type PlannedStacks } from "./planned-stacks";

/**
 * The resource of one of some kinds at a path, as assertions name it.
 *
 * @param path the construct's path, or as much of its end as no other of these has
 * @throws ScfError `PATH_UNKNOWN` when there is none, `PATH_AMBIGUOUS` when several paths end like that
 */
export function find<K extends KindName>(
  plan: PlannedStacks,
  path: string,
  kinds: readonly K[],
): ModelResource<K> {
  const { app, resources } = prepare(plan);
  const seen = resources.at(kinds, path);
  const found = seen && app.at(seen.address);
  if (found) return found as ModelResource<K>;
  throw pathUnknown(plan, path, kinds, titlesOf(kinds));
}

/** @param wanted what is asked for, for people: `alias` */
export function pathUnknown(
  plan: PlannedStacks,
  path: string,
  kinds: readonly KindName[],
  wanted: string,
): ScfError {
  const { resources } = prepare(plan);
  return new ScfError("PATH_UNKNOWN", `${resources.title} has no ${wanted} at ${JSON.stringify(path)}.`, {
    fix: resources.hints(kinds, path).join(" "),
  });
}
