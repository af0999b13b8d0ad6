import * as fs from "node:fs";
import * as path from "node:path";
import { type App, CloudBackend, S3Backend, TaggedCloudWorkspaces, TerraformStack } from "cdktf";
import * as scf from "cdktf-scf";
import { newApp, node, TestStack } from "../../constructs/app";
import { foreign, readConfiguration, readOthers } from "./configuration";

const OUTPUT = "cross-stack-output-scf_functionordersfunction_id";
const VALUE = `\${data.terraform_remote_state.cross-stack-reference-input-shop.outputs.${OUTPUT}}`;

function manifest(app: App): { stacks: Record<string, { dependencies: string[] }> } {
  return JSON.parse(fs.readFileSync(path.join(app.outdir, "manifest.json"), "utf8")) as never;
}

function environmentOf(app: App, stack: string, name: string): unknown {
  return readConfiguration(app, stack).resource["scf_function"]?.[name]?.["environment"];
}

describe("an attribute of one stack in another", () => {
  const declare = (arrange: (shop: TestStack) => void = () => {}): App => {
    const app = newApp();
    const shop = new TestStack(app, "shop");
    arrange(shop);
    const orders = new scf.Function(shop, "orders", node);
    new scf.Function(new TestStack(app, "office"), "report", {
      ...node,
      environment: { ID: orders.functionId },
    });
    app.synth();
    return app;
  };

  test("is an output there, and read from the state here", () => {
    const app = declare();
    expect(readOthers(app, "shop")["output"]?.[OUTPUT]).toEqual({
      value: "${scf_function.orders.function_id}",
      sensitive: false,
    });
    expect(environmentOf(app, "office", "report")).toEqual({ ID: VALUE });
    expect(readOthers(app, "office")["data"]?.["terraform_remote_state"]).toEqual({
      "cross-stack-reference-input-shop": {
        backend: "local",
        config: { path: path.resolve("terraform.shop.tfstate") },
        workspace: "${terraform.workspace}",
      },
    });
  });

  test("has cdktf deploy that stack first", () => {
    expect(manifest(declare()).stacks["office"]?.dependencies).toEqual(["shop"]);
  });

  test("is read from the backend of that stack", () => {
    const app = declare((shop) => new S3Backend(shop, { bucket: "states", key: "shop", region: "r" }));
    expect(readOthers(app, "office")["data"]?.["terraform_remote_state"]).toEqual({
      "cross-stack-reference-input-shop": {
        backend: "s3",
        config: { bucket: "states", key: "shop", region: "r" },
        workspace: "${terraform.workspace}",
      },
    });
  });

  test("fails where no other stack can read the state", () => {
    expect(() =>
      declare(
        (shop) =>
          new CloudBackend(shop, { organization: "acme", workspaces: new TaggedCloudWorkspaces(["shop"]) }),
      ),
    ).toThrow(/^Stack office needs `functionId` of shop\/orders, which is in another stack: .*workspace/i);
  });

  test("is found when the stack that needs it is declared first", () => {
    const app = newApp();
    const office = new TestStack(app, "office");
    const orders = new scf.Function(new TestStack(app, "shop"), "orders", node);
    new scf.Function(office, "report", { ...node, environment: { ID: orders.functionId } });
    app.synth();
    expect(environmentOf(app, "office", "report")).toEqual({ ID: VALUE });
    expect(readOthers(app, "shop")["output"]?.[OUTPUT]).toBeDefined();
  });

  test("that is sensitive is so in the output", () => {
    const app = newApp();
    const shop = new TestStack(app, "shop");
    const orders = new scf.Function(shop, "orders", { ...node, environment: { KEY: "a" } });
    new scf.Output(new TestStack(app, "office"), "environment", {
      value: { $ref: { address: orders.node.path, attribute: "environment" } },
    });
    app.synth();
    expect(readOthers(app, "shop")["output"]).toEqual({
      "cross-stack-output-scf_functionordersenvironment": {
        value: "${scf_function.orders.environment}",
        sensitive: true,
      },
    });
    expect(readConfiguration(app, "office").output?.["environment"]).toMatchObject({ sensitive: true });
  });

  test("of a resource of another provider is one of ours as well", () => {
    const app = newApp();
    const orders = new scf.Function(new TestStack(app, "shop"), "orders", node);
    const plain = new TerraformStack(app, "plain");
    foreign(plain, "main", { function: orders.functionId });
    app.synth();
    expect(readOthers(app, "plain")["resource"]?.["network_vpc"]?.["main"]).toMatchObject({
      function: VALUE,
    });
    expect(readOthers(app, "shop")["output"]?.[OUTPUT]).toBeDefined();
  });
});

describe("a value of another provider in another stack", () => {
  test("is read from the state of that stack", () => {
    const app = newApp();
    const network = new TerraformStack(app, "network");
    const vpc = foreign(network, "main");
    new scf.Function(new TestStack(app, "shop"), "orders", {
      ...node,
      environment: { VPC: vpc.getStringAttribute("id") },
    });
    app.synth();
    expect(readOthers(app, "network")["output"]).toEqual({
      "cross-stack-output-network_vpcmainid": { value: "${network_vpc.main.id}", sensitive: true },
    });
    expect(environmentOf(app, "shop", "orders")).toEqual({
      VPC: "${data.terraform_remote_state.cross-stack-reference-input-network.outputs.cross-stack-output-network_vpcmainid}",
    });
    expect(manifest(app).stacks["shop"]?.dependencies).toEqual(["network"]);
  });
});

test("a dependency between constructs of two stacks orders the stacks", () => {
  const app = newApp();
  const office = new TestStack(app, "office");
  const orders = new scf.Function(new TestStack(app, "shop"), "orders", node);
  const report = new scf.Function(office, "report", node);
  report.node.addDependency(orders);
  app.synth();
  expect(manifest(app).stacks["office"]?.dependencies).toEqual(["shop"]);
  expect(readConfiguration(app, "office").resource["scf_function"]?.["report"]).not.toHaveProperty(
    "depends_on",
  );
});

test("fails when a value goes between stacks that Terraform drives in different ways", () => {
  const app = newApp();
  const orders = new scf.Function(new TestStack(app, "shop"), "orders", node);
  const office = new TestStack(app, "office", { terraform: "reconciler" });
  new scf.Function(office, "report", { ...node, environment: { ID: orders.functionId } });
  expect(() => app.synth()).toThrow(
    'Stack office needs `functionId` of shop/orders, but `terraform` of its ScfProvider is "reconciler" and that of stack shop is "provider"',
  );
});
