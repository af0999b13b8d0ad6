import * as fs from "node:fs";
import * as path from "node:path";
import * as scf from "cdktf-scf";
import { node, type TestStack } from "../constructs/app";
import { temporaryFolder } from "../temporary-folder";
import { Project } from "./deployment";

const asyncInvocation = { retryAttempts: 1, maximumEventAge: scf.Duration.minutes(10) };

async function invocationOf(project: Project) {
  const request = { FunctionName: "shop-orders" };
  return (await project.platform.call("scf", "GetFunctionEventInvokeConfig", request)).AsyncTriggerConfig;
}

function server(text: string): scf.Code {
  const folder = temporaryFolder();
  fs.writeFileSync(path.join(folder, "app.js"), text);
  const script = "#!/bin/bash\n/var/lang/node16/bin/node app.js\n";
  fs.writeFileSync(path.join(folder, "scf_bootstrap"), script, { mode: 0o755 });
  return scf.Code.fromAsset(folder);
}

describe("asynchronous invocation", () => {
  test("is set, kept when the function is replaced, and put back when the program drops it", async () => {
    const project = new Project();
    const orders = (props: Partial<scf.FunctionProps>) => (stack: TestStack) =>
      void new scf.Function(stack, "orders", { ...node, ...props });
    await project.deploy(orders({ asyncInvocation }));
    expect(await invocationOf(project)).toEqual({ RetryConfig: [{ RetryNum: 1 }], MsgTTL: 600 });

    const other = { asyncInvocation, runtime: scf.Runtime.NODEJS_14_18 };
    await project.deploy(orders(other));
    expect(await invocationOf(project)).toEqual({ RetryConfig: [{ RetryNum: 1 }], MsgTTL: 600 });
    expect((await project.diff(orders(other))).changes).toEqual([]);

    await project.deploy(orders({ runtime: scf.Runtime.NODEJS_14_18 }));
    expect(await invocationOf(project)).toEqual({ RetryConfig: [{ RetryNum: 2 }], MsgTTL: 21_600 });
    await project.platform.close();
  });

  test("that somebody has set back is set again", async () => {
    const project = new Project();
    const program = (stack: TestStack) =>
      void new scf.Function(stack, "orders", { ...node, asyncInvocation });
    await project.deploy(program);
    await project.platform.call("scf", "UpdateFunctionEventInvokeConfig", {
      FunctionName: "shop-orders",
      AsyncTriggerConfig: { RetryConfig: [{ RetryNum: 2 }], MsgTTL: 21_600 },
    });
    await project.deploy(program);
    expect(await invocationOf(project)).toEqual({ RetryConfig: [{ RetryNum: 1 }], MsgTTL: 600 });
    await project.platform.close();
  });
});

describe("a web function", () => {
  test("is replaced to speak WebSocket, and updated for another idle timeout", async () => {
    const project = new Project();
    const code = server("1");
    const site = (idle: number | undefined) => (stack: TestStack) =>
      void new scf.WebFunction(stack, "site", {
        runtime: node.runtime,
        code,
        timeout: scf.Duration.minutes(15),
        ...(idle === undefined ? {} : { webSocket: { idleTimeout: scf.Duration.seconds(idle) } }),
      });
    expect(await project.writesOf(site(undefined))).toEqual(["CreateFunction"]);
    expect(await project.writesOf(site(60))).toEqual(["DeleteFunction", "CreateFunction"]);
    expect(await project.writesOf(site(900))).toEqual(["UpdateFunctionConfiguration"]);
    expect(await project.writesOf(site(900))).toEqual([]);
    await project.platform.close();
  });

  test("gives everything back that the program takes away", async () => {
    const project = new Project();
    const code = server("1");
    const site = (props: Partial<scf.WebFunctionProps>) => (stack: TestStack) =>
      void new scf.WebFunction(stack, "site", { runtime: node.runtime, code, ...props });
    const vpc = scf.Vpc.fromAttributes({ vpcId: "vpc-1", subnetId: "subnet-1" });
    await project.deploy(
      site({
        vpc,
        instanceConcurrency: 10,
        fixedEgressIp: true,
        logTopic: scf.LogTopic.fromAttributes({ logsetId: "set", topicId: "topic" }),
        fileSystems: [
          {
            fileSystem: scf.FileSystem.fromAttributes({ fileSystemId: "cfs-1", mountTargetId: "a" }),
            localDirectory: "/mnt/a",
          },
        ],
      }),
    );
    expect(await project.writesOf(site({}))).toEqual(["UpdateFunctionConfiguration"]);
    expect((await project.diff(site({}))).changes).toEqual([]);
    const found = await project.platform.call("scf", "GetFunction", { FunctionName: "shop-site" });
    expect(found.VpcConfig).toEqual({ VpcId: "", SubnetId: "" });
    expect(found).not.toHaveProperty("CfsConfig");
    await project.platform.close();
  });
});

describe("a test event", () => {
  test("is made, changed and deleted", async () => {
    const project = new Project();
    const program = (event: scf.JsonValue | undefined) => (stack: TestStack) => {
      const orders = new scf.Function(stack, "orders", node);
      if (event !== undefined) new scf.TestEvent(stack, "order", { function: orders, event });
    };
    expect(await project.writesOf(program({ item: "lamp" }))).toEqual([
      "CreateFunction",
      "CreateFunctionTestModel",
    ]);
    expect(await project.writesOf(program({ item: "lamp" }))).toEqual([]);
    expect(await project.writesOf(program([1]))).toEqual(["UpdateFunctionTestModel"]);
    expect(await project.writesOf(program(undefined))).toEqual(["DeleteFunctionTestModel"]);
    await project.platform.close();
  });
});

describe("the built-in alias", () => {
  const defaultOf = async ({ platform }: Project) => {
    const found = await platform.call("scf", "GetAlias", { FunctionName: "shop-orders", Name: "$DEFAULT" });
    return [found.FunctionVersion, found.RoutingConfig?.AdditionalVersionWeights];
  };

  test("points where the program says, and to $LATEST again once it says nothing", async () => {
    const project = new Project();
    const orders =
      (point: boolean, text = "1") =>
      (stack: TestStack) => {
        const declared = new scf.Function(stack, "orders", { ...node, environment: { TEXT: text } });
        const { currentVersion } = declared;
        if (!point) return;
        const routing = scf.Routing.weighted(declared.latest, scf.Weight.percent(5));
        declared.pointDefault({ version: currentVersion, routing });
      };
    await project.deploy(orders(true));
    expect(await defaultOf(project)).toEqual(["1", [{ Version: "$LATEST", Weight: 0.05 }]]);
    expect((await project.diff(orders(true))).changes).toEqual([]);
    await project.deploy(orders(true, "2"));
    expect(await defaultOf(project)).toEqual(["2", [{ Version: "$LATEST", Weight: 0.05 }]]);
    expect(await project.writesOf(orders(false, "2"))).toEqual(["UpdateAlias"]);
    expect(await defaultOf(project)).toEqual(["$LATEST", []]);
    await project.deploy(orders(true, "2"));
    expect((await project.destroy(orders(true, "2"))).failed).toBe(0);
    await project.platform.close();
  });
});

describe("a version by its number", () => {
  test("has triggers of its own", async () => {
    const project = new Project();
    const schedule = scf.Schedule.cron("0 0 2 * * * *");
    const program = (trigger: boolean) => (stack: TestStack) => {
      const declared = new scf.Function(stack, "orders", node);
      declared.addAlias("live", { version: declared.currentVersion });
      if (trigger) declared.version("1").addTrigger("nightly", scf.Trigger.timer({ schedule }));
    };
    await project.deploy(program(false));
    expect(await project.writesOf(program(true))).toEqual(["CreateTrigger"]);
    const { Triggers } = await project.platform.call("scf", "ListTriggers", { FunctionName: "shop-orders" });
    expect(Triggers?.map(({ TriggerName, Qualifier }) => [TriggerName, Qualifier])).toEqual([
      ["nightly", "1"],
    ]);
    await project.platform.close();
  });
});

test("a layer keeps the part of a long description that the mark of ownership leaves room for", async () => {
  const project = new Project();
  const deps = (stack: TestStack) =>
    void new scf.Layer(stack, "deps", {
      code: node.code,
      compatibleRuntimes: [node.runtime],
      description: "a".repeat(1000),
    });
  expect(await project.writesOf(deps)).toEqual(["PublishLayerVersion"]);
  expect((await project.diff(deps)).changes).toEqual([]);
  await project.platform.close();
});
