import { resolve } from "node:path";
import type { PlannedProvider } from "../model/plan";
import { effectiveQuotas } from "../model/quotas";
import type { Platform } from "./platform";

/**
 * Opens the platform that a provider names. Only that one is loaded.
 *
 * @param directory where the path of a local platform begins
 * @throws ScfError `CREDENTIALS_MISSING`, when the first call to the cloud is made
 */
export async function openPlatform(provider: PlannedProvider, directory: string): Promise<Platform> {
  const { platform, region } = provider;
  if (platform.type === "local") {
    const { openLocalPlatform } = require("./local") as typeof import("./local");
    return openLocalPlatform({
      path: resolve(directory, platform.path),
      region,
      delayMs: platform.delayMs,
      quotas: effectiveQuotas(provider),
      accountType: provider.account.type,
    });
  }
  const { findCredentials, openTencentCloud } = require("./tencentcloud") as typeof import("./tencentcloud");
  return openTencentCloud({
    region,
    credentials: () => findCredentials(process.env),
    ...(platform.endpoint === undefined ? {} : { endpoint: platform.endpoint }),
  });
}
