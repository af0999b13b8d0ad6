import { kinds } from "../../lib/kinds";
import type { PropertyMetadata, ResourceSchema } from "../../lib/model/resource-schema";
import { resourceSchemas, type KindName } from "../../lib/model/resources";
import { isReadAction } from "../../lib/platform/api/api";
import { reference } from "../../lib/rules/reference";
import { blocks, code, escaped, sentence, table } from "../markdown";
import { callsOf, type Call, type KindCalls } from "./calls";
import { defaultsOf } from "./defaults";
import { makers } from "./makers";
import { isOptional, typeInWords } from "./type-words";

const generated =
  "<!-- Written by `npm run docs:resources` from the schemas, kinds and constructs in lib/. -->";

const services: Readonly<Record<string, string>> = {
  scf: "Functions",
  clb: "Load balancers",
  cam: "Access",
  monitor: "Monitoring",
};

/** The files of docs/resources, by name. */
export function resourcePages(): ReadonlyMap<string, string> {
  const names = Object.keys(resourceSchemas).sort() as KindName[];
  const rules = new Set(reference().map(({ id }) => id));
  return new Map([
    ...names.map((name) => [`${name}.md`, page(name, rules)] as const),
    ["README.md", overview(names)] as const,
  ]);
}

function page(name: KindName, rules: ReadonlySet<string>): string {
  const schema = resourceSchemas[name] as unknown as ResourceSchema;
  const maker = makers[name];
  const attributes = Object.keys(schema.attributes.shape).filter(
    (attribute) => !schema.attributeMetadata[attribute]?.internal,
  );
  const outputs = attributes.map((attribute) => {
    const { description, volatile } = schema.attributeMetadata[attribute] ?? { description: "" };
    const type = typeInWords(schema.attributes.shape[attribute] as never);
    return [code(attribute), type, escaped(`${description}${volatile ? " Can change with an update." : ""}`)];
  });
  return blocks([
    generated,
    `# ${schema.kind}`,
    `${sentence(schema.title)} ${schema.description}`,
    table(
      ["", ""],
      [
        ["Made by", `${maker.by.map(code).join(", ")}: [${maker.section}](${anchor(maker.section)})`],
        ["When replaced", replacement(name)],
        ...callRows(callsOf(name)),
        ...importRow(name),
      ],
    ),
    "## Properties",
    "As they stand in a plan, where any of them can be a reference to another resource.",
    table(
      ["property", "type", "required", "default of the construct", "a change", "meaning", "source"],
      propertyRows(name, schema, rules),
    ),
    ...(outputs.length === 0
      ? []
      : [
          "## Attributes",
          "What the platform computes; other resources can refer to it.",
          table(["attribute", "type", "meaning"], outputs),
        ]),
  ]);
}

function propertyRows(name: KindName, schema: ResourceSchema, rules: ReadonlySet<string>): string[][] {
  const defaults = defaultsOf(makers[name]);
  const isUpdatable = kinds[name].update !== undefined;
  return Object.entries(schema.properties.shape).map(([property, type]) => {
    const metadata = schema.metadata[property] as PropertyMetadata;
    return [
      code(property),
      escaped(typeInWords(type as never)),
      isOptional(type as never) ? "no" : "yes",
      escaped(defaults.get(property) ?? ""),
      changeText(metadata, isUpdatable),
      escaped(metadata.description),
      sourceText(metadata.source, rules),
    ];
  });
}

function changeText(metadata: PropertyMetadata, isUpdatable: boolean): string {
  if (metadata.checkOnly) return "changes nothing: for the rules only, and never sent";
  if (metadata.instruction) return "changes nothing by itself: says how other properties are changed";
  return [
    metadata.immutable || !isUpdatable ? "replaces" : "updates in place",
    ...(metadata.frozen ? ["part of a version"] : []),
    ...(metadata.sensitive ? ["secret: never shown"] : []),
    ...(metadata.unreadable ? ["cannot be read back"] : []),
    ...(metadata.unordered ? ["order means nothing"] : []),
  ].join("; ");
}

/** Rule ids as links to their pages; actions and sections as they are. */
function sourceText(source: string | undefined, rules: ReadonlySet<string>): string {
  return (source ?? "")
    .split(", ")
    .map((part) => (rules.has(part) ? `[${part}](../rules/${part}.md)` : part))
    .join(", ");
}

function replacement(name: KindName): string {
  const { replacement: order, keepsReplaced } = kinds[name];
  if (keepsReplaced) return "the earlier one stays on the platform";
  return order === "delete-first"
    ? "the earlier one is deleted first"
    : "the new one is made first, and what refers to it moves over";
}

/** The form of the id that people import one by. */
function importRow(name: KindName): string[][] {
  const id = kinds[name].import?.id;
  return id === undefined ? [] : [["Imported as", id.split(" or ").map(code).join(" or ")]];
}

function callRows({ deploy: calls, import: more }: KindCalls): string[][] {
  const row = (title: string, chosen: readonly Call[]): string[][] =>
    chosen.length === 0
      ? []
      : [[title, chosen.map(({ service, action }) => code(`${service}:${action}`)).join(", ")]];
  return [
    ...row(
      "Calls that read",
      calls.filter(({ action }) => isReadAction(action)),
    ),
    ...row(
      "Calls that write",
      calls.filter(({ action }) => !isReadAction(action)),
    ),
    ...row("More calls to import", more),
  ];
}

function overview(names: readonly KindName[]): string {
  return blocks([
    generated,
    "# Resources",
    "Every kind of resource that a plan can hold: its properties, what a change of each does, what the platform computes, and which actions a deploy calls for it. [The guide](../constructs.md) shows the constructs that make them.",
    ...Object.entries(services).flatMap(([service, title]) => [
      `## ${title}`,
      table(
        ["kind", "what it is", "made by"],
        names
          .filter((name) => name.startsWith(`${service}_`))
          .map((name) => [
            `[${name}](${name}.md)`,
            escaped(resourceSchemas[name].description),
            makers[name].by.map(code).join(", "),
          ]),
      ),
    ]),
  ]);
}

function anchor(section: string): string {
  return `../constructs.md#${section.toLowerCase().replaceAll(" ", "-")}`;
}
