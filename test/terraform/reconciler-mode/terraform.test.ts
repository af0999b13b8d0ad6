import { withTerraform, withTerraformAtLength } from "../with-terraform";
import { orders, program, reader, shopProgram, stackText, table } from "./programs";
import { TerraformProject } from "./terraform-project";

const functionRequest = { FunctionName: "shop-orders" };

function started(text: string, stacks: readonly string[] = ["shop"]): TerraformProject {
  const project = new TerraformProject(text);
  project.synthesize();
  for (const stack of stacks) project.initialize(stack);
  return project;
}

function apply(project: TerraformProject, stack = "shop"): void {
  const { exitCode, stdout, stderr } = project.terraform(["apply", "-auto-approve"], { stack });
  if (exitCode !== 0) throw new Error(stdout + stderr);
}

/** 0: nothing to change, 2: something. */
function planned(project: TerraformProject, stack = "shop"): number | null {
  return project.terraform(["plan", "-detailed-exitcode"], { stack }).exitCode;
}

function functionsOf(project: TerraformProject): number {
  return project.platform("ListFunctions").TotalCount as unknown as number;
}

withTerraform("a stack with values both ways", () => {
  const text = shopProgram(`
    ${table}
    ${orders('environment: { TABLE: table, NOTE: "table " + table },')}
    ${reader}
    new scf.Output(stack, "id", { value: orders.functionId, description: "Id of \${orders}" });
    new scf.Output(stack, "hidden", { value: table, sensitive: true });
  `);
  let project: TerraformProject;

  const variables = (): Record<string, string> => {
    const { Environment } = project.platform("GetFunction", functionRequest) as unknown as {
      Environment: { Variables: { Key: string; Value: string }[] };
    };
    return Object.fromEntries(Environment.Variables.map(({ Key, Value }) => [Key, Value]));
  };

  beforeAll(() => {
    project = started(text);
    apply(project);
  });

  test("is created on the platform, with values of other providers", () => {
    expect(functionsOf(project)).toBe(1);
    expect(variables()).toEqual({ TABLE: "orders", NOTE: "table orders" });
  });

  test("gives its values to other resources and its outputs to Terraform", () => {
    const { FunctionId: id } = project.platform("GetFunction", functionRequest);
    expect(project.outputs()).toEqual({ reader: id, id });
  });

  test("has nothing to change afterwards, and is recorded where cdktf-scf looks", () => {
    expect(planned(project)).toBe(0);
    expect(project.run(["state", "list"]).stdout).toContain("shop/orders");
    expect(project.run(["drift"])).toMatchObject({ exitCode: 0 });
  });

  test("follows a changed property and a changed value in one apply each", () => {
    project.synthesize({ MEMORY: "256" });
    expect(planned(project)).toBe(2);
    apply(project);
    expect(project.platform("GetFunction", functionRequest)).toMatchObject({ MemorySize: 256 });

    project.synthesize({ MEMORY: "256", TABLE: "stock" });
    apply(project);
    expect(variables()).toEqual({ TABLE: "stock", NOTE: "table stock" });
    expect(planned(project)).toBe(0);
  });

  test("is removed by destroy, and can be deployed again", () => {
    const { exitCode, stdout } = project.terraform(["destroy", "-auto-approve"]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("shop: 1 deleted");
    expect(functionsOf(project)).toBe(0);
    expect(project.has(".cdktf-scf/shop/outputs.json")).toBe(false);
    apply(project);
    expect(functionsOf(project)).toBe(1);
  });
});

withTerraform("with terraform", () => {
  test("fails the apply with the rule that a value breaks, before anything is called, and destroy clears up", () => {
    const project = started(
      shopProgram(`${table} ${orders("description: table,")} ${reader}
      new scf.Output(stack, "id", { value: orders.functionId });`),
    );
    project.synthesize({ TABLE: "x".repeat(1001) });
    const { exitCode, stdout, stderr } = project.terraform(["apply", "-auto-approve"]);
    expect(exitCode).toBe(1);
    expect(stdout + stderr).toMatch(/ERROR FN-DESC {2}/);
    expect(stdout + stderr).toContain("at main.js:");
    expect(project.run(["local", "calls", "--json"]).stdout).not.toContain("CreateFunction");
    expect(project.terraform(["destroy", "-auto-approve"]).exitCode).toBe(0);
    project.synthesize();
    apply(project);
    expect(project.platform("GetFunction", functionRequest)).toMatchObject({ Description: "orders" });
  });

  test("destroy removes what a deploy that failed has made", () => {
    const project = started(
      shopProgram(`${orders()} ${reader}
      const stock = new scf.Function(stack, "stock", {
        runtime: scf.Runtime.NODEJS_16_13,
        handler: "index.main_handler",
        code: scf.Code.fromInline("exports.main_handler = async () => 'stock';"),
      });
      stack.addOverride("resource.terraform_data.stock", { input: stock.functionId });`),
    );
    project.run(
      "local fault add fail --action CreateFunction --resource shop-stock --code InvalidParameterValue --times always".split(
        " ",
      ),
    );
    const { exitCode, stdout, stderr } = project.terraform(["apply", "-auto-approve"]);
    expect(exitCode).toBe(1);
    expect(stdout + stderr).toContain("InvalidParameterValue");
    expect(functionsOf(project)).toBe(1);
    expect(planned(project)).toBe(2);
    const destroyed = project.terraform(["destroy", "-auto-approve"]);
    expect(destroyed.stderr).toBe("");
    expect(functionsOf(project)).toBe(0);
  });

  test("fails the apply of a plan file that is not the one that was planned", () => {
    const project = started(shopProgram(orders()));
    project.terraform(["plan", "-out", "saved"]);
    project.synthesize({ MEMORY: "256" });
    const { exitCode, stdout, stderr } = project.terraform(["apply", "saved"]);
    expect(exitCode).toBe(1);
    expect((stdout + stderr).replace(/\s+/g, " ")).toContain(
      "is another plan than Terraform has planned with",
    );
  });
});

withTerraformAtLength("with terraform and more than one stack or provider", () => {
  test("a stack takes values of another one, and follows them", () => {
    const project = started(
      program(
        stackText("shop", `${orders()} globalThis.orders = orders;`),
        stackText(
          "front",
          `new scf.Output(stack, "id", { value: globalThis.orders.functionId });
         new TerraformOutput(stack, "reader", { value: globalThis.orders.functionId });`,
        ),
      ),
      ["shop", "front"],
    );
    const { stacks } = project.json("cdktf.out/manifest.json") as {
      stacks: Record<string, { dependencies: string[] }>;
    };
    expect(stacks["front"]?.dependencies).toEqual(["shop"]);
    apply(project, "shop");
    apply(project, "front");
    const id = (): unknown => project.platform("GetFunction", functionRequest).FunctionId;
    const before = id();
    expect(project.outputs("front")).toEqual({ id: before, reader: before });
    expect(planned(project, "front")).toBe(0);

    expect(project.terraform(["destroy", "-auto-approve"], { stack: "front" }).exitCode).toBe(0);
    expect(project.terraform(["destroy", "-auto-approve"], { stack: "shop" }).exitCode).toBe(0);
    apply(project, "shop");
    apply(project, "front");
    expect(id()).not.toBe(before);
    expect(project.outputs("front")).toEqual({ id: id(), reader: id() });
  });

  test("a program may have null resources of its own", () => {
    const project = started(
      shopProgram(`${orders()}
      stack.addOverride("terraform.required_providers.null", { source: "null", version: "~> 3.2" });
      stack.addOverride("provider.null", [{}]);
      stack.addOverride("resource.null_resource.own", { triggers: { id: orders.functionId } });`),
    );
    apply(project);
    expect(planned(project)).toBe(0);
  });
});
