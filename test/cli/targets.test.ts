import { expectGolden } from "./golden";
import { orders, shopProgram, stack, TestProject } from "./project";

const body = `
const deps = new scf.Layer(stack, "deps", {
  code: scf.Code.fromInline("exports.x = 1;"),
  compatibleRuntimes: [scf.Runtime.NODEJS_16_13],
});
${orders("layers: [deps],")}
const stock = new scf.Function(stack, "stock", {
  runtime: scf.Runtime.NODEJS_16_13,
  handler: "index.main_handler",
  code: scf.Code.fromInline("exports.main_handler = async () => 'stock';"),
});`;

function deployedNames(project: TestProject): string[] {
  const { stdout } = project.run(["state", "list", "--json"]);
  return (JSON.parse(stdout) as { resources: { address: string }[] }).resources.map(({ address }) => address);
}

test("only a target and what it depends on is shown, and then deployed", () => {
  const project = new TestProject({ files: { "main.js": shopProgram(body) } });
  const diff = project.run(["diff", "--target", "shop/orders"]);
  expect(diff.exitCode).toBe(2);
  expectGolden("targets", diff.stdout);
  const deploy = project.run(["deploy", "--target", "shop/orders", "--auto-approve"]);
  expect(deploy).toMatchObject({ exitCode: 0, stderr: "" });
  expect(deploy.stdout).toContain("Everything else was not compared, and stays as it is.\n");
  expect(deployedNames(project)).toEqual(["shop/deps", "shop/orders"]);
  expect(project.run(["diff", "--target", "shop/orders"])).toMatchObject({ exitCode: 0 });
  expect(project.run(["diff"]).stdout).toContain("shop: 1 to create; 2 unchanged.\n");
});

test("targets of several stacks choose the stacks, and machines get what they are", () => {
  const two = `
const { App, TerraformStack } = require("cdktf");
const scf = require("cdktf-scf");
const app = new App();
${stack("shop", orders())}
${stack("depot", orders())}
${stack("third", orders())}
app.synth();
`;
  const project = new TestProject({ files: { "main.js": two } });
  const both = ["--target", "shop/orders", "--target", "depot"];
  const { stacks } = JSON.parse(project.run(["diff", "--json", ...both]).stdout) as {
    stacks: { stack: string; targets: object }[];
  };
  expect(stacks.map(({ stack, targets }) => [stack, targets])).toEqual([
    ["depot", { addresses: ["depot"], resources: 1, of: 1 }],
    ["shop", { addresses: ["shop/orders"], resources: 1, of: 1 }],
  ]);
  expect(project.run(["diff", "depot", "--target", "shop/orders"])).toMatchObject({
    exitCode: 1,
    stderr:
      "Error: The target shop/orders is in none of the stacks that are named.\n" +
      "Name its stack as well, or no stack: those of the targets are taken then.\n",
  });
  expect(project.run(["diff", "*", "--target", "shop/orders"]).stderr).toBe(
    "Error: No target is in stack depot.\nLeave the stack out, or name an address in it with --target.\n",
  );
});

test("a saved plan keeps its targets", () => {
  const project = new TestProject({ files: { "main.js": shopProgram(body) } });
  expect(project.run(["diff", "--target", "shop/stock", "--out", "plan.json"]).exitCode).toBe(2);
  const { exitCode, stdout } = project.run(["deploy", "plan.json", "--auto-approve"]);
  expect(exitCode).toBe(0);
  expect(stdout).toContain("  Only shop/stock, and what it depends on: 1 of 3 resources.\n");
  expect(deployedNames(project)).toEqual(["shop/stock"]);
});

test.each([
  ["shop/order", "Did you mean shop/orders?"],
  ["shop/stok", "Did you mean shop/stock?"],
  ["shop/orders/xyzzy-plugh", "Name the address of a resource, or of a construct with resources in it"],
])("an unknown target, %s, is an error that names the one meant", (target, fix) => {
  const project = new TestProject({ files: { "main.js": shopProgram(body) } });
  const { exitCode, stdout, stderr } = project.run(["deploy", "--target", target, "--auto-approve"]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
  expect(stderr).toContain(
    `Error: There is nothing at or below ${target}, in the program or recorded.\n${fix}`,
  );
  expect(project.has(".cdktf-scf/shop")).toBe(false);
});
