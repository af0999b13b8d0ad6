import { checksum } from "./checksum";

/** The first line holds the checksum of the rest; the whole is JSON that any tool can read. */
const firstLine = /^\{"checksum":"([0-9a-f]{8})",\n/;

export function encodeChecked(content: object): string {
  const rest = JSON.stringify(content).slice(1);
  return `{"checksum":"${checksum(Buffer.from(rest, "utf8"))}",\n${rest}\n`;
}

/** @returns what the file holds, or what is wrong with it */
export function decodeChecked(bytes: Buffer): { [name: string]: unknown } | string {
  if (bytes.length === 0) return "it is empty";
  const text = bytes.toString("utf8");
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    return `it is not JSON (${(cause as Error).message})`;
  }
  if (typeof content !== "object" || content === null) return "it is not a JSON object";
  return content as { [name: string]: unknown };
}

/** Whether a file is as it was written. */
export function fitsChecksum(bytes: Buffer): boolean {
  const head = firstLine.exec(bytes.toString("utf8", 0, 64));
  return head !== null && checksum(bytes.subarray(head[0].length, bytes.length - 1)) === head[1];
}
