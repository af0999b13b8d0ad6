import { refuse } from "../context";
import type { Context } from "../context";

/** QTA-CODE: all versions of all functions in the region, as they are stored. */
export function checkCodeVolume(context: Context, addedBytes: number, code: string): void {
  const { database, region, settings } = context;
  const row = database.get<{ code_bytes: number }>("SELECT code_bytes FROM regions WHERE name = ?", region);
  const total = (row?.code_bytes ?? 0) + addedBytes;
  if (addedBytes <= 0 || total <= settings.quotas.codeBytes) return;
  refuse(
    code,
    `The code of all functions in ${region} would have ${total} bytes; the quota is ${settings.quotas.codeBytes}`,
  );
}
