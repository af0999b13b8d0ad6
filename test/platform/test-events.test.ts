import { cleanUp, createFunction, databasePath, expectRefusal, open } from "./support";

afterEach(cleanUp);

const model = (TestModelName: string, TestModelValue = "{}") => ({
  FunctionName: "orders",
  TestModelName,
  TestModelValue,
});
const named = (TestModelName: string) => ({ FunctionName: "orders", TestModelName });

describe("test events", () => {
  test("are kept, changed, listed and deleted", async () => {
    const platform = open();
    await createFunction(platform);
    await platform.call("scf", "CreateFunctionTestModel", model("order", '{"item":"lamp"}'));
    await platform.call("scf", "CreateFunctionTestModel", model("cancel"));
    await platform.call("scf", "UpdateFunctionTestModel", model("cancel", "[1]"));
    const found = await platform.call("scf", "GetFunctionTestModel", named("cancel"));
    expect(found).toMatchObject({ TestModelName: "cancel", TestModelValue: "[1]" });
    const list = await platform.call("scf", "ListFunctionTestModels", { FunctionName: "orders" });
    expect(list).toMatchObject({ TestModels: ["cancel", "order"], TotalCount: 2 });
    await platform.call("scf", "DeleteFunctionTestModel", named("order"));
    const absent = ["ResourceNotFound.TestModel", "order does not exist"] as const;
    await expectRefusal(platform, "scf", "GetFunctionTestModel", named("order"), ...absent);
  });

  test("are the account's: functions of every region share them", async () => {
    const path = databasePath();
    const south = open({ path });
    const north = open({ path, region: "ap-beijing" });
    await createFunction(south);
    await createFunction(north, { FunctionName: "other" });
    await south.call("scf", "CreateFunctionTestModel", model("order"));
    const list = await north.call("scf", "ListFunctionTestModels", { FunctionName: "other" });
    expect(list.TestModels).toEqual(["order"]);
  });

  test("fail past 5 of an account, and with a raised quota past that", async () => {
    const platform = open();
    await createFunction(platform);
    for (const name of ["a", "b", "c", "d", "e"]) {
      await platform.call("scf", "CreateFunctionTestModel", model(name));
    }
    await expectRefusal(
      platform,
      "scf",
      "CreateFunctionTestModel",
      model("f"),
      "LimitExceeded.TestModel",
      "5 test events; the quota is 5",
    );
  });

  test("have 64 KB, and fail with one byte more", async () => {
    const platform = open();
    await createFunction(platform);
    const value = (bytes: number) => JSON.stringify("x".repeat(bytes - 2));
    await platform.call("scf", "CreateFunctionTestModel", model("largest", value(65_536)));
    const code = "InvalidParameterValue.TestModelValue";
    const larger = model("larger", value(65_537));
    await expectRefusal(
      platform,
      "scf",
      "CreateFunctionTestModel",
      larger,
      code,
      "65536 bytes at most; this one has 65537",
    );
    const changed = model("largest", value(65_537));
    await expectRefusal(platform, "scf", "UpdateFunctionTestModel", changed, code, "65537");
  });

  test.each([
    ["what is no JSON", model("order", "{"), "InvalidParameterValue.TestModelValue", "JSON"],
    ["no name", model(""), "InvalidParameterValue.TestModelName", "1 to 100"],
    ["a name that is taken", model("taken"), "ResourceInUse.TestModel", "taken exists already"],
    [
      "a function that is missing",
      { ...model("order"), FunctionName: "none" },
      "ResourceNotFound.Function",
      "default/none",
    ],
  ] as const)("fail on %s", async (_name, request, code, text) => {
    const platform = open();
    await createFunction(platform);
    await platform.call("scf", "CreateFunctionTestModel", model("taken"));
    await expectRefusal(platform, "scf", "CreateFunctionTestModel", request, code, text);
  });
});
