import * as scf from "cdktf-scf";
import { TerraformVariable } from "cdktf";
import { reference } from "../../lib/model/value";
import { newApp, node, resource, synthesize, TestStack } from "./app";

describe("reserved concurrency", () => {
  const reserved = (concurrency: scf.Concurrency, props: Partial<scf.FunctionProps> = {}) =>
    resource(
      synthesize((stack) => {
        new scf.Function(stack, "orders", { ...node, ...props }).reserveConcurrency(concurrency);
        scf.Findings.of(stack).acknowledge("CON-UNIT", "a test of numbers");
      }),
      "shop/orders/ReservedConcurrency",
    ).properties;

  test("refers to its function, and counts in MB", () => {
    expect(reserved(scf.Concurrency.megabytes(19_200))).toEqual({
      namespace: "default",
      functionName: reference("shop/orders", "functionName"),
      reservedMb: 19_200,
    });
  });

  test.each([
    [150, 128, 19_200],
    [80, 128, 10_240],
    [200, 128, 25_600],
    [10, 64, 640],
    [10, 3072, 30_720],
  ] as const)("makes %d instances of %d MB %d MB", (instances, memory, reservedMb) => {
    expect(reserved(scf.Concurrency.instances(instances), { memory })).toMatchObject({ reservedMb });
  });

  test("of none is 0, and not the absence of a reservation", () => {
    expect(reserved(scf.Concurrency.none())).toMatchObject({ reservedMb: 0 });
    expect(reserved(scf.Concurrency.instances(0))).toMatchObject({ reservedMb: 0 });
    const plan = synthesize((stack) => new scf.Function(stack, "orders", node));
    expect(plan.resources.map(({ kind }) => kind)).toEqual(["scf_function"]);
  });

  test("takes MB of another provider, and fails to convert instances of a function whose memory is one", () => {
    const build = (concurrency: scf.Concurrency) => () =>
      synthesize((stack) => {
        const variable = new TerraformVariable(stack, "memory", { type: "number" });
        const memory = variable.numberValue as scf.MemoryMb;
        new scf.Function(stack, "orders", { ...node, memory }).reserveConcurrency(concurrency);
      });
    expect(build(scf.Concurrency.megabytes(1280))).not.toThrow();
    expect(build(scf.Concurrency.instances(10))).toThrow(
      /shop\/orders\/ReservedConcurrency: a number of instances cannot be converted into MB, because the function's memory is a value of another provider/,
    );
  });

  test("fails for a function with a memory that is none, with a sentence about that", () => {
    const app = newApp();
    const memory = "lots" as unknown as scf.MemoryMb;
    const orders = new scf.Function(new TestStack(app, "shop"), "orders", { ...node, memory });
    orders.reserveConcurrency(scf.Concurrency.instances(10));
    expect(() => app.synth()).toThrow(/`memory` must be a number/);
  });
});

describe("in plain JavaScript", () => {
  function findings(declare: (stack: TestStack) => void): string[] {
    const app = newApp();
    declare(new TestStack(app, "shop"));
    try {
      app.synth();
    } catch (error) {
      const found = (error as { findings?: { rule: string; message: string }[] }).findings;
      if (found) return found.map(({ rule, message }) => `${rule} ${message}`);
      throw error;
    }
    return [];
  }

  test("a reservation of 150 fails: it could be either", () => {
    const concurrency = 150 as unknown as scf.Concurrency;
    expect(() =>
      findings((stack) => new scf.Function(stack, "orders", node).reserveConcurrency(concurrency)),
    ).toThrow(/150 says neither how many MB are reserved nor how many instances/);
  });

  test("both ways to provision in one object fail with CON-KIND", () => {
    const both = { type: "static", instances: 1, minimum: 1, maximum: 2, utilization: 0.8 };
    const provisioning = both as unknown as scf.Provisioning;
    expect(
      findings((stack) => new scf.Function(stack, "orders", node).currentVersion.provision(provisioning)),
    ).toContainEqual(expect.stringMatching(/^CON-KIND the version is provisioned in both ways/));
  });

  test("a hosting that is no Hosting is not left out", () => {
    const hosting = { clusterId: "cls-1", subnetId: "subnet-1" } as unknown as scf.Hosting;
    expect(findings((stack) => new scf.Namespace(stack, "sale", { hosting }))).toEqual([
      expect.stringMatching(/^TYPE `hosting.clusterNamespace` is missing/),
    ]);
  });
});

describe("an estimate", () => {
  test.each([
    [2000, scf.Duration.seconds(0.02), 40],
    [100, scf.Duration.seconds(1), 100],
    [0.1, scf.Duration.minutes(1), 6],
    [10, scf.Duration.seconds(0.11), 2],
    [3, scf.Duration.seconds(0.1), 1],
    [10, scf.Duration.seconds(0.3), 3],
    [0, scf.Duration.seconds(1), 0],
  ])("of %d requests a second that take %s is %d instances", (requestsPerSecond, duration, instances) => {
    expect(scf.Concurrency.estimate({ requestsPerSecond, duration })).toBe(instances);
  });
});

describe("provisioned concurrency", () => {
  test("of the current version goes along with it", () => {
    const plan = synthesize((stack) => {
      const orders = new scf.Function(stack, "orders", node);
      orders.currentVersion.provision(scf.Provisioning.static({ instances: 10 }));
    });
    expect(resource(plan, "shop/orders/CurrentVersion/Instances").properties).toEqual({
      namespace: "default",
      functionName: reference("shop/orders", "functionName"),
      qualifier: reference("shop/orders/CurrentVersion", "version"),
      provisioning: { type: "static", instances: 10 },
    });
  });

  test("of a published version says with which memory, when the program knows it", () => {
    const plan = synthesize((stack) => {
      const orders = new scf.Function(stack, "orders", { ...node, memory: 1024 });
      const dynamic = scf.Provisioning.dynamic({ minimum: 1, maximum: 20, utilization: 0.8 });
      orders.version("3", { memory: 512 }).provision(dynamic);
      orders.version("4").provision(scf.Provisioning.static({}));
    });
    expect(resource(plan, "shop/orders/Version3Instances").properties).toMatchObject({
      qualifier: "3",
      memory: 512,
      provisioning: { type: "dynamic", minimum: 1, maximum: 20, utilization: 0.8 },
    });
    expect(resource(plan, "shop/orders/Version4Instances").properties).not.toHaveProperty("memory");
  });

  test("comes before the aliases of its version, whichever of them is declared first, and before no other", () => {
    const plan = synthesize((stack) => {
      const orders = new scf.Function(stack, "orders", node);
      const routing = scf.Routing.weighted(orders.currentVersion, scf.Weight.percent(10));
      orders.addAlias("early", { version: orders.version("3"), routing });
      orders.currentVersion.provision(scf.Provisioning.static({ instances: 10 }));
      orders.addAlias("late", { version: orders.currentVersion });
      orders.addAlias("other", { version: orders.version("3") });
      orders.addAlias("newest", { version: orders.latest });
    });
    const before = (alias: string) => resource(plan, `shop/orders/${alias}`).dependsOn;
    expect(before("early")).toEqual(["shop/orders/CurrentVersion/Instances"]);
    expect(before("late")).toEqual(["shop/orders/CurrentVersion/Instances"]);
    expect(before("other")).toEqual([]);
    expect(before("newest")).toEqual([]);
  });

  test("fails a second time on one version", () => {
    expect(() =>
      synthesize((stack) => {
        const orders = new scf.Function(stack, "orders", node);
        orders.version("3").provision(scf.Provisioning.static({ instances: 10 }));
        orders.version("3").provision(scf.Provisioning.static({ instances: 20 }));
      }),
    ).toThrow(/Version3Instances/);
  });
});

describe("a namespace", () => {
  test("has a quota of its own, and a cluster that hosts it", () => {
    const plan = synthesize((stack) => {
      scf.Findings.of(stack).acknowledge("NS-PKG", "the account has a package");
      new scf.Namespace(stack, "sale", {
        concurrencyMb: 64_000,
        hosting: scf.Hosting.kubernetes({
          clusterId: "cls-1",
          subnetId: "subnet-1",
          clusterNamespace: "functions",
          port: 30_000,
          dataPath: "/data/scf",
          nodeSelector: { pool: "functions" },
          tolerations: [
            scf.Toleration.equal({ key: "pool", value: "functions", effect: "NoSchedule" }),
            scf.Toleration.exists({ effect: "NoExecute", stays: scf.Duration.minutes(1) }),
          ],
          kubernetesVersion: "1.26",
          nodeTypes: ["native"],
          nodeCount: 3,
          subnetCidr: "10.0.0.0/24",
        }),
      });
      const fallback = scf.Namespace.fromName("default");
      new scf.NamespaceConcurrency(stack, "quota", { namespace: fallback, megabytes: 64_000 });
    });
    expect(resource(plan, "shop/sale").properties).toEqual({
      name: "shop-sale",
      hosting: {
        clusterId: "cls-1",
        subnetId: "subnet-1",
        clusterNamespace: "functions",
        port: 30_000,
        dataPath: "/data/scf",
        nodeSelector: { pool: "functions" },
        tolerations: [
          { key: "pool", operator: "Equal", value: "functions", effect: "NoSchedule" },
          { operator: "Exists", effect: "NoExecute", tolerationSeconds: 60 },
        ],
      },
      cluster: { kubernetesVersion: "1.26", nodeTypes: ["native"], nodeCount: 3, subnetCidr: "10.0.0.0/24" },
    });
    expect(resource(plan, "shop/sale/Concurrency").properties).toEqual({
      namespace: reference("shop/sale", "name"),
      totalMb: 64_000,
    });
    expect(resource(plan, "shop/quota").properties).toEqual({ namespace: "default", totalMb: 64_000 });
  });
});
