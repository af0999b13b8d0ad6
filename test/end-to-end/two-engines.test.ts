import * as fs from "node:fs";
import * as path from "node:path";
import * as cdktf from "cdktf";
import * as cdktn from "cdktn";
import type * as Library from "../../lib";
import { checkout } from "../installed";
import { temporaryFolder } from "../temporary-folder";

type Constructs = typeof Library;
type Engine = typeof cdktf;

const fork = cdktn as unknown as Engine;
const forCdktf = require(path.join(checkout, "dist")) as Constructs;
const forCdktn = require(path.join(checkout, "dist", "cdktn")) as Constructs;

function newStack({ App, TerraformStack }: Engine): cdktf.TerraformStack {
  return new TerraformStack(new App({ outdir: temporaryFolder() }), "shop");
}

function declareProvider(scf: Constructs, stack: cdktf.TerraformStack): void {
  new scf.ScfProvider(stack, "scf", { region: scf.Region.GUANGZHOU, platform: scf.Platform.local() });
}

function declareOrders(
  scf: Constructs,
  stack: cdktf.TerraformStack,
  environment: Readonly<Record<string, string>> = {},
): InstanceType<Constructs["Function"]> {
  return new scf.Function(stack, "orders", {
    runtime: scf.Runtime.NODEJS_16_13,
    handler: "index.main_handler",
    code: scf.Code.fromInline("exports.main_handler = async () => 'orders';"),
    environment,
  });
}

/** A plan with references of ours and tokens of others, alone and inside of text. */
function planOf(scf: Constructs, engine: Engine): string {
  const stack = newStack(engine);
  declareProvider(scf, stack);
  const bucket = new engine.TerraformVariable(stack, "bucket", { type: "string" }).stringValue;
  const orders = declareOrders(scf, stack, { BUCKET: bucket, URL: `https://${bucket}.example.com` });
  orders.addAlias("live", { version: orders.currentVersion });
  new scf.Output(stack, "id", { value: `function ${orders.functionId}` });
  const app = stack.node.root as cdktf.App;
  app.synth();
  return fs.readFileSync(path.join(app.outdir, "stacks", "shop", "scf.plan.json"), "utf8");
}

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}

test("the same program has the same plan with either engine", () => {
  const plan = planOf(forCdktf, cdktf);
  expect(plan).toContain("https://");
  expect(planOf(forCdktn, fork)).toBe(plan);
});

test("both entry points share what knows nothing of an engine", () => {
  expect(forCdktn.Function).not.toBe(forCdktf.Function);
  expect(forCdktn.Duration).toBe(forCdktf.Duration);
  expect(forCdktn.ScfError).toBe(forCdktf.ScfError);
  expect(Object.keys(forCdktn).sort()).toEqual(Object.keys(forCdktf).sort());
});

test.each<[string, Constructs, Engine, object]>([
  [
    "cdktn",
    forCdktf,
    fork,
    {
      code: "ENGINE_MIXED",
      message: 'Stack shop is one of cdktn, and what is imported from "cdktf-scf" is for stacks of cdktf.',
      fix: 'Write `import * as scf from "cdktf-scf/cdktn"`.',
    },
  ],
  [
    "cdktf",
    forCdktn,
    cdktf,
    {
      code: "ENGINE_MIXED",
      message:
        'Stack shop is one of cdktf, and what is imported from "cdktf-scf/cdktn" is for stacks of cdktn.',
      fix: 'Write `import * as scf from "cdktf-scf"`.',
    },
  ],
])("fails in a stack of %s for constructs of the other entry point", (_, scf, engine, expected) => {
  expect(thrownBy(() => declareProvider(scf, newStack(engine)))).toMatchObject(expected);
  expect(thrownBy(() => declareOrders(scf, newStack(engine)))).toMatchObject(expected);
});

test("fails for one construct of the other entry point among right ones", () => {
  const stack = newStack(fork);
  declareProvider(forCdktn, stack);
  expect(thrownBy(() => declareOrders(forCdktf, stack))).toMatchObject({ code: "ENGINE_MIXED" });
});

test("fails in a subclass of the other engine's stack", () => {
  class Shop extends cdktn.TerraformStack {}
  const stack = new Shop(new cdktn.App({ outdir: temporaryFolder() }), "shop");
  const thrown = thrownBy(() => forCdktf.Findings.of(stack).acknowledge("CLB-BETA", "it is a trial"));
  expect(thrown).toMatchObject({ code: "ENGINE_MIXED" });
});
