import type { FoundImport, ImportFindings, ImportProblem } from "../../reconciler/import";
import { editDistance } from "../../rules/edit-distance";
import { renderProperty } from "./difference";
import type { Style } from "./style";
import { count } from "./text";

/** Names that are shown beside one that does not exist. */
const NEAR = 5;

/**
 * What was found, and what the next deploy would do to it, as people read it before they agree.
 *
 * @param canMark whether a call puts our mark on objects of a kind that exist already
 */
export function renderFound(
  { stack, found, done, refusal }: ImportFindings,
  style: Style,
  canMark: (kind: string) => boolean,
): string {
  const lines = found.flatMap((one) => [...renderOne(one, style, canMark), ""]);
  if (refusal) {
    lines.push(
      `${style.yellow("Warning:")} the next deploy would be refused. ${refusal.message} ${refusal.fix ?? ""}`.trimEnd(),
      "",
    );
  }
  const already = done.length > 0 ? `; ${done.length} imported before` : "";
  lines.push(`${style.bold(`${stack}:`)} ${found.length} to import${already}.`);
  return lines.join("\n");
}

function renderOne(found: FoundImport, style: Style, canMark: (kind: string) => boolean): string[] {
  const { title, identity, address, next, takenOver } = found;
  const lines = [
    `${style.paint("cyan", "  <")} ${style.bold(`import   ${title} ${identity}`)}  ${style.dim(address)}`,
  ];
  if (takenOver) {
    const mark = canMark(found.kind) ? "gets ours instead" : "keeps it: no call changes it";
    lines.push(style.yellow(`        it carries the mark of another stack, and ${mark}`));
  }
  if (!next) return [...lines, style.dim("        it is as declared: the next deploy leaves it alone")];
  const what = `        the next deploy would ${next.operation} it`;
  lines.push(
    next.operation === "replace" ? style.red(`${what}: delete it, and make another`) : style.yellow(what),
  );
  return [...lines, ...next.properties.flatMap((property) => renderProperty(property, next, style))];
}

export interface Sentences {
  readonly message: string;
  readonly fix: string;
}

/** Why an object cannot be imported, and what to do about it. */
export function describeProblem(one: ImportProblem, region: string): Sentences {
  const { address, id } = one;
  switch (one.problem) {
    case "address":
      return { message: `${address} is not in the program.`, fix: nearAddresses(address, one.addresses) };
    case "twice":
      return { message: `${address} is named more than once.`, fix: "One address stands for one object." };
    case "kind":
      return {
        message: `${address} is a ${one.title}, which cannot be imported: nothing tells one that exists from another.`,
        fix: "Leave it to `cdktf-scf deploy`.",
      };
    case "id":
      return { message: `${address}: ${one.message}`, fix: one.fix ?? "" };
    case "nothing":
      return {
        message: `${address}: there is no ${one.title} ${id} in ${region}.`,
        fix: nearIds(id, one.title, one.existing),
      };
    case "recorded":
      return recorded(one);
    case "stranger":
      return {
        message: `${address}: the ${one.title} ${one.identity} carries the mark of another stack, which may still manage it.`,
        fix: "If that stack is gone, or its state is lost, run the command again with --take-over.",
      };
  }
}

function recorded({
  address,
  title,
  identity,
  at,
  occupied,
}: Extract<ImportProblem, { problem: "recorded" }>): Sentences {
  if (occupied) {
    return {
      message: `${address} is recorded already: as the ${title} ${identity}.`,
      fix: `\`cdktf-scf state rm ${address}\` forgets it and leaves it alone; another one can be imported then.`,
    };
  }
  return {
    message: `${address}: the ${title} ${identity} is recorded already, at ${at}.`,
    fix: `An object has one address. \`cdktf-scf state rm ${at}\` forgets it there; it can be imported here then.`,
  };
}

function nearAddresses(address: string, addresses: readonly string[]): string {
  const below = addresses.filter((known) => known.startsWith(`${address}/`));
  const near = below.length > 0 ? below.slice(0, NEAR) : nearest(address, addresses);
  if (near.length === 0)
    return "Declare it first: an imported object needs a construct that says what it is.";
  return `Did you mean ${oneOf(near)}? An object that no construct declares yet needs one first.`;
}

function nearIds(id: string, title: string, existing: readonly string[]): string {
  const near = nearest(id, existing);
  if (near.length === 0) return `There is no ${title} at all. Check the region and the account.`;
  return existing.length === near.length
    ? `There ${near.length === 1 ? "is" : "are"} ${near.join(", ")}.`
    : `Of the ${count(existing.length, title)} that there are, the nearest are ${near.join(", ")}.`;
}

function oneOf(names: readonly string[]): string {
  return names.length === 1 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}

/** Ids can be long: what is compared is no more than that. */
const COMPARED = 120;

function nearest(name: string, candidates: readonly string[]): string[] {
  const short = name.slice(0, COMPARED).toLowerCase();
  return candidates
    .map((candidate) => ({
      candidate,
      distance: editDistance(short, candidate.slice(0, COMPARED).toLowerCase()),
    }))
    .sort((left, right) => left.distance - right.distance || (left.candidate < right.candidate ? -1 : 1))
    .slice(0, NEAR)
    .map(({ candidate }) => candidate);
}
