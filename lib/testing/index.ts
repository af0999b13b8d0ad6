export { checkGuardrails, type CheckGuardrailsOptions } from "./guardrails";
