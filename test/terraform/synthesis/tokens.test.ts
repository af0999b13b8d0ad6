import { Fn, TerraformOutput, TerraformVariable, Token } from "cdktf";
import * as scf from "cdktf-scf";
import { node, newApp, readPlan, resource as planned, TestStack } from "../../constructs/app";
import { foreign, readConfiguration, readOthers } from "./configuration";

describe("values of other providers in our properties", () => {
  function environmentOf(declare: (stack: TestStack) => string): unknown {
    const app = newApp();
    const stack = new TestStack(app, "shop");
    new scf.Function(stack, "orders", { ...node, environment: { VALUE: declare(stack) } });
    app.synth();
    const environment = readConfiguration(app, "shop").resource["scf_function"]?.["orders"]?.["environment"];
    return (environment as { VALUE: unknown }).VALUE;
  }
  const attributeOf = (stack: TestStack, name: string) => foreign(stack, "main").getStringAttribute(name);

  test("are what Terraform calls them", () => {
    expect(environmentOf((stack) => attributeOf(stack, "id"))).toBe("${network_vpc.main.id}");
  });

  test("stand in text, which is escaped around them", () => {
    expect(environmentOf((stack) => `"\${a}" ${attributeOf(stack, "id")} $`)).toBe(
      '"$${a}" ${network_vpc.main.id} $',
    );
  });

  test("are taken from numbers and lists as well", () => {
    const app = newApp();
    const stack = new TestStack(app, "shop");
    const size = new TerraformVariable(stack, "size", { type: "number" });
    const role = new scf.Role(stack, "run", {
      trustedServices: foreign(stack, "main").getListAttribute("services"),
    });
    new scf.Function(stack, "orders", { ...node, timeout: scf.Duration.seconds(size.numberValue), role });
    app.synth();
    const { resource } = readConfiguration(app, "shop");
    expect(resource["scf_function"]?.["orders"]?.["timeout"]).toBe("${var.size}");
    expect(resource["scf_role"]?.["run"]?.["trusted_services"]).toBe("${network_vpc.main.services}");
  });

  test("are what a function of Terraform makes of them, with attributes of ours inside", () => {
    expect(
      environmentOf((stack) => {
        const stock = new scf.Function(stack, "stock", node);
        return Fn.join("-", [stock.functionId, attributeOf(stack, "id")]);
      }),
    ).toBe('${join("-", [scf_function.stock.function_id, network_vpc.main.id])}');
  });
});

describe("our values in resources of other providers", () => {
  function settingsOf(settings: (orders: scf.Function) => Record<string, unknown>): unknown {
    const app = newApp();
    const stack = new TestStack(app, "shop");
    foreign(stack, "main", settings(new scf.Function(stack, "orders", node)));
    app.synth();
    return readOthers(app, "shop")["resource"]?.["network_vpc"]?.["main"];
  }

  test("are what Terraform calls them", () => {
    expect(settingsOf(({ functionId }) => ({ function: functionId }))).toMatchObject({
      function: "${scf_function.orders.function_id}",
    });
  });

  test("stand in text and in functions of Terraform", () => {
    expect(
      settingsOf(({ functionId }) => ({ text: `id: ${functionId}`, upper: Fn.upper(functionId) })),
    ).toMatchObject({
      text: "id: ${scf_function.orders.function_id}",
      upper: "${upper(scf_function.orders.function_id)}",
    });
  });

  test("are numbers where numbers are needed", () => {
    const app = newApp();
    const stack = new TestStack(app, "shop");
    const deps = new scf.Layer(stack, "deps", {
      code: node.code,
      compatibleRuntimes: [scf.Runtime.NODEJS_16_13],
    });
    foreign(stack, "main", { layer: deps.version });
    app.synth();
    expect(Token.isUnresolved(deps.version)).toBe(true);
    expect(readOthers(app, "shop")["resource"]?.["network_vpc"]?.["main"]).toMatchObject({
      layer: "${scf_layer.deps.version}",
    });
  });

  test("reach outputs of cdktf", () => {
    const app = newApp();
    const stack = new TestStack(app, "shop");
    const orders = new scf.Function(stack, "orders", node);
    new TerraformOutput(stack, "id", { value: orders.functionId });
    app.synth();
    expect(readOthers(app, "shop")["output"]?.["id"]).toEqual({
      value: "${scf_function.orders.function_id}",
    });
  });
});

test("the plan still knows what refers to what", () => {
  const app = newApp();
  const stack = new TestStack(app, "shop");
  const orders = new scf.Function(stack, "orders", node);
  new scf.Function(stack, "stock", { ...node, environment: { ID: orders.functionId } });
  app.synth();
  expect(planned(readPlan(app, "shop"), "shop/stock").properties["environment"]).toEqual({
    ID: { $ref: { address: "shop/orders", attribute: "functionId" } },
  });
});
