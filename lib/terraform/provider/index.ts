import { ScfError } from "../../model/error";
import type { Provider } from "../plugin/provider";

/** Makes the provider of the resources of this library. */
export function createProvider(): Provider {
  throw new ScfError("NOT_READY", "The provider is not there yet.");
}
