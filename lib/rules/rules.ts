import { accountRules } from "./account";
import { backendRules } from "./backends";
import { functionSectionRules } from "./functions";
import { layerRules } from "./layers";
import { loadBalancerRules } from "./load-balancer";
import { packageRules } from "./packages";
import { permissionRules } from "./permissions";
import type { Rule } from "./rule";
import { shapeRules } from "./shapes";
import { triggerRules } from "./triggers";
import { uniqueRules } from "./unique";
import { versionRules } from "./versions";

/** Every rule there is, in the order of the documents' sections. */
export const rules: readonly Rule[] = [
  ...shapeRules,
  ...accountRules,
  ...functionSectionRules,
  ...packageRules,
  ...layerRules,
  ...versionRules,
  ...triggerRules,
  ...permissionRules,
  ...loadBalancerRules,
  ...backendRules,
  ...uniqueRules,
];
