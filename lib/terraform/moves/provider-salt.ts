import * as fs from "node:fs";
import * as path from "node:path";
import { ScfError } from "../../model/error";
import { PROVIDER, TERRAFORM_FILE } from "../../model/terraform";
import type { TerraformObject } from "../plugin/value";
import { settingsOf } from "../provider/settings";

/**
 * What Terraform's provider makes its fingerprints with, in a stack's folder.
 *
 * @throws ScfError `TERRAFORM_MODE` when Terraform does not have our resources one by one
 */
export function providerSalt(stack: string, directory: string): string {
  const file = path.join(directory, TERRAFORM_FILE);
  const text = fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "{}";
  const block = (JSON.parse(text) as { provider?: { [name: string]: TerraformObject } }).provider?.[PROVIDER];
  if (block) return settingsOf(block, directory).salt;
  throw new ScfError("TERRAFORM_MODE", `Under Terraform, ${stack} is deployed by the bundled reconciler.`, {
    fix: 'Set `terraform: "provider"` on its ScfProvider, then run the command again.',
  });
}
