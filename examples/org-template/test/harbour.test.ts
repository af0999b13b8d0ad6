import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { App, TerraformStack } from "cdktf";
import * as scf from "cdktf-scf";
import { Harbour, Service } from "../lib";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "harbour-"));
fs.writeFileSync(path.join(folder, "index.js"), "exports.main_handler = async () => 'orders';\n");
afterAll(() => fs.rmSync(folder, { recursive: true }));

interface Resource {
  readonly address: string;
  readonly kind: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

function synthesize(declare: (stack: TerraformStack) => void): readonly Resource[] {
  const app = new App({ outdir: path.join(folder, "cdktf.out") });
  Harbour.applyTo(app, { team: "shop", functions: 1 });
  const stack = new TerraformStack(app, "shop");
  new scf.ScfProvider(stack, "scf", { region: scf.Region.GUANGZHOU });
  declare(stack);
  app.synth();
  const file = path.join(app.outdir, "stacks", "shop", "scf.plan.json");
  return (JSON.parse(fs.readFileSync(file, "utf8")) as { resources: readonly Resource[] }).resources;
}

test("a service has the organization's defaults, name and tags, an alias and an alarm", () => {
  const resources = synthesize((stack) => {
    new Service(stack, "orders", { description: "Takes orders.", folder });
  });
  const fn = resources.find(({ kind }) => kind === "scf_function");
  expect(fn?.properties).toMatchObject({
    functionName: "shop-orders-Function",
    memory: 256,
    timeout: 10,
    tags: { team: "shop" },
  });
  expect(resources.map(({ kind }) => kind)).toContain("monitor_alarm_policy");
  expect(resources.find(({ kind }) => kind === "scf_alias")?.properties["name"]).toBe("live");
});

test("fails past the team's budget", () => {
  const declare = (stack: TerraformStack): void => {
    new Service(stack, "orders", { description: "Takes orders.", folder });
    new Service(stack, "stock", { description: "Counts.", folder });
  };
  expect(() => synthesize(declare)).toThrow(/ERROR BUDGET {2}team shop declares 2 functions/);
});
