const path = require("node:path");
const { library } = require("./library.cjs");

/** The stack that functions are synthesized in. */
exports.STACK = "bench";

/**
 * Synthesizes functions on the local platform, in a folder.
 *
 * @returns the stack's folder
 */
exports.synthesizeFunctions = function synthesizeFunctions(count, folder) {
  const { App, TerraformStack } = require("cdktf");
  const scf = library("index");
  const app = new App({ outdir: path.join(folder, "cdktf.out") });
  const stack = new TerraformStack(app, exports.STACK);
  new scf.ScfProvider(stack, "scf", {
    region: scf.Region.GUANGZHOU,
    platform: scf.Platform.local(),
    quotas: { functionsPerNamespace: count, codeBytes: Number.MAX_SAFE_INTEGER, concurrencyMb: 1e9 },
  });
  const code = scf.Code.fromInline("exports.main_handler = async () => 1;\n");
  for (let index = 0; index < count; index++) {
    new scf.Function(stack, `f${index}`, {
      name: `f${index}`,
      runtime: scf.Runtime.NODEJS_16_13,
      handler: "index.main_handler",
      code,
      environment: { TABLE: "orders", INDEX: String(index) },
    });
  }
  app.synth();
  return path.join(folder, "cdktf.out", "stacks", exports.STACK);
};
