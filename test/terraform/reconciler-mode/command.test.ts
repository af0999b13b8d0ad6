import { orders, shopProgram, table } from "./programs";
import { TerraformProject } from "./terraform-project";

const folder = "cdktf.out/stacks/shop";

function synthesized(body: string): TerraformProject {
  const project = new TerraformProject(shopProgram(body));
  project.synthesize();
  return project;
}

test("`terraform deploy` deploys the plan in the folder, and `terraform destroy` removes it", () => {
  const project = synthesized(orders());
  const deployed = project.run(["terraform", "deploy", folder]);
  expect(deployed).toMatchObject({ exitCode: 0, stderr: "" });
  expect(deployed.stdout).toContain("✓ created function default/shop-orders");
  expect(project.run(["terraform", "deploy", folder]).stdout).toContain("shop: nothing to do");
  const destroyed = project.run(["terraform", "destroy", folder]);
  expect(destroyed).toMatchObject({ exitCode: 0, stderr: "" });
  expect(project.platform("ListFunctions")).toMatchObject({ TotalCount: 0 });
});

test("what `terraform deploy` has deployed is what `deploy` and `destroy` go on with", () => {
  const project = synthesized(orders());
  project.run(["terraform", "deploy", folder]);
  expect(project.run(["diff"])).toMatchObject({ exitCode: 0 });
  expect(project.run(["destroy", "--auto-approve"])).toMatchObject({ exitCode: 0 });
  expect(project.platform("ListFunctions")).toMatchObject({ TotalCount: 0 });
  project.synthesize();
  expect(project.run(["deploy", "--auto-approve"])).toMatchObject({ exitCode: 0 });
  expect(project.run(["terraform", "destroy", folder])).toMatchObject({ exitCode: 0 });
});

test("`terraform destroy` has nothing to do where nothing is recorded", () => {
  expect(synthesized(orders()).run(["terraform", "destroy", folder])).toEqual({
    exitCode: 0,
    stdout: "Nothing is recorded of shop, so there is nothing to delete.\n",
    stderr: "",
  });
});

test("a value may be a number, a part of a text, or nothing", () => {
  const project = synthesized(`
    const value = (name) => ({ resolve: () => "\${terraform_data." + name + ".output}", creationStack: [] });
    ${orders(`
      timeout: scf.Duration.seconds(Token.asNumber(value("b"))),
      environment: { TEXT: "a-" + Token.asString(value("a")) + "-" + Token.asString(value("b")) },
      description: Token.asString(value("c")),
    `)}`);
  const given = { CDKTF_SCF_VALUES: JSON.stringify(["x", 17, null]) };
  expect(project.run(["terraform", "deploy", folder], given)).toMatchObject({ exitCode: 0, stderr: "" });
  expect(project.platform("GetFunction", { FunctionName: "shop-orders" })).toMatchObject({
    Timeout: 17,
    Description: "",
    Environment: { Variables: [{ Key: "TEXT", Value: "a-x-17" }] },
  });
});

test.each([
  [{}],
  [{ CDKTF_SCF_VALUES: "" }],
  [{ CDKTF_SCF_VALUES: "[]" }],
  [{ CDKTF_SCF_VALUES: '["a","b"]' }],
  [{ CDKTF_SCF_VALUES: '{"a":"b"}' }],
])("fails without the values that the plan needs: %j", (environment) => {
  const project = synthesized(table + orders("environment: { TABLE: table },"));
  const { exitCode, stderr } = project.run(["terraform", "deploy", folder], environment);
  expect(exitCode).toBe(1);
  expect(stderr).toBe(
    "Error: Stack shop needs values of other Terraform providers, and CDKTF_SCF_VALUES does not hold them.\n" +
      "Deploy it with Terraform, which gives them.\n",
  );
});

test("fails for a value that could be taken for the name of a secret", () => {
  const project = synthesized(table + orders("environment: { TABLE: table },"));
  const { exitCode, stderr } = project.run(["terraform", "deploy", folder], {
    CDKTF_SCF_VALUES: '[{"$secret":{"environment":"HOME"}}]',
  });
  expect(exitCode).toBe(1);
  expect(stderr).toContain('The value of `${terraform_data.table.output}` has a key that begins with "$".');
});

test("fails where there is no plan", () => {
  const { exitCode, stderr } = synthesized(orders()).run(["terraform", "deploy", "cdktf.out/stacks/stock"]);
  expect(exitCode).toBe(1);
  expect(stderr).toContain("cdktf.out/stacks/stock/scf.plan.json cannot be read");
});
