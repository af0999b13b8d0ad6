import { atLength, thorough } from "../at-length";
import { hasTerraform } from "./terraform-command";

const needed = process.env["CDKTF_SCF_NOTHING_SKIPPED"] !== undefined;

/** Describes what takes the real Terraform; where there is none it is skipped, and its name says why. */
export function withTerraform(name: string, tests: () => void): void {
  if (hasTerraform || needed) describe(name, tests);
  else describe.skip(`${name} (skipped: there is no terraform on this machine)`, tests);
}

/** Describes what takes long as well; `npm test` skips it, and its name says why. */
export function withTerraformAtLength(name: string, tests: () => void): void {
  if (thorough) withTerraform(name, tests);
  else atLength(name, tests);
}
