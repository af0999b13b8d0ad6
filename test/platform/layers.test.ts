import { createHash } from "node:crypto";
import { cleanUp, createFunction, expectRefusal, open, publishLayer, zip } from "./support";

afterEach(cleanUp);

const content = { ZipFile: zip({ "deps/index.js": "" }) };
const request = { LayerName: "deps", CompatibleRuntimes: ["Nodejs16.13"], Content: content };

test("publishing always makes another version, also of the same content", async () => {
  const platform = open();
  const publish = async () => (await platform.call("scf", "PublishLayerVersion", request)).LayerVersion;
  expect([await publish(), await publish()]).toEqual([1, 2]);
  await platform.call("scf", "DeleteLayerVersion", { LayerName: "deps", LayerVersion: 2 });
  expect(await publish()).toBe(3);
});

test("a version is answered with its hash", async () => {
  const platform = open();
  await platform.call("scf", "PublishLayerVersion", {
    ...request,
    Description: "any (sign)",
    LicenseInfo: "MIT",
  });
  const version = await platform.call("scf", "GetLayerVersion", { LayerName: "deps", LayerVersion: 1 });
  expect(version).toMatchObject({
    LayerName: "deps",
    LayerVersion: 1,
    CompatibleRuntimes: ["Nodejs16.13"],
    Description: "any (sign)",
    LicenseInfo: "MIT",
    Status: "Active",
    CodeSha256: createHash("sha256").update(Buffer.from(content.ZipFile, "base64")).digest("hex"),
  });
});

test("lists the newest version of each layer, and all versions of one, by runtime", async () => {
  const platform = open();
  await publishLayer(platform, "node");
  await publishLayer(platform, "node");
  await publishLayer(platform, "python", ["Python3.7"]);
  const layers = await platform.call("scf", "ListLayers", {});
  expect(layers.Layers?.map((layer) => [layer.LayerName, layer.LayerVersion])).toEqual([
    ["node", 2],
    ["python", 1],
  ]);
  const filtered = await platform.call("scf", "ListLayers", {
    CompatibleRuntime: "Python3.7",
    SearchKey: "pyth",
  });
  expect(filtered).toMatchObject({ TotalCount: 1, Layers: [{ LayerName: "python" }] });
  const versions = await platform.call("scf", "ListLayerVersions", { LayerName: "node" });
  expect(versions.LayerVersions?.map((version) => version.LayerVersion)).toEqual([2, 1]);
  const none = await platform.call("scf", "ListLayerVersions", {
    LayerName: "node",
    CompatibleRuntime: ["Go1"],
  });
  expect(none.LayerVersions).toEqual([]);
});

test.each([
  ["a name of 1 character", { LayerName: "a" }, "InvalidParameterValue.LayerName", "2 to 60"],
  ["a name with a dot", { LayerName: "a.b" }, "InvalidParameterValue.LayerName", '"a.b"'],
  [
    "a description of 1001 characters",
    { Description: "a".repeat(1001) },
    "InvalidParameterValue.Description",
    "1001",
  ],
  ["no runtime", { CompatibleRuntimes: [] }, "InvalidParameterValue.CompatibleRuntimes", "1 to 5"],
  [
    "six runtimes",
    { CompatibleRuntimes: ["Go1", "Java8", "Java11", "Php8.0", "Python3.7", "Python3.6"] },
    "InvalidParameterValue.CompatibleRuntimes",
    "not 6",
  ],
  [
    "a runtime twice",
    { CompatibleRuntimes: ["Go1", "Go1"] },
    "InvalidParameterValue.CompatibleRuntimes",
    "twice",
  ],
  ["a runtime that is none", { CompatibleRuntimes: ["go"] }, "InvalidParameterValue.Runtime", '"go"'],
  ["no content", { Content: {} }, "InvalidParameterValue.Content", "none is given"],
  ["content that is no archive", { Content: { ZipFile: "AAAA" } }, "InvalidParameterValue.Content", "ZIP"],
  [
    "content from a bucket in another region",
    { Content: { CosBucketName: "b", CosObjectName: "o", CosBucketRegion: "ap-tokyo" } },
    "InvalidParameterValue.CosBucketRegion",
    "ap-tokyo",
  ],
  [
    "an image",
    { Content: { ImageConfig: { ImageType: "personal", ImageUri: "registry.example.com/a/b:1" } } },
    "InvalidParameterValue.Content",
    "no image",
  ],
])("fails on %s", async (_name, changes, code, text) => {
  await expectRefusal(open(), "scf", "PublishLayerVersion", { ...request, ...changes }, code, text);
});

test("fails past the quota of layers, in which a layer without versions does not count", async () => {
  const platform = open({ quotas: { layers: 2 } });
  await publishLayer(platform, "one");
  await publishLayer(platform, "two");
  await publishLayer(platform, "two");
  const third = { ...request, LayerName: "three" };
  await expectRefusal(
    platform,
    "scf",
    "PublishLayerVersion",
    third,
    "LimitExceeded.Layers",
    /2 layers; the quota is 2/,
  );
  await platform.call("scf", "DeleteLayerVersion", { LayerName: "one", LayerVersion: 1 });
  await platform.call("scf", "PublishLayerVersion", third);
  const first = { ...request, LayerName: "one" };
  await expectRefusal(
    platform,
    "scf",
    "PublishLayerVersion",
    first,
    "LimitExceeded.Layers",
    "the quota is 2",
  );
});

test("fails past the quota of versions of a layer", async () => {
  const platform = open({ quotas: { versionsPerLayer: 2 } });
  await publishLayer(platform);
  await publishLayer(platform);
  const text = "deps has 2 versions; the quota is 2";
  await expectRefusal(platform, "scf", "PublishLayerVersion", request, "LimitExceeded.LayerVersions", text);
});

test("fails past 20 layers in a region of a new account", async () => {
  const platform = open();
  for (let index = 0; index < 20; index++) await publishLayer(platform, `layer${index}`);
  await expectRefusal(
    platform,
    "scf",
    "PublishLayerVersion",
    request,
    "LimitExceeded.Layers",
    "the quota is 20",
  );
});

test("fails to delete a version that a function binds", async () => {
  const platform = open();
  await publishLayer(platform);
  await createFunction(platform, { Layers: [{ LayerName: "deps", LayerVersion: 1 }] });
  const version = { LayerName: "deps", LayerVersion: 1 };
  const text = "bound by the function default/orders";
  await expectRefusal(platform, "scf", "DeleteLayerVersion", version, "ResourceInUse.LayerVersion", text);
  await platform.call("scf", "DeleteFunction", { FunctionName: "orders" });
  await platform.call("scf", "DeleteLayerVersion", version);
});

test("fails on versions and layers that are missing", async () => {
  const platform = open();
  const version = { LayerName: "deps", LayerVersion: 1 };
  const missing = ["ResourceNotFound.LayerVersion", "Version 1 of the layer deps"] as const;
  await expectRefusal(platform, "scf", "GetLayerVersion", version, ...missing);
  await expectRefusal(platform, "scf", "DeleteLayerVersion", version, ...missing);
  const layer = { LayerName: "deps" };
  await expectRefusal(
    platform,
    "scf",
    "ListLayerVersions",
    layer,
    "ResourceNotFound.Layer",
    "deps does not exist",
  );
});
