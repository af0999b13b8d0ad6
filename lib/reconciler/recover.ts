import type { Kind, Live, ReadContext } from "../kinds/kind";
import { sameValue, type Properties, type Value } from "../model/value";
import type { Concealment } from "./compare";
import { isOwnMark } from "./owner";
import type { UnfinishedOperation } from "./state";
import type { NewEntry } from "./journal-record";

/** What became of a create that was cut off. */
export type Recovery =
  | { readonly found: "nothing" }
  /** An object is there that carries the mark of somebody else. */
  | { readonly found: "stranger" }
  | { readonly found: "ours"; readonly live: Live };

/**
 * An object that can be gone on with: what is going away is as good as gone, and so is what failed to be and cannot be
 * changed. Creating copes with what is left of either.
 */
export function standing(kind: Kind, live: Live | undefined): Live | undefined {
  const isOver = live?.phase === "deleting" || (live?.phase === "failed" && !kind.update);
  return isOver ? undefined : live;
}

/** Looks for the object that an interrupted create may have left. */
export async function recoverCreate(
  kind: Kind,
  unfinished: UnfinishedOperation,
  owner: { readonly lineage: string; readonly address: string },
  context: ReadContext,
): Promise<Recovery> {
  let live: Live | undefined;
  if (Object.keys(unfinished.attributes).length > 0) {
    live = await kind.read(context, {
      properties: unfinished.properties as never,
      attributes: unfinished.attributes as never,
    });
  }
  live ??= await kind.find(context, unfinished.properties as never);
  live = standing(kind, live);
  if (!live) return { found: "nothing" };
  // Where there is no place for a mark, the record of having begun is what tells that it is ours.
  if (live.owner !== undefined && !isOwnMark(live.owner, owner.lineage, owner.address)) {
    return { found: "stranger" };
  }
  return { found: "ours", live };
}

/**
 * Records a found object with the properties that are known to be there. Those that its create was begun with stay with
 * the unfinished operation, so that whatever of them is missing is seen as a change.
 */
export function adoption(
  kind: Kind,
  address: string,
  unfinished: UnfinishedOperation,
  live: Live,
  concealment: Concealment,
): NewEntry {
  return {
    type: "adopt",
    address,
    kind: unfinished.kind,
    generation: unfinished.generation,
    properties: unfinished.properties,
    present: presentProperties(kind, unfinished.properties, live, concealment),
    attributes: concealAll({ ...unfinished.attributes, ...live.attributes }, concealment),
    dependencies: unfinished.dependencies,
    keepsPrevious: staysBeside(kind),
  };
}

/** Whether the generation before stays on the platform until it is deleted: one with a fixed name was gone before. */
export function staysBeside(kind: Kind): boolean {
  return kind.replacement === "create-first" && kind.keepsReplaced !== true;
}

/** Which of the intended properties a live object certainly has, in recorded form. */
export function presentProperties(
  kind: Kind,
  intended: Properties,
  live: Live,
  { fingerprints, secrets }: Concealment,
): Properties {
  const present: Record<string, Value> = {};
  for (const name of new Set([...Object.keys(intended), ...Object.keys(live.properties)])) {
    const metadata = kind.schema.metadata[name];
    const intent = intended[name];
    if (!(name in live.properties)) {
      // Nothing could be done about a property that can neither be read nor changed.
      if (intent !== undefined && (metadata?.immutable || !kind.update)) present[name] = intent;
      continue;
    }
    const value = live.properties[name] as Value;
    const concealed = metadata?.sensitive
      ? fingerprints.conceal(value)
      : fingerprints.concealLike(intent, value);
    const recorded = sameValue(intent, concealed)
      ? intent
      : secrets.conceal(concealed as Value, fingerprints);
    if (recorded !== undefined) present[name] = recorded;
  }
  return present;
}

export function concealAll(attributes: Properties, { fingerprints, secrets }: Concealment): Properties {
  return secrets.conceal(attributes, fingerprints) as Properties;
}
