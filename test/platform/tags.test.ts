import { cleanUp, createFunction, createPlace, expectRefusal, open } from "./support";

afterEach(cleanUp);

const resource = (path: string, uin = "") => `qcs::scf:ap-guangzhou:uin/${uin}:${path}`;
const orders = "namespace/default/function/orders";

test.each(["", "100000000001"])("sets, replaces and takes away tags of a function (uin %j)", async (uin) => {
  const platform = open();
  await createFunction(platform, {
    Tags: [
      { Key: "team", Value: "shop" },
      { Key: "stage", Value: "test" },
    ],
  });
  await platform.call("tag", "ModifyResourceTags", {
    Resource: resource(orders, uin),
    ReplaceTags: [
      { TagKey: "team", TagValue: "orders" },
      { TagKey: "cost", TagValue: "" },
    ],
    DeleteTags: [{ TagKey: "stage" }, { TagKey: "never" }],
  });
  expect((await platform.call("scf", "GetFunction", { FunctionName: "orders" })).Tags).toEqual([
    { Key: "team", Value: "orders" },
    { Key: "cost", Value: "" },
  ]);
});

test("sets tags of a load balancer", async () => {
  const platform = open();
  const { LoadBalancerId } = await createPlace(platform);
  await platform.call("tag", "ModifyResourceTags", {
    Resource: `qcs::clb:ap-guangzhou:uin/:clb/${LoadBalancerId}`,
    ReplaceTags: [{ TagKey: "team", TagValue: "shop" }],
  });
  const list = await platform.call("clb", "DescribeLoadBalancers", {});
  expect(list.LoadBalancerSet?.[0]?.Tags).toEqual([{ TagKey: "team", TagValue: "shop" }]);
});

const description = "InvalidParameterValue.ResourceDescriptionError";
test.each([
  ["a text that names nothing", "orders", [], description, "Resource has the form"],
  ["another region", resource(orders).replace("guangzhou", "tokyo"), [], description, "is in ap-tokyo"],
  ["another account", resource(orders, "7"), [], description, "another account"],
  ["a resource of another kind", resource("layer/deps"), [], description, "functions and load balancers"],
  [
    "a function that is missing",
    resource("namespace/default/function/cart"),
    [],
    "ResourceNotFound",
    "default/cart",
  ],
  ["a tag without a key", resource(orders), [""], "InvalidParameterValue.TagKeyEmpty", "is empty"],
  ["a key given twice", resource(orders), ["a", "a"], "InvalidParameterValue.TagKeyDuplicate", "twice"],
])("fails on %s", async (_name, Resource, keys, code, text) => {
  const platform = open();
  await createFunction(platform);
  const ReplaceTags = keys.map((TagKey) => ({ TagKey, TagValue: "" }));
  await expectRefusal(platform, "tag", "ModifyResourceTags", { Resource, ReplaceTags }, code, text);
});
