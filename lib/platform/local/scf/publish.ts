import { refuse } from "../context";
import type { Context } from "../context";
import { copyBoundLayers } from "./bound-layers";
import { checkCodeVolume } from "./code-volume";
import { latestOf, nameOf } from "./lookup";
import type { FunctionRow } from "./lookup";

/**
 * Copies `$LATEST` into the next version (VER-NUM). A number is never given out again, not even after its version is
 * deleted. The platform knows no "nothing changed": the same content makes another version.
 */
export function publish(context: Context, fn: FunctionRow, description: string, startsAt: number): number {
  const { database, now, settings } = context;
  const source = latestOf(context, fn);
  checkCodeVolume(context, source.code_bytes, "FailedOperation.PublishVersion");
  const row = database.get<{ next_version: number }>(
    "UPDATE functions SET next_version = next_version + 1 WHERE id = ? RETURNING next_version",
    fn.id,
  );
  const number = row ? row.next_version - 1 : refuse("InternalError", `${nameOf(fn)} is gone`);
  const id = database.insert(
    `INSERT INTO versions (function, region, number, description, configuration, environment, code_hash,
       code_bytes, uncompressed_bytes, pending, ready_at, created, modified)
     SELECT function, region, ?, ?, configuration, environment, code_hash, code_bytes, uncompressed_bytes,
       'Publishing', ?, ?, ? FROM versions WHERE id = ?`,
    number,
    description,
    startsAt + settings.delayMs,
    now,
    now,
    source.id,
  );
  copyBoundLayers(context, source.id, id);
  return number;
}
