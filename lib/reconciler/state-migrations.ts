import { STATE_VERSION, type State } from "./state";
import type { Bookkeeping } from "./state-fold";

export type SnapshotContent = State & { readonly bookkeeping: Bookkeeping };

type Content = { readonly [name: string]: unknown };

/**
 * What makes a snapshot of each format one of the next. Journals need none: every type of record that there ever was is
 * still understood.
 */
const migrations: { readonly [from: number]: (content: Content) => Content } = {
  1: rememberWhenRetired,
  // Nothing was ever moved to Terraform.
  2: (content) => content,
};

/** A snapshot of any format up to this one, as one of this one. */
export function migrate(content: Content): SnapshotContent {
  let current = content;
  for (let version = Number(content["formatVersion"]); version < STATE_VERSION; version++) {
    const next = migrations[version] as (content: Content) => Content;
    current = { ...next(current), formatVersion: version + 1 };
  }
  return current as unknown as SnapshotContent;
}

/** Generations of deleted objects were kept for ever; now it is known in which run they were deleted. */
function rememberWhenRetired(content: Content): Content {
  const { bookkeeping, serial } = content as {
    readonly serial: number;
    readonly bookkeeping: { readonly retired: { readonly [address: string]: number } };
  };
  const retired = Object.entries(bookkeeping.retired).map(([address, generation]) => [
    address,
    { generation, serial },
  ]);
  return { ...content, bookkeeping: { ...bookkeeping, retired: Object.fromEntries(retired) as unknown } };
}
