import type { Held, Kind } from "../kinds/kind";
import { isEmpty } from "../model/value";
import type { WantedResource } from "./resolve";
import type { RecordedResource } from "./state";

/** What holds instead of what is wanted, where just that was tried before and put back. */
export function heldBack(
  kind: Kind,
  wanted: WantedResource,
  recorded: RecordedResource | undefined,
): Held | undefined {
  if (recorded?.kind !== kind.schema.kind) return undefined;
  return kind.held?.(wanted.clear as never, recorded as never);
}

/** What is wanted, with what holds instead. */
export function withHeld(wanted: WantedResource, { properties }: Held): WantedResource {
  const replaced = (values: WantedResource["clear"]): WantedResource["clear"] =>
    Object.fromEntries(
      Object.entries({ ...values, ...properties }).filter(
        ([name, value]) => !(name in properties && isEmpty(value)),
      ),
    );
  return { ...wanted, clear: replaced(wanted.clear), recorded: replaced(wanted.recorded) };
}
