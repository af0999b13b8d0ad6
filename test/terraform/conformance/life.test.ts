import * as fs from "node:fs";
import * as path from "node:path";
import { orders, table } from "../reconciler-mode/programs";
import { ProviderProject } from "./provider-project";
import { withTerraform, withTerraformAtLength } from "../with-terraform";

jest.setTimeout(240_000);

const alias = `const live = orders.addAlias("live", { version: orders.currentVersion });`;
const full = `${alias}
  live.addTrigger("nightly", scf.Trigger.timer({ schedule: scf.Schedule.cron("0 0 2 * * * *") }));`;
const request = { FunctionName: "shop-orders" };

function shop(body: string): ProviderProject {
  return new ProviderProject(["shop", body]).prepare();
}

withTerraform("a program that terraform deploys by the provider", () => {
  test("is made, follows a change in place, and is removed", () => {
    const project = shop(`${orders("memory: Number(process.env.MEMORY ?? 128),")} ${full}`);
    project.apply();
    expect(project.actions()).toEqual({});
    project.synthesize({ MEMORY: "256" });
    expect(project.actions()).toMatchObject({ "scf_function.orders": "update" });
    project.apply();
    expect(project.platform("GetFunction", request)).toMatchObject({ MemorySize: 256 });
    expect(project.actions()).toEqual({});
    project.destroy();
    expect(project.platform("ListFunctions")).toMatchObject({ TotalCount: 0 });
  });
});

withTerraformAtLength("the life of a program that terraform deploys by the provider", () => {
  test("a function that is replaced takes along what hangs on it, in one apply", () => {
    const project = shop(
      `${orders("type_: 1,").replace("runtime: scf.Runtime.NODEJS_16_13", "runtime: scf.Runtime[process.env.RUNTIME ?? 'NODEJS_16_13']").replace("type_: 1,", "")} ${full}`,
    );
    project.apply();
    project.synthesize({ RUNTIME: "NODEJS_12_16" });
    expect(new Set(Object.values(project.actions()))).toEqual(new Set(["delete+create"]));
    expect(Object.keys(project.actions())).toHaveLength(4);
    project.apply();
    expect(project.actions()).toEqual({});
    expect(project.platform("ListTriggers", request)).toMatchObject({ TotalCount: 1 });
    project.destroy();
  });

  test("a construct that has moved is neither made nor deleted", () => {
    const project = new ProviderProject([
      "shop",
      `${orders()}
       if (process.env.MOVED) scf.Lifecycle.of(moved).moveFrom("shop/orders");`.replace(
        /const orders = new scf\.Function\(stack, "orders", \{/,
        `const moved = new scf.Function(stack, process.env.MOVED ?? "orders", { name: "shop-orders",`,
      ),
    ]).prepare();
    project.apply();
    const { FunctionId: id } = project.platform("GetFunction", request);
    project.synthesize({ MOVED: "sales" });
    const actions = Object.values(project.actions());
    expect(actions.filter((action) => action !== "update")).toEqual([]);
    project.apply();
    expect(project.platform("GetFunction", request).FunctionId).toBe(id);
    expect(project.actions()).toEqual({});
    project.destroy();
    expect(project.platform("ListFunctions")).toMatchObject({ TotalCount: 0 });
  });

  test("fails to destroy what is protected, and leaves what is retained", () => {
    const project = shop(`${orders()}
      if (process.env.KEEP !== "retain") scf.Lifecycle.of(orders).protect();
      else scf.Lifecycle.of(orders).retain();`);
    project.apply();
    expect(project.refused(["destroy", "-auto-approve"])).toContain("prevent_destroy");
    expect(project.platform("ListFunctions")).toMatchObject({ TotalCount: 1 });
    project.synthesize({ KEEP: "retain" });
    project.apply();
    project.destroy();
    expect(project.platform("ListFunctions")).toMatchObject({ TotalCount: 1 });
  });

  test("what was changed elsewhere is shown and put back; what was deleted elsewhere is made again", () => {
    const project = shop(`${orders()} ${full}`);
    project.apply();
    project.call("UpdateFunctionConfiguration", { ...request, MemorySize: 512 });
    expect(project.actions()).toMatchObject({ "scf_function.orders": "update" });
    project.apply();
    expect(project.platform("GetFunction", request)).toMatchObject({ MemorySize: 128 });

    const { Triggers: triggers } = project.platform("ListTriggers", request) as unknown as {
      Triggers: { TriggerName: string; Type: string }[];
    };
    for (const { TriggerName, Type } of triggers)
      project.call("DeleteTrigger", { ...request, TriggerName, Type, Qualifier: "live" });
    expect(Object.values(project.actions())).toEqual(["create"]);
    project.apply();

    for (const { TriggerName, Type } of triggers)
      project.call("DeleteTrigger", { ...request, TriggerName, Type, Qualifier: "live" });
    project.call("DeleteAlias", { ...request, Name: "live" });
    project.call("DeleteFunction", request);
    expect(new Set(Object.values(project.actions()))).toEqual(new Set(["create"]));
    project.apply();
    expect(project.platform("ListTriggers", request)).toMatchObject({ TotalCount: 1 });
    expect(project.actions()).toEqual({});
  });

  test("a stack takes values of another one", () => {
    const project = new ProviderProject(
      ["shop", `${orders("memory: 128,")} globalThis.orders = orders;`],
      [
        "front",
        `new scf.Function(stack, "front", {
           runtime: scf.Runtime.NODEJS_16_13, handler: "index.main_handler",
           code: scf.Code.fromInline("exports.main_handler = async () => 1;"),
           environment: { ORDERS: globalThis.orders.functionId },
         });`,
      ],
    ).prepare();
    project.apply("shop");
    project.apply("front");
    const { FunctionId: id } = project.platform("GetFunction", request);
    expect(project.platform("GetFunction", { FunctionName: "front-front" })).toMatchObject({
      Environment: { Variables: [{ Key: "ORDERS", Value: id }] },
    });
    expect(project.actions("front")).toEqual({});
    project.destroy("front");
    project.destroy("shop");
  });

  test("secrets are in no file that Terraform writes, and a new one is an update", () => {
    const project = shop(orders(`environment: { KEY: scf.Secret.fromEnvironment("ORDERS_KEY") },`));
    const [first, second] = ["s3cret-of-orders-1", "s3cret-of-orders-2"];
    const log = project.file("trace.log");
    const given = { ORDERS_KEY: first, TF_LOG: "trace", TF_LOG_PATH: log };
    project.done(["plan", "-out=saved"], "shop", given);
    project.done(["apply", "saved"], "shop", given);
    expect(project.actions("shop", { ORDERS_KEY: first })).toEqual({});
    expect(project.actions("shop", { ORDERS_KEY: second })).toEqual({ "scf_function.orders": "update" });
    project.apply("shop", { ...given, ORDERS_KEY: second });
    expect(project.platform("GetFunction", request)).toMatchObject({
      Environment: { Variables: [{ Key: "KEY", Value: second }] },
    });
    expect(project.actions("shop", { ORDERS_KEY: second })).toEqual({});
    const holders = filesBelow(project.directory).filter((file) => {
      const bytes = fs.readFileSync(file);
      return bytes.includes(first) || bytes.includes(second);
    });
    expect(holders.filter((file) => !file.includes("local.db"))).toEqual([]);
    expect(fs.statSync(log).size).toBeGreaterThan(10_000);
  });

  test("fails the plan with the rule that another resource's value breaks", () => {
    const project = shop(`${table} ${orders("description: table,")}`);
    project.apply();
    project.synthesize({ TABLE: "x".repeat(1001) });
    project.done(["apply", "-auto-approve", "-target=terraform_data.table"]);
    expect(project.refused(["plan"])).toContain("FN-DESC");
  });
});

/** Saved plans are archives: their members are looked at as well. */
function filesBelow(folder: string): string[] {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== "node_modules")
    .flatMap((entry) => {
      const file = path.join(folder, entry.name);
      if (entry.isSymbolicLink()) return [];
      return entry.isDirectory() ? filesBelow(file) : [file];
    });
}
