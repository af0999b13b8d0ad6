export {
  isSameObject,
  lineageOf,
  oursIn,
  toRecordedResources,
  withoutOurs,
  type Ours,
} from "./from-terraform";
export {
  addressOf,
  nextTerraformState,
  parseTerraformState,
  type TerraformResource,
  type TerraformState,
} from "./terraform-state";
export { providerSalt } from "./provider-salt";
export { toTerraformResources, type MoveContext, type Moved } from "./to-terraform";
