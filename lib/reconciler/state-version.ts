import { ScfError } from "../model/error";
import { STATE_VERSION } from "./state";
import { toolVersion } from "./tool-version";

/**
 * @param version what a file says of its format
 * @param tool the version of cdktf-scf that wrote it, where it says so
 * @throws ScfError `STATE_VERSION` when a newer tool wrote it
 */
export function refuseNewer(path: string, version: unknown, tool: unknown): void {
  if (typeof version !== "number" || version <= STATE_VERSION) return;
  throw newer(`${path} has state format ${version}`, `reads formats up to ${STATE_VERSION}`, tool);
}

/** @returns the error for a record of a type that only a newer tool knows; leaving it out would lose what it says */
export function unknownRecord(path: string, type: string, tool: unknown): ScfError {
  return newer(`${path} has a record of type \`${type}\``, "does not know it", tool);
}

function newer(what: string, but: string, tool: unknown): ScfError {
  const writer = typeof tool === "string" ? tool : undefined;
  const written = writer === undefined ? "" : `, written by cdktf-scf ${writer}`;
  return new ScfError("STATE_VERSION", `${what}${written}; this cdktf-scf (${toolVersion()}) ${but}.`, {
    fix:
      writer === undefined || writer === toolVersion()
        ? "Use the cdktf-scf that wrote it, or a newer one."
        : `Use cdktf-scf ${writer} or newer.`,
  });
}
