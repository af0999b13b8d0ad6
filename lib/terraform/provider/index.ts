import type { Provider } from "../plugin/provider";
import { ScfProvider } from "./scf-provider";

/** The provider, as Terraform starts it in the folder of a stack. */
export function createProvider(): Provider {
  return new ScfProvider(process.cwd(), process.env);
}
