import type { LocalPlatform } from "../../lib/platform/local";
import {
  Clock,
  cleanUp,
  createFunction,
  expectRefusal,
  functionRequest,
  nodeCode,
  open,
  publishLayer,
  target,
} from "./support";

afterEach(cleanUp);

const orders = { FunctionName: "orders" };
const delayMs = 1000;

function openSlow(): { platform: LocalPlatform; clock: Clock } {
  const clock = new Clock();
  return { platform: open({ delayMs, now: clock.now }), clock };
}

async function statusOf(platform: LocalPlatform, Qualifier = "$LATEST"): Promise<string | undefined> {
  return (await platform.call("scf", "GetFunction", { ...orders, Qualifier })).Status;
}

test("a function is Creating, and Active after the delay", async () => {
  const { platform, clock } = openSlow();
  await createFunction(platform);
  expect(await statusOf(platform)).toBe("Creating");
  clock.advance(delayMs - 1);
  expect(await statusOf(platform)).toBe("Creating");
  expect((await platform.call("scf", "ListFunctions", {})).Functions).toMatchObject([{ Status: "Creating" }]);
  clock.advance(1);
  expect(await statusOf(platform)).toBe("Active");
});

test.each(["UpdateFunctionCode", "UpdateFunctionConfiguration"] as const)(
  "%s makes a function Updating, and Active after the delay",
  async (action) => {
    const { platform, clock } = openSlow();
    await createFunction(platform);
    clock.advance(delayMs);
    const change = action === "UpdateFunctionCode" ? { ZipFile: nodeCode } : { Timeout: 9 };
    await platform.call("scf", action, { ...orders, ...change });
    expect(await statusOf(platform)).toBe("Updating");
    clock.advance(delayMs);
    expect(await statusOf(platform)).toBe("Active");
  },
);

test("a version is Publishing, and $LATEST can be changed meanwhile", async () => {
  const { platform, clock } = openSlow();
  await createFunction(platform);
  clock.advance(delayMs);
  await platform.call("scf", "PublishVersion", orders);
  expect(await statusOf(platform, "1")).toBe("Publishing");
  expect(await statusOf(platform)).toBe("Active");
  const request = { ...orders, Qualifier: "1" };
  const busy = ["FailedOperation.FunctionStatusError", "default/orders:1 is Publishing"] as const;
  await expectRefusal(platform, "scf", "DeleteFunctionVersion", request, ...busy);
  await platform.call("scf", "UpdateFunctionConfiguration", { ...orders, Timeout: 9 });
  clock.advance(delayMs);
  expect(await statusOf(platform, "1")).toBe("Active");
});

test("an update that publishes is Updating first and Publishing then", async () => {
  const { platform, clock } = openSlow();
  await createFunction(platform);
  clock.advance(delayMs);
  await platform.call("scf", "UpdateFunctionCode", { ...orders, ZipFile: nodeCode, Publish: "TRUE" });
  clock.advance(delayMs);
  expect([await statusOf(platform), await statusOf(platform, "1")]).toEqual(["Active", "Publishing"]);
  clock.advance(delayMs);
  expect(await statusOf(platform, "1")).toBe("Active");
});

describe("a function that is not Active fails every change", () => {
  const changes = [
    ["UpdateFunctionCode", { ...orders, ZipFile: nodeCode }],
    ["UpdateFunctionConfiguration", { ...orders, Timeout: 9 }],
    ["PublishVersion", orders],
    ["DeleteFunction", orders],
  ] as const;

  test.each(changes)("fails: %s while Creating", async (action, request) => {
    const { platform } = openSlow();
    await createFunction(platform);
    const text = "default/orders is Creating: it can be changed when it is Active";
    await expectRefusal(platform, "scf", action, request, "FailedOperation.FunctionStatusError", text);
  });

  test.each(changes)("fails: %s while Updating", async (action, request) => {
    const { platform, clock } = openSlow();
    await createFunction(platform);
    clock.advance(delayMs);
    await platform.call("scf", "UpdateFunctionConfiguration", { ...orders, MemorySize: 256 });
    await expectRefusal(
      platform,
      "scf",
      action,
      request,
      "FailedOperation.FunctionStatusError",
      "is Updating",
    );
  });

  test.each([
    ...changes,
    ["CreateAlias", { ...orders, Name: "live", FunctionVersion: "$LATEST" }],
    ["CreateTrigger", { ...orders, Type: "timer", TriggerName: "t", TriggerDesc: "0 0 2 * * * *" }],
  ] as const)("fails: %s while Deleting", async (action, request) => {
    const { platform, clock } = openSlow();
    await createFunction(platform);
    clock.advance(delayMs);
    await platform.call("scf", "DeleteFunction", orders);
    await expectRefusal(
      platform,
      "scf",
      action,
      request,
      "FailedOperation.FunctionStatusError",
      "is Deleting",
    );
  });
});

test("a function is Deleting and holds its name, and is gone after the delay", async () => {
  const { platform, clock } = openSlow();
  await createFunction(platform);
  clock.advance(delayMs);
  await platform.call("scf", "DeleteFunction", orders);
  expect(await statusOf(platform)).toBe("Deleting");
  const taken = ["ResourceInUse.Function", "default/orders exists already"] as const;
  await expectRefusal(platform, "scf", "CreateFunction", functionRequest(), ...taken);
  clock.advance(delayMs);
  const gone = ["ResourceNotFound.Function", "default/orders does not exist"] as const;
  await expectRefusal(platform, "scf", "GetFunction", orders, ...gone);
  await createFunction(platform);
});

test("a layer version is Publishing, then Active, and Deleting before it is gone", async () => {
  const { platform, clock } = openSlow();
  const version = { LayerName: "deps", LayerVersion: await publishLayer(platform) };
  const status = async () => (await platform.call("scf", "GetLayerVersion", version)).Status;
  expect(await status()).toBe("Publishing");
  const Layers = [version];
  const early = ["InvalidParameterValue.Layers", "is Publishing, not Active"] as const;
  await expectRefusal(platform, "scf", "CreateFunction", functionRequest({ Layers }), ...early);
  const conflict = "FailedOperation.OperationConflict";
  await expectRefusal(platform, "scf", "DeleteLayerVersion", version, conflict, "is Publishing");
  clock.advance(delayMs);
  expect(await status()).toBe("Active");
  await platform.call("scf", "DeleteLayerVersion", version);
  expect(await status()).toBe("Deleting");
  await expectRefusal(platform, "scf", "DeleteLayerVersion", version, conflict, "is Deleting");
  clock.advance(delayMs);
  const gone = ["ResourceNotFound.LayerVersion", "does not exist"] as const;
  await expectRefusal(platform, "scf", "GetLayerVersion", version, ...gone);
});

test("writes of a load balancer run as tasks, one after another", async () => {
  const { platform, clock } = openSlow();
  const created = await platform.call("clb", "CreateLoadBalancer", { LoadBalancerType: "OPEN" });
  const LoadBalancerId = created.LoadBalancerIds?.[0] ?? "";
  const task = async (TaskId: string) =>
    (await platform.call("clb", "DescribeTaskStatus", { TaskId })).Status;
  const state = async () =>
    (await platform.call("clb", "DescribeLoadBalancers", {})).LoadBalancerSet?.[0]?.Status;
  expect([await task(created.RequestId), await state()]).toEqual([2, 0]);
  const listener = { LoadBalancerId, Protocol: "HTTP", Ports: [80] };
  const busy = [
    "FailedOperation.ResourceInOperating",
    `Another task on ${LoadBalancerId} is running`,
  ] as const;
  await expectRefusal(platform, "clb", "CreateListener", listener, ...busy);

  clock.advance(delayMs);
  expect([await task(created.RequestId), await state()]).toEqual([0, 1]);
  const answer = await platform.call("clb", "CreateListener", listener);
  expect(await task(answer.RequestId)).toBe(2);
  const list = await platform.call("clb", "DescribeListeners", { LoadBalancerId });
  expect(list.Listeners).toMatchObject([{ ListenerId: answer.ListenerIds?.[0] }]);
  const rule = {
    LoadBalancerId,
    ListenerId: answer.ListenerIds?.[0] ?? "",
    Rules: [{ Domain: "a.example.com", Url: "/" }],
  };
  await expectRefusal(platform, "clb", "CreateRule", rule, ...busy);
  await expectRefusal(platform, "clb", "DeleteLoadBalancer", { LoadBalancerIds: [LoadBalancerId] }, ...busy);
  const register = { ...rule, Rules: undefined, LocationId: "loc-1", FunctionTargets: [target()] };
  const { Rules: _rules, ...request } = register;
  await expectRefusal(platform, "clb", "RegisterFunctionTargets", request, ...busy);

  clock.advance(delayMs);
  expect(await task(answer.RequestId)).toBe(0);
  await platform.call("clb", "CreateRule", rule);
});

test("tasks on different load balancers run at the same time", async () => {
  const { platform, clock } = openSlow();
  const ids: string[] = [];
  for (let index = 0; index < 2; index++) {
    const created = await platform.call("clb", "CreateLoadBalancer", { LoadBalancerType: "OPEN" });
    ids.push(...(created.LoadBalancerIds ?? []));
  }
  clock.advance(delayMs);
  for (const LoadBalancerId of ids) {
    await platform.call("clb", "CreateListener", { LoadBalancerId, Protocol: "HTTP", Ports: [80] });
  }
});
