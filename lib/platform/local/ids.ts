import { randomInt } from "node:crypto";

const idCharacters = "abcdefghijklmnopqrstuvwxyz0123456789";

/** An id as the platform mints them: `lb-` and eight letters or digits. */
export function mintId(prefix: string): string {
  let id = `${prefix}-`;
  for (let index = 0; index < 8; index++) id += idCharacters[randomInt(idCharacters.length)];
  return id;
}
