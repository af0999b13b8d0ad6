import * as fs from "node:fs";
import * as path from "node:path";
import { checkout } from "../../cli/project";
import { orders, program, reader, shopProgram, stackText, table } from "./programs";
import { TerraformProject } from "./terraform-project";

function synthesized(text: string): TerraformProject {
  const project = new TerraformProject(text);
  project.synthesize();
  return project;
}

const folder = "cdktf.out/stacks/shop";

interface Configuration {
  readonly locals?: Record<string, unknown>;
  readonly output?: Record<string, unknown>;
  readonly resource: { readonly null_resource: Record<string, { readonly triggers?: object }> };
}

function configuration(project: TerraformProject, stack = "shop"): Configuration {
  return project.json(`cdktf.out/stacks/${stack}/scf.tf.json`) as Configuration;
}

const full = `${table} ${orders("environment: { TABLE: table },")} ${reader}
  new scf.Output(stack, "id", { value: orders.functionId, description: "Costs \${nothing}" });
  new scf.Output(stack, "table", { value: table, sensitive: true });`;

test("a stack has one resource that deploys and one that removes, as in the golden file", () => {
  const project = synthesized(shopProgram(full));
  // Of what the plan holds, other tests speak.
  const text = project.read(`${folder}/scf.tf.json`).replace(/\b[0-9a-f]{64}\b/g, "<hash>");
  const golden = path.join(__dirname, "golden.txt");
  if (process.env.UPDATE_GOLDEN === "1") fs.writeFileSync(golden, text);
  expect(text).toBe(fs.readFileSync(golden, "utf8"));
  expect(project.json(`${folder}/scf.reads.json`)).toEqual({ "shop/orders": ["functionId"] });
});

test("a stack that takes nothing and gives nothing has nothing but the two", () => {
  expect(Object.keys(configuration(synthesized(shopProgram(orders()))))).toEqual(["resource"]);
});

test("what is written holds no absolute path, and is the same in another folder", () => {
  const [one, other] = [synthesized(shopProgram(full)), synthesized(shopProgram(full))];
  for (const name of ["scf.tf.json", "scf.reads.json", "scf.cjs"]) {
    const text = one.read(`${folder}/${name}`);
    expect(text).toBe(other.read(`${folder}/${name}`));
    expect(text).not.toContain(one.directory);
    expect(text).not.toContain(`"${checkout}`);
  }
});

test("the deployment is made again for another plan, and for another value that is read", () => {
  const triggers = (body: string): object | undefined =>
    configuration(synthesized(shopProgram(body))).resource.null_resource["cdktf_scf"]?.triggers;
  const [bare, changed, read] = [
    orders(),
    orders("timeout: scf.Duration.seconds(9),"),
    orders() + reader,
  ].map(triggers) as [object, object, object];
  expect(changed).not.toEqual(bare);
  expect(read).not.toEqual(bare);
  expect(triggers(orders())).toEqual(bare);
});

test("a stack of Terraform's provider may take values of one of the reconciler", () => {
  const project = synthesized(
    program(
      stackText("shop", `${orders()} globalThis.orders = orders;`),
      stackText(
        "front",
        `new TerraformOutput(stack, "id", { value: globalThis.orders.functionId });`,
        "provider",
      ),
    ),
  );
  expect(project.read("cdktf.out/stacks/front/cdk.tf.json")).toContain("${data.terraform_remote_state.");
  expect(project.json(`${folder}/scf.reads.json`)).toEqual({ "shop/orders": ["functionId"] });
});

test("fails when it needs values that only Terraform's state holds", () => {
  const text = program(
    stackText("shop", `${orders()} globalThis.orders = orders;`, "provider"),
    stackText("front", `new scf.Output(stack, "id", { value: globalThis.orders.functionId });`),
  );
  expect(() => synthesized(text)).toThrow(
    'Stack front needs `functionId` of shop/orders, but `terraform` of its ScfProvider is "reconciler" and that of stack shop is "provider"',
  );
});
