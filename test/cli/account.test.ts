import { readRegion } from "../../lib/cli/account";
import { openLocalPlatform } from "../../lib/platform/local";
import { PlatformError } from "../../lib/platform/errors";
import type { Platform } from "../../lib/platform/platform";

const time = new Date("2026-11-20T13:33:36.789Z");
const code = { CosBucketName: "code-1", CosObjectName: "/code.zip", CosBucketRegion: "ap-guangzhou" };

async function account(functions: number): Promise<Platform> {
  const platform = openLocalPlatform({ path: ":memory:", region: "ap-guangzhou", quotas: { layers: 200 } });
  await platform.call("scf", "CreateNamespace", { Namespace: "team" });
  for (let number = 1; number <= functions; number++) {
    const name = { FunctionName: `f${number}`, Namespace: "team" };
    await platform.call("scf", "CreateFunction", {
      ...name,
      Runtime: "Nodejs16.13",
      Handler: "index.main_handler",
      Code: code,
    });
  }
  for (let version = 1; version <= 2; version++) {
    await platform.call("scf", "PublishLayerVersion", {
      LayerName: "deps",
      CompatibleRuntimes: ["Nodejs16.13"],
      Content: code,
    });
  }
  return platform;
}

/** The same platform with one answer changed. */
function answering(platform: Platform, action: string, change: (answer: object) => object): Platform {
  const call = async (service: string, name: string, request: object): Promise<unknown> => {
    const answer = await (platform.call as unknown as (...parameters: unknown[]) => Promise<object>).call(
      platform,
      service,
      name,
      request,
    );
    return name === action ? change(answer) : answer;
  };
  return { region: platform.region, call: call as Platform["call"], close: () => platform.close() };
}

test("an account is read with its quotas and with what it holds", async () => {
  const read = await readRegion(await account(2), undefined, time);
  expect(read).toMatchObject({
    region: "ap-guangzhou",
    takenAt: "2026-11-20T13:33:36Z",
    quotas: { namespaces: 5, functionsPerNamespace: 50, initTimeoutSeconds: 300, concurrencyMb: 128_000 },
    triggersOfType: { timer: 10, clb: 10 },
    namespaces: {
      default: { functions: [], functionLimit: 50 },
      team: { functions: ["f1", "f2"], functionLimit: 50 },
    },
    layers: { deps: 2 },
  });
  expect(read).not.toHaveProperty("uin");
});

test("what GetAccount leaves out is listed", async () => {
  const platform = await account(2);
  const nothing = answering(platform, "GetAccount", () => ({}));
  expect(await readRegion(nothing, "100000000001", time)).toEqual({
    region: "ap-guangzhou",
    uin: "100000000001",
    takenAt: "2026-11-20T13:33:36Z",
    quotas: {},
    triggersOfType: {},
    namespaces: { default: { functions: [] }, team: { functions: ["f1", "f2"] } },
    layers: { deps: 2 },
    testEvents: [],
  });
  const part = answering(platform, "GetAccount", () => ({
    AccountUsage: {
      NamespacesCount: 2,
      Namespace: [
        { Namespace: "default", FunctionsCount: 0, Functions: [] },
        { Namespace: "team", FunctionsCount: 2, Functions: ["f1"], TotalAllocatedProvisionedMem: 256 },
      ],
      TotalConcurrencyMem: 256_000,
      UserConcurrencyMemLimit: 0,
      TotalAllocatedConcurrencyMem: 1280,
    },
    AccountLimit: {
      NamespacesCount: -1,
      Namespace: [
        { Namespace: "team", FunctionsCount: 9 },
        {
          Namespace: "default",
          FunctionsCount: 70,
          TestModelLimit: null,
          Trigger: { Timer: 20, Total: 99, Vod: 0 },
        },
      ],
    },
  }));
  expect(await readRegion(part, undefined, time)).toMatchObject({
    quotas: { functionsPerNamespace: 70, triggersOfOneType: 20, concurrencyMb: 256_000 },
    triggersOfType: { timer: 20 },
    namespaces: { team: { functions: ["f1", "f2"], functionLimit: 9 } },
  });
});

/** An account whose functions reserve and provision, in two namespaces. */
async function busyAccount(): Promise<Platform> {
  const platform = await account(3);
  const name = { FunctionName: "f1", Namespace: "team" };
  await platform.call("scf", "PutReservedConcurrencyConfig", { ...name, ReservedConcurrencyMem: 1280 });
  await platform.call("scf", "PutReservedConcurrencyConfig", {
    ...name,
    FunctionName: "f2",
    ReservedConcurrencyMem: 0,
  });
  await platform.call("scf", "PutTotalConcurrencyConfig", { Namespace: "team", TotalConcurrencyMem: 20_000 });
  for (const Qualifier of ["1", "2"]) {
    await platform.call("scf", "PublishVersion", { ...name, Description: Qualifier });
    await platform.call("scf", "PutProvisionedConcurrencyConfig", {
      ...name,
      Qualifier,
      VersionProvisionedConcurrencyNum: Number(Qualifier),
    });
  }
  for (const TestModelName of ["order", "empty"]) {
    await platform.call("scf", "CreateFunctionTestModel", { ...name, TestModelName, TestModelValue: "{}" });
  }
  return platform;
}

const busy = {
  namespaces: {
    team: {
      functions: ["f1", "f2", "f3"],
      functionLimit: 50,
      concurrencyMb: 20_000,
      reservedMb: { f1: 1280 },
      provisionedMb: { f1: { 1: 128, 2: 256 } },
    },
  },
  testEvents: ["empty", "order"],
};

test("concurrency is read function by function, and test events of any of them", async () => {
  expect(await readRegion(await busyAccount(), undefined, time)).toMatchObject(busy);
});

test("functions are asked for what the list does not say of them", async () => {
  const asked: string[] = [];
  const unsaid = answering(await busyAccount(), "ListFunctions", (answer) => ({
    ...answer,
    Functions: (answer as { Functions: { FunctionName: string }[] }).Functions.map(({ FunctionName }) => ({
      FunctionName,
    })),
  }));
  const watched: Platform = {
    ...unsaid,
    call: ((service: string, action: string, request: { FunctionName?: string }) => {
      if (/^Get(Reserved|Provisioned)/.test(action)) asked.push(`${action} ${request.FunctionName}`);
      return (unsaid.call as unknown as (...parameters: unknown[]) => unknown)(service, action, request);
    }) as unknown as Platform["call"],
  };
  expect(await readRegion(watched, undefined, time)).toMatchObject(busy);
  expect(asked).toHaveLength(6);
});

test("a setting that may grow counts with all that it may grow to", async () => {
  const platform = await account(1);
  const name = { FunctionName: "f1", Namespace: "team" };
  await platform.call("scf", "PublishVersion", name);
  await platform.call("scf", "PutProvisionedConcurrencyConfig", {
    ...name,
    Qualifier: "1",
    VersionProvisionedConcurrencyNum: 0,
    ProvisionedType: "ConcurrencyUtilizationTracking",
    MinCapacity: 1,
    MaxCapacity: 10,
    TrackingTarget: 0.8,
  });
  expect(await readRegion(platform, undefined, time)).toMatchObject({
    namespaces: { team: { provisionedMb: { f1: { 1: 1280 } } } },
  });
});

test("an account without functions cannot be asked for test events", async () => {
  expect(await readRegion(await account(0), undefined, time)).not.toHaveProperty("testEvents");
});

test("a platform that is busy is asked again, one that refuses is not", async () => {
  const platform = await account(1);
  let refusals = 2;
  const details = { message: "later", service: "scf", action: "GetAccount", requestId: "1" };
  const busy = answering(platform, "GetAccount", (answer) => {
    if (refusals-- > 0) throw new PlatformError({ ...details, code: "RequestLimitExceeded" });
    return answer;
  });
  expect((await readRegion(busy, undefined, time)).namespaces).toHaveProperty("team");
  const closed = answering(platform, "GetAccount", () => {
    throw new PlatformError({ ...details, code: "UnauthorizedOperation.CAM" });
  });
  await expect(readRegion(closed, undefined, time)).rejects.toThrow("later");
});
