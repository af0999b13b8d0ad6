import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { ScfError } from "../../model/error";

const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

/** Keeps environment variables out of the database in clear. The key lies beside the file and only its owner can read it. */
export class Seal {
  private readonly key: Buffer;

  constructor(path: string) {
    this.key = path === ":memory:" ? randomBytes(keyBytes) : loadKey(`${path}.key`);
  }

  close(value: unknown): Buffer {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv("aes-256-gcm", this.key, nonce);
    const body = Buffer.concat([cipher.update(JSON.stringify(value), "utf8"), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), body]);
  }

  open<Value>(sealed: Uint8Array): Value {
    const nonce = sealed.subarray(0, nonceBytes);
    const decipher = createDecipheriv("aes-256-gcm", this.key, nonce);
    decipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
    const body = Buffer.concat([decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()]);
    return JSON.parse(body.toString("utf8")) as Value;
  }
}

function loadKey(path: string): Buffer {
  const key = readKey(path) ?? makeKey(path);
  if (key.length !== keyBytes) {
    throw new ScfError("LOCAL_PLATFORM_KEY", `${path} does not hold a key of ${keyBytes} bytes`, {
      fix: "Restore the key file, or delete it together with the database beside it.",
    });
  }
  return key;
}

function readKey(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Two processes may do this at once: the key appears whole under its name, and the first one wins. */
function makeKey(path: string): Buffer {
  const temporary = `${path}.${process.pid}.${randomBytes(4).toString("hex")}`;
  writeFileSync(temporary, randomBytes(keyBytes), { mode: 0o600, flag: "wx" });
  try {
    linkSync(temporary, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
  return readFileSync(path);
}
