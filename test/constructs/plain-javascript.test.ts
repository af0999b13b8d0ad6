import { TerraformStack, type App } from "cdktf";
import * as scf from "cdktf-scf";
import type { Finding } from "../../lib/rules/finding";
import { loadBalancer, newApp, node, TestStack, web } from "./app";

type Declare = (stack: TestStack, app: App) => void;

/** What is wrong with a program that the compiler would have refused. */
function findingsOf(declare: Declare): readonly Finding[] {
  const app = newApp();
  declare(new TestStack(app, "shop"), app);
  try {
    app.synth();
  } catch (error) {
    const { findings } = error as { findings?: readonly Finding[] };
    if (!findings) throw error;
    return findings.filter(({ severity }) => severity === "error");
  }
  return [];
}

/** Rule and place of every error. */
function errorsOf(declare: Declare): readonly (readonly [string, string?])[] {
  return findingsOf(declare).map(({ rule, places }) => [rule, places[0]?.address]);
}

function tcp(stack: TestStack, balancer = loadBalancer) {
  return new scf.LoadBalancerListener(stack, "tcp", { loadBalancer: balancer, protocol: "TCP", port: 80 });
}

function http(stack: TestStack) {
  return new scf.LoadBalancerListener(stack, "http", { loadBalancer, protocol: "HTTP", port: 80 });
}

describe("a program in plain JavaScript", () => {
  test("fails with CLB-PROTO for a function as the target of a TCP listener", () => {
    const errors = errorsOf((stack) => {
      const target = new scf.Function(stack, "orders", node).latest;
      tcp(stack).addTarget(target as unknown as scf.Backend);
    });
    expect(errors).toEqual([["CLB-PROTO", "shop/tcp"]]);
  });

  test("fails with CLB-RULE for a function as the target of an HTTP listener without a rule", () => {
    const errors = errorsOf((stack) => {
      const target = new scf.Function(stack, "orders", node).latest;
      (http(stack) as unknown as scf.LoadBalancerListener<"TCP">).addTarget(target as unknown as scf.Backend);
    });
    expect(errors).toEqual([["CLB-RULE", "shop/http/Target"]]);
  });

  test("fails with CLB-RULE for a function instead of its version or alias", () => {
    const errors = errorsOf((stack) => {
      const orders = new scf.Function(stack, "orders", node) as unknown as scf.IInvocable<"event">;
      http(stack).addRule("orders", { domain: "www.example.com", path: "/", targets: [orders] });
    });
    expect(errors).toEqual([["CLB-RULE", "shop/http/orders/Target"]]);
  });

  test.each([undefined, { instanceId: "ins-1", port: 80 }, "orders"])(
    "refuses %p as a target",
    (target: unknown) => {
      const declare = () => tcp(new TestStack(newApp(), "shop")).addTarget(target as scf.Backend);
      expect(declare).toThrow(/neither a version or alias of a function nor a back-end/);
    },
  );

  test("fails with CLB-REGION for a function of another region that no stack declares", () => {
    const errors = errorsOf((stack, app) => {
      const other = new TestStack(app, "other", { region: "ap-shanghai" });
      const orders = scf.Function.fromName(other, "orders", { name: "orders" });
      http(stack).addRule("orders", { domain: "www.example.com", path: "/", targets: [orders.latest] });
    });
    expect(errors).toEqual([["CLB-REGION", "shop/http/orders"]]);
  });

  test("fails for whatever else uses a function of another region that no stack declares", () => {
    const errors = errorsOf((stack, app) => {
      const other = new TestStack(app, "other", { region: "ap-shanghai" });
      const orders = scf.Function.fromName(other, "orders", { name: "orders" });
      const concurrency = scf.Concurrency.megabytes(128);
      new scf.ReservedConcurrency(stack, "reserved", { function: orders, concurrency });
      const provisioning = scf.Provisioning.static({ instances: 1 });
      new scf.ProvisionedConcurrency(stack, "warm", { version: orders.version("1"), provisioning });
      const metric = orders.metrics.errors();
      new scf.AlarmPolicy(stack, "alarm", { conditions: [{ metric, comparison: ">", threshold: 0 }] });
    });
    expect(errors).toEqual([
      ["CON-PROV", "shop/warm"],
      ["CON-RES", "shop/reserved"],
      ["MON-TARGET", "shop/alarm"],
    ]);
  });

  test("passes where the same functions are used in their own region", () => {
    const errors = errorsOf((stack, app) => {
      const other = new TestStack(app, "other");
      const orders = scf.Function.fromName(other, "orders", { name: "orders" });
      http(stack).addRule("orders", { domain: "www.example.com", path: "/", targets: [orders.latest] });
    });
    expect(errors).toEqual([]);
  });

  test.each([
    scf.Provisioning.static({ instances: 1, minimum: 1, maximum: 2, utilization: 0.5 } as object),
    scf.Provisioning.dynamic({ instances: 1, minimum: 1, maximum: 2, utilization: 0.5 } as never),
    scf.Provisioning.dynamic({ actions: [], minimum: 1, maximum: 2, utilization: 0.5 } as never),
  ])("fails with CON-KIND for a version that is provisioned in both ways (%#)", (provisioning) => {
    const errors = errorsOf((stack) => {
      new scf.Function(stack, "orders", node).currentVersion.provision(provisioning);
    });
    expect(errors).toEqual([["CON-KIND", "shop/orders/CurrentVersion/Instances"]]);
  });

  test("fails with CON-KIND for a version that is provisioned twice", () => {
    const errors = errorsOf((stack) => {
      const version = new scf.Function(stack, "orders", node).currentVersion;
      version.provision(scf.Provisioning.static({ instances: 1 }));
      version.provision(scf.Provisioning.dynamic({ minimum: 1, maximum: 2, utilization: 0.5 }));
    });
    expect(errors).toEqual([["CON-KIND", "shop/orders/CurrentVersion/Instances"]]);
  });

  test("fails with UNIQUE for a function whose concurrency is reserved twice", () => {
    const errors = errorsOf((stack) => {
      const orders = new scf.Function(stack, "orders", node);
      orders.reserveConcurrency(scf.Concurrency.megabytes(128));
      orders.reserveConcurrency(scf.Concurrency.megabytes(256));
    });
    expect(errors).toEqual([["UNIQUE", "shop/orders/ReservedConcurrency"]]);
  });

  test("fails with K8S-TOL for tolerations that are written out or have a value too many", () => {
    const errors = errorsOf((stack) => {
      const cluster = { clusterId: "cls-1", subnetId: "subnet-1", clusterNamespace: "functions" };
      const tolerations = [
        { key: "gpu", operator: "Exist" } as unknown as scf.Toleration,
        scf.Toleration.exists({ key: "gpu", value: "yes" } as object),
      ];
      new scf.Namespace(stack, "sale", { hosting: scf.Hosting.kubernetes({ ...cluster, tolerations }) });
    });
    expect(errors).toEqual([
      ["K8S-TOL", "shop/sale"],
      ["K8S-TOL", "shop/sale"],
    ]);
  });

  test("fails with MON-TARGET for an alarm on a function as a whole", () => {
    const errors = errorsOf((stack) => {
      const orders = new scf.Function(stack, "orders", node) as unknown as scf.IInvocable;
      const metric = scf.Metrics.of(orders).errors();
      new scf.AlarmPolicy(stack, "alarm", { conditions: [{ metric, comparison: ">", threshold: 0 }] });
    });
    expect(errors).toEqual([["MON-TARGET", "shop/alarm"]]);
  });

  test("fails with CAM-COND for a condition in the documents' spelling, and does not drop it", () => {
    const errors = errorsOf((stack) => {
      const statement = {
        effect: "allow",
        actions: ["scf:InvokeFunction"],
        resources: ["*"],
        condition: { ip_equal: { "qcs:ip": "10.0.0.256" } },
      } as scf.PolicyStatement;
      new scf.Policy(stack, "operators", { statements: [statement] });
    });
    expect(errors).toEqual([["CAM-COND", "shop/operators"]]);
  });

  test("fails with TYPE for a function where a resource's name is asked for", () => {
    const errors = errorsOf((stack) => {
      const orders = new scf.Function(stack, "orders", node) as unknown as string;
      const actions = ["scf:InvokeFunction"];
      new scf.Policy(stack, "operators", { statements: [{ effect: "allow", actions, resources: [orders] }] });
    });
    expect(errors).toEqual([["TYPE", "shop/operators"]]);
  });

  test("has a security group that is a list of rules checked like any other", () => {
    const app = newApp();
    const stack = new TestStack(app, "shop");
    const securityGroup = [
      { action: "allow", source: "10.0.0.0/33", port: "80" },
    ] as unknown as scf.SecurityGroup;
    tcp(stack).addTarget(scf.Backend.instance({ instanceId: "ins-1", port: 80, securityGroup }));
    expect(() => app.synth()).not.toThrow();
  });
});

/** The messages of the errors, with their fixes: exactly one each for a program with one mistake. */
function saidOf(declare: Declare): readonly string[] {
  return findingsOf(declare).map(({ rule, message, fix }) => `${rule}: ${message}; ${fix ?? ""}`);
}

/** The error that a program stops with, and what to do about it. */
function refusalOf(declare: (stack: TestStack) => void): string {
  try {
    declare(new TestStack(newApp(), "shop"));
  } catch (error) {
    if (!scf.ScfError.is(error)) throw error;
    return `${error.code}: ${error.message} ${error.fix ?? ""}`;
  }
  return "";
}

describe("what plain JavaScript gives in place of something else", () => {
  test.each([[{}], [undefined], [{ region: null }], [{ region: "" }]])(
    "fails for a provider without region: %j",
    (props) => {
      const refused = () => new scf.ScfProvider(new TerraformStack(newApp(), "shop"), "scf", props as never);
      expect(refused).toThrow("shop/scf has no region.");
    },
  );

  test("fails for a provider whose region is no text", () => {
    const props = { region: 1 } as never;
    const refused = () => new scf.ScfProvider(new TerraformStack(newApp(), "shop"), "scf", props);
    expect(refused).toThrow("shop/scf: `region` must be the name of a region, but is the number 1.");
  });

  test("refuses permission for a name", () => {
    const alice = "alice" as never;
    expect(refusalOf((stack) => new scf.Function(stack, "orders", node).grants.invoke(alice))).toBe(
      'GRANTEE: shop/orders: permission is given to a Policy or a Role of the program, but what is given is the text "alice". ' +
        'Give it to a new Policy, and attach that: policy.attachTo(User.fromName("alice")).',
    );
    expect(refusalOf(() => scf.AccountGrants.readMonitoring(undefined as never))).toContain(
      "AccountGrants: permission is given to a Policy or a Role of the program, but what is given is undefined.",
    );
  });

  test("refuses to attach a policy to a name, and a name in place of a policy", () => {
    const attach = (to: unknown) =>
      refusalOf((stack) => new scf.Policy(stack, "operators").attachTo(to as scf.Principal));
    expect(attach("alice")).toBe(
      "PRINCIPAL: shop/operators: a policy is attached to a role, a user or a group, but what is given is the text " +
        '"alice". Say User.fromName("alice"); or Role.fromName for a role, and Group.fromId for a group.',
    );
    expect(attach(7)).toContain("Say Group.fromId(7).");
    expect(attach(undefined)).toContain("what is given is undefined");
    const preset = "QcloudSCFFullAccess" as never;
    expect(refusalOf((stack) => new scf.Role(stack, "role").attachPolicy(preset))).toContain(
      'Say Policy.fromName("QcloudSCFFullAccess").',
    );
  });

  test("fails with CON-PROV for instances of `latest`", () => {
    const said = saidOf((stack) => {
      const latest = new scf.Function(stack, "orders", node).latest as scf.IPublishedVersion;
      latest.provision(scf.Provisioning.static({ instances: 1 }));
    });
    expect(said).toEqual([expect.stringMatching(/^CON-PROV: .*\$LATEST.*; provision `currentVersion`/)]);
  });

  test.each([undefined, null, "index.main_handler"])(
    "refuses %j as the properties of a function",
    (props) => {
      expect(refusalOf((stack) => new scf.Function(stack, "orders", props as never))).toMatch(
        /^PROPS: shop\/orders: the properties of a function must be an object, but /,
      );
    },
  );

  const vpc = scf.Vpc.fromAttributes({ vpcId: "vpc-1", subnetId: "subnet-1" });
  const functionWith = (props: object) => (stack: TestStack) =>
    new scf.Function(stack, "orders", { ...node, ...props } as scf.FunctionProps);

  const mistakes: readonly (readonly [string, (stack: TestStack) => unknown, string])[] = [
    [
      "no runtime and inline code",
      functionWith({ runtime: undefined }),
      'TYPE: `runtime` is missing; use one that Runtime has, Runtime.NODEJS_16_13, or Runtime.of("Nodejs18.15") for a newer one',
    ],
    [
      "no runtime of a web function",
      (stack) => new scf.WebFunction(stack, "site", { ...web(), runtime: undefined as never }),
      'TYPE: `runtime` is missing; use one that Runtime has, Runtime.NODEJS_16_13, or Runtime.of("Nodejs18.15") for a newer one',
    ],
    [
      "an id as the load balancer of a listener",
      (stack) =>
        tcp(stack, "lb-1" as never).addTarget(scf.Backend.instance({ instanceId: "ins-1", port: 80 })),
      'TYPE: `loadBalancer` must be a LoadBalancer, but is the text "lb-1"; use LoadBalancer.fromAttributes({ loadBalancerId: "lb-1", region: "…" })',
    ],
    [
      "no load balancer of a listener",
      (stack) => tcp(stack, null as never),
      'TYPE: `loadBalancer` is missing; use LoadBalancer.fromAttributes({ loadBalancerId: "lb-…", region: "…" })',
    ],
    [
      "an id as the load balancer of a listener that forwards to a function",
      (stack) => {
        const listener = new scf.LoadBalancerListener(stack, "http", {
          loadBalancer: "lb-1" as never,
          protocol: "HTTP",
          port: 80,
        });
        const targets = [new scf.Function(stack, "orders", node).currentVersion];
        listener.addRule("orders", { domain: "www.example.com", path: "/", targets });
      },
      'TYPE: `loadBalancer` must be a LoadBalancer, but is the text "lb-1"; use LoadBalancer.fromAttributes({ loadBalancerId: "lb-1", region: "…" })',
    ],
    [
      "an id as a VPC",
      functionWith({ vpc: "vpc-1" }),
      'TYPE: `vpc` must be a Vpc, but is the text "vpc-1"; use Vpc.fromAttributes({ vpcId: "vpc-1", subnetId: "subnet-…" })',
    ],
    [
      "an id as a mount",
      functionWith({ vpc, fileSystems: ["cfs-1"] }),
      'TYPE: `fileSystems[0]` must be a mount, but is the text "cfs-1"; use [{ fileSystem: FileSystem.fromAttributes({ fileSystemId: "cfs-1", mountTargetId: "cfs-…" }), localDirectory: "/mnt/data" }]',
    ],
    [
      "an id as the mounts",
      functionWith({ vpc, fileSystems: "cfs-1" }),
      'TYPE: `fileSystems` must be a list of mounts, but is the text "cfs-1"; use [{ fileSystem: FileSystem.fromAttributes({ fileSystemId: "cfs-1", mountTargetId: "cfs-…" }), localDirectory: "/mnt/data" }]',
    ],
    [
      "an id as a file system",
      functionWith({ vpc, fileSystems: [{ fileSystem: "cfs-1", localDirectory: "/mnt/shop" }] }),
      'TYPE: `fileSystems[0]` must be a mount whose `fileSystem` is a FileSystem, but is the text "cfs-1"; use [{ fileSystem: FileSystem.fromAttributes({ fileSystemId: "cfs-1", mountTargetId: "cfs-…" }), localDirectory: "/mnt/shop" }]',
    ],
    [
      "an id as a log topic",
      functionWith({ logTopic: "x" }),
      'TYPE: `logTopic` must be a LogTopic, but is the text "x"; use LogTopic.fromAttributes({ logsetId: "…", topicId: "x" })',
    ],
    [
      "no version of an alias",
      (stack) => functionWith({})(stack).addAlias("live", undefined as never),
      'TYPE: `version` is missing; give `currentVersion`, `latest` or `version("1")` of the function',
    ],
    [
      "an event in the singular",
      (stack) => {
        const props = { bucket: "uploads-1250000000", event: "cos:ObjectCreated:Put" } as never;
        functionWith({})(stack).addTrigger("upload", scf.Trigger.cos(props));
      },
      'TYPE: `events` is missing; give events: ["cos:ObjectCreated:Put"]',
    ],
    [
      "source as code",
      functionWith({ code: "exports.main_handler = async () => 1;" }),
      'TYPE: `code` must be a Code, but is the text "exports.main_handler = async () => 1;"; use Code.fromInline(…)',
    ],
    [
      "a folder as code",
      functionWith({ code: "dist/orders" }),
      'TYPE: `code` must be a Code, but is the text "dist/orders"; use Code.fromAsset("dist/orders")',
    ],
  ];

  test.each(mistakes)("fails once for %s", (_, declare, said) => {
    expect(saidOf(declare)).toEqual([said]);
  });
});
