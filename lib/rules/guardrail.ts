import type { Construct } from "constructs";
import { ScfError } from "../model/error";
import { kindsByShortName, type ShortKind } from "../model/short-kind";
import type { GuardedResource, GuardedResources } from "./guarded-resource";
import { quote } from "./text";

/** Where an organization states a guardrail. */
export interface GuardrailSource {
  /** The organization's document, as its people call it. */
  readonly document: string;
  /**
   * The section of it.
   * @default none
   */
  readonly section?: string;
  /**
   * Where it can be read.
   * @default none
   */
  readonly url?: string;
}

/** Programs that a guardrail accepts and reports: they document it, and `checkGuardrails` tests it with them. */
export interface GuardrailExamples {
  /** Declares something that the guardrail accepts. */
  readonly passes: (stack: Construct) => void;
  /** Declares something that the guardrail reports. */
  readonly fails: (stack: Construct) => void;
}

/** What every guardrail says of itself. */
export interface GuardrailRecord {
  /**
   * Stable name, the organization first: capital letters and digits in parts that are joined by `-`, for example `ACME-MEM`.
   * It must not be the id of a rule of this library.
   */
  readonly id: string;
  /** An error ends synthesis; a warning is reported and stops nothing. */
  readonly severity: "error" | "warning";
  /** What has to be so, as a sentence. */
  readonly statement: string;
  /** Where the organization says so. */
  readonly source: GuardrailSource;
  /** What to do about a finding. */
  readonly fix: string;
  /**
   * Whether programs may acknowledge its warnings.
   * @default true
   */
  readonly acknowledgeable?: boolean;
  /**
   * A program that it accepts and one that it reports.
   * @default none
   */
  readonly examples?: GuardrailExamples;
}

/** What a check of one resource found. */
export interface GuardrailViolation {
  /** What is wrong, with the value and the limit: one sentence, no final period. */
  readonly message: string;
  /**
   * What to do about it.
   * @default the guardrail's own
   */
  readonly fix?: string;
}

/** What a check of all resources found. */
export interface GuardrailPlanViolation extends GuardrailViolation {
  /** What it is about, the construct at fault first. */
  readonly resources: readonly GuardedResource[];
}

/** A guardrail for each resource of one kind. */
export interface ResourceGuardrail<N extends ShortKind = ShortKind> extends GuardrailRecord {
  /** The kind: `function`, `alias`, `timer_trigger`. */
  readonly kind: N;
  /** Reports what is wrong with one resource. */
  check(resource: GuardedResource<N>, report: (violation: GuardrailViolation) => void): void;
}

/** A guardrail for all resources together. */
export interface PlanGuardrail extends GuardrailRecord {
  readonly kind?: undefined;
  /** Reports what is wrong with the resources below the scope that the guardrail was added to. */
  check(resources: GuardedResources, report: (violation: GuardrailPlanViolation) => void): void;
}

/** A rule of an organization. Made by `defineGuardrail`. */
export interface Guardrail extends GuardrailRecord {
  /**
   * The kind of the resources that it looks at one by one.
   * @default none: it looks at all together
   */
  readonly kind?: ShortKind;
  /** Reports what is wrong. */
  check(subject: never, report: never): void;
}

/**
 * Defines a rule of an organization. Its findings are like those of this library's own rules. It is code of the program:
 * synthesis, unit tests and `cdktf-scf validate` check it, and what is not known there is reported as unchecked; a deploy does
 * not check it again.
 *
 * @throws ScfError `GUARDRAIL` when the record is wrong, or the id is that of a rule of this library
 */
export function defineGuardrail<N extends ShortKind>(guardrail: ResourceGuardrail<N>): Guardrail;
export function defineGuardrail(guardrail: PlanGuardrail): Guardrail;
export function defineGuardrail(guardrail: Guardrail): Guardrail {
  requireGuardrail(guardrail);
  return Object.freeze({ ...guardrail });
}

/** @throws ScfError `GUARDRAIL` when it is none, the record is wrong, or the id is that of a rule of this library */
export function requireGuardrail(guardrail: Guardrail): void {
  const { id, severity, kind, source, check } = (guardrail ?? {}) as Partial<Guardrail>;
  if (typeof id !== "string" || !/^[A-Z][A-Z0-9]*(-[A-Z0-9]+)+$/.test(id)) {
    throw refused(
      `The id of a guardrail is ${quote(id)}.`,
      "Join the organization and the subject by `-`, in capital letters and digits: ACME-MEM.",
    );
  }
  if (isOwnId(id)) {
    throw refused(
      `${id} is a rule of this library, and cannot be a guardrail.`,
      `Begin the id with the name of the organization: ACME-${id}.`,
    );
  }
  if (severity !== "error" && severity !== "warning") {
    throw refused(`The severity of ${id} is ${quote(severity)}.`, 'Say "error" or "warning".');
  }
  for (const name of ["statement", "fix"] as const) {
    if (typeof guardrail[name] === "string" && guardrail[name].trim() !== "") continue;
    throw refused(`${id} has no \`${name}\`.`, "People read it in the finding: write one sentence.");
  }
  if (typeof source?.document !== "string" || source.document.trim() === "") {
    throw refused(`${id} has no source.`, 'Name the document that states it: { document: "…" }.');
  }
  if (kind !== undefined && !kindsByShortName.has(String(kind))) {
    const known = [...kindsByShortName.keys()].sort().join(", ");
    throw refused(`${id} is for the kind ${quote(kind)}, and there is none.`, `The kinds are: ${known}.`);
  }
  if (typeof check !== "function") {
    throw refused(`${id} has no \`check\`.`, "Give it a function that reports what is wrong.");
  }
}

function isOwnId(wanted: string): boolean {
  // Only programs with guardrails need the list.
  const { sections } = require("./ids") as typeof import("./ids");
  return sections.some(({ ids }) => ids.some(({ id }) => id === wanted));
}

function refused(message: string, fix: string): ScfError {
  return new ScfError("GUARDRAIL", message, { fix });
}
