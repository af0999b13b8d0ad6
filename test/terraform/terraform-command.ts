import { spawnSync } from "node:child_process";

/** Terraform without anything that a machine has configured. */
export const environment: NodeJS.ProcessEnv = {
  ...process.env,
  CHECKPOINT_DISABLE: "1",
  TF_CLI_CONFIG_FILE: undefined,
  TF_IN_AUTOMATION: "1",
};

/** Whether this machine has the real Terraform. */
export const hasTerraform = spawnSync("terraform", ["version"], { env: environment }).status === 0;

/** Runs Terraform in a folder, with these words and variables. */
export function runTerraform(
  folder: string,
  words: readonly string[],
  variables: NodeJS.ProcessEnv = {},
): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  return spawnSync("terraform", words, {
    cwd: folder,
    env: { ...environment, ...variables },
    encoding: "utf8",
    // Of five hundred resources it has much to say.
    maxBuffer: 2 ** 30,
  });
}
