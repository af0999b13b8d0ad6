import { accountRules } from "./account";
import { apiGatewayRules } from "./api-gateway";
import { concurrencyRules } from "./concurrency";
import { functionSectionRules } from "./functions";
import { kubernetesRules } from "./kubernetes";
import { layerRules } from "./layers";
import { loadBalancerRules } from "./load-balancer";
import { monitoringRules } from "./monitoring";
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
  ...apiGatewayRules,
  ...layerRules,
  ...versionRules,
  ...triggerRules,
  ...concurrencyRules,
  ...permissionRules,
  ...loadBalancerRules,
  ...monitoringRules,
  ...kubernetesRules,
  ...uniqueRules,
];
