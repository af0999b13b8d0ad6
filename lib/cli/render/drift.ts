import type { Value } from "../../model/value";
import type { Drift, DriftedProperty, DriftedResource } from "../../reconciler/drift";
import type { Style, StyleName } from "./style";
import { count } from "./text";
import { eachDifference, joined, renderValue, SENSITIVE } from "./value";

const states: Readonly<Record<DriftedResource["state"], { mark: string; color: StyleName; says: string }>> = {
  changed: { mark: "~", color: "yellow", says: "changed" },
  gone: { mark: "-", color: "red", says: "gone" },
  foreign: { mark: "!", color: "red", says: "foreign" },
};
const INDENT = " ".repeat(8);

/** What was changed elsewhere, as people read it: of each property what is recorded, what is there, and what is wanted. */
export function renderDrift(drift: Drift, style: Style): string {
  const lines: string[] = [];
  for (const resource of drift.resources) {
    lines.push(
      heading(resource, style),
      ...notes(resource),
      ...resource.properties.flatMap(renderProperty),
      "",
    );
  }
  for (const warning of drift.warnings) lines.push(`${style.yellow("Warning:")} ${warning}`, "");
  lines.push(`${style.bold(`${drift.stack}:`)} ${summarize(drift)}`);
  return lines.join("\n");
}

function heading({ state, title, identity, address }: DriftedResource, style: Style): string {
  const { mark, color, says } = states[state];
  return `  ${style.paint(color, `${mark} ${says.padEnd(8)}`)} ${title} ${style.bold(identity)}  ${style.dim(address)}`;
}

function notes({ state }: DriftedResource): string[] {
  if (state === "gone") return [`${INDENT}it was deleted elsewhere: nothing is there any more`];
  if (state === "foreign") {
    return [
      `${INDENT}it does not carry the mark of this stack: somebody else has made it,`,
      `${INDENT}or manages it too`,
    ];
  }
  return [];
}

/** The deepest paths that differ, so that one key of a large object is one line. */
function renderProperty(property: DriftedProperty): string[] {
  const { name, sensitive } = property;
  if (sensitive) return [`${INDENT}${name}: ${SENSITIVE}, live is another value than recorded`];
  const lines: string[] = [];
  // Which item of a list became which is clear only where the program says the same as the record.
  const options = { lists: JSON.stringify(property.recorded) === JSON.stringify(property.wanted) };
  eachDifference(
    property.recorded,
    property.live,
    (path, recorded, live) => {
      const shown: [string, string][] = [
        ["recorded", renderValue(recorded)],
        ["live", renderValue(live)],
      ];
      if (property.wanted !== undefined) shown.push(["wanted", renderValue(at(property.wanted, path))]);
      lines.push(...values(joined(name, path), shown));
    },
    options,
  );
  return lines;
}

/** On one line where that fits a terminal, otherwise below each other. */
function values(name: string, shown: readonly (readonly [label: string, text: string])[]): string[] {
  const line = `${INDENT}${name}: ${shown.map(([label, text]) => `${label} ${text}`).join(", ")}`;
  if (line.length <= 80) return [line];
  return [`${INDENT}${name}:`, ...shown.map(([label, text]) => `${INDENT}  ${label.padEnd(8)} ${text}`)];
}

/** The part of a value at a path as `eachDifference` gives it. */
function at(value: Value | undefined, path: string): Value | undefined {
  let part: Value | undefined = value;
  for (const [, key, index] of path.matchAll(/([^.[\]]+)|\[(\d+)\]/g)) {
    if (typeof part !== "object" || part === null) return undefined;
    part = (part as unknown as Record<string, Value | undefined>)[key ?? index ?? ""];
  }
  return part;
}

function summarize({ resources, unchanged }: Drift): string {
  const as = `${count(unchanged, "resource")} as recorded`;
  if (resources.length === 0) return `no drift, ${as}.`;
  const counts = Object.entries(states).flatMap(([state, { says }]) => {
    const number = resources.filter((resource) => resource.state === state).length;
    return number === 0 ? [] : [`${number} ${says}`];
  });
  return `${counts.join(", ")}; ${as}.`;
}

/** The same for machines: what must not be shown is not in it. */
export function driftJson(drift: Drift): object {
  return {
    ...drift,
    resources: drift.resources.map(({ attributes: _, ...resource }) => ({
      ...resource,
      properties: resource.properties.map((property) => (property.sensitive ? hidden(property) : property)),
    })),
  };
}

function hidden(property: DriftedProperty): object {
  const hide = (value: Value | undefined): Value | undefined => (value === undefined ? undefined : SENSITIVE);
  const wanted = "wanted" in property ? { wanted: SENSITIVE } : {};
  return { ...property, recorded: hide(property.recorded), live: hide(property.live), ...wanted };
}
