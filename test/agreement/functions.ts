import { reference, type Value } from "../../lib/model/value";
import type { Choices } from "./choices";
import { eventCode, packageAt, webCode } from "./packages";
import type { DeclaredFunction, World } from "./world";

type Some = { readonly [name: string]: Value | undefined };

const longText = "x".repeat(900);

function name(world: World, prefix: string): string {
  return world.choices.mostly<string>(
    [world.name(prefix)],
    [`1${prefix}`, "o", `${prefix}-`, "or ders", "", "x".repeat(61), "_a", "ünder", `${prefix}.a`],
  );
}

function description(choices: Choices): string | undefined {
  return choices.maybe(20, () =>
    choices.mostly<string>(
      ["Takes orders.", "a, b", "", longText, "a\nb"],
      ["no!", "x".repeat(1001), "semi;colon"],
    ),
  );
}

export function declareNamespaces(world: World): string[] {
  const { choices } = world;
  return choices.several(choices.from([1, 0, 3]), () =>
    world.stack.add("scf_namespace", world.id("namespace"), {
      name: choices.mostly<string>(
        [world.name("team"), world.name("n".repeat(50))],
        ["default", "1x", "x", "te am", "n".repeat(61), "team_"],
      ),
      description: choices.maybe(20, () =>
        choices.mostly(["People", "Everything; of the team!"], ["x".repeat(1001)]),
      ),
      ...(choices.chance(15) ? hosting(choices) : {}),
    }),
  );
}

function hosting(choices: Choices): Some {
  return {
    hosting: {
      clusterId: choices.mostly(["cls-a1b2c3d4"], [""]),
      subnetId: choices.mostly(["subnet-1"], [""]),
      clusterNamespace: choices.mostly(["functions"], [""]),
      ...given(
        "port",
        choices.maybe(30, () => choices.mostly([8080, 1, 65_535], [0, 65_536, 80.5, -1])),
      ),
      ...given(
        "dataPath",
        choices.maybe(20, () => "/data"),
      ),
      ...given(
        "nodeSelector",
        choices.maybe(40, () => ({
          [choices.mostly<string>(
            ["disk", "shop/kind", "k".repeat(63)],
            ["/disk", "di_sk", "k".repeat(64), ""],
          )]: choices.mostly<string>(["ssd", "v1.2_3-4", "a"], ["", "-ssd", "ssd.", "s sd"]),
        })),
      ),
      ...given(
        "tolerations",
        choices.maybe(40, () =>
          choices.several(2, () =>
            choices.mostly<{ readonly [name: string]: Value }>(
              [
                { key: "only", operator: "Equal", value: "shop", effect: "NoSchedule" },
                { key: "only", value: "shop" },
                { operator: "Exists" },
                { key: "only", operator: "Exists", effect: "NoExecute", tolerationSeconds: 60 },
              ],
              [{ operator: "Equal" }, { key: "only", operator: "Exists", value: "a" }, { key: "a" }],
            ),
          ),
        ),
      ),
    },
    cluster: {
      kubernetesVersion: choices.mostly(["1.26", "1.7"], ["1.6"]),
      nodeTypes: choices.mostly<string[]>([["native"], ["native", "ordinary"]], [["native", "super"]]),
      nodeCount: choices.mostly([1, 3], [0]),
      subnetCidr: choices.mostly(["10.0.0.0/24"], ["9.1.0.0/16"]),
    },
  };
}

interface DeclaredLayer {
  readonly address: string;
  readonly runtimes: readonly string[];
}

export function declareLayers(world: World): DeclaredLayer[] {
  const { choices } = world;
  return choices.several(choices.from([1, 0, 3]), (index) => {
    const runtimes = choices.mostly<string[]>(
      [
        ["Nodejs16.13", "Python3.7", "Php7", "Java11", "Go1"],
        ["Nodejs16.13"],
        ["Nodejs18.15", "Nodejs16.13"],
        ["Python3.7"],
      ],
      [
        [],
        ["Nodejs16.13", "Python3.7", "Php7", "Java11", "Go1", "Java8"],
        ["Python3.6"],
        ["Nodejs16.13", "Nodejs16.13"],
        ["Nodejs17.1"],
      ],
    );
    const address = world.stack.add("scf_layer", world.id("layer"), {
      layerName: name(world, "layer"),
      compatibleRuntimes: runtimes,
      code: choices.mostly<Value>(
        [
          world.asset(packageAt(`${index % 2}.js`)),
          { bucket: "code-1250000000", object: "layer.zip", region: "ap-guangzhou" },
        ],
        [{ bucket: "code-1250000000", object: "layer.zip", region: "ap-shanghai" }],
      ),
      description: choices.maybe(20, () =>
        choices.mostly<string>(["Shared!", "x".repeat(930)], ["x".repeat(1001)]),
      ),
    });
    return { address, runtimes };
  });
}

export function declareRoles(world: World): string[] {
  const { choices } = world;
  return choices.several(choices.from([1, 0, 2]), () =>
    world.stack.add("cam_role", world.id("role"), {
      roleName: choices.mostly<string>(
        [world.name("run"), `${world.name("a_b+c=d,e.f@g")}`],
        ["", "a b", "x".repeat(129), "röle"],
      ),
      trustedServices: choices.mostly<string[]>(
        [["scf.qcloud.com"], ["scf.qcloud.com", "apigateway.qcloud.com"]],
        [["cvm.qcloud.com"]],
      ),
      trustedAccounts: choices.maybe(20, () =>
        choices.mostly<string[]>([["100000000002"], ["100000000002", "3"]], [["me"], ["0123"], [""]]),
      ),
      description: choices.maybe(20, () => "Runs functions; all of them!"),
    }),
  );
}

export interface Surrounding {
  readonly namespaces: readonly string[];
  readonly layers: readonly DeclaredLayer[];
  readonly roles: readonly string[];
}

export function declareFunction(world: World, around: Surrounding): void {
  const { choices } = world;
  const type = choices.below(10) < 6 ? "event" : choices.from(["web", "image", "web", "web-image"]);
  const isWeb = type === "web" || type === "web-image";
  const code =
    type === "event" ? eventCodeOf(world) : isWeb && type === "web" ? webCodeOf(world) : imageOf(choices);
  const speaksWebSocket = choices.mostly([isWeb && choices.chance(30)], [true]);
  const asyncExecution = choices.mostly([!isWeb && choices.chance(15)], [true]);
  const timeout = choices.mostly(
    [3, 1, 60, 900, ...(asyncExecution ? [86_400, 30_000] : [])],
    [0, 901, 86_400, 86_401, -1, 1.5],
  );
  const namespace: Value =
    around.namespaces.length > 0 && choices.chance(40)
      ? reference(choices.from(around.namespaces as [string, ...string[]]), "name")
      : "default";
  const runtime = String(code["runtime"]);
  const fitting = around.layers.filter(({ runtimes }) => runtimes.includes(runtime));
  const role = around.roles.length > 0 && choices.chance(30);
  const address = world.stack.add("scf_function", world.id("fn"), {
    namespace,
    functionName: name(world, "fn"),
    type: isWeb ? "HTTP" : "Event",
    ...code,
    handler: choices.mostly<Value | undefined>(
      [code["handler"] as Value | undefined],
      [isWeb ? "index.main" : undefined, "a.b.c"],
    ),
    memory: choices.mostly(
      [128, 64, 256, 512, 3072],
      [0, 63, 65, 127, 129, 192, 320, 3071, 3200, 4096, 128.5, -128],
    ),
    timeout,
    initTimeout: choices.mostly([60, 3, 90, 120], [2, 300, 301, 601, 0, 3.5]),
    asyncExecution,
    description: description(choices),
    environment: environment(choices),
    timeZone: choices.maybe(10, () => "Asia/Shanghai"),
    layers: layersOf(choices, type === "image" || type === "web-image" ? [] : fitting, around.layers),
    role: role ? reference(choices.from(around.roles as [string, ...string[]]), "roleName") : undefined,
    statusTracking: choices.maybe(20, () => choices.mostly([asyncExecution, false], [true])),
    webSocket: speaksWebSocket ? true : choices.maybe(5, () => false),
    webSocketIdleTimeout: choices.mostly(
      [speaksWebSocket && timeout >= 10 ? choices.from([10, 60, undefined]) : undefined],
      [9, 10, 7200, 7201, 30.5],
    ),
    instanceConcurrency: choices.mostly<Value | undefined>(
      [isWeb ? choices.from<Value | undefined>([undefined, 2, 100, "dynamic"]) : undefined],
      [1, 101, 2, "dynamic", 2.5],
    ),
    gpuNode: choices.maybe(3, () => "V100"),
    dnsCache: choices.maybe(15, () => choices.mostly([type === "event", false], [true])),
    ...network(choices),
    logTopic: choices.maybe(10, () =>
      choices.mostly<Value>(
        [{ logsetId: "set-1", topicId: "topic-1" }],
        [
          { logsetId: "set-1", topicId: "" },
          { logsetId: "", topicId: "topic-1" },
        ],
      ),
    ),
    deadLetterQueue: choices.mostly(
      [
        isWeb
          ? undefined
          : choices.maybe(10, () =>
              choices.from<Value>([
                { type: "queue", name: "lost" },
                { type: "topic", name: "lost", filterType: "1" },
              ]),
            ),
      ],
      [
        { type: "queue", name: "lost" },
        { type: "queue", name: "" },
      ],
    ),
    tags: choices.maybe(10, () => ({ team: "shop", [choices.from(["a", "cost centre"])]: "1" })),
  });
  const fn: DeclaredFunction = {
    address,
    isWeb,
    speaksWebSocket,
    runtime,
    namespace: String(namespace),
    version: undefined,
    aliases: [],
  };
  world.functions.push(fn);
}

function eventCodeOf(world: World): Some {
  const { runtime, handler, path } = eventCode(world.choices);
  return {
    runtime,
    handler,
    code: world.choices.mostly<Value>(
      [
        world.asset(packageAt(path)),
        world.asset(packageAt(path)),
        { bucket: "code-1250000000", object: "fn.zip", region: "ap-guangzhou" },
      ],
      [
        { bucket: "code-1250000000", object: "fn.zip", region: "ap-shanghai" },
        { bucket: "", object: "fn.zip", region: "ap-guangzhou" },
        { bucket: "code-1250000000", object: "", region: "ap-guangzhou" },
      ],
    ),
  };
}

function webCodeOf(world: World): Some {
  const { runtime, code } = webCode(world.choices);
  return { runtime, code: world.asset(code) };
}

function imageOf(choices: Choices): Some {
  const isEnterprise = choices.chance(30);
  const image = isEnterprise
    ? choices.mostly<string>(
        ["acme.tencentcloudcr.com/shop/orders:1.0", "acme.tencentcloudcr.com/shop/orders@sha256:0a1b"],
        [
          "ccr.ccs.tencentyun.com/shop/orders:1",
          "acme.tencentcloudcr.com/orders:1",
          "https://acme.tencentcloudcr.com/a/b:1",
        ],
      )
    : choices.mostly<string>(
        [
          "ccr.ccs.tencentyun.com/shop/orders:1.0",
          "ccr.ccs.tencentyun.com/shop/orders",
          "registry.example.com:5000/a/b/c:1",
        ],
        [
          "hkccr.ccs.tencentyun.com/shop/orders:1",
          "acme.tencentcloudcr.com/shop/orders:1.0",
          "shop/orders:1",
          "orders",
          "",
          "ccr.ccs.tencentyun.com/orders:1",
          "ccr.ccs.tencentyun.com/shop/or ders:1",
          "ccr.ccs.tencentyun.com//orders:1",
        ],
      );
  return {
    runtime: "CustomImage",
    code: {
      image,
      registry: isEnterprise ? "enterprise" : "personal",
      ...given(
        "registryId",
        isEnterprise ? choices.mostly<string | undefined>(["tcr-a1b2c3d4"], [undefined, ""]) : undefined,
      ),
      ...given(
        "entryPoint",
        choices.maybe(30, () =>
          choices.mostly<string>(["python", "python -u", "[ -f a ]"], ['["python"]', "a\nb"]),
        ),
      ),
      ...given(
        "command",
        choices.maybe(30, () =>
          choices.mostly<string>(["-u main.py", "a  b", "[1]"], ['["-u", "main.py"]', "a\tb"]),
        ),
      ),
      ...given(
        "acceleration",
        choices.maybe(20, () => choices.chance(50)),
      ),
      ...given(
        "port",
        choices.maybe(30, () => choices.mostly([9000, 8080], [0, 65_536, 90.5, -1, -2])),
      ),
    },
  };
}

function environment(choices: Choices): Value | undefined {
  const variables = {
    ...given(
      "TABLE",
      choices.maybe(30, () =>
        choices.mostly<string>(
          ["orders", "x".repeat(4000), "ü".repeat(1000)],
          ["x".repeat(4092), "x".repeat(4091), "x".repeat(4076), "x".repeat(4080), "x".repeat(9000)],
        ),
      ),
    ),
    ...given(
      "OS_NAMESERVER",
      choices.maybe(10, () =>
        choices.mostly<string>(
          ["1.1.1.1", "1.1.1.1;ns.example.com", "2001:db8::1", "a;b;c;d;e", "ns.example.com."],
          [
            "",
            "1.1.1.1;",
            "1.1.1.1,2.2.2.2",
            "a;b;c;d;e;f",
            "1.1.1",
            "ns example",
            ";a",
            "-a.com",
            "http://ns",
          ],
        ),
      ),
    ),
    ...given(
      choices.mostly<string>(["MODE", "TZ", "TENCENTCLOUD_SECRETID"], ["A=B"]),
      choices.maybe(20, () => choices.from(["Asia/Shanghai", "UTC", ""])),
    ),
  };
  return Object.keys(variables).length === 0 ? undefined : variables;
}

function layersOf(
  choices: Choices,
  fitting: readonly DeclaredLayer[],
  all: readonly DeclaredLayer[],
): Value | undefined {
  const bound = choices.chance(50) ? choices.some(fitting, 3) : [];
  const [first] = all;
  if (first && choices.seldom()) bound.push(first, ...choices.several(5, () => first));
  return bound.length === 0
    ? undefined
    : bound.map(({ address }) => ({
        name: reference(address, "layerName"),
        version: reference(address, "version"),
      }));
}

function network(choices: Choices): Some {
  const subnet = choices.from(["subnet-1", "subnet-2"]);
  const vpc = choices.maybe(30, () =>
    choices.mostly<{ vpcId: string; subnetId: string }>(
      [{ vpcId: "vpc-1", subnetId: subnet }],
      [
        { vpcId: "vpc-1", subnetId: "" },
        { vpcId: "", subnetId: subnet },
        { vpcId: subnet, subnetId: "vpc-1" },
      ],
    ),
  );
  const publicAccess = choices.maybe(20, () => choices.chance(50));
  const mounts = choices.mostly([vpc !== undefined && choices.chance(30)], [true]);
  return {
    vpc,
    publicAccess,
    fixedEgressIp: choices.maybe(20, () => choices.mostly([publicAccess !== false, false], [true])),
    fileSystems: mounts ? choices.several(2, (index) => fileSystem(choices, index)) : undefined,
    surroundings:
      vpc &&
      choices.maybe(30, () => ({
        networkRegion: "ap-guangzhou",
        networkCidr: "10.0.0.0/16",
        networkType: "vpc",
        natGateway: { region: choices.mostly(["ap-guangzhou"], ["ap-shanghai"]), vpcId: vpc.vpcId },
      })),
  };
}

function fileSystem(choices: Choices, index: number): Value {
  return {
    fileSystemId: "cfs-1",
    mountTargetId: "cfs-1",
    localDirectory: choices.mostly<string>(
      [`/mnt/data${index}`, `/mnt/a/b${index}/`, `/mnt//c${index}`],
      ["/mnt", "/mnt/", "/data", "mnt/data", "/mnt/../etc", "/mnt/./a", "/mnt/data0", "/mnt/data0/", ""],
    ),
    remoteDirectory: choices.mostly<string>(["/", "/data"], ["", "data", "./data"]),
    userId: choices.mostly([10_000, 0], [-1, 1.5]),
    groupId: choices.mostly([10_000, 0], [-1, 1.5]),
  };
}

export function declareVersions(world: World): void {
  const { choices } = world;
  for (const fn of world.functions) {
    if (!choices.chance(50)) continue;
    fn.version = world.stack.add("scf_version", world.id("version"), {
      namespace: reference(fn.address, "namespace"),
      functionName: reference(fn.address, "functionName"),
      content: reference(fn.address, "contentHash"),
      description: choices.maybe(20, () =>
        choices.mostly<string>(["First!", "x".repeat(930)], ["x".repeat(1001)]),
      ),
    });
  }
}

export function declareAliases(world: World): void {
  const { choices } = world;
  for (const _ of choices.several(3, (index) => index)) {
    const fn = world.someFunction();
    if (!fn) return;
    // Versions are numbers: the platform sees that one is another function's when its own has none of that number.
    const other = choices.seldom() && fn.version === undefined ? (world.someFunction() ?? fn) : fn;
    const versionOf = (made: DeclaredFunction): Value =>
      made.version === undefined ? "$LATEST" : reference(made.version, "version");
    // The same version twice is refused by the rules, and one version on its way to the platform.
    const second = versionOf(other);
    const routing = second === "$LATEST" ? undefined : choices.maybe(60, () => routingTo(choices, second));
    const own = reference(fn.address, "functionName");
    fn.aliases.push(
      world.stack.add("scf_alias", world.id("alias"), {
        namespace: reference(fn.address, "namespace"),
        functionName: own,
        name: choices.mostly<string>(
          [world.name("live")],
          ["$DEFAULT", "1live", "l", "li ve", "$LATEST", "7", "live_", ""],
        ),
        version: routing === undefined ? choices.from([versionOf(fn), "$LATEST"]) : "$LATEST",
        routing,
        description: description(choices),
        versionsOf: routing === undefined ? [own] : [own, reference(other.address, "functionName")],
      }),
    );
  }
}

function routingTo(choices: Choices, version: Value): Value {
  switch (choices.below(3)) {
    case 0:
      return {
        type: "weighted",
        version,
        percent: choices.mostly([10, 0, 1, 50, 99, 100, 12], [-1, 101, 0.5, 1000]),
      };
    case 1:
      return {
        type: "match",
        version,
        method: "exact",
        key: choices.mostly<string>(
          ["invoke.headers.user", "invoke.headers.X-Group"],
          ["user", "headers.user", "invoke.headers.", ""],
        ),
        expression: choices.mostly<string>(["Bob", "1"], [""]),
      };
    default:
      return {
        type: "match",
        version,
        method: "range",
        key: choices.mostly<string>(["invoke.headers.userHash"], ["invoke.header.user"]),
        expression: choices.mostly<string>(
          ["[1,50]", "(1,50)", "[3,3]", "[-5,5]", "(2,3)", "[01,2]"],
          ["[50,1]", "(1,50]", "[1;50]", "[a,b]", "1,50", "[1.5,2]", "[,5]", "", "(3,3)", "[1, 2]"],
        ),
      };
  }
}

export function declareConcurrency(world: World, namespaces: readonly string[]): void {
  const { choices } = world;
  for (const fn of world.functions) {
    const target = {
      namespace: reference(fn.address, "namespace"),
      functionName: reference(fn.address, "functionName"),
    };
    if (choices.chance(20)) {
      const reserve = (): string =>
        world.stack.add("scf_reserved_concurrency", world.id("reserved"), {
          ...target,
          reservedMb: choices.mostly(
            [128, 0, 256, 1200, 100],
            [-1, 1.5, 1201, 115_200, 115_201, 30_000, 60_000],
          ),
        });
      reserve();
      if (choices.seldom()) reserve();
    }
    if (fn.version !== undefined && choices.chance(30)) {
      const provision = (): string =>
        world.stack.add("scf_provisioned_concurrency", world.id("provisioned"), {
          ...target,
          qualifier: choices.mostly<Value>(
            [reference(fn.version ?? "", "version")],
            ["$LATEST", "live", "0", fn.aliases[0] === undefined ? "a" : reference(fn.aliases[0], "name")],
          ),
          provisioning: provisioning(choices),
        });
      provision();
      if (choices.seldom()) provision();
    }
    if (!fn.isWeb || choices.seldom()) {
      if (choices.chance(20)) {
        world.stack.add("scf_async_invocation", world.id("async"), {
          ...target,
          retryAttempts: choices.mostly([0, 0, 1, 2], [3, -1, 0.5]),
          maximumEventAge: choices.mostly([3600, 60, 21_600], [59, 21_601, 60.5]),
        });
      }
    }
    if (choices.chance(10)) {
      world.stack.add("scf_test_event", world.id("event"), {
        ...target,
        name: choices.mostly<string>(
          [world.name("hello"), world.name("Bestellung 1,"), world.name("x".repeat(90))],
          ["", "x".repeat(101), " a", "a "],
        ),
        event: choices.mostly<string>(
          ["{}", '{"a": 1}', "1", `"${"x".repeat(65_534)}"`],
          ["", "{", `"${"x".repeat(65_535)}"`, "undefined"],
        ),
      });
    }
  }
  for (const namespace of namespaces) {
    if (!choices.chance(15)) continue;
    const add = (): string =>
      world.stack.add("scf_namespace_concurrency", world.id("quota"), {
        namespace: choices.mostly<Value>([reference(namespace, "name")], ["default"]),
        totalMb: choices.mostly(
          [12_800, 14_000, 13_000],
          [12_799, 0, -1, 14_001, 128_000, 128_001, 13_000.5],
        ),
      });
    add();
    if (choices.seldom()) add();
  }
}

function provisioning(choices: Choices): Value {
  if (choices.chance(40)) {
    return {
      type: "dynamic",
      minimum: choices.mostly([1, 2], [0, 1.5, 3]),
      maximum: choices.mostly([2, 4], [1, 0, 2.5, 1001]),
      utilization: choices.mostly([0.8, 0.01, 0.99], [0, 1, 80, -0.1]),
    };
  }
  return {
    type: "static",
    instances: choices.mostly([1, 0, 4], [-1, 1.5, 1001, 2001]),
    ...given(
      "actions",
      choices.maybe(40, () =>
        choices.several(choices.seldom() ? 12 : 1, (index) => ({
          name: choices.mostly<string>([`action${index}`], ["", "action0"]),
          cron: cron(choices),
          instances: choices.mostly([0, 3], [-1, 0.5, 2001]),
        })),
      ),
    ),
  };
}

export function cron(choices: Choices): string {
  return choices.mostly<string>(
    [
      "0 0 2 * * * *",
      "*/5 * * * * * *",
      "0 0 8-18 * * MON-FRI *",
      "0 15 10 1 JAN,jul * 2025-2030",
      " 0 0 2 * * * * ",
      "0 0 2 29 2 * *",
      "0 0-10/5 2 * * 7 *",
    ],
    [
      "0 0 2 * *",
      "60 0 2 * * * *",
      "0 0 24 * * * *",
      "",
      "0 0 2 32 * * *",
      "a b c d e f g",
      "0 0 2 * 13 * *",
      "0 0 2 * * 8 *",
      "0 0 2 * * * 1969",
      "0 0 10-5 * * * *",
      "*/0 * * * * * *",
      "0 0 2 L * * *",
      "0 0 2 ? * * *",
      "0 0 2 * * MON#1 *",
    ],
  );
}

export function given<K extends string>(
  key: K,
  value: Value | undefined,
): { readonly [name: string]: Value } {
  return value === undefined ? {} : { [key]: value };
}
