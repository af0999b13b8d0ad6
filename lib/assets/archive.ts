import * as fs from "node:fs";
import { inflateRawSync } from "node:zlib";
import { ScfError } from "../model/error";
import { CodePackage, type PackageFile } from "./package";

/**
 * Takes a ZIP as it is: its bytes are what the platform gets, its identity is that of the files in it.
 *
 * @throws ScfError `ASSET_MISSING` when there is no such file, `ASSET_NOT_ZIP` when it is not a readable ZIP
 */
export function packageZip(file: string): CodePackage {
  let bytes: Buffer;
  try {
    bytes = fs.readFileSync(file);
  } catch (cause) {
    throw new ScfError("ASSET_MISSING", `There is no readable file ${file} to use as a package.`, {
      fix: "Paths are relative to the folder that the program runs in, where cdktf.json is.",
      cause,
    });
  }
  return openZip(bytes, file);
}

/** Opens a ZIP in memory; `name` is for messages. */
export function openZip(bytes: Uint8Array, name: string): CodePackage {
  try {
    return new CodePackage(readEntries(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)), bytes);
  } catch (cause) {
    throw new ScfError("ASSET_NOT_ZIP", `${name} is not a readable ZIP: ${(cause as Error).message}.`, {
      fix: "Make it again, with a standard tool and without encryption.",
      cause,
    });
  }
}

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;

/** Reads the central directory: the only part of a ZIP that knows the mode of each file. */
function readEntries(zip: Buffer): PackageFile[] {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > zip.length || zip.readUInt32LE(end) !== END_OF_DIRECTORY) {
    throw new Error("it has no directory");
  }
  const count = zip.readUInt16LE(end + 10);
  let at = zip.readUInt32LE(end + 16);
  const files: PackageFile[] = [];
  for (let index = 0; index < count; index++) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== DIRECTORY_ENTRY)
      throw new Error("its directory is damaged");
    const madeOnUnix = zip.readUInt8(at + 5) === 3;
    const encrypted = (zip.readUInt16LE(at + 8) & 1) !== 0;
    const method = zip.readUInt16LE(at + 10);
    const compressedBytes = zip.readUInt32LE(at + 20);
    const bytes = zip.readUInt32LE(at + 24);
    const nameLength = zip.readUInt16LE(at + 28);
    const skip = nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
    const mode = madeOnUnix ? zip.readUInt32LE(at + 38) >>> 16 : 0;
    const localAt = zip.readUInt32LE(at + 42);
    const path = zip.toString("utf8", at + 46, at + 46 + nameLength).normalize("NFC");
    at += 46 + skip;
    if (path.endsWith("/")) continue;
    if (encrypted) throw new Error(`${path} is encrypted`);
    const content = readContent(zip, localAt, compressedBytes, method, path);
    if (content.byteLength !== bytes) throw new Error(`${path} has another size than the directory says`);
    const isLink = (mode & 0o170000) === 0o120000;
    files.push({
      path,
      bytes: isLink ? 0 : bytes,
      executable: !isLink && (mode & 0o100) !== 0,
      ...(madeOnUnix && !isLink ? { mode: mode & 0o777 } : {}),
      content,
      ...(isLink ? { link: content.toString("utf8") } : {}),
    });
  }
  return files;
}

function readContent(zip: Buffer, at: number, compressedBytes: number, method: number, path: string): Buffer {
  if (at + 30 > zip.length || zip.readUInt32LE(at) !== LOCAL_ENTRY) throw new Error(`${path} is missing`);
  const start = at + 30 + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28);
  const compressed = zip.subarray(start, start + compressedBytes);
  if (method === STORED) return compressed;
  if (method === DEFLATED) return inflateRawSync(compressed);
  throw new Error(`${path} is compressed in a way that only few tools know`);
}
