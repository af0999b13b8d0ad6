import { ScfError } from "../model/error";
import type { PlannedLifecycle } from "../model/plan";
import type { Change } from "./difference";
import type { RecordedLifecycle, RecordedResource } from "./state";

/** What is recorded of a lifecycle: only what holds. */
export function recordedLifecycle(planned: PlannedLifecycle | undefined): RecordedLifecycle {
  if (!planned) return NOTHING;
  return {
    ...(planned.protect ? { protect: true } : {}),
    ...(planned.retain ? { retain: true } : {}),
  };
}

const NOTHING: RecordedLifecycle = {};

export function sameLifecycle(left: RecordedLifecycle = {}, right: RecordedLifecycle = {}): boolean {
  return (
    (left.protect === true) === (right.protect === true) && (left.retain === true) === (right.retain === true)
  );
}

/** What either the record or the program protects is protected: taking that away is a deploy of its own. */
export function isProtected(
  recorded: Pick<RecordedResource, "lifecycle"> | undefined,
  planned: PlannedLifecycle | undefined,
): boolean {
  return recorded?.lifecycle?.protect === true || planned?.protect === true;
}

/** A change that a protection forbids. */
export type Forbidden = Pick<Change, "address" | "title" | "identity" | "operation"> & {
  /** Whether the program still declares it. */
  readonly isPlanned: boolean;
};

export function protectedError(changes: readonly Forbidden[]): ScfError {
  const what = changes.map(
    ({ address, title, identity, operation }) => `${operation} ${address} (${title} ${identity})`,
  );
  const names = (planned: boolean): string =>
    changes
      .filter(({ isPlanned }) => isPlanned === planned)
      .map(({ address }) => address)
      .join(", ");
  const [inProgram, gone] = [names(true), names(false)];
  const fixes = [
    ...(inProgram ? [`Remove \`protect\` from ${inProgram} in the program`] : []),
    ...(gone ? [`put the construct of ${gone} back, without \`protect\``] : []),
  ].join(", and ");
  return new ScfError(
    "PROTECTED",
    `Protected resources are neither deleted nor replaced. This would ${what.join(", ")}. Nothing was changed.`,
    { fix: `${fixes.charAt(0).toUpperCase()}${fixes.slice(1)}; deploy that, then run this command again.` },
  );
}
