import type { Kind } from "../kinds/kind";
import type { Properties } from "../model/value";

/** The natural key of a resource, for people. */
export function identityOf(kind: Kind, address: string, properties: Properties): string {
  try {
    return kind.identity(properties as never);
  } catch {
    // A part of the key may be unknown in a form that the kind does not expect.
    return address;
  }
}
