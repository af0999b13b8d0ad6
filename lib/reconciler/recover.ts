import type { Kind, Live, ReadContext } from "../kinds/kind";
import { sameValue, type Properties } from "../model/value";

import { concealAll, type Concealment } from "./concealment";
import { hasFingerprint } from "./fingerprint";
import type { NewEntry } from "./journal-record";
import { belonging, type Claim } from "./owner";
import { presentProperties } from "./present-properties";
import type { UnfinishedOperation } from "./state";

/**
 * The object that a create has made, or another one in its place: by the ids that it was given, or as one finds it.
 *
 * @param wanted properties to find it by, where those of the record have fingerprints for secrets
 */
export async function findMade(
  kind: Kind,
  context: ReadContext,
  { properties, attributes }: { readonly properties: Properties; readonly attributes: Properties },
  wanted: Properties = properties,
): Promise<Live | undefined> {
  const hasIds = Object.keys(attributes).length > 0;
  const byIds = hasIds ? await kind.read(context, { properties, attributes } as never) : undefined;
  return byIds ?? kind.find(context, wanted as never);
}

/** The object that an interrupted create has left, if there is one and it is ours. */
export async function recoverCreate(
  kind: Kind,
  unfinished: UnfinishedOperation,
  claim: Claim,
  context: ReadContext,
): Promise<Live | undefined> {
  const live = await findMade(kind, context, unfinished);
  if (!live || live.phase === "deleting") return undefined;
  return isMadeBy(kind, live, claim, unfinished.properties) ? live : undefined;
}

/** Whether an object is what a create made: without a mark, only the record of having begun just that tells. */
export function isMadeBy(kind: Kind, live: Live, claim: Claim, begun: Properties | undefined): boolean {
  const whose = belonging(kind, live, claim);
  if (whose !== "unmarked") return whose === "ours";
  return begun !== undefined && hasImmutablesOf(kind, live, begun);
}

/** Whether an object is what was begun, as far as that can never change. */
function hasImmutablesOf(kind: Kind, { properties }: Live, begun: Properties): boolean {
  return Object.entries(kind.schema.metadata).every(
    ([name, { immutable, checkOnly, sensitive }]) =>
      !immutable ||
      checkOnly ||
      sensitive ||
      !(name in properties) ||
      hasFingerprint(begun[name]) ||
      sameValue(properties[name], begun[name]),
  );
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
): Extract<NewEntry, { type: "adopt" }> {
  return {
    type: "adopt",
    address,
    kind: unfinished.kind,
    generation: unfinished.generation,
    properties: unfinished.properties,
    present: presentProperties(kind, unfinished.properties, live, concealment),
    attributes: concealAll({ ...unfinished.attributes, ...live.attributes }, concealment),
    dependencies: unfinished.dependencies,
    ...(unfinished.markedAs === undefined ? {} : { markedAs: unfinished.markedAs }),
    ...(unfinished.lifecycle === undefined ? {} : { lifecycle: unfinished.lifecycle }),
    keepsPrevious: staysBeside(kind),
  };
}

/** Whether the generation before stays on the platform until it is deleted: one with a fixed name was gone before. */
function staysBeside(kind: Kind): boolean {
  return kind.replacement === "create-first" && kind.keepsReplaced !== true;
}
