import type { LocalPlatform } from "../../lib/platform/local";
import { cleanUp, createFunction, createPlace, expectRefusal, open, target } from "./support";

afterEach(cleanUp);

const orders = { FunctionName: "orders" };

/** A function with the versions 1, 2 and 3. */
async function openWithVersions(): Promise<LocalPlatform> {
  const platform = open();
  await createFunction(platform);
  for (let index = 0; index < 3; index++) await platform.call("scf", "PublishVersion", orders);
  return platform;
}

const weights = (...given: [string, number][]) => ({
  AdditionalVersionWeights: given.map(([Version, Weight]) => ({ Version, Weight })),
});
const match = (changes: object = {}) => ({
  AddtionVersionMatchs: [
    { Version: "2", Key: "invoke.headers.user", Method: "exact", Expression: "beta", ...changes },
  ],
});

test("$DEFAULT exists from the start and points to $LATEST", async () => {
  const platform = open();
  await createFunction(platform);
  const alias = await platform.call("scf", "GetAlias", { ...orders, Name: "$DEFAULT" });
  expect(alias).toMatchObject({ Name: "$DEFAULT", FunctionVersion: "$LATEST" });
});

test("$DEFAULT can point elsewhere", async () => {
  const platform = await openWithVersions();
  await platform.call("scf", "UpdateAlias", { ...orders, Name: "$DEFAULT", FunctionVersion: "2" });
  const alias = await platform.call("scf", "GetAlias", { ...orders, Name: "$DEFAULT" });
  expect(alias.FunctionVersion).toBe("2");
});

test("an alias is a qualifier of its function", async () => {
  const platform = await openWithVersions();
  await platform.call("scf", "CreateAlias", { ...orders, Name: "live", FunctionVersion: "2" });
  const found = await platform.call("scf", "GetFunction", { ...orders, Qualifier: "live" });
  expect(found).toMatchObject({ FunctionVersion: "2", Qualifier: "live" });
});

describe("accepts", () => {
  test.each([
    ["one version", {}],
    ["two versions by weight", weights(["2", 0.25])],
    ["a weight of 0", weights(["2", 0])],
    ["a weight of 1", weights(["2", 1])],
    ["$LATEST as the additional version", weights(["$LATEST", 0.5])],
    ["an exact match", match()],
    ["an open range", match({ Method: "range", Expression: "(1,10)" })],
    ["a range as the documents write it", match({ Method: "range", Expression: "[1, 50]" })],
    ["a closed range of one number", match({ Method: "range", Expression: "[5,5]" })],
    ["both lists empty", { AdditionalVersionWeights: [], AddtionVersionMatchs: [] }],
  ])("%s", async (_name, RoutingConfig) => {
    const platform = await openWithVersions();
    await platform.call("scf", "CreateAlias", {
      ...orders,
      Name: "live",
      FunctionVersion: "1",
      RoutingConfig,
    });
    const alias = await platform.call("scf", "GetAlias", { ...orders, Name: "live" });
    expect(alias.RoutingConfig).toEqual({
      AdditionalVersionWeights: [],
      AddtionVersionMatchs: [],
      ...RoutingConfig,
    });
  });
});

describe("fails on", () => {
  const routing = "InvalidParameterValue.RoutingConfig";
  const weight = "InvalidParameterValue.AdditionalVersionWeights";
  test.each([
    [
      "three versions by weight",
      { RoutingConfig: weights(["2", 0.1], ["3", 0.1]) },
      weight,
      "two versions at most",
    ],
    [
      "two matches",
      {
        RoutingConfig: {
          AddtionVersionMatchs: [
            ...match().AddtionVersionMatchs,
            ...match({ Version: "3" }).AddtionVersionMatchs,
          ],
        },
      },
      routing,
      "two versions at most",
    ],
    [
      "weight and match together",
      { RoutingConfig: { ...weights(["2", 0.1]), ...match() } },
      routing,
      "not by both",
    ],
    ["a weight above 1", { RoutingConfig: weights(["2", 1.01]) }, weight, "Weight is 1.01"],
    ["a weight in percent", { RoutingConfig: weights(["2", 10]) }, weight, "from 0 to 1"],
    ["a weight below 0", { RoutingConfig: weights(["2", -0.1]) }, weight, "Weight is -0.1"],
    ["the same version twice", { RoutingConfig: weights(["1", 0.1]) }, routing, "are the same: 1"],
    [
      "a match without invoke.headers",
      { RoutingConfig: match({ Key: "headers.user" }) },
      routing,
      "invoke.headers.<name>",
    ],
    ["a method that is none", { RoutingConfig: match({ Method: "prefix" }) }, routing, "exact or range"],
    ["an empty exact match", { RoutingConfig: match({ Expression: "" }) }, routing, "is empty"],
    [
      "a range with mixed brackets",
      { RoutingConfig: match({ Method: "range", Expression: "(1,2]" }) },
      routing,
      "(a,b) or [a,b]",
    ],
    [
      "a range of fractions",
      { RoutingConfig: match({ Method: "range", Expression: "(1.5,2)" }) },
      routing,
      "whole numbers",
    ],
    [
      "a range that ends before it begins",
      { RoutingConfig: match({ Method: "range", Expression: "[3,2]" }) },
      routing,
      "begins at 3",
    ],
    [
      "a version that is missing",
      { FunctionVersion: "9" },
      "ResourceNotFound.FunctionVersion",
      "no version 9",
    ],
    [
      "an additional version that is missing",
      { RoutingConfig: weights(["9", 0.1]) },
      "ResourceNotFound.FunctionVersion",
      "no version 9",
    ],
    [
      "an alias in the place of a version",
      { FunctionVersion: "$DEFAULT" },
      "ResourceNotFound.FunctionVersion",
      "$DEFAULT",
    ],
    ["a name of 1 character", { Name: "a" }, "InvalidParameterValue.Name", "2 to 60"],
    ["a name of 61 characters", { Name: "a".repeat(61) }, "InvalidParameterValue.Name", "2 to 60"],
    ["the name of the built-in alias", { Name: "$DEFAULT" }, "ResourceInUse.Alias", "$DEFAULT already"],
    ["a description with a bracket", { Description: "[" }, "InvalidParameterValue.Description", "letters"],
    ["a function that is missing", { FunctionName: "cart" }, "ResourceNotFound.Function", "default/cart"],
  ])("fails on %s", async (_name, changes, code, text) => {
    const platform = await openWithVersions();
    const request = { ...orders, Name: "live", FunctionVersion: "1", ...changes };
    await expectRefusal(platform, "scf", "CreateAlias", request, code, text);
    expect((await platform.call("scf", "ListAliases", orders)).TotalCount).toBe(1);
  });

  test("fails on a name that is taken", async () => {
    const platform = await openWithVersions();
    const request = { ...orders, Name: "live", FunctionVersion: "1" };
    await platform.call("scf", "CreateAlias", request);
    await expectRefusal(platform, "scf", "CreateAlias", request, "ResourceInUse.Alias", "alias live already");
  });
});

describe("updating an alias", () => {
  test("keeps routing and description that are absent, and clears empty ones", async () => {
    const platform = await openWithVersions();
    const live = { ...orders, Name: "live", FunctionVersion: "1" };
    await platform.call("scf", "CreateAlias", {
      ...live,
      Description: "text",
      RoutingConfig: weights(["2", 0.5]),
    });
    await platform.call("scf", "UpdateAlias", { ...live, FunctionVersion: "3" });
    expect(await platform.call("scf", "GetAlias", { ...orders, Name: "live" })).toMatchObject({
      FunctionVersion: "3",
      Description: "text",
      RoutingConfig: weights(["2", 0.5]),
    });
    const RoutingConfig = { AdditionalVersionWeights: [], AddtionVersionMatchs: [] };
    await platform.call("scf", "UpdateAlias", { ...live, Description: "", RoutingConfig });
    expect(await platform.call("scf", "GetAlias", { ...orders, Name: "live" })).toMatchObject({
      FunctionVersion: "1",
      Description: "",
      RoutingConfig,
    });
  });

  test("fails when the new main version is the additional one that stays", async () => {
    const platform = await openWithVersions();
    const live = { ...orders, Name: "live", FunctionVersion: "1" };
    await platform.call("scf", "CreateAlias", { ...live, RoutingConfig: weights(["2", 0.5]) });
    const request = { ...live, FunctionVersion: "2" };
    await expectRefusal(
      platform,
      "scf",
      "UpdateAlias",
      request,
      "InvalidParameterValue.RoutingConfig",
      "the same: 2",
    );
  });

  test("fails on an alias that is missing", async () => {
    const platform = await openWithVersions();
    const request = { ...orders, Name: "live", FunctionVersion: "1" };
    await expectRefusal(platform, "scf", "UpdateAlias", request, "ResourceNotFound.Alias", "no alias live");
  });
});

describe("deleting an alias", () => {
  test("takes its triggers with it", async () => {
    const platform = await openWithVersions();
    await platform.call("scf", "CreateAlias", { ...orders, Name: "live", FunctionVersion: "1" });
    const timer = {
      ...orders,
      Qualifier: "live",
      Type: "timer",
      TriggerName: "t",
      TriggerDesc: "0 0 2 * * * *",
    };
    await platform.call("scf", "CreateTrigger", timer);
    await platform.call("scf", "DeleteAlias", { ...orders, Name: "live" });
    expect((await platform.call("scf", "ListTriggers", orders)).TotalCount).toBe(0);
  });

  test("fails on $DEFAULT", async () => {
    const platform = await openWithVersions();
    const request = { ...orders, Name: "$DEFAULT" };
    await expectRefusal(platform, "scf", "DeleteAlias", request, "InvalidParameterValue.Alias", "built in");
  });

  test("fails on an alias that is missing", async () => {
    const platform = await openWithVersions();
    const request = { ...orders, Name: "live" };
    await expectRefusal(platform, "scf", "DeleteAlias", request, "ResourceNotFound.Alias", "no alias live");
    await expectRefusal(platform, "scf", "GetAlias", request, "ResourceNotFound.Alias", "no alias live");
  });

  test("fails while a load balancer binds it", async () => {
    const platform = await openWithVersions();
    await platform.call("scf", "CreateAlias", { ...orders, Name: "live", FunctionVersion: "1" });
    const place = await createPlace(platform);
    await platform.call("clb", "RegisterFunctionTargets", {
      ...place,
      FunctionTargets: [target("orders", "live")],
    });
    const request = { ...orders, Name: "live" };
    await expectRefusal(
      platform,
      "scf",
      "DeleteAlias",
      request,
      "FailedOperation.DeleteAlias",
      "unbind it first",
    );
  });
});

test("lists the aliases that point to a version, in pages whose bounds are text", async () => {
  const platform = await openWithVersions();
  await platform.call("scf", "CreateAlias", { ...orders, Name: "one", FunctionVersion: "1" });
  await platform.call("scf", "CreateAlias", {
    ...orders,
    Name: "both",
    FunctionVersion: "2",
    RoutingConfig: weights(["1", 0.5]),
  });
  const names = async (request: object) =>
    (await platform.call("scf", "ListAliases", { ...orders, ...request })).Aliases?.map(
      (alias) => alias.Name,
    );
  expect(await names({})).toEqual(["$DEFAULT", "one", "both"]);
  expect(await names({ FunctionVersion: "1" })).toEqual(["one", "both"]);
  expect(await names({ Offset: "1", Limit: "1" })).toEqual(["one"]);
  const request = { ...orders, Limit: "many" };
  await expectRefusal(platform, "scf", "ListAliases", request, "InvalidParameter", "Limit is a whole number");
});
