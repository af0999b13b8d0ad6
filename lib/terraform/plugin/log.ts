import { writeSync } from "node:fs";

const STANDARD_ERROR = 2;

/** Writes a line that Terraform puts into its own log (`TF_LOG`), under the level it has. */
export function log(
  level: "trace" | "debug" | "info" | "warn" | "error",
  message: string,
  values: { readonly [name: string]: unknown } = {},
): void {
  const entry = {
    "@level": level,
    "@message": message,
    "@module": "provider",
    "@timestamp": new Date().toISOString().replace("Z", "000Z"),
    ...values,
  };
  try {
    writeSync(STANDARD_ERROR, `${JSON.stringify(entry)}\n`);
  } catch {
    // Nobody reads any more, or not fast enough: no reason to end.
  }
}

/** Logs something that was thrown, with where it came from. */
export function logThrown(message: string, thrown: unknown): void {
  log("error", message, {
    error: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown),
  });
}
