import {
  cleanUp,
  createFunction,
  expectRefusal,
  functionRequest,
  nodeCode,
  open,
  startScript,
  web,
  webCode,
  zip,
} from "./support";
import type { FunctionRequest } from "./support";

afterEach(cleanUp);

const script = (line: string, first = "#!/bin/bash") => ({
  ...web,
  Code: { ZipFile: webCode(`${first}\n${line}\n`) },
});
const node = "/var/lang/node16/bin/node app.js";
const webSocket = { ...web, ProtocolType: "WS", Timeout: 7200, AsyncRunEnable: "FALSE" };
const idle = (IdleTimeOut: number) => ({ ProtocolParams: { WSParams: { IdleTimeOut } } });
const several = (MaxConcurrency: number) => ({
  InstanceConcurrencyConfig: { DynamicEnabled: "FALSE", MaxConcurrency },
});

type Accepted = readonly [string, Partial<FunctionRequest>];
type Refused = readonly [string, Partial<FunctionRequest>, string, RegExp];
const code = "InvalidParameterValue.Code";

function checkAll(accepted: readonly Accepted[], refused: readonly Refused[]): void {
  test.each(accepted)("takes %s", async (_name, changes) => {
    const platform = open();
    await createFunction(platform, changes);
    expect((await platform.call("scf", "ListFunctions", {})).TotalCount).toBe(1);
  });

  test.each(refused)("fails on %s", async (_name, changes, errorCode, text) => {
    const platform = open();
    await expectRefusal(platform, "scf", "CreateFunction", functionRequest(changes), errorCode, text);
    expect((await platform.call("scf", "ListFunctions", {})).TotalCount).toBe(0);
  });
}

describe("the start file of a web function", () => {
  checkAll(
    [
      ["mode 755", web],
      ["mode 777", { ...web, Code: { ZipFile: webCode(startScript, 0o777) } }],
      ["the first line that the console writes", script(node, "#!/usr/bin/env bash")],
      ["variables, exec and comments", script(`# node\nexport PORT=9000\nexec ${node} && ls`)],
      ["another program of the package", script("./server")],
      ["a file that a platform's interpreter runs", script("x", "#!/var/lang/node16/bin/node")],
      ["a program of its own", { ...web, Code: { ZipFile: webCode("\u007fELF\u0000\u0001") } }],
      [
        "a path of a language that is not known yet",
        { ...script("/var/lang/rust1/bin/rust"), Runtime: "Rust1.80" },
      ],
      ["a Python server", { ...script("/var/lang/python37/bin/python3 -u app.py"), Runtime: "Python3.7" }],
      ["code in a bucket, unseen", { ...web, Code: { CosBucketName: "b", CosObjectName: "/o" } }],
    ],
    [
      ["no start file", { ...web, Code: { ZipFile: nodeCode } }, code, /file scf_bootstrap at its root$/],
      [
        "a start file one folder down",
        { ...web, Code: { ZipFile: zip({ "app/scf_bootstrap": startScript }) } },
        code,
        /it is at app\/scf_bootstrap/,
      ],
      ["mode 644", { ...web, Code: { ZipFile: webCode(startScript, 0o644) } }, code, /777 or 755; it is 644/],
      ["mode 700", { ...web, Code: { ZipFile: webCode(startScript, 0o700) } }, code, /it is 700/],
      ["no mode", { ...web, Code: { ZipFile: webCode(startScript, null) } }, code, /it is none/],
      [
        "no first line",
        { ...web, Code: { ZipFile: webCode(`${node}\n`) } },
        code,
        /first line.*#!\/bin\/bash/,
      ],
      ["another shell", script(node, "#!/bin/sh"), code, /it is "#!\/bin\/sh"/],
      ["lines that end with CR LF", script(`${node}\r`), code, /end with LF, not with CR/],
      [
        "no end of line",
        { ...web, Code: { ZipFile: webCode(`#!/bin/bash\n${node}`) } },
        code,
        /ends with LF$/,
      ],
      [
        "an interpreter without a path",
        script("node app.js"),
        code,
        /calls \/var\/lang\/node16\/bin\/node; it calls "node"/,
      ],
      ["one after exec", script("PORT=1 exec node app.js"), code, /it calls "node"/],
      [
        "an interpreter of another version",
        script("cd x && /var/lang/node14/bin/node app.js"),
        code,
        /it calls "\/var\/lang\/node14\/bin\/node"/,
      ],
      [
        "an interpreter of another version in the first line",
        script("x", "#!/var/lang/node12/bin/node"),
        code,
        /node12/,
      ],
    ],
  );

  test("fails when it is lost with new code", async () => {
    const platform = open();
    await createFunction(platform, web);
    const request = { FunctionName: "orders", ZipFile: nodeCode };
    await expectRefusal(platform, "scf", "UpdateFunctionCode", request, code, "scf_bootstrap");
    await platform.call("scf", "UpdateFunctionCode", { FunctionName: "orders", ZipFile: webCode() });
  });
});

describe("settings of one type of function", () => {
  checkAll(
    [
      ["2 requests at a time", { ...web, ...several(2) }],
      ["100 requests at a time", { ...web, ...several(100) }],
      [
        "as many requests as the platform chooses",
        { ...web, InstanceConcurrencyConfig: { DynamicEnabled: "TRUE" } },
      ],
      ["WebSocket", { ...web, ProtocolType: "WS" }],
      ["10 s of silence", { ...webSocket, Timeout: 10, ...idle(10) }],
      ["900 s of silence", { ...webSocket, Timeout: 900, ...idle(900) }],
      ["a DNS cache", { DnsCache: "TRUE" }],
      ["status tracking", { AsyncRunEnable: "TRUE", TraceEnable: "TRUE" }],
      ["a dead-letter topic", { DeadLetterConfig: { Type: "CMQ-TOPIC", Name: "dead", FilterType: "1" } }],
      [
        "a node with a GPU",
        { InstanceConcurrencyConfig: { MixNodeConfig: [{ NodeSpec: "GPU.1", Num: 1 }] } },
      ],
    ],
    [
      [
        "1 request at a time",
        { ...web, ...several(1) },
        "InvalidParameterValue.MaxConcurrency",
        /is 1; .* 2 to 100/,
      ],
      ["101 requests at a time", { ...web, ...several(101) }, "InvalidParameterValue.MaxConcurrency", /101/],
      ["2.5 requests at a time", { ...web, ...several(2.5) }, "InvalidParameterValue.MaxConcurrency", /2\.5/],
      [
        "no number of requests",
        { ...web, InstanceConcurrencyConfig: { DynamicEnabled: "FALSE" } },
        "InvalidParameterValue.MaxConcurrency",
        /missing/,
      ],
      [
        "a switch that is none",
        { ...web, InstanceConcurrencyConfig: { DynamicEnabled: "yes" } },
        "InvalidParameterValue.DynamicEnabled",
        /TRUE, FALSE/,
      ],
      [
        "several requests of an event function",
        several(5),
        "InvalidParameterValue.InstanceConcurrencyConfig",
        /web functions/,
      ],
      [
        "a node without a name",
        { InstanceConcurrencyConfig: { MixNodeConfig: [{ NodeSpec: "", Num: 1 }] } },
        "InvalidParameterValue.NodeSpec",
        /NodeSpec/,
      ],
      [
        "9 s of silence",
        { ...webSocket, Timeout: 900, ...idle(9) },
        "InvalidParameterValue.IdleTimeOut",
        /is 9; .*10 to 7200/,
      ],
      [
        "7201 s of silence",
        { ...webSocket, Timeout: 900, ...idle(7201) },
        "InvalidParameterValue.IdleTimeOut",
        /7201/,
      ],
      [
        "a timeout that is shorter than the silence",
        { ...webSocket, Timeout: 59, ...idle(60) },
        "InvalidParameterValue.IdleTimeOut",
        /60 s and Timeout 59 s/,
      ],
      [
        "silence without WebSocket",
        { ...web, Timeout: 60, ...idle(60) },
        "InvalidParameterValue.WebSocketsParams",
        /ProtocolType WS/,
      ],
      [
        "WebSocket of an event function",
        { ProtocolType: "WS" },
        "InvalidParameterValue.ProtocolType",
        /Type HTTP/,
      ],
      ["another protocol", { ...web, ProtocolType: "MQTT" }, "InvalidParameterValue.ProtocolType", /WS/],
      [
        "a web function with a DNS cache",
        { ...web, DnsCache: "TRUE" },
        "InvalidParameterValue.DnsInfo",
        /web function/,
      ],
      [
        "a web function with a dead-letter queue",
        { ...web, DeadLetterConfig: { Type: "CMQ-QUEUE", Name: "dead" } },
        "InvalidParameterValue.DeadLetterConfig",
        /web function/,
      ],
      [
        "a dead-letter queue of no known type",
        { DeadLetterConfig: { Type: "KAFKA", Name: "dead" } },
        "InvalidParameterValue.DeadLetterConfig",
        /CMQ-QUEUE, CMQ-TOPIC/,
      ],
      [
        "a dead-letter queue without a name",
        { DeadLetterConfig: { Type: "CMQ-QUEUE", Name: "" } },
        "InvalidParameterValue.DeadLetterConfig",
        /no Name/,
      ],
      [
        "status tracking alone",
        { TraceEnable: "TRUE" },
        "InvalidParameterValue.TraceEnable",
        /needs AsyncRunEnable/,
      ],
    ],
  );

  test("fails on a timeout that becomes shorter than the silence of a WebSocket", async () => {
    const platform = open();
    await createFunction(platform, { ...webSocket, Timeout: 60, ...idle(60) });
    await expectRefusal(
      platform,
      "scf",
      "UpdateFunctionConfiguration",
      { FunctionName: "orders", Timeout: 30 },
      "InvalidParameterValue.IdleTimeOut",
      "Timeout is not shorter than IdleTimeOut",
    );
  });
});

describe("functions from images", () => {
  const image = { ImageType: "personal", ImageUri: "registry.example.com/team/orders:1" };
  const from = (
    ImageConfig: FunctionRequest["Code"]["ImageConfig"],
    changes: Partial<FunctionRequest> = {},
  ) => ({
    Runtime: undefined,
    Handler: undefined,
    Code: { ImageConfig },
    ...changes,
  });
  checkAll(
    [
      ["one of a personal registry", from(image)],
      ["one of an enterprise registry", from({ ...image, ImageType: "enterprise", RegistryId: "tcr-1" })],
      [
        "a web server",
        from({ ...image, ImagePort: 9000, Command: "python", Args: "-u app.py" }, { Type: "HTTP" }),
      ],
    ],
    [
      [
        "another registry",
        from({ ...image, ImageType: "own" }),
        "InvalidParameterValue.ImageType",
        /personal, enterprise/,
      ],
      ["no registry", from({ ...image, ImageUri: "orders" }), "InvalidParameterValue.ImageUri", /<registry>/],
      [
        "an enterprise registry without id",
        from({ ...image, ImageType: "enterprise" }),
        "InvalidParameterValue.RegistryId",
        /needs RegistryId/,
      ],
      ["port 0", from({ ...image, ImagePort: 0 }), "InvalidParameterValue.Port", /it is 0/],
      ["port 65536", from({ ...image, ImagePort: 65_536 }), "InvalidParameterValue.Port", /65536/],
      [
        "a handler",
        from(image, { Handler: "index.main" }),
        "InvalidParameterValue.Handler",
        /image function/,
      ],
      ["a DNS cache", from(image, { DnsCache: "TRUE" }), "InvalidParameterValue.DnsInfo", /image function/],
      [
        "layers",
        from(image, { Layers: [{ LayerName: "deps", LayerVersion: 1 }] }),
        "InvalidParameterValue.Layers",
        /Image functions bind no layers/,
      ],
    ],
  );

  test("a new image comes with new code, and nothing else changes", async () => {
    const platform = open();
    await createFunction(platform, from({ ...image, Args: "-u app.py" }));
    const next = { ...image, ImageUri: "registry.example.com/team/orders:2" };
    await platform.call("scf", "UpdateFunctionCode", { FunctionName: "orders", Code: { ImageConfig: next } });
    const found = await platform.call("scf", "GetFunction", { FunctionName: "orders" });
    expect(found).toMatchObject({ ImageConfig: next, InitTimeout: 90, Runtime: "CustomImage" });
  });
});

describe("file systems and name servers", () => {
  const VpcConfig = { VpcId: "vpc-1", SubnetId: "subnet-1" };
  const mount = {
    CfsId: "cfs-1",
    MountInsId: "cfs-1-a",
    LocalMountDir: "/mnt/orders",
    RemoteMountDir: "/",
    UserId: "10000",
    UserGroupId: "10000",
  };
  const mounted = (...changes: readonly Partial<typeof mount>[]) => ({
    VpcConfig,
    CfsConfig: { CfsInsList: changes.map((change) => ({ ...mount, ...change })) },
  });
  const servers = (count: number) => ({
    Environment: {
      Variables: [
        { Key: "OS_NAMESERVER", Value: Array.from({ length: count }, (_, n) => `10.0.0.${n}`).join(";") },
      ],
    },
  });
  checkAll(
    [
      ["a file system", mounted({})],
      ["two of them", mounted({}, { LocalMountDir: "/mnt/a/b/", RemoteMountDir: "/shop" })],
      ["5 name servers", servers(5)],
    ],
    [
      ["6 name servers", servers(6), "InvalidParameterValue.Environment", /names 6 name servers; 5/],
      [
        "a file system without VPC",
        { ...mounted({}), VpcConfig: { VpcId: "", SubnetId: "" } },
        "InvalidParameterValue.VpcNotSetWhenOpenCfs",
        /in a VPC/,
      ],
      ["no file system", mounted({ CfsId: "" }), "InvalidParameterValue.CfsId", /CfsId/],
      ["no mount target", mounted({ MountInsId: "" }), "InvalidParameterValue.CfsMountInsId", /MountInsId/],
      ["a user that is none", mounted({ UserId: "root" }), "InvalidParameterValue.CfsUserId", /UserId/],
      [
        "a group that is none",
        mounted({ UserGroupId: "" }),
        "InvalidParameterValue.CfsUserGroupId",
        /UserGroupId/,
      ],
      ...["/mnt", "/mnt/", "/data", "mnt/a", "/mnt/../etc"].map((LocalMountDir): Refused => [
        `the folder ${LocalMountDir}`,
        mounted({ LocalMountDir }),
        "InvalidParameterValue.CfsLocalMountDir",
        /below \/mnt\//,
      ]),
      [
        "a remote folder that is relative",
        mounted({ RemoteMountDir: "shop" }),
        "InvalidParameterValue.CfsRemoteMountDir",
        /begins with \//,
      ],
      [
        "two file systems in one folder",
        mounted({}, { LocalMountDir: "/mnt/orders/" }),
        "InvalidParameterValue.CfsParameterDuplicate",
        /\/mnt\/orders is mounted twice/,
      ],
    ],
  );
});

describe("fixed egress addresses", () => {
  const fixed = { PublicNetConfig: { PublicNetStatus: "ENABLE", EipConfig: { EipStatus: "ENABLE" } } };
  const inSubnet = (number: number) => ({
    ...fixed,
    VpcConfig: { VpcId: "vpc-1", SubnetId: `subnet-${number}` },
  });

  test("are shared by functions without VPC, and by those of one subnet", async () => {
    const platform = open();
    await createFunction(platform, { FunctionName: "one", ...fixed });
    await createFunction(platform, { FunctionName: "two", ...fixed });
    for (const number of [1, 2, 3, 4]) {
      await createFunction(platform, { FunctionName: `three${number}`, ...inSubnet(number) });
      await createFunction(platform, { FunctionName: `four${number}`, ...inSubnet(number) });
    }
  });

  test("fail past 5 in a region, when made and when changed", async () => {
    const platform = open();
    await createFunction(platform, { FunctionName: "one", ...fixed });
    for (const number of [1, 2, 3, 4]) {
      await createFunction(platform, { FunctionName: `in${number}`, ...inSubnet(number) });
    }
    const refusal = ["LimitExceeded.Eip", /6 fixed addresses; the quota is 5/] as const;
    const request = functionRequest({ FunctionName: "more", ...inSubnet(5) });
    await expectRefusal(platform, "scf", "CreateFunction", request, ...refusal);
    await createFunction(platform, { FunctionName: "more" });
    const change = { FunctionName: "more", ...inSubnet(5) };
    await expectRefusal(platform, "scf", "UpdateFunctionConfiguration", change, ...refusal);
    await platform.call("scf", "DeleteFunction", { FunctionName: "one" });
    await platform.call("scf", "UpdateFunctionConfiguration", change);
  });
});
