export { toRecordedResources } from "./from-terraform";
export { isSameObject, lineageOf, oursIn, withoutOurs, type Ours } from "./our-resources";
export {
  addressOf,
  nextTerraformState,
  parseTerraformState,
  type TerraformResource,
  type TerraformState,
} from "./terraform-state";
export { providerSalt } from "./provider-salt";
export { toTerraformResources, type MoveContext, type Moved } from "./to-terraform";
