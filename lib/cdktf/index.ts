// First: it says what to do when cdktf is not installed.
import "./engine";
export { addressOf } from "./address";
export { FindingsError } from "./app-synthesis";
export { Budget, type BudgetProps } from "./budget";
export { Defaults, type DefaultProps, type TakesDefaults } from "./defaults";
export { Findings } from "./findings";
export { Guardrails } from "./guardrails";
export { Lifecycle } from "./lifecycle";
export { nameFromScheme, Naming, type NamedConstruct, type NamingScheme } from "./naming";
export { OutputElement as Output, type OutputProps } from "./output";
export {
  Platform,
  providerOf,
  ScfProvider,
  type AccountProps,
  type LocalPlatformProps,
  type ScfProviderProps,
  type TencentCloudProps,
} from "./provider";
export { ResourceElement } from "./resource-element";
export { Tags } from "./tags";
export type { TerraformMode } from "../model/terraform";
