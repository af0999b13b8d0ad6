import { cleanUp, createFunction, expectRefusal, open } from "./support";

afterEach(cleanUp);

describe("a published version", () => {
  test("keeps code and configuration while those of the function change", async () => {
    const platform = open();
    await createFunction(platform, { MemorySize: 256 });
    await platform.call("scf", "PublishVersion", { FunctionName: "orders" });
    const frozen = { FunctionName: "orders", Qualifier: "1" };
    const before = await platform.call("scf", "GetFunctionAddress", frozen);
    await platform.call("scf", "UpdateFunctionConfiguration", { FunctionName: "orders", MemorySize: 512 });
    await platform.call("scf", "UpdateFunctionCode", {
      FunctionName: "orders",
      Code: { CosBucketName: "b", CosObjectName: "/other.zip" },
    });
    expect((await platform.call("scf", "GetFunction", frozen)).MemorySize).toBe(256);
    expect((await platform.call("scf", "GetFunctionAddress", frozen)).CodeSha256).toBe(before.CodeSha256);
  });

  test("cannot be changed: no call on code or configuration takes a version", async () => {
    const platform = open();
    await createFunction(platform);
    await platform.call("scf", "PublishVersion", { FunctionName: "orders" });
    const request = { FunctionName: "orders", Qualifier: "1", MemorySize: 256 };
    await expectRefusal(
      platform,
      "scf",
      "UpdateFunctionConfiguration",
      request as never,
      "UnknownParameter",
      "Qualifier",
    );
  });
});

describe("what is chosen at creation", () => {
  test.each([["Type"], ["AsyncRunEnable"], ["TraceEnable"], ["ProtocolType"]])(
    "%s fails to be changed",
    async (name) => {
      const platform = open();
      await createFunction(platform);
      const request = { FunctionName: "orders", [name]: "TRUE" };
      await expectRefusal(
        platform,
        "scf",
        "UpdateFunctionConfiguration",
        request as never,
        "UnknownParameter",
        name,
      );
    },
  );
});
