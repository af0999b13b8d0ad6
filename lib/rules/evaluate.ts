import type { Acknowledgement } from "./acknowledgement";
import { acknowledge } from "./acknowledge";
import type { AppModel } from "./app-model";
import type { Finding, FindingPlace, Severity, SourceLocation } from "./finding";
import type { GivenValue } from "./given-value";
import { withOrigins } from "./origins";
import { sourceText, type CheckedRule, type Violation } from "./rule";
import { rules } from "./rules";

export { countFindings, hasErrors, type FindingCounts } from "./finding-counts";
export type { Acknowledgement };

export interface EvaluateOptions {
  readonly acknowledgements: readonly Acknowledgement[];
  /** Where in the program the construct at an address was made, when that is known. */
  readonly locate: (address: string) => SourceLocation | undefined;
  /**
   * Rules of the program's organization.
   * @default none
   */
  readonly guardrails?: readonly CheckedRule[];
  /**
   * Values that the constructs' own programs do not write.
   * @default none
   */
  readonly given?: readonly GivenValue[];
}

/** Checks every rule against all stacks of an app. Errors come first, then warnings, then what is not known yet. */
export function evaluate(app: AppModel, options: EvaluateOptions): Finding[] {
  const { guardrails = [], given = [] } = options;
  const checked: readonly CheckedRule[] = guardrails.length > 0 ? [...rules, ...guardrails] : rules;
  const found = withOrigins(app, check(checked, app), checked, given);
  const acknowledged = acknowledge(found, options.acknowledgements, checked);
  return acknowledged.map((finding) => located(finding, options.locate)).sort(compareFindings);
}

/**
 * What is found once more is known of the account: some of the rules are checked again, what the others found stays. A
 * finding that is the same as before stays acknowledged.
 */
export function evaluateAgain(
  app: AppModel,
  earlier: readonly Finding[],
  ids: ReadonlySet<string>,
): Finding[] {
  const same = new Map(earlier.map((finding) => [keyOf(finding), finding]));
  const locations = new Map(
    earlier.flatMap(({ places }) => places).map(({ address, location }) => [address, location]),
  );
  const again = check(
    rules.filter(({ id }) => ids.has(id)),
    app,
  ).map((finding) => same.get(keyOf(finding)) ?? located(finding, (address) => locations.get(address)));
  return [...earlier.filter(({ rule }) => !ids.has(rule)), ...again].sort(compareFindings);
}

function keyOf(finding: Finding): string {
  return [finding.rule, finding.message, addresses(finding)].join("\n");
}

function check(checked: readonly CheckedRule[], app: AppModel): Finding[] {
  const findings = new Map<string, Finding>();
  for (const rule of checked) {
    rule.check(app, (violation) => {
      const finding = findingOf(rule, violation);
      findings.set(JSON.stringify(finding), finding);
    });
  }
  return [...findings.values()];
}

function findingOf(rule: CheckedRule, violation: Violation): Finding {
  return {
    severity: violation.severity ?? rule.severity,
    rule: rule.id,
    message: violation.message,
    places: violation.places,
    fix: violation.fix ?? rule.fix,
    source: sourceText(violation.section ? { ...rule.source, section: violation.section } : rule.source),
    ...(violation.synthesisOnly ? { synthesisOnly: true } : {}),
  };
}

function located(finding: Finding, locate: EvaluateOptions["locate"]): Finding {
  const places = finding.places.map((place): FindingPlace => {
    const location = place.location ?? locate(place.address);
    return location ? { ...place, location } : place;
  });
  return { ...finding, places };
}

const severityOrder: Readonly<Record<Severity, number>> = { error: 0, warning: 1, unchecked: 2 };

function compareFindings(left: Finding, right: Finding): number {
  return (
    severityOrder[left.severity] - severityOrder[right.severity] ||
    compareText(left.rule, right.rule) ||
    compareText(addresses(left), addresses(right)) ||
    compareText(left.message, right.message)
  );
}

function addresses(finding: Finding): string {
  return finding.places.map((place) => place.address).join("\n");
}

/** By code unit: the same order on every machine, whatever its language. */
function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
