import type { Kind } from "../kinds/kind";
import { ScfError } from "../model/error";

/** @throws ScfError `KIND_UNKNOWN` */
export function knownKind(kinds: Readonly<Record<string, Kind>>, name: string, address: string): Kind {
  const kind = Object.prototype.hasOwnProperty.call(kinds, name) ? kinds[name] : undefined;
  if (kind) return kind;
  throw new ScfError("KIND_UNKNOWN", `${address} is of kind ${name}, which this cdktf-scf does not know.`, {
    fix: "Use the version of cdktf-scf that wrote it, or a newer one.",
  });
}
