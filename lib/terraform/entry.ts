import { PROVIDER_SOURCE } from "../model/terraform";
import { serve } from "./plugin/serve";

void serve(() => (require("./provider") as typeof import("./provider")).createProvider(), {
  source: PROVIDER_SOURCE,
});
