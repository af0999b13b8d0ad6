import {
  cleanUp,
  createFunction,
  createPlace,
  expectRefusal,
  open,
  publishLayer,
  target,
  zip,
} from "./support";

afterEach(cleanUp);

const orders = { FunctionName: "orders" };

describe("publishing a version", () => {
  test("copies code and configuration of $LATEST, which later changes do not reach", async () => {
    const platform = open();
    await publishLayer(platform);
    await createFunction(platform, {
      MemorySize: 256,
      Environment: { Variables: [{ Key: "A", Value: "1" }] },
      Layers: [{ LayerName: "deps", LayerVersion: 1 }],
    });
    const first = await platform.call("scf", "GetFunctionAddress", orders);
    const answer = await platform.call("scf", "PublishVersion", {
      ...orders,
      Description: "first: (with signs)",
    });
    expect(answer).toMatchObject({ FunctionVersion: "1", MemorySize: 256, Handler: "index.main_handler" });

    await platform.call("scf", "UpdateFunctionCode", { ...orders, ZipFile: zip({ "index.js": "2" }) });
    await platform.call("scf", "UpdateFunctionConfiguration", {
      ...orders,
      MemorySize: 512,
      Description: "of the function",
      Environment: { Variables: [{ Key: "", Value: "" }] },
      Layers: [{ LayerName: "", LayerVersion: 0 }],
    });
    const version = { ...orders, Qualifier: "1" };
    expect(await platform.call("scf", "GetFunction", version)).toMatchObject({
      FunctionVersion: "1",
      Qualifier: "1",
      Description: "first: (with signs)",
      MemorySize: 256,
      Environment: { Variables: [{ Key: "A", Value: "1" }] },
      Layers: [{ LayerName: "deps" }],
    });
    const address = await platform.call("scf", "GetFunctionAddress", version);
    expect(address.CodeSha256).toBe(first.CodeSha256);
  });

  test("numbers from 1 upward and never gives a number out again", async () => {
    const platform = open();
    await createFunction(platform);
    const publish = async () => (await platform.call("scf", "PublishVersion", orders)).FunctionVersion;
    expect([await publish(), await publish()]).toEqual(["1", "2"]);
    await platform.call("scf", "DeleteFunctionVersion", { ...orders, Qualifier: "2" });
    expect(await publish()).toBe("3");
    await platform.call("scf", "DeleteFunction", { ...orders, Qualifier: "3" });
    expect(await publish()).toBe("4");
    const list = await platform.call("scf", "ListVersionByFunction", orders);
    expect(list.FunctionVersion).toEqual(["$LATEST", "1", "4"]);
    const descending = await platform.call("scf", "ListVersionByFunction", {
      ...orders,
      Order: "DESC",
      Limit: 1,
    });
    expect(descending).toMatchObject({ FunctionVersion: ["4"], TotalCount: 3 });
  });

  test("fails on a description of 1001 characters", async () => {
    const platform = open();
    await createFunction(platform);
    const request = { ...orders, Description: "a".repeat(1001) };
    await expectRefusal(
      platform,
      "scf",
      "PublishVersion",
      request,
      "InvalidParameterValue.Description",
      "1001",
    );
  });

  test("fails on a function that is missing", async () => {
    await expectRefusal(
      open(),
      "scf",
      "PublishVersion",
      orders,
      "ResourceNotFound.Function",
      "default/orders",
    );
  });

  test("keeps the layers of a version from being deleted", async () => {
    const platform = open();
    await publishLayer(platform);
    await createFunction(platform, { Layers: [{ LayerName: "deps", LayerVersion: 1 }] });
    await platform.call("scf", "PublishVersion", orders);
    const clear = { ...orders, Layers: [{ LayerName: "", LayerVersion: 0 }] };
    await platform.call("scf", "UpdateFunctionConfiguration", clear);
    const layer = { LayerName: "deps", LayerVersion: 1 };
    const text = /bound by the function default\/orders, version 1/;
    await expectRefusal(platform, "scf", "DeleteLayerVersion", layer, "ResourceInUse.LayerVersion", text);
    await platform.call("scf", "DeleteFunctionVersion", { ...orders, Qualifier: "1" });
    await platform.call("scf", "DeleteLayerVersion", layer);
  });
});

describe("deleting a version", () => {
  test("takes its triggers with it", async () => {
    const platform = open();
    await createFunction(platform);
    await platform.call("scf", "PublishVersion", orders);
    await platform.call("scf", "CreateTrigger", {
      ...orders,
      Qualifier: "1",
      Type: "timer",
      TriggerName: "t",
      TriggerDesc: "0 0 2 * * * *",
    });
    await platform.call("scf", "DeleteFunctionVersion", { ...orders, Qualifier: "1" });
    expect((await platform.call("scf", "ListTriggers", orders)).TotalCount).toBe(0);
  });

  test("fails while an alias points to it, as main or as additional version", async () => {
    const platform = open();
    await createFunction(platform);
    await platform.call("scf", "PublishVersion", orders);
    await platform.call("scf", "PublishVersion", orders);
    await platform.call("scf", "CreateAlias", {
      ...orders,
      Name: "live",
      FunctionVersion: "1",
      RoutingConfig: { AdditionalVersionWeights: [{ Version: "2", Weight: 0.1 }] },
    });
    for (const Qualifier of ["1", "2"]) {
      const text = `alias live of default/orders points to version ${Qualifier}`;
      for (const action of ["DeleteFunctionVersion", "DeleteFunction"] as const) {
        const request = { ...orders, Qualifier };
        await expectRefusal(platform, "scf", action, request, "UnsupportedOperation.AliasBind", text);
      }
    }
  });

  test("fails while $DEFAULT points to it", async () => {
    const platform = open();
    await createFunction(platform);
    await platform.call("scf", "PublishVersion", orders);
    await platform.call("scf", "UpdateAlias", { ...orders, Name: "$DEFAULT", FunctionVersion: "1" });
    const request = { ...orders, Qualifier: "1" };
    await expectRefusal(
      platform,
      "scf",
      "DeleteFunctionVersion",
      request,
      "UnsupportedOperation.AliasBind",
      "alias $DEFAULT",
    );
  });

  test("fails while a load balancer binds it", async () => {
    const platform = open();
    await createFunction(platform);
    await platform.call("scf", "PublishVersion", orders);
    const place = await createPlace(platform);
    const binding = { ...place, FunctionTargets: [target("orders", "1")] };
    await platform.call("clb", "RegisterFunctionTargets", binding);
    const request = { ...orders, Qualifier: "1" };
    const text = `${place.LoadBalancerId} binds default/orders:1 at www.example.com/orders`;
    await expectRefusal(
      platform,
      "scf",
      "DeleteFunctionVersion",
      request,
      "FailedOperation.DeleteFunction",
      text,
    );
    await platform.call("clb", "DeregisterFunctionTargets", binding);
    await platform.call("scf", "DeleteFunctionVersion", request);
  });

  test.each([
    ["$LATEST", "InvalidParameterValue.Qualifier", "$LATEST cannot be deleted"],
    ["9", "ResourceNotFound.Qualifier", "no version 9"],
    ["live", "ResourceNotFound.Qualifier", "no version live"],
  ])("fails on %s", async (Qualifier, code, text) => {
    const platform = open();
    await createFunction(platform);
    await expectRefusal(platform, "scf", "DeleteFunctionVersion", { ...orders, Qualifier }, code, text);
  });
});
