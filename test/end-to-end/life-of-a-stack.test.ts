import * as fs from "node:fs";
import * as path from "node:path";
import * as scf from "cdktf-scf";
import { packageText } from "../../lib/assets";
import { readState } from "../../lib/reconciler";
import { node } from "../constructs/app";
import { Project, type Program } from "./deployment";

const codeOf = (answer: number) => scf.Code.fromInline(`exports.main_handler = async () => ${answer};\n`);

/** A shop with everything there is, in the state that a test wants it in. */
function shop(
  loadBalancerId: string,
  options: { memory?: scf.MemoryMb; answer?: number; catalogue?: boolean } = {},
): Program {
  return (stack) => {
    const namespace = new scf.Namespace(stack, "sale", { description: "The sale" });
    const layer = new scf.Layer(stack, "deps", { code: codeOf(0), compatibleRuntimes: [node.runtime] });
    const role = new scf.Role(stack, "run");
    role.attachPolicy(scf.Policy.fromName("QcloudSCFReadOnlyAccess"));
    const http = new scf.LoadBalancerListener(stack, "http", {
      loadBalancer: scf.LoadBalancer.fromAttributes({ loadBalancerId, region: "ap-guangzhou" }),
      protocol: "HTTP",
      port: 80,
    });
    const operators = new scf.Policy(stack, "operators");
    const declare = (id: string, props: Partial<scf.FunctionProps>): void => {
      const declared = new scf.Function(stack, id, { ...node, namespace, layers: [layer], role, ...props });
      const live = declared.addAlias("live", { version: declared.currentVersion });
      live.addTrigger("nightly", scf.Trigger.timer({ schedule: scf.Schedule.cron("0 0 2 * * * *") }));
      http.addRule(id, {
        domain: "www.example.com",
        path: `/${id}`,
        targets: [{ target: live, weight: 20 }],
      });
      declared.grants.invoke(operators);
    };
    declare("orders", { memory: options.memory ?? 128, code: codeOf(options.answer ?? 1) });
    if (options.catalogue !== false) declare("catalogue", {});
  };
}

async function deployed(delayMs = 0): Promise<{ project: Project; loadBalancer: string }> {
  const project = new Project({ delayMs });
  const loadBalancer = await project.loadBalancer();
  const summary = await project.deploy(shop(loadBalancer));
  expect(summary).toMatchObject({ failed: 0, blocked: 0 });
  return { project, loadBalancer };
}

const withoutAnything = { changes: [], outputs: [] };

describe("a deployed stack", () => {
  test("needs no write call, and shows no difference, when nothing has changed", async () => {
    const { project, loadBalancer } = await deployed();
    expect(await project.writesOf(shop(loadBalancer))).toEqual([]);
    expect(await project.diff(shop(loadBalancer))).toMatchObject(withoutAnything);
  });

  test("takes a change of memory in one update, a new version, and the alias that moves", async () => {
    const { project, loadBalancer } = await deployed();
    expect(await project.writesOf(shop(loadBalancer, { memory: 256 }))).toEqual([
      "UpdateFunctionConfiguration",
      "PublishVersion",
      "UpdateAlias",
    ]);
    expect(await project.diff(shop(loadBalancer, { memory: 256 }))).toMatchObject(withoutAnything);
  });

  test("takes a change of memory in one update alone where no version is published", async () => {
    const project = new Project();
    const program =
      (memory: scf.MemoryMb): Program =>
      (stack) => {
        new scf.Function(stack, "orders", { ...node, memory });
      };
    await project.deploy(program(128));
    expect(await project.writesOf(program(256))).toEqual(["UpdateFunctionConfiguration"]);
  });

  test("takes new code as update, publish, alias, waiting for Active in between", async () => {
    const { project, loadBalancer } = await deployed(30);
    const writes = await project.writesOf(shop(loadBalancer, { answer: 2 }));
    expect(writes).toEqual(["UpdateFunctionCode", "PublishVersion", "UpdateAlias"]);
    const calls = project.platform.calls();
    const at = (action: string) => calls.find((call) => call.action === action)?.time ?? 0;
    expect(at("PublishVersion") - at("UpdateFunctionCode")).toBeGreaterThanOrEqual(30);
    expect(at("UpdateAlias") - at("PublishVersion")).toBeGreaterThanOrEqual(30);
    expect(calls.filter((call) => call.code !== undefined)).toEqual([]);
  });

  test("publishes nothing for a change that a version does not freeze", async () => {
    const project = new Project();
    const program =
      (team: string): Program =>
      (stack) => {
        const orders = new scf.Function(stack, "orders", { ...node, tags: { team } });
        orders.addAlias("live", { version: orders.currentVersion });
      };
    await project.deploy(program("shop"));
    expect(await project.writesOf(program("sale"))).toEqual(["ModifyResourceTags"]);
  });

  test("gives up a function in the reverse order of its making", async () => {
    const { project, loadBalancer } = await deployed();
    const writes = await project.writesOf(shop(loadBalancer, { catalogue: false }));
    const order = [
      "DeregisterFunctionTargets",
      "DeleteTrigger",
      "DeleteAlias",
      "DeleteFunctionVersion",
      "DeleteFunction",
    ];
    expect(writes.filter((action) => order.includes(action)).sort()).toEqual([...order].sort());
    for (const [first, then] of [
      ["DeregisterFunctionTargets", "DeleteAlias"],
      ["DeregisterFunctionTargets", "DeleteRule"],
      ["DeleteTrigger", "DeleteAlias"],
      ["DeleteAlias", "DeleteFunctionVersion"],
      ["DeleteFunctionVersion", "DeleteFunction"],
    ] as const) {
      expect(writes.indexOf(first)).toBeLessThan(writes.indexOf(then));
    }
    expect(await project.diff(shop(loadBalancer, { catalogue: false }))).toMatchObject(withoutAnything);
  });

  test("is gone after destroy, and the platform is as it was before", async () => {
    const { project, loadBalancer } = await deployed();
    await project.deploy(shop(loadBalancer, { answer: 2 }));
    expect(await project.destroy(shop(loadBalancer))).toMatchObject({ failed: 0 });
    const { platform } = project;
    expect((await platform.call("scf", "ListNamespaces", {})).Namespaces?.map((one) => one.Name)).toEqual([
      "default",
    ]);
    expect((await platform.call("scf", "ListLayers", {})).Layers).toEqual([]);
    expect(
      (await platform.call("clb", "DescribeListeners", { LoadBalancerId: loadBalancer })).Listeners,
    ).toEqual([]);
    expect((await platform.call("cam", "ListPolicies", { Scope: "Local" })).List).toEqual([]);
    expect(readState(path.join(project.folder, "state/shop"))?.resources).toEqual({});
  });
});

describe("a construct that gets another id", () => {
  const program =
    (
      ids: { function?: string; alias?: string; layer?: string; policy?: string; namespace?: string },
      lb: string,
    ): Program =>
    (stack) => {
      const namespace = new scf.Namespace(stack, ids.namespace ?? "sale", { name: "sale" });
      const layer = new scf.Layer(stack, ids.layer ?? "deps", {
        name: "deps",
        code: codeOf(0),
        compatibleRuntimes: [node.runtime],
      });
      const policy = new scf.Policy(stack, ids.policy ?? "ops", {
        name: "ops",
        statements: [{ effect: "allow", actions: ["scf:ListFunctions"], resources: ["*"] }],
      });
      new scf.Role(stack, "run", { name: "run" }).attachPolicy(policy);
      const orders = new scf.Function(stack, ids.function ?? "orders", {
        ...node,
        name: "orders",
        namespace,
        layers: [layer],
      });
      const live = orders.addAlias(ids.alias ?? "live", { name: "live", version: orders.currentVersion });
      live.addTrigger("nightly", scf.Trigger.timer({ schedule: scf.Schedule.cron("0 0 2 * * * *") }));
      const http = new scf.LoadBalancerListener(stack, "http", {
        loadBalancer: scf.LoadBalancer.fromAttributes({ loadBalancerId: lb, region: "ap-guangzhou" }),
        protocol: "HTTP",
        port: 80,
      });
      http.addRule("orders", { domain: "www.example.com", path: "/", targets: [live] });
    };

  test.each([
    [{ function: "orders2" }],
    [{ alias: "live2" }],
    [{ layer: "deps2" }],
    [{ policy: "ops2" }],
    [{ namespace: "sale2" }],
    [{ function: "f", alias: "a", layer: "l", policy: "p", namespace: "n" }],
  ])("stays what it is on the platform, with all that hangs on it: %j", async (ids) => {
    const project = new Project();
    const loadBalancer = await project.loadBalancer();
    await project.deploy(program({}, loadBalancer));
    const writes = await project.writesOf(program(ids, loadBalancer));
    // Attachments are named after what they attach: those alone may be made again, and not lost.
    expect(writes.filter((action) => !/RolePolicy/.test(action))).toEqual([]);
    const attached = await project.platform.call("cam", "ListAttachedRolePolicies", {
      RoleName: "run",
      Page: 1,
      Rp: 10,
    });
    expect(attached.TotalNum).toBe(1);
    expect(await project.diff(program(ids, loadBalancer))).toMatchObject(withoutAnything);
    expect(await project.destroy(program(ids, loadBalancer))).toMatchObject({ failed: 0, blocked: 0 });
  });
});

describe("a layer", () => {
  const program =
    (layer: { name: string; bound: boolean }): Program =>
    (stack) => {
      const deps = new scf.Layer(stack, "deps", {
        name: layer.name,
        code: codeOf(0),
        compatibleRuntimes: [node.runtime],
      });
      const orders = new scf.Function(stack, "orders", { ...node, layers: layer.bound ? [deps] : [] });
      orders.addAlias("live", { version: orders.currentVersion });
    };
  const layersOf = async (project: Project) => (await project.platform.call("scf", "ListLayers", {})).Layers;

  test("that only an earlier version still uses goes with the stack in one run", async () => {
    const project = new Project();
    await project.deploy(program({ name: "deps", bound: true }));
    await project.deploy(program({ name: "deps", bound: false }));
    expect(await project.destroy(program({ name: "deps", bound: false }))).toMatchObject({
      failed: 0,
      blocked: 0,
    });
    expect(await layersOf(project)).toEqual([]);
  });

  test("of another name leaves nothing of the old name behind", async () => {
    const project = new Project();
    await project.deploy(program({ name: "old", bound: false }));
    await project.deploy(program({ name: "new", bound: false }));
    expect((await layersOf(project))?.map((one) => one.LayerName)).toEqual(["new"]);
  });

  test("with runtimes in another order is the same layer", async () => {
    const project = new Project();
    const inOrder =
      (compatibleRuntimes: scf.Runtime[]): Program =>
      (stack) => {
        new scf.Layer(stack, "deps", { code: codeOf(0), compatibleRuntimes });
      };
    await project.deploy(inOrder([scf.Runtime.NODEJS_16_13, scf.Runtime.PYTHON_3_7]));
    expect(await project.writesOf(inOrder([scf.Runtime.PYTHON_3_7, scf.Runtime.NODEJS_16_13]))).toEqual([]);
  });
});

describe("a release", () => {
  test("whose newest version is the proven one sends everything there, until there is another", async () => {
    const project = new Project();
    const program =
      (answer: number): Program =>
      (stack) => {
        const orders = new scf.Function(stack, "orders", { ...node, code: codeOf(answer) });
        orders.addAlias("live", {
          version: orders.version("1"),
          routing: scf.Routing.weighted(orders.currentVersion, scf.Weight.percent(10)),
        });
      };
    const live = async () =>
      project.platform.call("scf", "GetAlias", { FunctionName: "shop-orders", Name: "live" });
    expect(await project.deploy(program(1))).toMatchObject({ failed: 0 });
    expect((await live()).RoutingConfig?.AdditionalVersionWeights ?? []).toEqual([]);
    expect(await project.diff(program(1))).toMatchObject(withoutAnything);
    await project.deploy(program(2));
    expect((await live()).RoutingConfig?.AdditionalVersionWeights).toEqual([{ Version: "2", Weight: 0.1 }]);
    expect(await project.diff(program(2))).toMatchObject(withoutAnything);
  });
});

describe("what was changed behind the tool's back", () => {
  test("a deleted function is shown with all that hung on it, and comes back", async () => {
    const { project, loadBalancer } = await deployed();
    const { platform } = project;
    const named = { FunctionName: "shop-orders", Namespace: "shop-sale" };
    const listeners = await platform.call("clb", "DescribeTargets", { LoadBalancerId: loadBalancer });
    const rule = listeners.Listeners?.[0]?.Rules?.find((candidate) => candidate.Url === "/orders");
    await platform.call("clb", "DeregisterFunctionTargets", {
      LoadBalancerId: loadBalancer,
      ListenerId: listeners.Listeners?.[0]?.ListenerId ?? "",
      LocationId: rule?.LocationId ?? "",
      FunctionTargets: rule?.FunctionTargets ?? [],
    });
    await platform.call("scf", "DeleteAlias", { ...named, Name: "live" });
    await platform.call("scf", "DeleteFunction", named);

    const difference = await project.diff(shop(loadBalancer));
    expect(difference.changes.map((change) => [change.address, change.operation])).toEqual(
      expect.arrayContaining([
        ["shop/orders", "create"],
        ["shop/orders/CurrentVersion", "create"],
        ["shop/orders/live", "create"],
        ["shop/orders/live/nightly", "create"],
        ["shop/http/orders/Target", "create"],
      ]),
    );
    expect(difference.changes).toHaveLength(5);
    expect(difference.changes[0]?.cause).toMatch(/deleted outside/);

    expect(await project.deploy(shop(loadBalancer))).toMatchObject({ failed: 0, succeeded: 5 });
    expect(await project.diff(shop(loadBalancer))).toMatchObject(withoutAnything);
  });

  test("a changed property is shown with three values, and restored", async () => {
    const { project, loadBalancer } = await deployed();
    await project.platform.call("scf", "UpdateFunctionConfiguration", {
      FunctionName: "shop-orders",
      Namespace: "shop-sale",
      MemorySize: 1024,
    });
    const difference = await project.diff(shop(loadBalancer));
    expect(difference.changes).toHaveLength(1);
    expect(difference.changes[0]?.properties).toEqual([
      {
        name: "memory",
        before: 128,
        after: 128,
        live: 1024,
        reason: "drift",
        effect: "update",
        sensitive: false,
      },
    ]);
    expect(await project.writesOf(shop(loadBalancer))).toEqual(["UpdateFunctionConfiguration"]);
  });

  test("code uploaded by someone else is overwritten with the program's", async () => {
    const { project, loadBalancer } = await deployed();
    const zip = packageText("index.js", "exports.main_handler = 9;").zip();
    await project.platform.call("scf", "UpdateFunctionCode", {
      FunctionName: "shop-orders",
      Namespace: "shop-sale",
      Handler: "index.main_handler",
      ZipFile: Buffer.from(zip).toString("base64"),
    });
    expect((await project.diff(shop(loadBalancer))).changes.map((change) => change.address)).toEqual([
      "shop/orders",
    ]);
    expect(await project.writesOf(shop(loadBalancer))).toEqual(["UpdateFunctionCode"]);
    expect(await project.diff(shop(loadBalancer))).toMatchObject(withoutAnything);
  });

  test("fails to take over a function of the same name that somebody else has made", async () => {
    const project = new Project();
    const zip = packageText("index.js", "exports.main_handler = 9;").zip();
    await project.platform.call("scf", "CreateFunction", {
      FunctionName: "shop-orders",
      Runtime: "Nodejs16.13",
      Handler: "index.main_handler",
      Code: { ZipFile: Buffer.from(zip).toString("base64") },
    });
    const program: Program = (stack) => void new scf.Function(stack, "orders", node);
    expect(await project.deploy(program)).toMatchObject({ failed: 1, succeeded: 0 });
    expect(project.events).toContainEqual(
      expect.objectContaining({
        type: "operation-failed",
        code: "CONFLICT",
        message: expect.stringContaining("default/shop-orders") as string,
      }),
    );
    expect(project.writes()).toEqual(["CreateFunction", "CreateFunction"]);
  });
});

describe("secrets", () => {
  test("reach the platform, and no file, event or difference", async () => {
    const secret = "hunter2-hunter2";
    process.env["SHOP_SECRET"] = secret;
    const program: Program = (stack) => {
      const environment = { PASSWORD: scf.Secret.fromEnvironment("SHOP_SECRET"), TABLE: "orders" };
      const orders = new scf.Function(stack, "orders", { ...node, environment });
      orders.addAlias("live", { version: orders.currentVersion });
    };
    const project = new Project();
    await project.deploy(program);
    const found = await project.platform.call("scf", "GetFunction", { FunctionName: "shop-orders" });
    expect(found.Environment?.Variables).toContainEqual({ Key: "PASSWORD", Value: secret });

    const rotated = "correct-horse-battery";
    process.env["SHOP_SECRET"] = rotated;
    const difference = await project.diff(program);
    expect(difference.changes.map((change) => change.operation)).toEqual(["update", "publish", "update"]);
    expect(difference.changes[0]?.properties).toMatchObject([
      { name: "environment", reason: "secret", sensitive: true },
    ]);
    await project.deploy(program);
    expect(await project.writesOf(program)).toEqual([]);

    const seen = [
      JSON.stringify(difference),
      JSON.stringify(project.events),
      ...allFiles(project.folder),
    ].join("\n");
    expect(seen).toContain("PASSWORD");
    expect(seen).not.toContain(secret);
    expect(seen).not.toContain(rotated);
    delete process.env["SHOP_SECRET"];
    await expect(project.diff(program)).rejects.toThrow(/SHOP_SECRET/);
  });
});

function allFiles(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => fs.readFileSync(path.join(entry.parentPath ?? entry.path, entry.name), "latin1"));
}

describe("stacks that refer to each other", () => {
  test("fails to deploy before the stack that it needs, and says which", async () => {
    const project = new Project();
    const program: Program = (stack) => {
      const elsewhere = {
        binding: { name: "deps", version: { $ref: { address: "base/deps", attribute: "version" } } },
      };
      new scf.Function(stack, "orders", { ...node, layers: [elsewhere] });
    };
    await expect(project.diff(program)).rejects.toThrow(/base/);
  });
});
