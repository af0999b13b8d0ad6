import * as fs from "node:fs";
import * as path from "node:path";
import { z } from "zod";
import { kinds } from "../../../lib/kinds";
import { terraformType } from "../../../lib/model/terraform";
import type {
  TerraformAttribute,
  TerraformSchema,
  TerraformType,
} from "../../../lib/terraform/plugin/schema";
import { resourceShapeOf } from "../../../lib/terraform/schema";
import { providerSchema } from "../../../lib/terraform/schema/provider-schema";
import { shapeOf } from "../../../lib/terraform/schema/shape";

const schema = providerSchema();
const everyKind = Object.values(kinds);

/** Arguments that Terraform has for itself in the blocks of resources and data sources. */
const META_ARGUMENTS = [
  "connection",
  "count",
  "depends_on",
  "for_each",
  "lifecycle",
  "provider",
  "provisioner",
];

describe("the provider's schema", () => {
  it("has a resource type for every kind", () => {
    expect(Object.keys(schema.resources).sort()).toEqual(
      everyKind.map((kind) => terraformType(kind.schema.kind)).sort(),
    );
    expect(Object.keys(schema.resources)).toHaveLength(everyKind.length);
  });

  it("has only types that Terraform takes for the provider's", () => {
    const types = [...Object.keys(schema.resources), ...Object.keys(schema.dataSources)];
    expect(types.filter((type) => !/^scf_[a-z][a-z0-9_]*$/.test(type))).toEqual([]);
  });

  it("has no attribute twice, and none of a name that Terraform does not take", () => {
    const blocks = { ...schema.resources, ...schema.dataSources, provider: schema.provider };
    for (const [type, { attributes }] of Object.entries(blocks)) {
      for (const names of namesIn(attributes)) {
        expect({ type, names: names.filter((name, at) => names.indexOf(name) !== at) }).toEqual({
          type,
          names: [],
        });
        expect({ type, names: names.filter((name) => !/^[a-z][a-z0-9_]*$/.test(name)) }).toEqual({
          type,
          names: [],
        });
      }
      const reserved = type === "provider" ? ["alias", "version"] : META_ARGUMENTS;
      const taken = attributes.filter(({ name }) => reserved.includes(name));
      expect({ type, taken }).toEqual({ type, taken: [] });
    }
  });

  it("says of every attribute whether it is given, computed or both", () => {
    const contradicting = everyAttribute()
      .filter(({ required, optional, computed }) =>
        required ? optional || computed : !optional && !computed,
      )
      .map(({ name }) => name);
    expect(contradicting).toEqual([]);
  });

  it("says of every attribute of its own what it is", () => {
    const undescribed = Object.values(schema.resources).flatMap(({ attributes }) =>
      attributes.filter(({ description }) => description === ""),
    );
    expect(undescribed).toEqual([]);
  });

  it("has the fingerprint of secrets exactly where a property is sensitive", () => {
    for (const { attributes } of Object.values(schema.resources)) {
      expect(attributes.some(({ name }) => name === "secret_fingerprint")).toBe(
        attributes.some(({ sensitive }) => sensitive),
      );
    }
    expect(schema.resources["scf_function"]?.attributes).toContainEqual(
      expect.objectContaining({ name: "environment", sensitive: true, type: ["map", "string"] }),
    );
  });

  it("has nothing that exists for the rules only", () => {
    for (const { schema: kind } of everyKind) {
      const checked = Object.keys(kind.metadata).filter((name) => kind.metadata[name]?.checkOnly);
      const given = resourceShapeOf(kind).properties.map(({ property }) => property);
      expect(given.filter((name) => checked.includes(name))).toEqual([]);
    }
  });

  it("has nothing in a data source that may be secret: Terraform's state would hold it", () => {
    const secret = Object.values(schema.dataSources).flatMap(({ attributes }) =>
      attributes.filter(({ name, sensitive }) => sensitive || name === "environment"),
    );
    expect(secret).toEqual([]);
  });

  it("says what a change does where it makes another object", () => {
    const said = (type: string, name: string) =>
      schema.resources[type]?.attributes.find((attribute) => attribute.name === name)?.description;
    expect(said("scf_function", "runtime")).toBe(
      "Language and version the code runs on, by the platform's name. [RT-LIST] A change replaces the resource.",
    );
    expect(said("scf_version", "content")).toMatch(
      /A change makes a new version, and the present one stays\.$/,
    );
    expect(said("scf_function", "timeout")).not.toMatch(/A change/);
  });

  it("is the same as JSON", () => {
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
  });

  it.each(["scf_function", "scf_alias"])("is this for %s", (type) => {
    expectGolden(`${type}.txt`, readable(type, schema.resources[type] as TerraformSchema));
  });

  it("is this for data sources and the provider's block", () => {
    const blocks = Object.entries({ provider: schema.provider, ...schema.dataSources });
    expectGolden("data-sources.txt", blocks.map(([type, block]) => readable(type, block)).join("\n"));
  });
});

describe("the shape of a type", () => {
  it.each([
    ["text", z.string()],
    ["text", z.enum(["a", "b"])],
    ["text", z.literal("a").optional()],
    ["text", z.string().nullable()],
    ["text", z.union([z.literal("a"), z.enum(["b", "c"])])],
    ["number", z.number() as unknown as z.ZodType<64 | 128>],
    ["number", z.literal(7)],
    ["flag", z.boolean()],
  ])("is %s", (type, zod) => {
    expect(shapeOf(zod)).toEqual({ type });
  });

  it("is a choice where a number or a word may stand", () => {
    expect(shapeOf(z.union([z.number(), z.literal("dynamic"), z.enum(["a"])]))).toEqual({
      type: "choice",
      texts: ["dynamic", "a"],
    });
  });

  it("is one object where one of several may stand: required is what all require", () => {
    const union = z.discriminatedUnion("type", [
      z.strictObject({ type: z.literal("a"), first: z.string(), bothOf: z.number().optional() }),
      z.strictObject({ type: z.literal("b"), second: z.array(z.string()), bothOf: z.number() }),
    ]);
    expect(shapeOf(union)).toEqual({
      type: "object",
      fields: [
        { property: "type", name: "type", shape: { type: "text" }, required: true },
        { property: "first", name: "first", shape: { type: "text" }, required: false },
        { property: "bothOf", name: "both_of", shape: { type: "number" }, required: false },
        {
          property: "second",
          name: "second",
          shape: { type: "list", item: { type: "text" } },
          required: false,
        },
      ],
    });
  });

  it.each([
    ["`date`", z.date()],
    ["a list of what may be null", z.array(z.string().nullable())],
    ["a map whose keys are no texts", z.record(z.number(), z.string())],
    ["a choice of numbers and any text", z.union([z.number(), z.string()])],
    ["a choice of numbers and any text", z.union([z.number(), z.literal("10")])],
    ["a choice of values of several types", z.literal(["a", 1])],
    ["a union of text, flag", z.union([z.string(), z.boolean()])],
    [
      "a union of objects with different `a`",
      z.union([z.object({ a: z.string() }), z.object({ a: z.number() })]),
    ],
  ])("fails for %s", (what, zod) => {
    expect(() => shapeOf(zod)).toThrow(`Terraform's schema has no form for ${what}.`);
  });
});

function everyAttribute(): readonly TerraformAttribute[] {
  const blocks = [schema.provider, ...Object.values(schema.resources), ...Object.values(schema.dataSources)];
  const below = (attribute: TerraformAttribute): readonly TerraformAttribute[] => [
    attribute,
    ...(attribute.nested?.attributes ?? []).flatMap(below),
  ];
  return blocks.flatMap(({ attributes }) => attributes.flatMap(below));
}

/** The names of each block or object. */
function namesIn(attributes: readonly TerraformAttribute[]): readonly (readonly string[])[] {
  return [
    attributes.map(({ name }) => name),
    ...attributes.flatMap(({ nested }) => (nested ? namesIn(nested.attributes) : [])),
  ];
}

/** A schema for people to read. */
function readable(type: string, { version, description, attributes }: TerraformSchema): string {
  return [`${type} (version ${version}): ${description}`, ...linesOf(attributes, "  "), ""].join("\n");
}

function linesOf(attributes: readonly TerraformAttribute[], indent: string): readonly string[] {
  return attributes.flatMap((attribute) => {
    const { name, type, nested, description } = attribute;
    const form = nested ? `${nested.nesting} of` : typeText(type as TerraformType);
    const given = (["required", "optional", "computed", "sensitive"] as const).filter(
      (word) => attribute[word],
    );
    const line = `${indent}${name}: ${form}, ${given.join(" and ")}${description === "" ? "" : `: ${description}`}`;
    return [line, ...linesOf(nested?.attributes ?? [], `${indent}  `)];
  });
}

function typeText(type: TerraformType): string {
  return typeof type === "string" ? type : `${type[0]} of ${typeText(type[1])}`;
}

/** Compares with a file of `golden/`; `UPDATE_GOLDEN=1` writes it, for a person to read the difference. */
function expectGolden(name: string, text: string): void {
  const file = path.join(__dirname, "golden", name);
  if (process.env["UPDATE_GOLDEN"]) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
  expect(text).toBe(fs.readFileSync(file, "utf8"));
}
