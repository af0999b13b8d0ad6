"use strict";

/**
 * A gate: it calls the new version by its number, which nobody else does yet, and looks whether it answers. In the cloud the
 * same call goes to a client of the SDK.
 */
const { openLocalPlatform } = require("cdktf-scf/local");

const { SCF_REGION, SCF_NAMESPACE, SCF_FUNCTION, SCF_NEW_VERSION } = process.env;

async function judge() {
  const platform = openLocalPlatform({ path: ".cdktf-scf/local.db", region: SCF_REGION });
  const { Result } = await platform.call("scf", "Invoke", {
    Namespace: SCF_NAMESPACE,
    FunctionName: SCF_FUNCTION,
    Qualifier: SCF_NEW_VERSION,
    ClientContext: JSON.stringify({ order: "trial", cents: 1, dryRun: true }),
  });
  await platform.close();
  if (Result.InvokeResult !== 0)
    throw new Error(`${SCF_FUNCTION} answers with status ${Result.InvokeResult}`);
  console.log(`${SCF_FUNCTION} version ${SCF_NEW_VERSION} answers`);
}

judge().catch((error) => {
  console.log(error.message);
  process.exitCode = 1;
});
