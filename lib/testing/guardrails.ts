import type { Construct } from "constructs";
import { ScfError } from "../model/error";
import { APP_SYNTHESIS, type Preparable } from "../model/prepared";
import type { Finding } from "../rules/finding";
import type { Guardrail } from "../rules/guardrail";
import { renderFindings } from "../rules/report";

/** What the root of a construct tree holds: whoever asks needs neither engine. */
interface Synthesis extends Preparable {
  readonly organization: { addGuardrail(guardrail: Guardrail, covers: () => boolean): void };
}

/** What guardrails are checked with. */
export interface CheckGuardrailsOptions {
  /**
   * Makes a stack of an app of its own, with its `ScfProvider`, for one example:
   * `() => { const stack = new TerraformStack(new App(), "example"); new ScfProvider(stack, "scf", { region }); return stack; }`.
   */
  readonly stack: () => Construct;
  /** The guardrails whose examples are checked. */
  readonly guardrails: readonly Guardrail[];
}

/**
 * Tests guardrails by their own examples: the one that passes has no finding of the guardrail and breaks no other rule; the one
 * that fails has a finding of it.
 *
 * @returns what is wrong, one text for each example; none when all is right. A guardrail without examples is told of as well.
 */
export function checkGuardrails({ stack, guardrails }: CheckGuardrailsOptions): string[] {
  return guardrails.flatMap((guardrail) => {
    const { id, examples } = guardrail;
    if (!examples) return [`${id} has no examples: give it \`examples: { passes, fails }\`.`];
    return [
      ...failuresOfPassing(guardrail, examples.passes, stack),
      ...failuresOfFailing(guardrail, examples.fails, stack),
    ];
  });
}

function failuresOfPassing(
  guardrail: Guardrail,
  example: (stack: Construct) => void,
  make: () => Construct,
): string[] {
  const { id } = guardrail;
  const found = findingsOf(guardrail, example, make);
  if (typeof found === "string") return [`${id}: the example that passes fails to run: ${found}`];
  const broken = found.filter(({ rule, severity }) => rule === id || severity === "error");
  return broken.length === 0 ? [] : [`${id}: the example that passes has findings:\n${rendered(broken)}`];
}

function failuresOfFailing(
  guardrail: Guardrail,
  example: (stack: Construct) => void,
  make: () => Construct,
): string[] {
  const { id, severity } = guardrail;
  const found = findingsOf(guardrail, example, make);
  if (typeof found === "string") return [`${id}: the example that fails does not even run: ${found}`];
  if (found.some((finding) => finding.rule === id && finding.severity === severity)) return [];
  const others = found.length === 0 ? "there is no finding at all" : `what there is:\n${rendered(found)}`;
  return [`${id}: the example that fails has no ${severity} of it; ${others}`];
}

/** What the rules say of an example; a text when it cannot be run. */
function findingsOf(
  guardrail: Guardrail,
  example: (stack: Construct) => void,
  make: () => Construct,
): readonly Finding[] | string {
  const stack = make();
  const synthesis = (stack.node.root as { [APP_SYNTHESIS]?: Synthesis })[APP_SYNTHESIS];
  if (!synthesis) {
    throw new ScfError("GUARDRAIL_STACK", `The stack ${stack.node.id} for the examples has no ScfProvider.`, {
      fix: "Have `stack` add one to each stack that it makes.",
    });
  }
  try {
    synthesis.organization.addGuardrail(guardrail, () => true);
    example(stack);
    return synthesis.prepare().findings;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function rendered(findings: readonly Finding[]): string {
  return renderFindings(findings, { color: false, baseDirectory: process.cwd() }).trimEnd();
}
