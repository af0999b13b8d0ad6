import { spawnSync } from "node:child_process";

/** Terraform without anything that a machine has configured. */
export const environment: NodeJS.ProcessEnv = {
  ...process.env,
  CHECKPOINT_DISABLE: "1",
  TF_CLI_CONFIG_FILE: undefined,
  TF_IN_AUTOMATION: "1",
};

const present = spawnSync("terraform", ["version"], { env: environment }).status === 0;
const needed = process.env["CDKTF_SCF_NOTHING_SKIPPED"] !== undefined;

/** Describes what takes the real Terraform; where there is none it is skipped, and its name says why. */
export function withTerraform(name: string, tests: () => void): void {
  if (present || needed) describe(name, tests);
  else describe.skip(`${name} (skipped: there is no terraform on this machine)`, tests);
}

/** `npm run test:e2e` sets it: all that takes minutes. */
export const thorough = process.env["CDKTF_SCF_E2E"] !== undefined;

/** Describes what takes long as well; `npm test` skips it, and its name says why. */
export function withTerraformAtLength(name: string, tests: () => void): void {
  if (thorough) withTerraform(name, tests);
  else describe.skip(`${name} (skipped: npm run test:e2e runs it)`, tests);
}
