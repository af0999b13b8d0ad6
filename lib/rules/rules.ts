import { accountRules } from "./account";
import { apiGatewayRules } from "./api-gateway";
import { budgetRules } from "./budgets";
import { concurrencyRules } from "./concurrency";
import { executionRules } from "./execution";
import { backendRules } from "./backends";
import { functionSectionRules } from "./functions";
import { imageRules } from "./images";
import { kubernetesRules } from "./kubernetes";
import { layerRules } from "./layers";
import { loadBalancerRules } from "./load-balancer";
import { monitoringRules } from "./monitoring";
import { movedRules } from "./moved";
import { networkRules } from "./network";
import { packageRules } from "./packages";
import { permissionRules } from "./permissions";
import { releaseRules } from "./releases";
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
  ...apiGatewayRules,
  ...layerRules,
  ...versionRules,
  ...triggerRules,
  ...concurrencyRules,
  ...executionRules,
  ...networkRules,
  ...storageRules,
  ...permissionRules,
  ...loadBalancerRules,
  ...monitoringRules,
  ...kubernetesRules,
  ...backendRules,
  ...uniqueRules,
  ...movedRules,
  ...releaseRules,
  ...budgetRules,
];
