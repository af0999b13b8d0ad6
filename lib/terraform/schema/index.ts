/** Nothing in here loads the schemas of the kinds: they cost more than many a call of Terraform's. */
export { keepConfigured, type SameSecret } from "./keep-configured";
export { resourceShapeOf, type PropertyField, type ResourceShape } from "./resource-shape";
export { holdsSecretMarker } from "./secret-text";
export { toProperties, type KnownProperties } from "./to-properties";
export { toTerraform } from "./to-terraform";
