import type { TerraformStack } from "cdktf";
import type { TerraformMode } from "../../model/terraform";
import { ProviderMode } from "./provider-mode";
import { ReconcilerMode } from "./reconciler-mode";
import type { TerraformSynthesis } from "./synthesis";

export { refusedConfiguration } from "./refused";
export type { TerraformSynthesis } from "./synthesis";

export function terraformSynthesis(mode: TerraformMode, stack: TerraformStack): TerraformSynthesis {
  return mode === "reconciler" ? new ReconcilerMode(stack) : new ProviderMode(stack);
}
