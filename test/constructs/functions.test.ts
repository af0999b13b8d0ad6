import * as scf from "cdktf-scf";
import { reference } from "../../lib/model/value";
import { temporaryFolder } from "../temporary-folder";
import * as fs from "node:fs";
import * as path from "node:path";
import { node, resource, synthesize } from "./app";

/** A folder with a web server and what starts it. */
function server(): scf.Code {
  const folder = temporaryFolder();
  fs.writeFileSync(path.join(folder, "app.js"), "");
  const script = "#!/bin/bash\n/var/lang/node16/bin/node app.js\n";
  fs.writeFileSync(path.join(folder, "scf_bootstrap"), script, { mode: 0o755 });
  return scf.Code.fromAsset(folder);
}

const web = () => ({ runtime: node.runtime, code: server() });
const image = scf.ContainerImage.fromPersonalRegistry("registry.example.com/team/resize:1");
const vpc = scf.Vpc.fromAttributes({ vpcId: "vpc-1", subnetId: "subnet-1" });

describe("an event function", () => {
  test("has whatever it can be given in the plan", () => {
    const plan = synthesize((stack) => {
      new scf.Function(stack, "orders", {
        ...node,
        asyncExecution: true,
        statusTracking: true,
        dnsCache: true,
        gpuNode: scf.GpuNode.of("GPU.1"),
        fixedEgressIp: true,
        publicAccess: true,
        vpc,
        fileSystems: [
          {
            fileSystem: scf.FileSystem.fromAttributes({ fileSystemId: "cfs-1", mountTargetId: "cfs-1-a" }),
            localDirectory: "/mnt/orders",
          },
        ],
        logTopic: scf.LogTopic.fromAttributes({ logsetId: "set-1", topicId: "topic-1" }),
        deadLetterQueue: scf.DeadLetterQueue.topic("dead", { filterType: "1" }),
        tags: { team: "shop" },
      });
    });
    const { properties } = resource(plan, "shop/orders");
    expect(properties).toMatchObject({
      type: "Event",
      asyncExecution: true,
      statusTracking: true,
      dnsCache: true,
      gpuNode: "GPU.1",
      fixedEgressIp: true,
      publicAccess: true,
      vpc: { vpcId: "vpc-1", subnetId: "subnet-1" },
      fileSystems: [
        {
          fileSystemId: "cfs-1",
          mountTargetId: "cfs-1-a",
          localDirectory: "/mnt/orders",
          remoteDirectory: "/",
          userId: 10_000,
          groupId: 10_000,
        },
      ],
      logTopic: { logsetId: "set-1", topicId: "topic-1" },
      deadLetterQueue: { type: "topic", name: "dead", filterType: "1" },
      tags: { team: "shop" },
    });
    expect(properties).not.toHaveProperty("surroundings");
  });

  test("tells the rules what the program says of things around it", () => {
    const region = "ap-guangzhou";
    const plan = synthesize((stack) => {
      new scf.Function(stack, "orders", {
        ...node,
        vpc: scf.Vpc.fromAttributes({
          vpcId: "vpc-1",
          subnetId: "subnet-1",
          region,
          cidr: "10.0.0.0/16",
          type: "vpc",
          natGateway: { region, vpcId: "vpc-1" },
        }),
        fileSystems: ["vpc-1", undefined].map((vpcId, index) => ({
          fileSystem: scf.FileSystem.fromAttributes({
            fileSystemId: `cfs-${index}`,
            mountTargetId: "a",
            ...(vpcId === undefined ? {} : { vpcId }),
          }),
          localDirectory: `/mnt/${index}`,
        })),
        logTopic: scf.LogTopic.fromAttributes({ logsetId: "set-1", topicId: "topic-1", region }),
      });
    });
    expect(resource(plan, "shop/orders").properties["surroundings"]).toEqual({
      networkRegion: region,
      networkCidr: "10.0.0.0/16",
      networkType: "vpc",
      natGateway: { region, vpcId: "vpc-1" },
      fileSystemVpcIds: ["vpc-1", null],
      logRegion: region,
    });
  });

  test.each([
    [{}, false, { retryAttempts: 2, maximumEventAge: 21_600 }],
    [{}, true, { retryAttempts: 0, maximumEventAge: 21_600 }],
    [{ retryAttempts: 1 }, false, { retryAttempts: 1, maximumEventAge: 21_600 }],
    [{ maximumEventAge: scf.Duration.minutes(10) }, false, { retryAttempts: 2, maximumEventAge: 600 }],
  ])(
    "with %j of asynchronous invocation, asynchronous execution %j",
    (asyncInvocation, asyncExecution, expected) => {
      const plan = synthesize((stack) => {
        new scf.Function(stack, "orders", { ...node, asyncInvocation, asyncExecution });
      });
      expect(resource(plan, "shop/orders/AsyncInvocation")).toMatchObject({
        kind: "scf_async_invocation",
        properties: {
          namespace: "default",
          functionName: reference("shop/orders", "functionName"),
          ...expected,
        },
      });
    },
  );
});

describe("a web function", () => {
  test("has no handler, and speaks HTTP", () => {
    const plan = synthesize((stack) => new scf.WebFunction(stack, "site", web()));
    expect(resource(plan, "shop/site").properties).toEqual({
      namespace: "default",
      functionName: "shop-site",
      type: "HTTP",
      runtime: "Nodejs16.13",
      code: { asset: plan.assets[0]?.hash },
      memory: 128,
      timeout: 3,
      initTimeout: 60,
      asyncExecution: false,
    });
  });

  test("speaks WebSocket when it is given its idle timeout, and answers several requests at a time", () => {
    const plan = synthesize((stack) => {
      new scf.WebFunction(stack, "chat", {
        ...web(),
        timeout: scf.Duration.minutes(10),
        webSocket: { idleTimeout: scf.Duration.minutes(5) },
        instanceConcurrency: "dynamic",
      });
    });
    expect(resource(plan, "shop/chat").properties).toMatchObject({
      webSocket: true,
      webSocketIdleTimeout: 300,
      instanceConcurrency: "dynamic",
    });
  });

  test("has versions and aliases", () => {
    const plan = synthesize((stack) => {
      const site = new scf.WebFunction(stack, "site", web());
      site.addAlias("live", { version: site.currentVersion });
    });
    expect(resource(plan, "shop/site/live").properties["version"]).toEqual(
      reference("shop/site/CurrentVersion", "version"),
    );
  });
});

describe("a function from an image", () => {
  test("may initialize for 90 s, and has neither handler nor layers", () => {
    const plan = synthesize((stack) => new scf.ImageFunction(stack, "resize", { image }));
    expect(resource(plan, "shop/resize").properties).toEqual({
      namespace: "default",
      functionName: "shop-resize",
      type: "Event",
      runtime: "CustomImage",
      code: { image: "registry.example.com/team/resize:1", registry: "personal" },
      memory: 128,
      timeout: 3,
      initTimeout: 90,
      asyncExecution: false,
    });
  });

  test("says what the container starts, and from which registry it comes", () => {
    const plan = synthesize((stack) => {
      new scf.ImageFunction(stack, "resize", {
        image: scf.ContainerImage.fromEnterpriseRegistry({
          image: "registry.example.com/team/resize:1",
          registryId: "tcr-1",
          region: "ap-guangzhou",
        }),
        entryPoint: "python",
        command: "-u app.py",
        acceleration: true,
        initTimeout: scf.Duration.seconds(120),
      });
    });
    expect(resource(plan, "shop/resize").properties).toMatchObject({
      code: {
        image: "registry.example.com/team/resize:1",
        registry: "enterprise",
        registryId: "tcr-1",
        entryPoint: "python",
        command: "-u app.py",
        acceleration: true,
      },
      initTimeout: 120,
      surroundings: { imageRegion: "ap-guangzhou" },
    });
  });

  test.each([
    [undefined, 9000],
    [8080, 8080],
  ])("with a web server on port %j listens on %d", (port, expected) => {
    const plan = synthesize((stack) => {
      new scf.WebImageFunction(stack, "site", { image, ...(port === undefined ? {} : { port }) });
    });
    expect(resource(plan, "shop/site").properties).toMatchObject({
      type: "HTTP",
      initTimeout: 90,
      code: { port: expected },
    });
  });
});

describe("a function that exists already", () => {
  test("can be named by aliases, triggers, load balancer rules and permissions, and is not in the plan", () => {
    const plan = synthesize((stack) => {
      const namespace = scf.Namespace.fromName("billing");
      const orders = scf.Function.fromName(stack, "orders", { name: "old-orders", namespace });
      const live = orders.addAlias("live", {
        version: orders.version("3"),
        routing: scf.Routing.weighted(orders.version("4"), scf.Weight.percent(10)),
      });
      live.addTrigger("nightly", scf.Trigger.timer({ schedule: scf.Schedule.cron("0 0 2 * * * *") }));
      orders.grants.invoke(new scf.Policy(stack, "ops"));
    });
    expect(plan.resources.map(({ kind }) => kind)).not.toContain("scf_function");
    const named = { namespace: "billing", functionName: "old-orders" };
    expect(resource(plan, "shop/orders/live").properties).toMatchObject({ ...named, version: "3" });
    expect(resource(plan, "shop/orders/live/nightly").properties).toMatchObject(named);
    expect(JSON.stringify(resource(plan, "shop/ops"))).toContain("old-orders");
  });

  test("of web type has web aliases", () => {
    const plan = synthesize((stack) => {
      const site = scf.WebFunction.fromName(stack, "site", { name: "site" });
      site.addAlias("live", { version: site.version("1") });
    });
    expect(resource(plan, "shop/site/live").properties["functionName"]).toBe("site");
  });
});

describe("a test event", () => {
  test("stands in the plan as JSON", () => {
    const plan = synthesize((stack) => {
      const orders = new scf.Function(stack, "orders", node);
      new scf.TestEvent(stack, "order", { function: orders, event: { item: "lamp", quantity: 1 } });
    });
    expect(resource(plan, "shop/order")).toMatchObject({
      kind: "scf_test_event",
      properties: {
        name: "shop-order",
        event: '{"item":"lamp","quantity":1}',
        functionName: reference("shop/orders", "functionName"),
      },
    });
  });
});
