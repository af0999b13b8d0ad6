import { createHash } from "node:crypto";
import type { Construct } from "constructs";
import { addressOf, nameFromScheme } from "../cdktf";
import { namesFromPath, type NamedKind } from "../model/names-from-path";

/** Names that the platform takes as they are: they begin with a letter, and end with a letter or digit. */
const USABLE = /^[A-Za-z]([A-Za-z0-9_-]*[A-Za-z0-9])?$/;

/**
 * An id below `scope` that nothing has yet: `Instances`, `Instances2`. For what should be there once: that it is there twice is
 * for a rule to tell, with both places.
 */
export function unusedId(scope: Construct, id: string): string {
  let unused = id;
  for (let number = 2; scope.node.tryFindChild(unused); number++) unused = `${id}${number}`;
  return unused;
}

/**
 * A platform name for a construct that is given none: that of a naming scheme, or one made from its path, stack and ids joined
 * by `-`, with a few characters of hash in place of what does not fit. The same path always gives the same name.
 */
export function nameFromPath(construct: Construct, kind: NamedKind): string {
  const named = nameFromScheme(construct, kind);
  if (named !== undefined) return named;
  const { longest } = namesFromPath[kind];
  const path = addressOf(construct);
  const joined = path.replaceAll("/", "-");
  if (joined.length <= longest && USABLE.test(joined)) return joined;
  const readable = path.replace(/[^A-Za-z0-9_-]+/g, "-").replace(/^[^A-Za-z]+|[^A-Za-z0-9]+$/g, "");
  const hash = createHash("sha256").update(path).digest("hex").slice(0, 8);
  const front = readable.slice(0, longest - hash.length - 1).replace(/[^A-Za-z0-9]+$/, "");
  return `${front === "" ? "r" : front}-${hash}`;
}
