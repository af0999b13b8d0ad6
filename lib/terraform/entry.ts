import { PROVIDER_SOURCE } from "../model/terraform";
import { Cache } from "../start/cache";
import { ModuleImage } from "../start/module-image";
import { LateProvider } from "./late-provider";
import type { Provider } from "./plugin/provider";
import { serve } from "./plugin/serve";

void serve(() => new LateProvider(load), { source: PROVIDER_SOURCE });

/** Hundreds of modules: those that were loaded last time are at hand. */
function load(): Provider {
  // Who looks for a fault wants to see true file names in stack traces.
  if (process.env.CDKTF_SCF_DEBUG !== "1") {
    const image = ModuleImage.start(Cache.of(__dirname), "terraform-provider");
    process.on("exit", () => image.save());
  }
  return (require("./provider") as typeof import("./provider")).createProvider();
}
