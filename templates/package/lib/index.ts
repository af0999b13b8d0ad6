export { guardrails } from "./guardrails";
export { Organization, type OrganizationProps } from "./organization";
export { Service, type ServiceProps } from "./service";
