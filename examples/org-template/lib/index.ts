export { guardrails } from "./guardrails";
export { Harbour, type HarbourProps } from "./harbour";
export { Service, type ServiceProps } from "./service";
