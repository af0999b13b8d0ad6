import type { LocalPlatform } from "../../lib/platform/local";
import { Clock, cleanUp, createFunction, expectRefusal, open } from "./support";

afterEach(cleanUp);

const orders = { FunctionName: "orders" };

async function withFunctions(...names: string[]): Promise<LocalPlatform> {
  const platform = open();
  for (const FunctionName of names) await createFunction(platform, { FunctionName, MemorySize: 128 });
  return platform;
}

function reserve(platform: LocalPlatform, FunctionName: string, ReservedConcurrencyMem: number) {
  return platform.call("scf", "PutReservedConcurrencyConfig", { FunctionName, ReservedConcurrencyMem });
}

describe("reserved concurrency", () => {
  test("0 and none are two things", async () => {
    const platform = await withFunctions("orders");
    const reserved = async () =>
      (await platform.call("scf", "GetReservedConcurrencyConfig", orders)).ReservedMem;
    expect(await reserved()).toBeUndefined();
    await reserve(platform, "orders", 0);
    expect(await reserved()).toBe(0);
    await reserve(platform, "orders", 19_200);
    expect(await reserved()).toBe(19_200);
    await platform.call("scf", "DeleteReservedConcurrencyConfig", orders);
    expect(await reserved()).toBeUndefined();
    await platform.call("scf", "DeleteReservedConcurrencyConfig", orders);
  });

  test("takes 115,072 MB beside 128 of another function, and fails with more than 115,072", async () => {
    const platform = await withFunctions("orders", "other");
    await reserve(platform, "other", 128);
    await expectRefusal(
      platform,
      "scf",
      "PutReservedConcurrencyConfig",
      { ...orders, ReservedConcurrencyMem: 115_073 },
      "LimitExceeded.FunctionReservedConcurrencyMemory",
      "default/orders can reserve 115072 MB at most",
    );
    await reserve(platform, "orders", 115_072);
    await reserve(platform, "orders", 115_072);
  });

  test("is given back when its function is deleted", async () => {
    const platform = await withFunctions("orders", "other");
    await reserve(platform, "orders", 115_200);
    await platform.call("scf", "DeleteFunction", orders);
    await reserve(platform, "other", 115_200);
  });

  test("counts in its own region only", async () => {
    const platform = await withFunctions("orders");
    await reserve(platform, "orders", 115_200);
    const { AccountUsage } = await platform.call("scf", "GetAccount", {});
    expect(AccountUsage).toMatchObject({
      TotalConcurrencyMem: 128_000,
      TotalAllocatedConcurrencyMem: 115_200,
      Namespace: [{ Namespace: "default", TotalAllocatedConcurrencyMem: 115_200 }],
    });
    expect(AccountUsage?.Namespace?.[0]).not.toHaveProperty("TotalConcurrencyMem");
    const { Functions } = await platform.call("scf", "ListFunctions", {});
    expect(Functions).toMatchObject([{ ReservedConcurrencyMem: 115_200, TotalProvisionedConcurrencyMem: 0 }]);
    const singapore = open({ region: "ap-singapore" });
    expect((await singapore.call("scf", "GetAccount", {})).AccountUsage).toMatchObject({
      TotalConcurrencyMem: 64_000,
      TotalAllocatedConcurrencyMem: 0,
    });
  });

  test("follows a raised quota", async () => {
    const platform = open({ quotas: { concurrencyMb: 1_000_000 } });
    await createFunction(platform);
    await reserve(platform, "orders", 987_200);
    expect((await platform.call("scf", "GetAccount", {})).AccountUsage).toMatchObject({
      TotalConcurrencyMem: 1_000_000,
      UserConcurrencyMemLimit: 1_000_000,
    });
  });

  test.each([[-1], [0.5]])("fails with %d MB", async (ReservedConcurrencyMem) => {
    const platform = await withFunctions("orders");
    const request = { ...orders, ReservedConcurrencyMem };
    const text = "a whole number of MB from 0 on";
    await expectRefusal(
      platform,
      "scf",
      "PutReservedConcurrencyConfig",
      request,
      "InvalidParameterValue",
      text,
    );
  });

  test("fails for a function that is not there", async () => {
    const request = { ...orders, ReservedConcurrencyMem: 0 };
    const code = "ResourceNotFound.Function";
    await expectRefusal(open(), "scf", "PutReservedConcurrencyConfig", request, code, "does not exist");
  });
});

describe("the quota of a namespace", () => {
  const put = (platform: LocalPlatform, Namespace: string, TotalConcurrencyMem: number) =>
    platform.call("scf", "PutTotalConcurrencyConfig", { Namespace, TotalConcurrencyMem });

  test("shows in the account, and limits what its functions reserve", async () => {
    const platform = await withFunctions("orders");
    await put(platform, "default", 14_080);
    const { AccountUsage } = await platform.call("scf", "GetAccount", {});
    expect(AccountUsage?.Namespace).toMatchObject([{ Namespace: "default", TotalConcurrencyMem: 14_080 }]);
    await reserve(platform, "orders", 1280);
    await expectRefusal(
      platform,
      "scf",
      "PutReservedConcurrencyConfig",
      { ...orders, ReservedConcurrencyMem: 1281 },
      "LimitExceeded.FunctionReservedConcurrencyMemory",
      "the namespace default has 14080 MB",
    );
  });

  test("fails when it leaves less than 12,800 MB beside what is reserved", async () => {
    const platform = await withFunctions("orders");
    await reserve(platform, "orders", 1280);
    await expectRefusal(
      platform,
      "scf",
      "PutTotalConcurrencyConfig",
      { TotalConcurrencyMem: 14_079 },
      "LimitExceeded.TotalConcurrencyMemory",
      "needs 14080 MB at least",
    );
  });

  test("fails past the region's, together with the other namespaces'", async () => {
    const platform = open();
    await platform.call("scf", "CreateNamespace", { Namespace: "sale" });
    await put(platform, "default", 64_000);
    await put(platform, "sale", 64_000);
    await put(platform, "sale", 64_000);
    await expectRefusal(
      platform,
      "scf",
      "PutTotalConcurrencyConfig",
      { Namespace: "sale", TotalConcurrencyMem: 64_001 },
      "LimitExceeded.UserTotalConcurrencyMemory",
      "ap-guangzhou has 128000 MB and other namespaces have 64000",
    );
  });

  test("fails for a namespace that is not there", async () => {
    const request = { Namespace: "sale", TotalConcurrencyMem: 64_000 };
    const code = "ResourceNotFound.Namespace";
    await expectRefusal(open(), "scf", "PutTotalConcurrencyConfig", request, code, "sale does not exist");
  });
});

const first = { ...orders, Qualifier: "1" };

async function published(memory = 128): Promise<LocalPlatform> {
  const platform = open();
  await createFunction(platform, { MemorySize: memory });
  await platform.call("scf", "PublishVersion", orders);
  return platform;
}

function provision(platform: LocalPlatform, instances: number, Qualifier = "1") {
  return platform.call("scf", "PutProvisionedConcurrencyConfig", {
    ...orders,
    Qualifier,
    VersionProvisionedConcurrencyNum: instances,
  });
}

async function allocated(platform: LocalPlatform) {
  return (await platform.call("scf", "GetProvisionedConcurrencyConfig", orders)).Allocated ?? [];
}

describe("provisioned concurrency", () => {
  test("starts instances of a version, and gives them back", async () => {
    const platform = await published();
    await provision(platform, 80);
    expect(await platform.call("scf", "GetProvisionedConcurrencyConfig", first)).toMatchObject({
      UnallocatedConcurrencyNum: 920,
      Allocated: [
        {
          Qualifier: "1",
          AllocatedProvisionedConcurrencyNum: 80,
          AvailableProvisionedConcurrencyNum: 80,
          Status: "Done",
          TriggerActions: [],
        },
      ],
    });
    expect((await platform.call("scf", "GetAccount", {})).AccountUsage?.Namespace).toMatchObject([
      { TotalAllocatedConcurrencyMem: 0, TotalAllocatedProvisionedMem: 10_240 },
    ]);
    await platform.call("scf", "DeleteProvisionedConcurrencyConfig", first);
    expect(await allocated(platform)).toEqual([]);
    await platform.call("scf", "DeleteProvisionedConcurrencyConfig", first);
  });

  test("starts 100 instances in a minute on a platform with delays, and fails to be changed meanwhile", async () => {
    const clock = new Clock();
    const platform = open({ delayMs: 1000, now: clock.now });
    await createFunction(platform, { MemorySize: 128 });
    clock.advance(1000);
    await platform.call("scf", "PublishVersion", orders);
    await expectRefusal(
      platform,
      "scf",
      "PutProvisionedConcurrencyConfig",
      { ...first, VersionProvisionedConcurrencyNum: 250 },
      "FailedOperation.FunctionVersionStatusNotActive",
      "default/orders:1 is Publishing",
    );
    clock.advance(1000);
    await provision(platform, 250);
    const state = async () => {
      const [entry] = await allocated(platform);
      return [entry?.AvailableProvisionedConcurrencyNum, entry?.Status];
    };
    expect(await state()).toEqual([0, "InProgress"]);
    clock.advance(30_000);
    expect(await state()).toEqual([50, "InProgress"]);
    const busy = "FailedOperation.ProvisionedInProgress";
    const text = "default/orders:1 has 50 of 250";
    await expectRefusal(platform, "scf", "DeleteProvisionedConcurrencyConfig", first, busy, text);
    const request = { ...first, VersionProvisionedConcurrencyNum: 1 };
    await expectRefusal(platform, "scf", "PutProvisionedConcurrencyConfig", request, busy, text);
    await expectRefusal(platform, "scf", "DeleteFunctionVersion", first, busy, text);
    await expectRefusal(platform, "scf", "DeleteFunction", orders, busy, text);
    clock.advance(120_000);
    expect(await state()).toEqual([250, "Done"]);
    await provision(platform, 300);
    clock.advance(30_000);
    expect(await state()).toEqual([300, "Done"]);
    await provision(platform, 10);
    clock.advance(1000);
    expect(await state()).toEqual([10, "Done"]);
  });

  test.each([
    ["$LATEST", "InvalidParameterValue.Qualifier", "published versions"],
    ["live", "InvalidParameterValue.Qualifier", "not for live"],
    ["2", "ResourceNotFound.FunctionVersion", "has no version 2"],
  ])("fails for %s", async (Qualifier, code, text) => {
    const platform = await published();
    await platform.call("scf", "CreateAlias", { ...orders, Name: "live", FunctionVersion: "1" });
    const request = { ...orders, Qualifier, VersionProvisionedConcurrencyNum: 1 };
    await expectRefusal(platform, "scf", "PutProvisionedConcurrencyConfig", request, code, text);
  });

  test("fails past the region's quota, over all versions and with the memory that each was published with", async () => {
    const platform = await published(1024);
    await platform.call("scf", "UpdateFunctionConfiguration", { ...orders, MemorySize: 128 });
    await platform.call("scf", "PublishVersion", orders);
    await provision(platform, 100);
    await provision(platform, 200, "2");
    await expectRefusal(
      platform,
      "scf",
      "PutProvisionedConcurrencyConfig",
      { ...orders, Qualifier: "2", VersionProvisionedConcurrencyNum: 201 },
      "FailedOperation.ProvisionedExceedAvailable",
      "201 instances of 128 MB take 25728 MB; ap-guangzhou has 128000, and other versions have 102400",
    );
    await expectRefusal(
      platform,
      "scf",
      "PutProvisionedConcurrencyConfig",
      { ...first, VersionProvisionedConcurrencyNum: 126 },
      "LimitExceeded.FunctionProvisionedConcurrencyMemory",
      "126 instances of 1024 MB take 129024 MB",
    );
    await platform.call("scf", "DeleteFunctionVersion", first);
    await provision(platform, 1000, "2");
  });

  test("may be more than what is reserved", async () => {
    const platform = await published();
    await reserve(platform, "orders", 19_200);
    await provision(platform, 200);
    expect(await allocated(platform)).toMatchObject([{ AllocatedProvisionedConcurrencyNum: 200 }]);
  });

  test("keeps scheduled actions, two at one instant among them", async () => {
    const platform = await published();
    const TriggerActions = [
      { TriggerName: "open", TriggerCronConfig: "0 0 8 * * * *", TriggerProvisionedConcurrencyNum: 100 },
      { TriggerName: "close", TriggerCronConfig: "0 0 8 * * * *", TriggerProvisionedConcurrencyNum: 0 },
    ];
    await platform.call("scf", "PutProvisionedConcurrencyConfig", {
      ...first,
      VersionProvisionedConcurrencyNum: 0,
      TriggerActions,
    });
    expect((await allocated(platform))[0]?.TriggerActions).toMatchObject(TriggerActions);
  });

  const action = {
    TriggerName: "open",
    TriggerCronConfig: "0 0 8 * * * *",
    TriggerProvisionedConcurrencyNum: 100,
  };
  const tracking = {
    ProvisionedType: "ConcurrencyUtilizationTracking",
    MinCapacity: 1,
    MaxCapacity: 100,
    TrackingTarget: 0.8,
  };
  const invalid = "InvalidParameterValue";
  test.each([
    [{ VersionProvisionedConcurrencyNum: -1 }, invalid, "from 0 on"],
    [{ VersionProvisionedConcurrencyNum: 1.5 }, invalid, "from 0 on"],
    [{ ProvisionedType: "Fast" }, `${invalid}.ProvisionType`, "ProvisionedType is one of"],
    [{ MinCapacity: 1 }, `${invalid}.ProvisionType`, "belong to"],
    [{ ...tracking, VersionProvisionedConcurrencyNum: 1 }, `${invalid}.ProvisionType`, "is 0"],
    [{ ...tracking, TriggerActions: [action] }, `${invalid}.ProvisionType`, "no TriggerActions"],
    [{ ...tracking, MinCapacity: 0 }, `${invalid}.MinCapacity`, "from 1 on"],
    [{ ...tracking, MinCapacity: 101 }, `${invalid}.MinCapacity`, "the smaller one first"],
    [{ ...tracking, MaxCapacity: 1001 }, "LimitExceeded.MaxCapacity", "128128 MB"],
    [{ ...tracking, TrackingTarget: 1 }, `${invalid}.TrackingTarget`, "between 0 and 1"],
    [{ ...tracking, TrackingTarget: 0 }, `${invalid}.TrackingTarget`, "between 0 and 1"],
    [{ TriggerActions: [{ ...action, TriggerName: "" }] }, `${invalid}.ProvisionTriggerName`, "has a name"],
    [{ TriggerActions: [action, action] }, `${invalid}.ProvisionTriggerNameDuplicate`, "named open"],
    [
      { TriggerActions: [{ ...action, TriggerCronConfig: "0 8 * * *" }] },
      `${invalid}.TriggerCronConfig`,
      "of 7 fields",
    ],
    [
      { TriggerActions: [{ ...action, TriggerProvisionedConcurrencyNum: -1 }] },
      `${invalid}.TriggerProvisionedConcurrencyNum`,
      "from 0 on",
    ],
    [
      { TriggerActions: [{ ...action, TriggerProvisionedConcurrencyNum: 1001 }] },
      "LimitExceeded.FunctionProvisionedConcurrencyMemory",
      "128128 MB",
    ],
    [
      { TriggerActions: Array.from({ length: 11 }, (_, n) => ({ ...action, TriggerName: `a${n}` })) },
      "LimitExceeded.ProvisionTriggerAction",
      "10 scheduled actions at most",
    ],
  ])("fails with %j", async (settings, code, text) => {
    const platform = await published();
    const request = { ...first, VersionProvisionedConcurrencyNum: 0, ...settings };
    await expectRefusal(platform, "scf", "PutProvisionedConcurrencyConfig", request, code, text);
  });

  test("that is dynamic counts with all that it may grow to", async () => {
    const platform = await published();
    await platform.call("scf", "PublishVersion", orders);
    await platform.call("scf", "PutProvisionedConcurrencyConfig", {
      ...first,
      ...tracking,
      VersionProvisionedConcurrencyNum: 0,
      MaxCapacity: 900,
    });
    expect(await allocated(platform)).toMatchObject([{ AllocatedProvisionedConcurrencyNum: 1 }]);
    await provision(platform, 100, "2");
    await expectRefusal(
      platform,
      "scf",
      "PutProvisionedConcurrencyConfig",
      { ...orders, Qualifier: "2", VersionProvisionedConcurrencyNum: 101 },
      "FailedOperation.ProvisionedExceedAvailable",
      "other versions have 115200",
    );
  });
});

describe("a namespace in a cluster", () => {
  const cluster = { ClusterID: "cls-1", SubnetID: "subnet-1", Namespace: "functions" };

  test("is made", async () => {
    const platform = open();
    const TKE = {
      ...cluster,
      Port: 30_000,
      NodeSelector: [{ Key: "team/pool", Value: "a.b-c_d" }],
      Tolerations: [{ Operator: "Exists" }, { Key: "pool", Value: "functions", Effect: "NoSchedule" }],
    };
    await platform.call("scf", "CreateNamespace", { Namespace: "sale", ResourceEnv: { TKE } });
    const list = await platform.call("scf", "ListNamespaces", {});
    expect(list.Namespaces?.map(({ Name }) => Name)).toEqual(["default", "sale"]);
  });

  test.each([
    [{ ClusterID: "" }, "ClusterID is empty"],
    [{ Port: 65_536 }, "65535"],
    [{ NodeSelector: [{ Key: "/pool", Value: "a" }] }, "does not begin with"],
    [{ NodeSelector: [{ Key: "a".repeat(64), Value: "a" }] }, "1 to 63"],
    [{ NodeSelector: [{ Key: "pool", Value: "a-" }] }, "begins and ends with"],
    [{ Tolerations: [{ Operator: "Equals" }] }, "Operator is one of"],
    [{ Tolerations: [{ Operator: "Exists", Effect: "Never" }] }, "Effect is one of"],
    [{ Tolerations: [{ Operator: "Exists", Value: "a" }] }, "has no Value"],
    [{ Tolerations: [{ Key: "pool" }] }, "has Key and Value"],
  ])("fails with %j", async (settings, text) => {
    const request = { Namespace: "sale", ResourceEnv: { TKE: { ...cluster, ...settings } } };
    await expectRefusal(open(), "scf", "CreateNamespace", request, "InvalidParameterValue", text);
  });
});
