import type { Acknowledgement } from "./acknowledgement";
import { closest } from "./edit-distance";
import type { Finding } from "./finding";
import type { CheckedRule } from "./rule";
import { quote } from "./text";

/** Id of the findings about acknowledgements themselves. */
export const ACKNOWLEDGE = "ACKNOWLEDGE";

/**
 * Marks the warnings that the program has acknowledged, and reports the acknowledgements that do nothing: an error cannot
 * be acknowledged, and one that matches nothing hides that the reason for it is gone.
 */
export function acknowledge(
  findings: readonly Finding[],
  acknowledgements: readonly Acknowledgement[],
  rules: readonly CheckedRule[],
): Finding[] {
  if (acknowledgements.length === 0) return [...findings];
  const refusing = new Set(
    rules.flatMap(({ id, acknowledgeable }) => (acknowledgeable === false ? [id] : [])),
  );
  const index = indexed(acknowledgements);
  const outcomes = new Map<Acknowledgement, Set<Finding["severity"]>>();
  const marked = findings.map((finding) => {
    const matching = matchesOf(finding, index);
    for (const match of matching) {
      const severities = outcomes.get(match) ?? new Set();
      outcomes.set(match, severities.add(finding.severity));
    }
    const reason = matching.find(hasReason)?.reason;
    return finding.severity === "warning" && reason !== undefined && !refusing.has(finding.rule)
      ? { ...finding, acknowledged: reason }
      : finding;
  });
  const about = acknowledgements.flatMap((acknowledgement) => {
    const problem = problemOf(acknowledgement, outcomes.get(acknowledgement), rules);
    return problem ? [problem] : [];
  });
  return [...marked, ...about];
}

type Index = ReadonlyMap<string, readonly Acknowledgement[]>;

function indexed(acknowledgements: readonly Acknowledgement[]): Index {
  const index = new Map<string, Acknowledgement[]>();
  for (const acknowledgement of acknowledgements) {
    const key = keyOf(acknowledgement.rule, acknowledgement.address);
    const same = index.get(key);
    if (same) same.push(acknowledgement);
    else index.set(key, [acknowledgement]);
  }
  return index;
}

function keyOf(rule: string, address: string): string {
  return `${rule} ${address}`;
}

/** The acknowledgements on any place of a finding or above it, the nearest first. */
function matchesOf(finding: Finding, index: Index): Acknowledgement[] {
  const found = new Set<Acknowledgement>();
  for (const place of finding.places) {
    for (let address = place.address; ; address = address.slice(0, Math.max(0, address.lastIndexOf("/")))) {
      for (const match of index.get(keyOf(finding.rule, address)) ?? []) found.add(match);
      if (address === "") break;
    }
  }
  return [...found];
}

function hasReason(acknowledgement: Acknowledgement): boolean {
  return typeof acknowledgement.reason === "string" && acknowledgement.reason.trim() !== "";
}

function problemOf(
  acknowledgement: Acknowledgement,
  severities: ReadonlySet<Finding["severity"]> | undefined,
  rules: readonly CheckedRule[],
): Finding | undefined {
  const { rule, address } = acknowledgement;
  const finding = { rule: ACKNOWLEDGE, places: [{ address }], source: "cdktf-scf, acknowledgements" };
  if (severities?.has("error")) {
    return {
      ...finding,
      severity: "error",
      message: `${rule} reports an error here, and an error cannot be acknowledged`,
      fix: "resolve the error and remove the acknowledgement",
    };
  }
  if (rules.some(({ id, acknowledgeable }) => id === rule && acknowledgeable === false)) {
    return {
      ...finding,
      severity: "error",
      message: `${rule} cannot be acknowledged: its organization does not allow it`,
      fix: "resolve the warning and remove the acknowledgement",
    };
  }
  if (!severities) {
    const known = rules.some(({ id }) => id === rule);
    const meant = known
      ? undefined
      : closest(
          String(rule),
          rules.map(({ id }) => id),
        );
    return {
      ...finding,
      severity: "warning",
      message: known
        ? `the acknowledgement of ${rule} matches no warning`
        : `the acknowledgement names ${quote(rule)}, and there is no such rule`,
      fix: meant === undefined ? "remove the acknowledgement" : `did you mean ${meant}?`,
    };
  }
  if (!hasReason(acknowledgement)) {
    return {
      ...finding,
      severity: "warning",
      message: `the acknowledgement of ${rule} gives no reason and is not counted`,
      fix: "say why the warning does not matter here",
    };
  }
  return undefined;
}
