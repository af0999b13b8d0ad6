import * as fs from "node:fs";
import * as path from "node:path";
import { App, TerraformStack } from "cdktf";
import * as scf from "cdktf-scf";
import type { Plan, PlannedResource } from "../../lib/model/plan";
import { temporaryFolder } from "../temporary-folder";

const source = scf.Code.fromInline("exports.main_handler = async () => 1;\n");

/** The least that a function needs. */
export const node = {
  runtime: scf.Runtime.NODEJS_16_13,
  handler: "index.main_handler",
  code: source,
} as const;

/** A start file that is right. */
export const START = "#!/bin/bash\n/var/lang/node16/bin/node app.js\n";

/** The least that a web function needs: a package that holds these files, all with this mode. */
export function web(
  contents: Readonly<Record<string, string>> = { scf_bootstrap: START },
  mode = 0o755,
): scf.WebFunctionProps {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(contents)) {
    fs.writeFileSync(path.join(folder, name), text, { mode });
  }
  return { runtime: scf.Runtime.NODEJS_16_13, code: scf.Code.fromAsset(folder) };
}

export const loadBalancer = scf.LoadBalancer.fromAttributes({
  loadBalancerId: "lb-1",
  region: "ap-guangzhou",
});

/** A stack with its provider. */
export class TestStack extends TerraformStack {
  constructor(app: App, id: string, provider: Partial<scf.ScfProviderProps> = {}) {
    super(app, id);
    new scf.ScfProvider(this, "scf", { region: scf.Region.GUANGZHOU, ...provider });
  }
}

export function newApp(options: { skipValidation?: boolean } = {}): App {
  return new App({ outdir: temporaryFolder(), ...options });
}

/** Declares one stack, synthesizes it for real, and reads its plan back. */
export function synthesize(
  declare: (stack: TestStack) => void,
  provider: Partial<scf.ScfProviderProps> = {},
): Plan {
  const app = newApp();
  declare(new TestStack(app, "shop", provider));
  app.synth();
  return readPlan(app, "shop");
}

export function readPlan(app: App, stack: string): Plan {
  return JSON.parse(fs.readFileSync(planFile(app, stack), "utf8")) as Plan;
}

export function planFile(app: App, stack: string): string {
  return path.join(app.outdir, "stacks", stack, "scf.plan.json");
}

export function resource(plan: Plan, address: string): PlannedResource {
  const found = plan.resources.find((candidate) => candidate.address === address);
  if (!found)
    throw new Error(`no ${address} in ${plan.resources.map((candidate) => candidate.address).join(", ")}`);
  return found;
}
