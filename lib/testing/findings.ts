import type { Construct } from "constructs";
import { ScfError } from "../model/error";
import type { Finding, Severity } from "../model/finding";
import type { KnownGuardrail } from "../model/prepared";
import { closest } from "../rules/edit-distance";
import { renderFindings } from "../rules/report";
import { asCalled, demand, type Outcome } from "./outcome";
import { prepareApp, type Preparation, prepareStack } from "./preparation";
import { style } from "./report";

/** Which of a rule's findings are meant. */
export interface FindingWhere {
  /**
   * Path of a construct that the finding is about: all of it, as much of its end as is needed, or a pattern in which `*` stands for
   * any text: `shop/orders`, `orders`, `shop/*`.
   * @default anywhere
   */
  readonly path?: string;
  /**
   * What the finding says.
   * @default anything
   */
  readonly message?: RegExp;
}

/** What the rules say about a program, to be asked in a test. Acknowledged warnings are not among them. */
export class Findings {
  /** What is about one stack; the other stacks of its app count where a rule looks at all of them. */
  static fromStack(stack: Construct): Findings {
    return asCalled(Findings.fromStack, () => new Findings(prepareStack(stack)));
  }

  /** Of all stacks of an app. */
  static fromApp(app: Construct): Findings {
    return asCalled(Findings.fromApp, () => new Findings(prepareApp(app)));
  }

  private readonly title: string;
  private readonly guardrails: readonly KnownGuardrail[];
  /** Errors first, then warnings, then what is not known before a deploy. */
  readonly all: readonly Finding[];

  private constructor({ title, findings, guardrails }: Preparation) {
    this.title = title;
    this.guardrails = guardrails;
    this.all = findings.filter(({ acknowledged }) => acknowledged === undefined);
  }

  /**
   * A rule is broken.
   *
   * @param rule its id, as findings show it: `CLB-REGION`
   * @throws ScfError `ASSERTION` when it is not, `RULE_UNKNOWN` for an id that no rule has
   */
  hasError(rule: string, where: FindingWhere = {}): this {
    demand(this.hasError, () => this.outcome(rule, where, "error"));
    return this;
  }

  /**
   * A rule warns.
   *
   * @throws ScfError `ASSERTION` when it does not, `RULE_UNKNOWN` for an id that no rule has
   */
  hasWarning(rule: string, where: FindingWhere = {}): this {
    demand(this.hasWarning, () => this.outcome(rule, where, "warning"));
    return this;
  }

  /** @throws ScfError `ASSERTION` when a rule is broken */
  hasNoErrors(): this {
    demand(this.hasNoErrors, () => this.without(["error"], "errors"));
    return this;
  }

  /** @throws ScfError `ASSERTION` when a rule warns */
  hasNoWarnings(): this {
    demand(this.hasNoWarnings, () => this.without(["warning"], "warnings"));
    return this;
  }

  /** @throws ScfError `ASSERTION` when there is an error, a warning, or a value that cannot be checked before a deploy */
  hasNone(): this {
    demand(this.hasNone, () => this.without(["error", "warning", "unchecked"], "findings"));
    return this;
  }

  /** @internal */
  outcome(rule: string, where: FindingWhere, severity?: Severity): Outcome {
    const ofRule = this.all.filter((finding) => finding.rule === rule);
    if (ofRule.length === 0) checkRule(rule, severity, this.guardrails);
    const found = ofRule.filter(
      (finding) => (severity === undefined || finding.severity === severity) && isThere(finding, where),
    );
    const asked = `${severity ?? "finding"} ${rule}${described(where)}`;
    return found.length > 0
      ? { passed: true, text: () => this.text(`${this.title} has the ${asked}, expected none.`, found) }
      : { passed: false, text: () => this.otherwise(`${this.title} has no ${asked}.`) };
  }

  private without(severities: readonly Severity[], noun: string): Outcome {
    const found = this.all.filter(({ severity }) => severities.includes(severity));
    return {
      passed: found.length === 0,
      text: () => this.text(`${this.title} has ${noun}, expected none.`, found),
    };
  }

  private otherwise(heading: string): string {
    return this.all.length === 0
      ? `${heading} It has no findings at all.`
      : this.text(`${heading} It has:`, this.all);
  }

  private text(heading: string, findings: readonly Finding[]): string {
    const { color } = style();
    return `${heading}\n\n${renderFindings(findings, { color, baseDirectory: process.cwd() })}`;
  }
}

function described({ path, message }: FindingWhere): string {
  return `${path === undefined ? "" : ` at ${path}`}${message === undefined ? "" : ` that says ${String(message)}`}`;
}

function isThere(finding: Finding, { path, message }: FindingWhere): boolean {
  if (message !== undefined && finding.message.search(message) < 0) return false;
  return path === undefined || finding.places.some(({ address }) => isAt(address, path));
}

function isAt(address: string, path: string): boolean {
  if (!path.includes("*")) return address === path || address.endsWith(`/${path}`);
  const parts = path.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "s").test(address);
}

/**
 * @throws ScfError `RULE_UNKNOWN` for an id that no rule has, and for a rule that never reports like that: such an assertion would
 * be about nothing
 */
function checkRule(
  rule: string,
  severity: Severity | undefined,
  guardrails: readonly KnownGuardrail[],
): void {
  const { sections } = require("../rules/ids") as typeof import("../rules/ids");
  const ids: { readonly id: string; readonly severities: readonly string[] }[] = [
    ...guardrails.map((guardrail) => ({ id: guardrail.id, severities: [guardrail.severity] })),
    ...sections.flatMap((section) => section.ids),
  ];
  const known = ids.find(({ id }) => id === rule);
  if (!known) {
    const meant = closestOf(
      rule,
      ids.map(({ id }) => id),
    );
    refuse(
      `No rule has the id ${JSON.stringify(rule)}.`,
      meant ? `Did you mean ${meant}?` : "`cdktf-scf explain` lists all rules.",
    );
  }
  if (known.severities.every((each) => each === "fact")) {
    refuse(`${rule} is a fact that no program can break, so it is never found.`, "Ask for another rule.");
  }
  if (severity === "error" && !known.severities.includes("error")) {
    refuse(`${rule} is never an error, only a warning.`, "Use hasWarning.");
  }
  if (severity === "warning" && !known.severities.includes("warning")) {
    refuse(`${rule} is never a warning, only an error.`, "Use hasError.");
  }
}

/** Ids have a prefix: of many candidates those with the same one come first. */
function closestOf(rule: string, ids: readonly string[]): string | undefined {
  const prefix = rule.split("-", 1)[0] ?? "";
  const near = ids.filter((id) => id.startsWith(`${prefix}-`));
  return closest(rule, near) ?? closest(rule, ids.slice(0, 200)) ?? closest(rule, ids.slice(200));
}

function refuse(message: string, fix: string): never {
  throw new ScfError("RULE_UNKNOWN", message, { fix });
}
