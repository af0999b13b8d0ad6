import { cleanUp, createFunction, expectRefusal, open } from "./support";

afterEach(cleanUp);

test("default exists in every region", async () => {
  const list = await open().call("scf", "ListNamespaces", {});
  expect(list).toMatchObject({ TotalCount: 1, Namespaces: [{ Name: "default", Type: "default" }] });
});

test("a namespace is made, described anew and deleted", async () => {
  const platform = open();
  await platform.call("scf", "CreateNamespace", { Namespace: "shop", Description: "one" });
  await platform.call("scf", "UpdateNamespace", { Namespace: "shop", Description: "two" });
  const search = { SearchKey: [{ Key: "Namespace", Value: "sho" }] };
  const list = await platform.call("scf", "ListNamespaces", search);
  expect(list).toMatchObject({ TotalCount: 1, Namespaces: [{ Name: "shop", Description: "two" }] });
  await platform.call("scf", "DeleteNamespace", { Namespace: "shop" });
  expect((await platform.call("scf", "ListNamespaces", {})).TotalCount).toBe(1);
});

test("fails past five namespaces, default among them", async () => {
  const platform = open();
  for (const Namespace of ["aa", "bb", "cc", "dd"])
    await platform.call("scf", "CreateNamespace", { Namespace });
  const text = /5 namespaces, default among them; the quota is 5/;
  await expectRefusal(
    platform,
    "scf",
    "CreateNamespace",
    { Namespace: "ee" },
    "LimitExceeded.Namespace",
    text,
  );
});

test("fails to delete a namespace with functions", async () => {
  const platform = open();
  await platform.call("scf", "CreateNamespace", { Namespace: "shop" });
  await createFunction(platform, { Namespace: "shop" });
  const request = { Namespace: "shop" };
  await expectRefusal(
    platform,
    "scf",
    "DeleteNamespace",
    request,
    "ResourceInUse.Namespace",
    "not empty: it has 1",
  );
  await platform.call("scf", "DeleteFunction", { FunctionName: "orders", Namespace: "shop" });
  await platform.call("scf", "DeleteNamespace", request);
});

test.each([
  [
    "CreateNamespace",
    { Namespace: "default" },
    "InvalidParameterValue.DefaultNamespace",
    "exists in every region",
  ],
  ["CreateNamespace", { Namespace: "1shop" }, "InvalidParameterValue.NamespaceInvalid", '"1shop"'],
  ["CreateNamespace", { Namespace: "taken" }, "ResourceInUse.Namespace", "taken exists already"],
  ["DeleteNamespace", { Namespace: "default" }, "InvalidParameterValue.Namespace", "cannot be deleted"],
  ["DeleteNamespace", { Namespace: "shop" }, "ResourceNotFound.Namespace", "shop does not exist"],
  [
    "UpdateNamespace",
    { Namespace: "shop", Description: "" },
    "ResourceNotFound.Namespace",
    "shop does not exist",
  ],
] as const)("fails: %s of %j", async (action, request, code, text) => {
  const platform = open();
  await platform.call("scf", "CreateNamespace", { Namespace: "taken" });
  await expectRefusal(
    platform,
    "scf",
    action,
    request as { Namespace: string; Description: string },
    code,
    text,
  );
});
