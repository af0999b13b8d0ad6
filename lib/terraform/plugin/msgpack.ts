import { UNKNOWN, type TerraformValue } from "./value";

/**
 * Reads a value as Terraform writes it. A number comes as a string where a `number` cannot hold it exactly: large integers, and
 * decimals such as 0.1 that are no sum of powers of two. Give it back as it came, or as a number: Terraform takes them for the same.
 */
export function decodeMsgpack(bytes: Uint8Array): TerraformValue {
  const reader = new Reader(bytes);
  const value = reader.value();
  reader.finish();
  return value;
}

/** Writes a value as Terraform reads it. */
export function encodeMsgpack(value: TerraformValue): Uint8Array {
  writer.begin();
  writer.value(value);
  return writer.finish();
}

const damaged = (what: string): Error => new Error(`The value is damaged: ${what}.`);

class Reader {
  private readonly bytes: Buffer;
  private place = 0;

  constructor(encoded: Uint8Array) {
    this.bytes = Buffer.from(encoded.buffer, encoded.byteOffset, encoded.byteLength);
  }

  finish(): void {
    if (this.place !== this.bytes.length) throw damaged("something follows it");
  }

  value(): TerraformValue {
    const head = this.bytes[this.take(1)]!;
    if (head < 0x80) return head;
    if (head < 0x90) return this.map(head & 0x0f);
    if (head < 0xa0) return this.array(head & 0x0f);
    if (head < 0xc0) return this.text(head & 0x1f);
    if (head >= 0xe0) return head - 0x100;
    switch (head) {
      case 0xc0:
        return null;
      case 0xc2:
        return false;
      case 0xc3:
        return true;
      case 0xc7:
        return this.extension(this.size(1));
      case 0xc8:
        return this.extension(this.size(2));
      case 0xc9:
        return this.extension(this.size(4));
      case 0xca:
        return this.bytes.readFloatBE(this.take(4));
      case 0xcb:
        return this.bytes.readDoubleBE(this.take(8));
      case 0xcc:
        return this.size(1);
      case 0xcd:
        return this.size(2);
      case 0xce:
        return this.size(4);
      case 0xcf:
        return exact(this.bytes.readBigUInt64BE(this.take(8)));
      case 0xd0:
        return this.bytes.readInt8(this.take(1));
      case 0xd1:
        return this.bytes.readInt16BE(this.take(2));
      case 0xd2:
        return this.bytes.readInt32BE(this.take(4));
      case 0xd3:
        return exact(this.bytes.readBigInt64BE(this.take(8)));
      case 0xd4:
      case 0xd5:
      case 0xd6:
      case 0xd7:
      case 0xd8:
        return this.extension(2 ** (head - 0xd4));
      case 0xd9:
        return this.text(this.size(1));
      case 0xda:
        return this.text(this.size(2));
      case 0xdb:
        return this.text(this.size(4));
      case 0xdc:
        return this.array(this.size(2));
      case 0xdd:
        return this.array(this.size(4));
      case 0xde:
        return this.map(this.size(2));
      case 0xdf:
        return this.map(this.size(4));
      default:
        throw damaged(`no value begins with the byte ${head}`);
    }
  }

  private size(width: number): number {
    return this.bytes.readUIntBE(this.take(width), width);
  }

  private text(length: number): string {
    const start = this.take(length);
    return this.bytes.toString("utf8", start, this.place);
  }

  private array(length: number): TerraformValue[] {
    const values: TerraformValue[] = [];
    for (let index = 0; index < length; index++) values.push(this.value());
    return values;
  }

  private map(length: number): TerraformValue {
    const values: { [key: string]: TerraformValue } = {};
    for (let index = 0; index < length; index++) {
      const key = this.value();
      if (typeof key !== "string") throw damaged("a key is no text");
      if (key === "__proto__")
        Object.defineProperty(values, key, {
          value: this.value(),
          enumerable: true,
          configurable: true,
          writable: true,
        });
      else values[key] = this.value();
    }
    return values;
  }

  /** Extension 0 is an unknown value, 12 one of which Terraform knows a little: that it is not null, or how it begins. */
  private extension(length: number): typeof UNKNOWN {
    const type = this.bytes[this.take(1)]!;
    this.take(length);
    if (type !== 0 && type !== 12) throw damaged(`it has an extension ${type}`);
    return UNKNOWN;
  }

  private take(length: number): number {
    const start = this.place;
    if (start + length > this.bytes.length) throw damaged("it ends too early");
    this.place = start + length;
    return start;
  }
}

function exact(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}

/** A buffer that grows, kept from one value to the next. */
class Writer {
  private bytes = Buffer.allocUnsafe(16 * 1024);
  private place = 0;

  begin(): void {
    this.place = 0;
  }

  finish(): Uint8Array {
    const written = Buffer.from(this.bytes.subarray(0, this.place));
    if (this.bytes.length > 1024 * 1024) this.bytes = Buffer.allocUnsafe(16 * 1024);
    return written;
  }

  value(value: TerraformValue): void {
    if (value === null) this.byte(0xc0);
    else if (value === UNKNOWN) this.unknown();
    else if (typeof value === "string") this.text(value);
    else if (typeof value === "number") this.number(value);
    else if (typeof value === "boolean") this.byte(value ? 0xc3 : 0xc2);
    else if (isArray(value)) this.array(value);
    else if (typeof value === "object") this.map(value);
    else
      throw new TypeError(`Terraform has no value for ${value === undefined ? "undefined" : typeof value}.`);
  }

  private unknown(): void {
    this.byte(0xd4);
    this.byte(0);
    this.byte(0);
  }

  private number(value: number): void {
    if (!Number.isFinite(value)) throw new TypeError(`Terraform has no value for ${value}.`);
    // As text, 0.1 is the 0.1 of a configuration; in binary it would be another number to Terraform.
    if (!Number.isSafeInteger(value)) this.text(String(value));
    else if (value >= 0 ? value < 0x80 : value >= -0x20) this.byte(value & 0xff);
    else if (value >= -0x80000000 && value <= 0x7fffffff) {
      this.byte(0xd2);
      this.room(4);
      this.place = this.bytes.writeInt32BE(value, this.place);
    } else {
      this.byte(0xd3);
      this.room(8);
      this.place = this.bytes.writeBigInt64BE(BigInt(value), this.place);
    }
  }

  private text(value: string): void {
    const length = Buffer.byteLength(value);
    if (length < 32) this.byte(0xa0 | length);
    else if (length < 0x100) this.head(0xd9, length, 1);
    else if (length < 0x10000) this.head(0xda, length, 2);
    else this.head(0xdb, length, 4);
    this.room(length);
    this.place += this.bytes.write(value, this.place, "utf8");
  }

  private array(values: readonly TerraformValue[]): void {
    if (values.length < 16) this.byte(0x90 | values.length);
    else if (values.length < 0x10000) this.head(0xdc, values.length, 2);
    else this.head(0xdd, values.length, 4);
    for (const value of values) this.value(value);
  }

  private map(values: { readonly [key: string]: TerraformValue }): void {
    const keys = Object.keys(values);
    if (keys.length < 16) this.byte(0x80 | keys.length);
    else if (keys.length < 0x10000) this.head(0xde, keys.length, 2);
    else this.head(0xdf, keys.length, 4);
    for (const key of keys) {
      this.text(key);
      this.value(values[key]!);
    }
  }

  private head(head: number, length: number, width: number): void {
    this.byte(head);
    this.room(width);
    this.place = this.bytes.writeUIntBE(length, this.place, width);
  }

  private byte(value: number): void {
    this.room(1);
    this.bytes[this.place++] = value;
  }

  /** Makes room at the place, in a new buffer if need be. */
  private room(length: number): void {
    const needed = this.place + length;
    if (needed <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, this.bytes.length * 2));
    this.bytes.copy(larger, 0, 0, this.place);
    this.bytes = larger;
  }
}

const isArray = (value: object): value is readonly TerraformValue[] => Array.isArray(value);

const writer = new Writer();
