import { createHash } from "node:crypto";
import { limits } from "../../lib/model/quotas";
import {
  cleanUp,
  databasePath,
  createFunction,
  expectRefusal,
  functionRequest,
  nodeCode,
  open,
  publishLayer,
  web,
  zip,
} from "./support";
import type { FunctionRequest } from "./support";

afterEach(cleanUp);

const code = { ZipFile: nodeCode };

describe("creating a function", () => {
  test("fills in the platform's defaults", async () => {
    const platform = open();
    await createFunction(platform);
    const found = await platform.call("scf", "GetFunction", { FunctionName: "orders" });
    expect(found).toMatchObject({
      FunctionName: "orders",
      Namespace: "default",
      FunctionVersion: "$LATEST",
      Type: "Event",
      MemorySize: 128,
      Timeout: 3,
      InitTimeout: 60,
      Description: "",
      Status: "Active",
      AsyncRunEnable: "FALSE",
      Environment: { Variables: [] },
      Layers: [],
      Tags: [],
      PublicNetConfig: { PublicNetStatus: "ENABLE" },
    });
    expect(found.FunctionId).toMatch(/^lam-[a-z0-9]{8}$/);
  });

  test("keeps what it was given", async () => {
    const platform = open();
    const version = await publishLayer(platform);
    const request = functionRequest({
      Description: "Takes orders, and keeps them.",
      MemorySize: 512,
      Timeout: 30,
      InitTimeout: 10,
      Environment: { Variables: [{ Key: "TABLE", Value: "orders" }] },
      VpcConfig: { VpcId: "vpc-1", SubnetId: "subnet-1" },
      Layers: [{ LayerName: "deps", LayerVersion: version }],
      Tags: [{ Key: "team", Value: "shop" }],
      AsyncRunEnable: "TRUE",
      TraceEnable: "TRUE",
      Role: "SCF_QcsRole",
      ClsLogsetId: "logset",
      ClsTopicId: "topic",
      DeadLetterConfig: { Type: "CMQ-QUEUE", Name: "dead" },
    });
    await platform.call("scf", "CreateFunction", request);
    const { Code: _code, Layers: _layers, ...rest } = request;
    const found = await platform.call("scf", "GetFunction", { FunctionName: "orders" });
    expect(found).toMatchObject(rest);
    expect(found.Layers).toMatchObject([{ LayerName: "deps", LayerVersion: version, Status: "Active" }]);
  });

  test("answers with the SHA-256 of the archive", async () => {
    const platform = open();
    await createFunction(platform);
    const expected = createHash("sha256").update(Buffer.from(nodeCode, "base64")).digest("hex");
    const address = await platform.call("scf", "GetFunctionAddress", { FunctionName: "orders" });
    expect(address.CodeSha256).toBe(expected);
  });

  test("takes the name of an object in a bucket for its hash", async () => {
    const platform = open();
    await createFunction(platform, { Code: { CosBucketName: "code", CosObjectName: "/orders.zip" } });
    const expected = createHash("sha256").update("code/orders.zip").digest("hex");
    const address = await platform.call("scf", "GetFunctionAddress", { FunctionName: "orders" });
    expect(address.CodeSha256).toBe(expected);
  });

  test("gives image functions 90 s to start and no handler", async () => {
    const platform = open();
    await platform.call("scf", "CreateFunction", {
      FunctionName: "image",
      Code: { ImageConfig: { ImageType: "personal", ImageUri: "registry.example.com/team/orders:1" } },
    });
    const found = await platform.call("scf", "GetFunction", { FunctionName: "image" });
    expect(found).toMatchObject({ InitTimeout: 90, Handler: "", Runtime: "CustomImage" });
  });

  test("takes the same name in another namespace", async () => {
    const platform = open();
    await platform.call("scf", "CreateNamespace", { Namespace: "shop" });
    await createFunction(platform);
    await createFunction(platform, { Namespace: "shop" });
    const list = await platform.call("scf", "ListFunctions", { Namespace: "shop" });
    expect(list.Functions).toMatchObject([{ FunctionName: "orders", Namespace: "shop" }]);
  });

  describe("accepts", () => {
    const accepted: readonly [string, Partial<FunctionRequest>][] = [
      ["64 MB", { MemorySize: 64 }],
      ["128 MB", { MemorySize: 128 }],
      ["3072 MB", { MemorySize: 3072 }],
      ["a timeout of 1 s", { Timeout: 1 }],
      ["a timeout of 900 s", { Timeout: 900 }],
      ["a timeout of 86400 s with asynchronous execution", { Timeout: 86_400, AsyncRunEnable: "TRUE" }],
      ["3 s to start", { InitTimeout: 3 }],
      ["300 s to start", { InitTimeout: 300 }],
      ["a name of 2 characters", { FunctionName: "a1" }],
      ["a name of 60 characters", { FunctionName: `a${"b".repeat(59)}` }],
      ["a description of 1000 characters", { Description: "a".repeat(1000) }],
      ["a Chinese description", { Description: "订单 函数" }],
      [
        "4096 bytes of environment",
        { Environment: { Variables: [{ Key: "KEY", Value: "v".repeat(4093) }] } },
      ],
      ["no environment in the API's own form", { Environment: { Variables: [{ Key: "", Value: "" }] } }],
      [
        "a Python handler",
        { Runtime: "Python3.7", Handler: "app.main", Code: { ZipFile: zip({ "app.py": "" }) } },
      ],
      [
        "a PHP handler",
        { Runtime: "Php8.0", Handler: "app.main", Code: { ZipFile: zip({ "app.php": "" }) } },
      ],
      ["a Java handler", { Runtime: "Java11", Handler: "example.Hello::mainHandler" }],
      ["a Go handler", { Runtime: "Go1", Handler: "main" }],
      ["a runtime of the future", { Runtime: "Rust1.80", Handler: "anything at all" }],
      ["a web function without a handler", web],
      ["a web function with an empty handler", { ...web, Handler: "" }],
      [
        "a fixed address with public access",
        { PublicNetConfig: { PublicNetStatus: "ENABLE", EipConfig: { EipStatus: "ENABLE" } } },
      ],
    ];
    test.each(accepted)("%s", async (_name, changes) => {
      const platform = open();
      await createFunction(platform, changes);
      expect((await platform.call("scf", "ListFunctions", {})).TotalCount).toBe(1);
    });
  });

  describe("fails on", () => {
    const refused: readonly [string, Partial<FunctionRequest>, string, RegExp][] = [
      ["a name of 1 character", { FunctionName: "a" }, "InvalidParameterValue.FunctionName", /2 to 60/],
      [
        "a name of 61 characters",
        { FunctionName: "a".repeat(61) },
        "InvalidParameterValue.FunctionName",
        /2 to 60/,
      ],
      [
        "a name that begins with a digit",
        { FunctionName: "1a" },
        "InvalidParameterValue.FunctionName",
        /begins with a letter/,
      ],
      [
        "a name that ends with a hyphen",
        { FunctionName: "orders-" },
        "InvalidParameterValue.FunctionName",
        /"orders-"/,
      ],
      [
        "a description of 1001 characters",
        { Description: "a".repeat(1001) },
        "InvalidParameterValue.Description",
        /1001 characters, 1000/,
      ],
      [
        "a description with a bracket",
        { Description: "orders (new)" },
        "InvalidParameterValue.Description",
        /letters, digits/,
      ],
      ["96 MB", { MemorySize: 96 }, "InvalidParameterValue.Memory", /MemorySize is 96/],
      ["0 MB", { MemorySize: 0 }, "InvalidParameterValue.Memory", /MemorySize is 0/],
      ["200 MB", { MemorySize: 200 }, "InvalidParameterValue.Memory", /multiple of 128/],
      ["3200 MB", { MemorySize: 3200 }, "LimitExceeded.Memory", /3200 MB.*3072/],
      ["a timeout of 0 s", { Timeout: 0 }, "InvalidParameterValue", /from 1 to 900/],
      ["a timeout of 1.5 s", { Timeout: 1.5 }, "InvalidParameterValue", /whole number/],
      ["a timeout of 901 s", { Timeout: 901 }, "LimitExceeded.Timeout", /901 s.*900 s/],
      [
        "a timeout of 86401 s with asynchronous execution",
        { Timeout: 86_401, AsyncRunEnable: "TRUE" },
        "LimitExceeded.Timeout",
        /86400 s/,
      ],
      ["2 s to start", { InitTimeout: 2 }, "InvalidParameterValue", /from 3 to 300/],
      ["301 s to start", { InitTimeout: 301 }, "LimitExceeded.InitTimeout", /301 s.*300 s/],
      [
        "4097 bytes of environment",
        { Environment: { Variables: [{ Key: "KEY", Value: "v".repeat(4094) }] } },
        "InvalidParameterValue.EnvironmentExceededLimit",
        /4097 bytes.*4096/,
      ],
      [
        "an environment variable without a name",
        { Environment: { Variables: [{ Key: "", Value: "v" }] } },
        "InvalidParameterValue.Environment",
        /variable 1 has no usable name/,
      ],
      [
        "an environment variable set twice",
        {
          Environment: {
            Variables: [
              { Key: "A", Value: "1" },
              { Key: "A", Value: "2" },
            ],
          },
        },
        "InvalidParameterValue.Environment",
        /A is set twice/,
      ],
      ["no runtime", { Runtime: undefined }, "MissingParameter.Runtime", /Runtime is missing/],
      ["a runtime that is none", { Runtime: "node 16" }, "InvalidParameterValue.Runtime", /"node 16"/],
      [
        "no handler",
        { Handler: undefined },
        "InvalidParameterValue.Handler",
        /needs a handler \[file\]\.\[function\]/,
      ],
      [
        "a Node.js handler of one part",
        { Handler: "main" },
        "InvalidParameterValue.Handler",
        /\[file\]\.\[function\]/,
      ],
      [
        "a Node.js handler of three parts",
        { Handler: "a.b::c" },
        "InvalidParameterValue.Handler",
        /index\.main_handler/,
      ],
      [
        "a Go handler of two parts",
        { Runtime: "Go1", Handler: "main.run" },
        "InvalidParameterValue.Handler",
        /\[file\]/,
      ],
      [
        "a Java handler of two parts",
        { Runtime: "Java8", Handler: "Hello.main" },
        "InvalidParameterValue.Handler",
        /::\[method\]/,
      ],
      [
        "a handler's file that is missing",
        { Handler: "app.main" },
        "InvalidParameterValue.Handler",
        /app\.js at the root/,
      ],
      [
        "a handler's file one folder down",
        { Code: { ZipFile: zip({ "orders/index.js": "" }) } },
        "InvalidParameterValue.Handler",
        /it is at orders\/index\.js/,
      ],
      [
        "a handler's file of another language",
        { Runtime: "Python3.7" },
        "InvalidParameterValue.Handler",
        /index\.py/,
      ],
      [
        "a web function with a handler",
        { Type: "HTTP" },
        "InvalidParameterValue.Handler",
        /web function takes no handler/,
      ],
      [
        "a web function with asynchronous execution",
        { ...web, AsyncRunEnable: "TRUE" },
        "UnsupportedOperation.AsyncRunEnable",
        /web function/,
      ],
      ["a type that is none", { Type: "Batch" }, "InvalidParameterValue.Type", /Event, HTTP/],
      [
        "a switch that is none",
        { AsyncRunEnable: "yes" },
        "InvalidParameterValue.AsyncRunEnable",
        /TRUE, FALSE/,
      ],
      ["no code", { Code: {} }, "InvalidParameterValue.Code", /none is given/],
      [
        "code from two places",
        { Code: { ...code, CosBucketName: "b", CosObjectName: "o" } },
        "InvalidParameterValue.Code",
        /ZipFile as well as Cos/,
      ],
      [
        "code that is not base64",
        { Code: { ZipFile: "no base64!" } },
        "InvalidParameterValue.ZipFileBase64BinasciiError",
        /not base64/,
      ],
      [
        "code that is no archive",
        { Code: { ZipFile: Buffer.from("text").toString("base64") } },
        "InvalidParameterValue.ZipFile",
        /not a readable ZIP/,
      ],
      [
        "code from a bucket in another region",
        { Code: { CosBucketName: "b", CosObjectName: "o", CosBucketRegion: "ap-shanghai" } },
        "InvalidParameterValue.CosBucketRegion",
        /ap-shanghai.*ap-guangzhou/,
      ],
      [
        "a bucket without an object",
        { Code: { CosBucketName: "b" } },
        "InvalidParameterValue.CosObjectName",
        /needs CosObjectName/,
      ],
      [
        "a network without a subnet",
        { VpcConfig: { VpcId: "vpc-1" } },
        "InvalidParameterValue.Vpc",
        /VpcId and SubnetId/,
      ],
      ["a log set without a topic", { ClsLogsetId: "set" }, "InvalidParameterValue.Cls", /set together/],
      [
        "a fixed address without public access",
        { PublicNetConfig: { PublicNetStatus: "DISABLE", EipConfig: { EipStatus: "ENABLE" } } },
        "InvalidParameterValue.EipConfig",
        /public access/,
      ],
      ["a role that is missing", { Role: "nobody" }, "ResourceNotFound.Role", /role nobody does not exist/],
      [
        "a namespace that is missing",
        { Namespace: "shop" },
        "ResourceNotFound.Namespace",
        /shop does not exist in ap-guangzhou/,
      ],
      [
        "a layer that is missing",
        { Layers: [{ LayerName: "none", LayerVersion: 1 }] },
        "ResourceNotFound.Layer",
        /Version 1 of the layer none/,
      ],
    ];
    test.each(refused)("fails on %s", async (_name, changes, errorCode, text) => {
      const platform = open();
      await expectRefusal(platform, "scf", "CreateFunction", functionRequest(changes), errorCode, text);
      expect((await platform.call("scf", "ListFunctions", {})).TotalCount).toBe(0);
    });
  });

  test("fails on a name that is taken", async () => {
    const platform = open();
    await createFunction(platform);
    await expectRefusal(
      platform,
      "scf",
      "CreateFunction",
      functionRequest(),
      "ResourceInUse.Function",
      "default/orders exists already",
    );
  });

  test("fails on namespace and function names of 119 characters, and takes 118", async () => {
    const platform = open();
    const namespace = "n".repeat(60);
    await platform.call("scf", "CreateNamespace", { Namespace: namespace });
    await createFunction(platform, { Namespace: namespace, FunctionName: "f".repeat(58) });
    await expectRefusal(
      platform,
      "scf",
      "CreateFunction",
      functionRequest({ Namespace: namespace, FunctionName: "f".repeat(59) }),
      "InvalidParameterValue.FunctionName",
      /119 characters together; 118/,
    );
  });

  test("fails past the quota of functions in a namespace, and counts deleted ones no more", async () => {
    const platform = open({ quotas: { functionsPerNamespace: 2 } });
    await createFunction(platform, { FunctionName: "one" });
    await createFunction(platform, { FunctionName: "two" });
    const third = functionRequest({ FunctionName: "three" });
    await expectRefusal(
      platform,
      "scf",
      "CreateFunction",
      third,
      "LimitExceeded.Function",
      /2 functions; the quota is 2/,
    );
    await platform.call("scf", "DeleteFunction", { FunctionName: "one" });
    await platform.call("scf", "CreateFunction", third);
  });

  test("fails past 50 functions in a namespace of a new account", async () => {
    const platform = open();
    for (let index = 0; index < 50; index++) await createFunction(platform, { FunctionName: `f${index}` });
    const next = functionRequest({ FunctionName: "next" });
    await expectRefusal(platform, "scf", "CreateFunction", next, "LimitExceeded.Function", "the quota is 50");
  });

  test("fails past the code volume of a region, in which versions count and deleted ones do not", async () => {
    const bytes = Buffer.from(nodeCode, "base64").length;
    const platform = open({ quotas: { codeBytes: 2 * bytes } });
    await createFunction(platform);
    await platform.call("scf", "PublishVersion", { FunctionName: "orders" });
    const second = functionRequest({ FunctionName: "second" });
    const text = new RegExp(`${3 * bytes} bytes; the quota is ${2 * bytes}`);
    await expectRefusal(
      platform,
      "scf",
      "CreateFunction",
      second,
      "InvalidParameterValue.LimitExceeded",
      text,
    );
    await platform.call("scf", "DeleteFunctionVersion", { FunctionName: "orders", Qualifier: "1" });
    await platform.call("scf", "CreateFunction", second);
  });

  test("fails when code and layers have more than 500 MB before compression", async () => {
    const platform = open();
    const archive = zip({ "index.js": "" });
    const large = withClaimedSize(archive, limits.uncompressedBytes + 1);
    await expectRefusal(
      platform,
      "scf",
      "CreateFunction",
      functionRequest({ Code: { ZipFile: large } }),
      "InvalidParameterValue.Code",
      /524288001 bytes before compression; 524288000/,
    );
    await createFunction(platform, { Code: { ZipFile: withClaimedSize(archive, limits.uncompressedBytes) } });
  });

  test("fails on an archive of more than 50 MB", async () => {
    const platform = open();
    const ZipFile = Buffer.alloc(limits.uploadBytes + 3).toString("base64");
    await expectRefusal(
      platform,
      "scf",
      "CreateFunction",
      functionRequest({ Code: { ZipFile } }),
      "InvalidParameterValue.ZipFile",
      /52428803 bytes; 52428800/,
    );
  });
});

/** Changes the size that an archive of one file says it has before compression. */
function withClaimedSize(encoded: string, bytes: number): string {
  const archive = Buffer.from(encoded, "base64");
  const directory = archive.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
  archive.writeUInt32LE(bytes, directory + 24);
  return archive.toString("base64");
}

describe("layers of a function", () => {
  const layers = (...names: string[]) => names.map((name) => ({ LayerName: name, LayerVersion: 1 }));

  test("are bound in their order", async () => {
    const platform = open();
    for (const name of ["aa", "bb", "cc"]) await publishLayer(platform, name);
    await createFunction(platform, { Layers: layers("bb", "cc", "aa") });
    const found = await platform.call("scf", "GetFunction", { FunctionName: "orders" });
    expect(found.Layers?.map((layer) => layer.LayerName)).toEqual(["bb", "cc", "aa"]);
  });

  test("fails with more than five", async () => {
    const platform = open();
    const names = ["aa", "bb", "cc", "dd", "ee", "ff"];
    for (const name of names) await publishLayer(platform, name);
    await createFunction(platform, { FunctionName: "five", Layers: layers(...names.slice(0, 5)) });
    const request = functionRequest({ Layers: layers(...names) });
    await expectRefusal(
      platform,
      "scf",
      "CreateFunction",
      request,
      "InvalidParameterValue.Layers",
      /6 layers.*5 at most/,
    );
  });

  test("fails when one is bound twice", async () => {
    const platform = open();
    await publishLayer(platform);
    await publishLayer(platform);
    const Layers = [1, 2].map((LayerVersion) => ({ LayerName: "deps", LayerVersion }));
    const request = functionRequest({ Layers });
    await expectRefusal(
      platform,
      "scf",
      "CreateFunction",
      request,
      "InvalidParameterValue.Layers",
      /deps is bound twice/,
    );
  });

  test("fails when one is for another runtime", async () => {
    const platform = open();
    await publishLayer(platform, "deps", ["Python3.7"]);
    const request = functionRequest({ Layers: layers("deps") });
    const text = /for Python3\.7; the function's runtime is Nodejs16\.13/;
    await expectRefusal(platform, "scf", "CreateFunction", request, "InvalidParameterValue.Layers", text);
  });

  test("fails for image functions", async () => {
    const platform = open();
    await publishLayer(platform);
    const request = {
      FunctionName: "image",
      Code: { ImageConfig: { ImageType: "personal", ImageUri: "registry.example.com/a/b:1" } },
      Layers: layers("deps"),
    };
    await expectRefusal(
      platform,
      "scf",
      "CreateFunction",
      request,
      "InvalidParameterValue.Layers",
      /Image functions/,
    );
  });
});

describe("updating code", () => {
  test("changes code and handler and leaves the rest", async () => {
    const platform = open();
    await createFunction(platform, {
      MemorySize: 256,
      Environment: { Variables: [{ Key: "A", Value: "1" }] },
    });
    const before = await platform.call("scf", "GetFunctionAddress", { FunctionName: "orders" });
    await platform.call("scf", "UpdateFunctionCode", {
      FunctionName: "orders",
      ZipFile: zip({ "app.js": "" }),
      Handler: "app.main",
    });
    const after = await platform.call("scf", "GetFunctionAddress", { FunctionName: "orders" });
    expect(after.CodeSha256).not.toBe(before.CodeSha256);
    expect(await platform.call("scf", "GetFunction", { FunctionName: "orders" })).toMatchObject({
      Handler: "app.main",
      MemorySize: 256,
      Environment: { Variables: [{ Key: "A", Value: "1" }] },
    });
  });

  test("publishes a version when told to", async () => {
    const platform = open();
    await createFunction(platform);
    await platform.call("scf", "UpdateFunctionCode", {
      FunctionName: "orders",
      ZipFile: nodeCode,
      Publish: "TRUE",
    });
    const list = await platform.call("scf", "ListVersionByFunction", { FunctionName: "orders" });
    expect(list.FunctionVersion).toEqual(["$LATEST", "1"]);
  });

  const refused: readonly [string, object, string, RegExp][] = [
    ["no code", { Handler: "index.main" }, "InvalidParameterValue.Code", /none is given/],
    [
      "code without the handler's file",
      { ZipFile: zip({ "app.js": "" }) },
      "InvalidParameterValue.Handler",
      /index\.js/,
    ],
    [
      "a handler of another form",
      { ZipFile: nodeCode, Handler: "main" },
      "InvalidParameterValue.Handler",
      /\[function\]/,
    ],
    [
      "an image for a function made from code",
      { Code: { ImageConfig: { ImageType: "personal", ImageUri: "registry.example.com/a/b:1" } } },
      "InvalidParameterValue.Code",
      /made from an image/,
    ],
    ["a switch that is none", { ZipFile: nodeCode, Publish: "yes" }, "InvalidParameterValue", /TRUE, FALSE/],
  ];
  test.each(refused)("fails on %s", async (_name, changes, errorCode, text) => {
    const platform = open();
    await createFunction(platform);
    await expectRefusal(
      platform,
      "scf",
      "UpdateFunctionCode",
      { FunctionName: "orders", ...changes },
      errorCode,
      text,
    );
  });

  test("fails on a function that is missing", async () => {
    const request = { FunctionName: "orders", ZipFile: nodeCode };
    await expectRefusal(
      open(),
      "scf",
      "UpdateFunctionCode",
      request,
      "ResourceNotFound.Function",
      "default/orders does not exist",
    );
  });
});

describe("updating configuration", () => {
  test("leaves absent fields as they are", async () => {
    const platform = open();
    await publishLayer(platform);
    await createFunction(platform, {
      Description: "before",
      Timeout: 9,
      Environment: { Variables: [{ Key: "A", Value: "1" }] },
      Layers: [{ LayerName: "deps", LayerVersion: 1 }],
    });
    await platform.call("scf", "UpdateFunctionConfiguration", { FunctionName: "orders", MemorySize: 256 });
    const found = await platform.call("scf", "GetFunction", { FunctionName: "orders" });
    expect(found).toMatchObject({
      Description: "before",
      MemorySize: 256,
      Timeout: 9,
      Environment: { Variables: [{ Key: "A", Value: "1" }] },
      Layers: [{ LayerName: "deps", LayerVersion: 1 }],
    });
  });

  test("takes environment and layers away with the API's empty entries", async () => {
    const platform = open();
    await publishLayer(platform);
    await createFunction(platform, {
      Environment: { Variables: [{ Key: "A", Value: "1" }] },
      Layers: [{ LayerName: "deps", LayerVersion: 1 }],
    });
    await platform.call("scf", "UpdateFunctionConfiguration", {
      FunctionName: "orders",
      Environment: { Variables: [{ Key: "", Value: "" }] },
      Layers: [{ LayerName: "", LayerVersion: 0 }],
    });
    const found = await platform.call("scf", "GetFunction", { FunctionName: "orders" });
    expect(found).toMatchObject({ Environment: { Variables: [] }, Layers: [] });
    await platform.call("scf", "DeleteLayerVersion", { LayerName: "deps", LayerVersion: 1 });
  });

  test("takes the network, the dead-letter queue and the node with a GPU away", async () => {
    const platform = open();
    await createFunction(platform, {
      VpcConfig: { VpcId: "vpc-1", SubnetId: "subnet-1" },
      DeadLetterConfig: { Type: "CMQ-QUEUE", Name: "dead" },
      InstanceConcurrencyConfig: { MixNodeConfig: [{ NodeSpec: "GPU.1", Num: 1 }] },
    });
    await platform.call("scf", "UpdateFunctionConfiguration", {
      FunctionName: "orders",
      VpcConfig: { VpcId: "", SubnetId: "" },
      DeadLetterConfig: { Type: "", Name: "" },
      InstanceConcurrencyConfig: { DynamicEnabled: "" },
    });
    const found = await platform.call("scf", "GetFunction", { FunctionName: "orders" });
    expect(found.VpcConfig).toEqual({ VpcId: "", SubnetId: "" });
    expect(found).not.toHaveProperty("DeadLetterConfig");
    expect(found).not.toHaveProperty("InstanceConcurrencyConfig");
  });

  const refused: readonly [string, object, string, RegExp][] = [
    [
      "another runtime",
      { Runtime: "Nodejs14.18" },
      "InvalidParameterValue.Runtime",
      /is Nodejs16\.13 and cannot be changed to Nodejs14\.18/,
    ],
    ["96 MB", { MemorySize: 96 }, "InvalidParameterValue.Memory", /MemorySize is 96/],
    [
      "901 s without asynchronous execution",
      { Timeout: 901 },
      "LimitExceeded.Timeout",
      /without AsyncRunEnable/,
    ],
    ["a role that is missing", { Role: "nobody" }, "ResourceNotFound.Role", /nobody/],
    ["a description with a bracket", { Description: "(" }, "InvalidParameterValue.Description", /letters/],
    [
      "a layer that is missing",
      { Layers: [{ LayerName: "none", LayerVersion: 1 }] },
      "ResourceNotFound.Layer",
      /none/,
    ],
  ];
  test.each(refused)("fails on %s and changes nothing", async (_name, changes, errorCode, text) => {
    const platform = open();
    await createFunction(platform);
    const before = await platform.call("scf", "GetFunction", { FunctionName: "orders" });
    const request = { FunctionName: "orders", Timeout: 5, ...changes };
    await expectRefusal(platform, "scf", "UpdateFunctionConfiguration", request, errorCode, text);
    const after = await platform.call("scf", "GetFunction", { FunctionName: "orders" });
    expect({ ...after, RequestId: "" }).toEqual({ ...before, RequestId: "" });
  });

  test("fails on a role that does not trust the function service, and takes one that does", async () => {
    const platform = open();
    const trust = (service: string) =>
      JSON.stringify({
        version: "2.0",
        statement: [{ effect: "allow", action: "name/sts:AssumeRole", principal: { service } }],
      });
    await platform.call("cam", "CreateRole", {
      RoleName: "machine",
      PolicyDocument: trust("cvm.qcloud.com"),
    });
    await createFunction(platform);
    const request = { FunctionName: "orders", Role: "machine" };
    await expectRefusal(
      platform,
      "scf",
      "UpdateFunctionConfiguration",
      request,
      "InvalidParameterValue",
      "machine does not trust scf.qcloud.com",
    );
    await platform.call("cam", "UpdateAssumeRolePolicy", {
      RoleName: "machine",
      PolicyDocument: trust("scf.qcloud.com"),
    });
    await platform.call("scf", "UpdateFunctionConfiguration", request);
  });
});

describe("deleting a function", () => {
  test("takes versions, the built-in alias and triggers with it", async () => {
    const platform = open();
    await createFunction(platform);
    await platform.call("scf", "PublishVersion", { FunctionName: "orders" });
    const timer = { FunctionName: "orders", Type: "timer", TriggerName: "t", TriggerDesc: "0 0 2 * * * *" };
    await platform.call("scf", "CreateTrigger", timer);
    await platform.call("scf", "DeleteFunction", { FunctionName: "orders" });
    const gone = ["ResourceNotFound.Function", "default/orders does not exist"] as const;
    await expectRefusal(platform, "scf", "GetFunction", { FunctionName: "orders" }, ...gone);
    await createFunction(platform);
    const versions = await platform.call("scf", "ListVersionByFunction", { FunctionName: "orders" });
    expect(versions.FunctionVersion).toEqual(["$LATEST"]);
    expect((await platform.call("scf", "ListTriggers", { FunctionName: "orders" })).TotalCount).toBe(0);
  });

  test("fails while it has an alias", async () => {
    const platform = open();
    await createFunction(platform);
    const alias = { FunctionName: "orders", Name: "live", FunctionVersion: "$LATEST" };
    await platform.call("scf", "CreateAlias", alias);
    const request = { FunctionName: "orders" };
    await expectRefusal(
      platform,
      "scf",
      "DeleteFunction",
      request,
      "UnsupportedOperation.AliasBind",
      "alias live",
    );
    await platform.call("scf", "DeleteAlias", { FunctionName: "orders", Name: "live" });
    await platform.call("scf", "DeleteFunction", request);
  });

  test("fails on a function that is missing", async () => {
    const request = { FunctionName: "orders" };
    await expectRefusal(
      open(),
      "scf",
      "DeleteFunction",
      request,
      "ResourceNotFound.Function",
      "default/orders",
    );
  });
});

describe("reading functions", () => {
  test("fails on a version that is missing", async () => {
    const platform = open();
    await createFunction(platform);
    const request = { FunctionName: "orders", Qualifier: "7" };
    await expectRefusal(
      platform,
      "scf",
      "GetFunction",
      request,
      "ResourceNotFound.Version",
      "no version or alias 7",
    );
  });

  test("fails on a namespace that is missing", async () => {
    const request = { FunctionName: "orders", Namespace: "shop" };
    await expectRefusal(open(), "scf", "GetFunction", request, "ResourceNotFound.Namespace", "shop");
  });

  test("fails without a name", async () => {
    const code = "InvalidParameter.FunctionNameOrResourceIdRequired";
    await expectRefusal(open(), "scf", "GetFunction", {}, code, "FunctionName is missing");
  });

  test("lists pages, in order, by part of a name", async () => {
    const platform = open();
    for (const name of ["cart", "orders-new", "orders-old"])
      await createFunction(platform, { FunctionName: name });
    const names = async (request: object) =>
      (await platform.call("scf", "ListFunctions", request)).Functions?.map((fn) => fn.FunctionName);
    expect(await names({})).toEqual(["cart", "orders-new", "orders-old"]);
    expect(await names({ Orderby: "FunctionName", Order: "DESC", Limit: 1, Offset: 1 })).toEqual([
      "orders-new",
    ]);
    expect(await names({ SearchKey: "orders" })).toEqual(["orders-new", "orders-old"]);
  });

  test("keeps regions apart", async () => {
    const path = databasePath();
    const south = open({ path });
    const north = open({ path, region: "ap-beijing" });
    await createFunction(south);
    expect((await north.call("scf", "ListFunctions", {})).TotalCount).toBe(0);
    await createFunction(north);
    await south.call("scf", "DeleteFunction", { FunctionName: "orders" });
    expect((await north.call("scf", "ListFunctions", {})).TotalCount).toBe(1);
  });

  test("reports usage and limits of the account", async () => {
    const platform = open({ quotas: { namespaces: 7 } });
    await createFunction(platform);
    expect(await platform.call("scf", "GetAccount", {})).toMatchObject({
      AccountUsage: {
        NamespacesCount: 1,
        Namespace: [{ Namespace: "default", Functions: ["orders"], FunctionsCount: 1 }],
      },
      AccountLimit: { NamespacesCount: 7, Namespace: [{ FunctionsCount: 50, Trigger: { Timer: 10 } }] },
    });
  });
});
