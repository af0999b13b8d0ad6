import { cleanUp, nodeCode, open } from "./support";

afterEach(cleanUp);

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

test("two stacks see one platform, each with its own region and quotas", async () => {
  const platform = open();
  const wide = platform.view({ region: "ap-guangzhou", quotas: { namespaces: 9 } });
  const narrow = platform.view({ region: "ap-guangzhou", quotas: { namespaces: 2 } });
  const elsewhere = platform.view({ region: "ap-shanghai" });
  await wide.call("scf", "CreateNamespace", { Namespace: "one" });
  expect((await narrow.call("scf", "ListNamespaces", {})).TotalCount).toBe(2);
  expect(await failureOf(narrow.call("scf", "CreateNamespace", { Namespace: "two" }))).toMatchObject({
    code: "LimitExceeded.Namespace",
  });
  await wide.call("scf", "CreateNamespace", { Namespace: "two" });
  expect((await elsewhere.call("scf", "ListNamespaces", {})).TotalCount).toBe(1);
  expect(elsewhere.region).toBe("ap-shanghai");
  await wide.close();
  expect((await platform.call("scf", "ListNamespaces", {})).TotalCount).toBe(3);
});

test("a view reads what another has sealed, and meets the same faults", async () => {
  const platform = open();
  const view = platform.view({ region: "ap-guangzhou" });
  await view.call("scf", "CreateFunction", {
    FunctionName: "orders",
    Code: { ZipFile: nodeCode },
    Handler: "index.main_handler",
    Runtime: "Nodejs16.13",
    Environment: { Variables: [{ Key: "TABLE", Value: "orders" }] },
  });
  const { Environment } = await platform.call("scf", "GetFunction", { FunctionName: "orders" });
  expect(Environment).toEqual({ Variables: [{ Key: "TABLE", Value: "orders" }] });
  platform.addFault({ do: "throttle" });
  expect(await failureOf(view.call("scf", "ListFunctions", {}))).toMatchObject({
    code: "RequestLimitExceeded",
  });
});

test("what exists already has the id that it is known by, and is put there once", async () => {
  const platform = open();
  for (let twice = 0; twice < 2; twice++) {
    platform.addExisting({
      loadBalancer: "lb-1",
      facts: { region: "ap-guangzhou", scheme: "private", vpcId: "vpc-1", snatAddresses: ["10.1.0.9"] },
    });
    platform.addExisting({ role: "runner" });
    platform.addExisting({ user: "alice" });
    platform.addExisting({ userGroup: 7 });
  }
  const { LoadBalancerSet } = await platform.call("clb", "DescribeLoadBalancers", {});
  expect(LoadBalancerSet).toMatchObject([
    { LoadBalancerId: "lb-1", LoadBalancerType: "INTERNAL", VpcId: "vpc-1", SnatIps: [{ Ip: "10.1.0.9" }] },
  ]);
  expect(await platform.call("cam", "GetUser", { Name: "alice" })).toMatchObject({ Name: "alice" });
  expect((await platform.call("cam", "ListGroups", {})).GroupInfo).toMatchObject([{ GroupId: 7 }]);
  const created = await platform.call("scf", "CreateFunction", {
    FunctionName: "orders",
    Code: { ZipFile: nodeCode },
    Handler: "index.main_handler",
    Runtime: "Nodejs16.13",
    Role: "runner",
  });
  expect(created).toHaveProperty("RequestId");
});
