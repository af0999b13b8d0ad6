import { fc } from "../../fast-check";
import { messages, schemaNames } from "../../../lib/terraform/plugin/messages";
import { decodeMsgpack, encodeMsgpack } from "../../../lib/terraform/plugin/msgpack";
import { bytes, flag, integer, list, map, message, one, text } from "../../../lib/terraform/plugin/protobuf";
import { encodeProviderSchema } from "../../../lib/terraform/plugin/schema-encoding";
import { UNKNOWN, type TerraformValue } from "../../../lib/terraform/plugin/value";

const hex = (...numbers: number[]): Buffer => Buffer.from(numbers);

describe("values", () => {
  const { value } = fc.letrec<{ value: TerraformValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 2 },
      fc.constantFrom<TerraformValue>(null, true, false, UNKNOWN),
      fc.maxSafeInteger().map((number) => (number === 0 ? 0 : number)),
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.array(tie("value"), { maxLength: 20 }),
      fc.dictionary(fc.string({ unit: "binary" }), tie("value"), { maxKeys: 20, noNullPrototype: true }),
    ),
  }));

  test("what is written is read again", () => {
    fc.assert(
      fc.property(value, (given) => expect(decodeMsgpack(encodeMsgpack(given))).toStrictEqual(given)),
    );
  });

  test("texts, lists and maps of every size class are read again", () => {
    for (const size of [31, 32, 255, 256, 65535, 65536]) {
      const values = {
        text: "x".repeat(size),
        list: Array.from({ length: size }, (_, index) => index),
        map: Object.fromEntries(Array.from({ length: size }, (_, index) => [`k${index}`, null])),
      };
      expect(decodeMsgpack(encodeMsgpack(values))).toStrictEqual(values);
    }
  });

  test("an unknown value is read with and without what Terraform knows of it", () => {
    expect(decodeMsgpack(hex(0xd4, 0, 0))).toBe(UNKNOWN);
    expect(decodeMsgpack(hex(0xc7, 3, 12, 0x81, 1, 0xc2))).toBe(UNKNOWN);
    expect(Buffer.from(encodeMsgpack(UNKNOWN))).toEqual(hex(0xd4, 0, 0));
  });

  test("a number that a double cannot hold comes as text, and one that is not whole is written as text", () => {
    expect(decodeMsgpack(hex(0xcf, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff))).toBe(
      "18446744073709551615",
    );
    expect(decodeMsgpack(hex(0xd3, 0x80, 0, 0, 0, 0, 0, 0, 0))).toBe("-9223372036854775808");
    expect(decodeMsgpack(hex(0xcb, 0x3f, 0xe0, 0, 0, 0, 0, 0, 0))).toBe(0.5);
    expect(decodeMsgpack(hex(0xca, 0x3f, 0, 0, 0))).toBe(0.5);
    expect(decodeMsgpack(encodeMsgpack(0.1))).toBe("0.1");
  });

  test("numbers of every width are read", () => {
    expect(decodeMsgpack(hex(0xcc, 200))).toBe(200);
    expect(decodeMsgpack(hex(0xcd, 1, 0))).toBe(256);
    expect(decodeMsgpack(hex(0xce, 1, 0, 0, 0))).toBe(2 ** 24);
    expect(decodeMsgpack(hex(0xd0, 0x80))).toBe(-128);
    expect(decodeMsgpack(hex(0xd1, 0x80, 0))).toBe(-32768);
  });

  test("fails for bytes that are no value", () => {
    expect(() => decodeMsgpack(hex())).toThrow("The value is damaged: it ends too early.");
    expect(() => decodeMsgpack(hex(0xa5, 0x61))).toThrow("The value is damaged: it ends too early.");
    expect(() => decodeMsgpack(hex(0xc0, 0xc0))).toThrow("The value is damaged: something follows it.");
    expect(() => decodeMsgpack(hex(0xc1))).toThrow(
      "The value is damaged: no value begins with the byte 193.",
    );
    expect(() => decodeMsgpack(hex(0x81, 1, 1))).toThrow("The value is damaged: a key is no text.");
    expect(() => decodeMsgpack(hex(0xd4, 5, 0))).toThrow("The value is damaged: it has an extension 5.");
  });

  test("fails to write what Terraform has no value for", () => {
    expect(() => encodeMsgpack(NaN)).toThrow("Terraform has no value for NaN.");
    expect(() => encodeMsgpack({ a: undefined as never })).toThrow("Terraform has no value for undefined.");
  });
});

describe("messages", () => {
  interface Tree {
    name?: string;
    content?: Uint8Array;
    good?: boolean;
    count?: number;
    left?: Tree;
    all?: readonly Tree[];
    named?: { readonly [name: string]: Tree };
  }
  const tree: ReturnType<typeof message<never>> = message({
    name: text(1),
    content: bytes(2),
    good: flag(3),
    count: integer(4),
    left: one(15, () => tree),
    all: list(16, () => tree),
    named: map(3000, () => tree),
  }) as never;
  const { value } = fc.letrec<{ value: Tree }>((tie) => {
    const plain = {
      name: fc.string({ unit: "grapheme" }),
      content: fc.uint8Array().map((array) => Buffer.from(array)),
      good: fc.boolean(),
      count: fc.maxSafeInteger().map((number) => (number === 0 ? 0 : number)),
    };
    const nested = {
      left: tie("value"),
      all: fc.array(tie("value"), { minLength: 1, maxLength: 3 }),
      named: fc.dictionary(fc.string(), tie("value"), { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
    };
    const options = { requiredKeys: [] as never[], noNullPrototype: true };
    return {
      value: fc.oneof(
        { maxDepth: 2 },
        fc.record(plain, options),
        fc.record({ ...plain, ...nested }, options),
      ) as fc.Arbitrary<Tree>,
    };
  });

  test("what is written is read again", () => {
    fc.assert(fc.property(value, (given) => expect(tree.decode(tree.encode(given as never))).toEqual(given)));
  });

  test("a field that is not in the table is passed over, whatever its form", () => {
    const wire = hex(
      0x50,
      0x96,
      0x01,
      0x59,
      1,
      2,
      3,
      4,
      5,
      6,
      7,
      8,
      0x62,
      2,
      9,
      9,
      0x6d,
      1,
      2,
      3,
      4,
      0x0a,
      1,
      0x61,
    );
    expect(tree.decode(wire)).toEqual({ name: "a" });
  });

  test("fails for bytes that are no message", () => {
    expect(() => tree.decode(hex(0x0a, 5, 1))).toThrow("The message ends in the middle of a field.");
    expect(() => tree.decode(hex(0x20, 0x80))).toThrow("The message ends in the middle of a number.");
    expect(() => tree.decode(hex(0x0b))).toThrow("wire type 3");
    expect(() => tree.decode(Buffer.alloc(12, 0xff))).toThrow("a number of more than 64 bits");
  });

  test("bytes are those of the protocol", () => {
    const { response } = messages.ConfigureProvider;
    const diagnostic = {
      severity: 1,
      summary: "no",
      attribute: { steps: [{ attribute_name: "a" }, { element_key_int: 300 }] },
    };
    expect(response.encode({ diagnostics: [diagnostic] }).toString("hex")).toBe(
      "0a12" + "0801" + "12026e6f" + "220a" + "0a030a0161" + "0a0318ac02",
    );
  });
});

test("an encoded schema names its types, and keeps nested attributes", () => {
  const leaf = { name: "path", type: "string", description: "Path.", required: true } as const;
  const rules = {
    name: "rules",
    description: "Rules.",
    optional: true,
    nested: { nesting: "set", attributes: [leaf] },
  } as const;
  const encoded = encodeProviderSchema({
    provider: { version: 0, description: "All.", attributes: [] },
    resources: { scf_a: { version: 2, description: "A.", attributes: [rules] } },
    dataSources: {
      scf_b: { version: 0, description: "B.", attributes: [{ ...leaf, type: ["map", "number"] }] },
    },
  });
  expect(schemaNames.decode(encoded)).toEqual({
    resource_schemas: { scf_a: {} },
    data_source_schemas: { scf_b: {} },
  });
  const decoded = messages.GetProviderSchema.response.decode(encoded);
  expect(decoded.server_capabilities).toEqual({ plan_destroy: true, get_provider_schema_optional: true });
  expect(decoded.resource_schemas?.["scf_a"]).toMatchObject({
    version: 2,
    block: {
      attributes: [
        { name: "rules", nested_type: { nesting: 3, attributes: [{ name: "path", required: true }] } },
      ],
    },
  });
  const [path] = decoded.data_source_schemas?.["scf_b"]?.block?.attributes ?? [];
  expect(Buffer.from(path?.type ?? []).toString()).toBe('["map","number"]');
});
