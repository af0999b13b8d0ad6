import { expectGolden } from "./golden";
import { orders, shopProgram, TestProject } from "./project";

const live = 'orders.addAlias("live", { version: orders.currentVersion });';
/** The same function in a construct of its own, with the name that it got from its first path. */
const wrapped = (lifecycle: string): string => `
const { Construct } = require("constructs");
const api = new Construct(stack, "api");
const orders = new scf.Function(api, "orders", {
  name: "shop-orders",
  runtime: scf.Runtime.NODEJS_16_13,
  handler: "index.main_handler",
  code: scf.Code.fromInline("exports.main_handler = async () => 'orders';"),
});
${live}
${lifecycle}`;

function deployedShop(): TestProject {
  const project = new TestProject({ files: { "main.js": shopProgram(orders() + live) } });
  expect(project.run(["deploy", "--auto-approve"])).toMatchObject({ exitCode: 0, stderr: "" });
  expect(project.run(["local", "reset", "--calls"]).exitCode).toBe(0);
  return project;
}

test("a program that is put in another order says what has moved, and nothing is made again", () => {
  const project = deployedShop();
  project.write({ "main.js": shopProgram(wrapped('scf.Lifecycle.of(api).moveFrom("shop");')) });
  const diff = project.run(["diff"]);
  expect(diff).toMatchObject({ exitCode: 0, stderr: "" });
  expectGolden("moved", diff.stdout);
  expect(project.run(["deploy", "--auto-approve"])).toMatchObject({ exitCode: 0, stderr: "" });
  const { calls } = JSON.parse(project.run(["local", "calls", "--json"]).stdout) as {
    calls: { write: boolean }[];
  };
  expect(calls.filter(({ write }) => write)).toEqual([]);
  expect(project.run(["state", "list"]).stdout).toContain("shop/api/orders/live");
  expect(project.run(["diff"]).stdout).toBe("shop: nothing to do, 3 resources as declared.\n\n");
});

test("a saved plan moves what it says has moved", () => {
  const project = deployedShop();
  project.write({ "main.js": shopProgram(wrapped('scf.Lifecycle.of(api).moveFrom("shop");')) });
  expect(project.run(["diff", "--out", "plan.json"]).exitCode).toBe(0);
  expect(project.run(["deploy", "plan.json"])).toMatchObject({ exitCode: 0, stderr: "" });
  expect(project.run(["state", "list"]).stdout).toContain("shop/api/orders/live");
});

test("a path that is none is refused where it stands in the program", () => {
  const project = new TestProject({
    files: { "main.js": shopProgram(wrapped('scf.Lifecycle.of(api).moveFrom("api/orders");')) },
  });
  const { exitCode, stderr } = project.run(["validate"]);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(
    "shop/api moves from api/orders, which is not in stack shop: an object moves within its stack only.",
  );
  expect(stderr).toContain('`moveFrom("shop/api/orders")`');
  expect(stderr).toContain("main.js:");
});
