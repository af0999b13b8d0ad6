import { createHash } from "node:crypto";
import * as path from "node:path";
import { PLAN_FILE, type Plan, type PlatformChoice } from "../../model/plan";
import { canonicalJson, type Properties } from "../../model/value";
import { relativePath } from "./relative-path";

/**
 * What the provider of a stack is told, in the names that Terraform has for it.
 *
 * @param backend where Terraform keeps the stack's state
 * @param directory the stack's folder, which is where Terraform runs
 */
export function providerBlock(plan: Plan, backend: unknown, directory: string): Properties {
  const { account, platform, quotas, region } = plan.provider;
  return {
    region,
    ...(account.uin === undefined ? {} : { uin: account.uin }),
    account_type: account.type,
    platform: platformBlock(platform, directory),
    ...(Object.keys(quotas).length === 0 ? {} : { quotas }),
    plan: PLAN_FILE,
    owner: ownerOf(plan.stack, backend),
  };
}

function platformBlock(platform: PlatformChoice, directory: string): Properties {
  if (platform.type === "tencentcloud") return platform;
  const { type, delayMs } = platform;
  return {
    type,
    // The program names it from the folder of cdktf.json.
    path: path.isAbsolute(platform.path) ? platform.path : relativePath(directory, platform.path),
    delay_ms: delayMs,
  };
}

/** Begins every mark of ownership: the same for all who share a state, another for a second state of the same program. */
function ownerOf(stack: string, backend: unknown): string {
  return createHash("sha256").update(canonicalJson({ backend, stack })).digest("hex").slice(0, 16);
}
