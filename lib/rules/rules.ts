import { accountRules } from "./account";
import { executionRules } from "./execution";
import { functionSectionRules } from "./functions";
import { imageRules } from "./images";
import { layerRules } from "./layers";
import { loadBalancerRules } from "./load-balancer";
import { networkRules } from "./network";
import { packageRules } from "./packages";
import { permissionRules } from "./permissions";
import type { Rule } from "./rule";
import { shapeRules } from "./shapes";
import { storageRules } from "./storage";
import { triggerRules } from "./triggers";
import { uniqueRules } from "./unique";
import { versionRules } from "./versions";
import { webRules } from "./web";

/** Every rule there is, in the order of the documents' sections. */
export const rules: readonly Rule[] = [
  ...shapeRules,
  ...accountRules,
  ...functionSectionRules,
  ...packageRules,
  ...imageRules,
  ...webRules,
  ...layerRules,
  ...versionRules,
  ...triggerRules,
  ...executionRules,
  ...networkRules,
  ...storageRules,
  ...permissionRules,
  ...loadBalancerRules,
  ...uniqueRules,
];
