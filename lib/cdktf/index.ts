// First: it says what to do when cdktf is not installed.
import "./engine";
export { addressOf } from "./address";
export { FindingsError } from "./app-synthesis";
export { Findings } from "./findings";
export { Lifecycle } from "./lifecycle";
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
export type { TerraformMode } from "../model/terraform";
