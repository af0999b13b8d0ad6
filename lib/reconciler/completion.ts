import type { Kind, Live } from "../kinds/kind";
import { ScfError } from "../model/error";
import type { Properties } from "../model/value";
import type { Attempt } from "./attempt";
import type { Known } from "./executor";

/** How often a call whose answer was lost is made again once a read has shown that it did nothing. */
export const ATTEMPTS = 3;

/** Waits until an object is as usable as one that was made in one go. */
export async function ready(kind: Kind, attempt: Attempt, known: Known): Promise<Properties> {
  const attributes = await kind.ready?.(attempt.context, known as never);
  return { ...known.attributes, ...(attributes as unknown as Properties | undefined) };
}

/** Waits until a look shows nothing any more. */
export async function waitUntilGone(
  kind: Kind,
  attempt: Attempt,
  identity: string,
  look: () => Promise<Live | undefined>,
): Promise<void> {
  await attempt.context.waitFor(`${kind.schema.title} ${identity} to be gone`, async () =>
    (await look()) ? undefined : true,
  );
}

export function gone(address: string, cause?: unknown): ScfError {
  return new ScfError("GONE", `${address} was deleted while it was being updated.`, {
    fix: "Run the command again: it is made anew.",
    cause,
  });
}
