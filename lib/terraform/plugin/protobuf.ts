/** Turns values into bytes of Protocol Buffers and back, by tables of fields. Fields that no table names are passed over. */
export interface Message<Value> {
  encode(value: Value): Buffer;
  decode(bytes: Uint8Array): Value;
  /** Adds the encoded parts to `chunks`, and gives their length. Large bytes are not copied. */
  append(value: Value, chunks: Uint8Array[]): number;
}

/** What a message holds. */
export type ValueOf<Table> = Table extends Message<infer Value> ? Value : never;

/** One field of a message, of this type. */
export interface Field<Value> {
  readonly number: number;
  readonly kind: Kind;
  /** Never there: carries the type. */
  readonly type?: Value;
}

type Kind =
  | { readonly form: "text" | "bytes" | "flag" | "integer" }
  | { readonly form: "message" | "list" | "map"; readonly of: () => Message<never> };

/** A `string`. */
export const text = (number: number): Field<string> => ({ number, kind: { form: "text" } });
/** A `bytes`. */
export const bytes = (number: number): Field<Uint8Array> => ({ number, kind: { form: "bytes" } });
/** A `bool`. */
export const flag = (number: number): Field<boolean> => ({ number, kind: { form: "flag" } });
/** An `int64`, or an enumeration. */
export const integer = (number: number): Field<number> => ({ number, kind: { form: "integer" } });
/** A message within the message. */
export const one = <Value>(number: number, of: () => Message<Value>): Field<Value> => ({
  number,
  kind: { form: "message", of: of as () => Message<never> },
});
/** Any number of messages. */
export const list = <Value>(number: number, of: () => Message<Value>): Field<readonly Value[]> => ({
  number,
  kind: { form: "list", of: of as () => Message<never> },
});
/** Messages by name. */
export const map = <Value>(
  number: number,
  of: () => Message<Value>,
): Field<{ readonly [key: string]: Value }> => ({
  number,
  kind: { form: "map", of: of as () => Message<never> },
});

/** A message of these fields. Every field may be absent, as the language has it. */
export function message<Fields extends { readonly [name: string]: Field<unknown> }>(
  fields: Fields,
): Message<{ readonly [Name in keyof Fields]?: Fields[Name] extends Field<infer Value> ? Value : never }> {
  const table = Object.entries(fields).map(([name, { number, kind }]) => ({ name, number, kind }));
  const byNumber = new Map(table.map((entry) => [entry.number, entry]));

  function append(value: { readonly [name: string]: unknown }, chunks: Uint8Array[]): number {
    let length = 0;
    for (const { name, number, kind } of table) {
      const held = value[name];
      if (held !== undefined) length += appendField(number, kind, held, chunks);
    }
    return length;
  }

  function decode(encoded: Uint8Array): { [name: string]: unknown } {
    const reader = new Reader(encoded);
    const value: { [name: string]: unknown } = {};
    while (reader.more) {
      const tag = reader.integer();
      const field = byNumber.get(Math.floor(tag / 8));
      const wire = tag % 8;
      if (field === undefined || wire !== wireOf(field.kind)) reader.skip(wire);
      else value[field.name] = readField(reader, field.kind, value[field.name]);
    }
    return value;
  }

  const encode = (value: { readonly [name: string]: unknown }): Buffer => {
    const chunks: Uint8Array[] = [];
    return Buffer.concat(chunks, append(value, chunks));
  };
  return { encode, decode, append } as never;
}

const VARIABLE = 0;
const DELIMITED = 2;
const wireOf = (kind: Kind): number =>
  kind.form === "integer" || kind.form === "flag" ? VARIABLE : DELIMITED;

function appendField(number: number, kind: Kind, value: unknown, chunks: Uint8Array[]): number {
  switch (kind.form) {
    case "text":
      return appendDelimited(number, Buffer.from(value as string), chunks);
    case "bytes":
      return appendDelimited(number, value as Uint8Array, chunks);
    case "flag":
      return appendInteger(number, value === true ? 1 : 0, chunks);
    case "integer":
      return appendInteger(number, value as number, chunks);
    case "message":
      return appendMessage(number, kind.of(), value, chunks);
    case "list": {
      let length = 0;
      for (const entry of value as unknown[]) length += appendMessage(number, kind.of(), entry, chunks);
      return length;
    }
    case "map": {
      let length = 0;
      const entries = entryOf(kind.of());
      for (const [key, entry] of Object.entries(value as object))
        length += appendMessage(number, entries as Message<never>, { key, value: entry }, chunks);
      return length;
    }
  }
}

function readField(reader: Reader, kind: Kind, earlier: unknown): unknown {
  switch (kind.form) {
    case "text":
      return reader.text();
    case "bytes":
      return reader.delimited();
    case "flag":
      return reader.integer() !== 0;
    case "integer":
      return reader.integer();
    case "message":
      return kind.of().decode(reader.delimited());
    case "list":
      return added((earlier as unknown[] | undefined) ?? [], kind.of().decode(reader.delimited()));
    case "map": {
      const { key = "", value = {} } = entryOf(kind.of()).decode(reader.delimited());
      return { ...(earlier as object | undefined), [key]: value };
    }
  }
}

function added(values: unknown[], value: unknown): unknown[] {
  values.push(value);
  return values;
}

const entryOf = (of: Message<unknown>) => message({ key: text(1), value: one(2, () => of) });

function appendMessage(number: number, of: Message<never>, value: unknown, chunks: Uint8Array[]): number {
  const place = chunks.push(EMPTY) - 1;
  const length = of.append(value as never, chunks);
  const head = headOf(number, length);
  chunks[place] = head;
  return head.length + length;
}

function appendDelimited(number: number, value: Uint8Array, chunks: Uint8Array[]): number {
  const head = headOf(number, value.length);
  chunks.push(head, value);
  return head.length + value.length;
}

function appendInteger(number: number, value: number, chunks: Uint8Array[]): number {
  const written: number[] = [];
  pushInteger(written, number * 8 + VARIABLE);
  pushInteger(written, value);
  chunks.push(Uint8Array.from(written));
  return written.length;
}

function headOf(number: number, length: number): Uint8Array {
  const written: number[] = [];
  pushInteger(written, number * 8 + DELIMITED);
  pushInteger(written, length);
  return Uint8Array.from(written);
}

/** Numbers below zero take ten bytes: their complement of two in 64 bits. */
function pushInteger(into: number[], value: number): void {
  if (value < 0) {
    let rest = BigInt.asUintN(64, BigInt(value));
    for (; rest > 127n; rest >>= 7n) into.push(Number(rest & 127n) | 128);
    into.push(Number(rest));
    return;
  }
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) into.push((rest % 128) | 128);
  into.push(rest);
}

const EMPTY = new Uint8Array(0);

class Reader {
  private readonly bytes: Buffer;
  private place = 0;

  constructor(encoded: Uint8Array) {
    this.bytes = Buffer.from(encoded.buffer, encoded.byteOffset, encoded.byteLength);
  }

  get more(): boolean {
    return this.place < this.bytes.length;
  }

  integer(): number {
    const start = this.place;
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.bytes[this.place++];
      if (byte === undefined) throw new Error("The message ends in the middle of a number.");
      value += (byte & 127) * scale;
      if (byte < 128) break;
      scale *= 128;
      if (this.place - start === 10) throw new Error("The message has a number of more than 64 bits.");
    }
    return this.place - start < 10 ? value : this.belowZero(start);
  }

  private belowZero(start: number): number {
    let value = 0n;
    for (let place = start; place < this.place; place++)
      value |= BigInt(this.bytes[place]! & 127) << BigInt(7 * (place - start));
    return Number(BigInt.asIntN(64, value));
  }

  delimited(): Buffer {
    const start = this.advance(this.integer());
    return this.bytes.subarray(start, this.place);
  }

  text(): string {
    const start = this.advance(this.integer());
    return this.bytes.toString("utf8", start, this.place);
  }

  skip(wire: number): void {
    if (wire === VARIABLE) this.integer();
    else if (wire === DELIMITED) this.advance(this.integer());
    else if (wire === 1) this.advance(8);
    else if (wire === 5) this.advance(4);
    else
      throw new Error(
        `The message has a field of wire type ${wire}, which Protocol Buffers 3 does not know.`,
      );
  }

  private advance(length: number): number {
    const start = this.place;
    if (start + length > this.bytes.length) throw new Error("The message ends in the middle of a field.");
    this.place = start + length;
    return start;
  }
}
