import type { GuardrailRecord } from "./guardrail";

/** What of a guardrail is no code: the report holds it, and `cdktf-scf explain` prints it. */
export interface GuardrailDescription extends Pick<
  GuardrailRecord,
  "id" | "severity" | "statement" | "source" | "fix"
> {
  readonly acknowledgeable: boolean;
}

export function describeGuardrail(guardrail: GuardrailRecord): GuardrailDescription {
  const { id, severity, statement, source, fix, acknowledgeable = true } = guardrail;
  return { id, severity, statement, source, fix, acknowledgeable };
}

/** When guardrails are checked, as a phrase. */
export const GUARDRAIL_CHECKED =
  "at synthesis, in unit tests and by `cdktf-scf validate`; a deploy does not check it again";
