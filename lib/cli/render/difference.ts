import type {
  Change,
  ChangeReason,
  Difference,
  OutputChange,
  PropertyChange,
  Retained,
} from "../../reconciler/difference";
import { LEFT_UNFINISHED } from "../../reconciler/decision";
import type { Targets } from "../../reconciler/targets";
import type { OperationName } from "../../reconciler/events";
import type { Value } from "../../model/value";
import type { Style, StyleName } from "./style";
import { count, listed } from "./text";
import { eachDifference, joined, renderUnknown, renderValue, SENSITIVE } from "./value";

const marks: Readonly<Record<OperationName, { mark: string; color: StyleName }>> = {
  create: { mark: "+", color: "green" },
  publish: { mark: "+", color: "cyan" },
  update: { mark: "~", color: "yellow" },
  replace: { mark: "-/+", color: "red" },
  delete: { mark: "-", color: "red" },
};
const order: readonly OperationName[] = ["create", "publish", "update", "replace", "delete"];
const PROPERTY_INDENT = " ".repeat(8);

/**
 * What deploying a stack would do, as people read it before they agree.
 *
 * @param declared names of the outputs that the program has: others go away
 */
export function renderDifference(
  difference: Difference,
  style: Style,
  declared: readonly string[] = [],
): string {
  const lines: string[] = [];
  for (const change of difference.changes) {
    const block = renderChange(change, style);
    // Changes of one line each, as when everything is deleted, stand close together.
    if (block.length > 1 && lines.length > 0 && lines.at(-1) !== "") lines.push("");
    lines.push(...block);
    if (block.length > 1) lines.push("");
  }
  if (lines.length > 0 && lines.at(-1) !== "") lines.push("");
  for (const retained of difference.retained) lines.push(...renderRetained(retained, style), "");
  if (difference.outputs.length > 0) {
    lines.push("  outputs", ...difference.outputs.map((output) => renderOutput(output, declared)), "");
  }
  if (difference.targets) lines.push(renderTargets(difference.targets), "");
  for (const warning of difference.warnings) lines.push(`${style.yellow("Warning:")} ${warning}`, "");
  lines.push(`${style.bold(`${difference.stack}:`)} ${summarize(difference)}`);
  return lines.join("\n");
}

/** What nobody deletes, though it has left the program or the stack is destroyed. */
function renderRetained({ title, identity, address }: Retained, style: Style): string[] {
  return [
    `  ${style.paint("yellow", `· ${"retain".padEnd(8)}`)} ${title} ${style.bold(identity)}  ${style.dim(address)}`,
    `${PROPERTY_INDENT}retained: stays on the platform, no longer managed`,
  ];
}

function renderTargets({ addresses, resources, of }: Targets): string {
  const depends = addresses.length === 1 ? "it depends" : "they depend";
  return (
    `  Only ${listed(addresses)}, and what ${depends} on: ${resources} of ${count(of, "resource")}.\n` +
    "  Everything else was not compared, and stays as it is."
  );
}

/** `2 to create, 1 to update; 12 unchanged`. */
function summarize(difference: Difference): string {
  const counts = order.flatMap((operation) => {
    const number = difference.changes.filter((change) => change.operation === operation).length;
    return number === 0 ? [] : [`${number} to ${operation}`];
  });
  const retained = difference.retained.length;
  if (retained > 0) counts.push(`${retained} to retain`);
  if (difference.outputs.length > 0) counts.push(`${count(difference.outputs.length, "output")} to change`);
  if (counts.length === 0) {
    return difference.destroy
      ? "nothing is deployed, nothing to do."
      : `nothing to do, ${count(difference.unchanged, "resource")} as declared.`;
  }
  const unchanged = difference.unchanged > 0 ? `; ${difference.unchanged} unchanged` : "";
  return `${counts.join(", ")}${unchanged}.`;
}

function renderChange(change: Change, style: Style): string[] {
  const { mark, color } = marks[change.operation];
  const heading = `${change.operation.padEnd(7)}  ${change.title} ${change.identity}`;
  const lines = [
    `${style.paint(color, mark.padStart(3))} ${style.bold(heading)}  ${style.dim(change.address)}`,
  ];
  if (change.cause !== undefined) lines.push(PROPERTY_INDENT + style.yellow(change.cause));
  if (change.tentative) {
    lines.push(PROPERTY_INDENT + style.dim("only if what is not known yet turns out different"));
  }
  for (const property of change.properties) lines.push(...renderProperty(property, change, style));
  for (const step of change.steps ?? []) lines.push(PROPERTY_INDENT + step);
  return lines;
}

/** What is to become of one property. */
export function renderProperty(property: PropertyChange, change: Change, style: Style): string[] {
  const forces =
    change.operation === "replace" && property.effect === "replace" ? style.red("  forces replacement") : "";
  const line = (name: string, text: string): string => `${PROPERTY_INDENT}${name}: ${text}${forces}`;
  const isNew = change.operation === "create";
  if (property.sensitive) {
    const why = isNew ? undefined : sensitiveReasons[property.reason];
    return [line(property.name, SENSITIVE + (why === undefined ? "" : style.dim(`  ${why}`)))];
  }
  if (property.reason === "unknown") {
    const text =
      isNew || property.before === undefined
        ? renderUnknown()
        : `${renderValue(property.before)} → ${renderUnknown()}`;
    return [line(property.name, text)];
  }
  if (isNew) return [line(property.name, renderValue(property.after))];
  if (property.live !== undefined || property.reason === "drift") {
    return renderDrift(property, change, line, style);
  }
  const lines: string[] = [];
  eachDifference(property.before, property.after, (path, before, after) => {
    lines.push(line(joined(property.name, path), `${renderValue(before)} → ${renderValue(after)}`));
  });
  // A change that is in none of its parts, as when the difference is in how it is written.
  return lines.length > 0 ? lines : [line(property.name, renderValue(property.after))];
}

/** The platform says something else than what is recorded: what was recorded, what is there, what is wanted. */
function renderDrift(
  property: PropertyChange,
  { cause }: Change,
  line: (name: string, text: string) => string,
  style: Style,
): string[] {
  const why = cause === LEFT_UNFINISHED ? "not finished" : "changed elsewhere";
  const lines: string[] = [];
  const recorded = new Map<string, Value | undefined>();
  // Where the program has changed too, an item of one list need not be that of the other.
  const options = { lists: JSON.stringify(property.before) === JSON.stringify(property.after) };
  eachDifference(property.before, property.live, (path, before) => recorded.set(path, before), options);
  const show = (path: string, live: Value | undefined, wanted: Value | undefined): void => {
    const before = recorded.has(path) ? `, recorded ${renderValue(recorded.get(path))}` : "";
    const note = style.yellow(`  ${why}${before}`);
    lines.push(line(joined(property.name, path), `${renderValue(live)} → ${renderValue(wanted)}`) + note);
  };
  eachDifference(property.live, property.after, show, options);
  if (lines.length > 0) return lines;
  return [line(property.name, renderValue(property.after)) + style.yellow(`  ${why}`)];
}

/** Of a value that must not be shown, at least why it changes. */
const sensitiveReasons: Readonly<Record<ChangeReason, string | undefined>> = {
  config: undefined,
  drift: "changed elsewhere",
  unknown: "known after apply",
  secret: "a secret or another value in it has changed",
};

function renderOutput(output: OutputChange, declared: readonly string[]): string {
  const show = (value: Value | undefined): string => (output.sensitive ? SENSITIVE : renderValue(value));
  const line = (mark: string, text: string): string => `${" ".repeat(4)}${mark} ${output.name}: ${text}`;
  if (!declared.includes(output.name)) return line("-", show(output.before));
  const after = output.after === undefined ? renderUnknown() : show(output.after);
  return output.before === undefined ? line("+", after) : line("~", `${show(output.before)} → ${after}`);
}

/** The same for machines: what must not be shown is not in it, nor is what only applying needs. */
export function differenceJson(difference: Difference): Omit<Difference, "notes" | "adopted"> {
  const { notes: _notes, adopted: _adopted, ...shown } = difference;
  return {
    ...shown,
    changes: difference.changes.map(changeJson),
    outputs: difference.outputs.map((output) => (output.sensitive ? hidden(output) : output)),
  };
}

export function changeJson(change: Change): Change {
  return {
    ...change,
    properties: change.properties.map((property) => (property.sensitive ? hidden(property) : property)),
  };
}

function hidden<T extends { before: Value | undefined; after: Value | undefined; live?: Value }>(
  change: T,
): T {
  const hide = (value: Value | undefined): Value | undefined => (value === undefined ? undefined : SENSITIVE);
  return {
    ...change,
    before: hide(change.before),
    after: hide(change.after),
    ...("live" in change ? { live: hide(change.live) } : {}),
  };
}
