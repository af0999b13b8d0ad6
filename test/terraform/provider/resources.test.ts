import * as fs from "node:fs";
import * as path from "node:path";
import { openLocalPlatform, type LocalPlatform } from "../../../lib/platform/local";
import { UNKNOWN, type TerraformObject } from "../../../lib/terraform/plugin/value";
import { TerraformCore } from "./terraform-core";

const orders = {
  namespace: "default",
  function_name: "orders",
  type: "Event",
  runtime: "Nodejs16.13",
  handler: "index.main_handler",
  code: { bucket: "code-1250000000", object: "/orders.zip", region: "ap-guangzhou" },
  memory: 256,
  timeout: 3,
  init_timeout: 60,
  async_execution: false,
};

const nightly = {
  namespace: "default",
  function_name: "orders",
  qualifier: "$LATEST",
  trigger_name: "nightly",
  cron: "0 0 2 * * * *",
  enabled: true,
};

async function onPlatform<T>(
  terraform: TerraformCore,
  work: (platform: LocalPlatform) => Promise<T>,
): Promise<T> {
  const platform = openLocalPlatform({
    path: path.join(terraform.folder, "local.db"),
    region: "ap-guangzhou",
  });
  try {
    return await work(platform);
  } finally {
    await platform.close();
  }
}

/** Calls that changed something, by their actions. */
function writes(terraform: TerraformCore): Promise<string[]> {
  return onPlatform(terraform, (platform) =>
    Promise.resolve(
      platform
        .calls()
        .filter(({ action, accepted }) => accepted && !/^(Get|List|Describe)/.test(action))
        .map(({ action }) => action),
    ),
  );
}

async function applied(
  terraform: TerraformCore,
  type: string,
  name: string,
  given: TerraformObject | undefined,
): Promise<TerraformObject> {
  const { diagnostics } = await terraform.apply(type, name, given);
  expect(diagnostics).toEqual([]);
  return terraform.states.get(name)?.state ?? {};
}

test("a function is made, found unchanged, changed in place, replaced and deleted", async () => {
  const terraform = new TerraformCore();
  const made = await terraform.apply("scf_function", "orders", orders);
  expect(made).toMatchObject({
    action: "create",
    diagnostics: [],
    state: { id: "default/orders", memory: 256 },
  });
  expect(await terraform.apply("scf_function", "orders", orders)).toMatchObject({ action: "none" });
  const changed = await terraform.apply("scf_function", "orders", { ...orders, memory: 512 });
  expect(changed).toMatchObject({ action: "update", diagnostics: [], state: { memory: 512 } });
  expect(changed.state?.["instance"]).toBe(made.state?.["instance"]);
  const other = await terraform.apply("scf_function", "orders", { ...orders, runtime: "Python3.9" });
  expect(other).toMatchObject({ action: "replace", diagnostics: [], state: { runtime: "Python3.9" } });
  expect(other.state?.["instance"]).not.toBe(made.state?.["instance"]);
  await applied(terraform, "scf_function", "orders", undefined);
  await onPlatform(terraform, async (platform) =>
    expect(await platform.call("scf", "ListFunctions", {})).toMatchObject({ TotalCount: 0 }),
  );
});

test("a create is not remembered any longer than until Terraform shows that it has the object", async () => {
  const terraform = new TerraformCore();
  const remembered = () => filesBelow(path.join(terraform.folder, ".terraform")).length;
  await applied(terraform, "scf_function", "orders", orders);
  expect(remembered()).toBe(1);
  await terraform.refresh("orders");
  while (remembered() > 0) await new Promise((resolve) => setTimeout(resolve, 2));
});

test("another content publishes the next version in place, and the one before stays", async () => {
  const terraform = new TerraformCore();
  const version = async (memory: number) => {
    const made = await applied(terraform, "scf_function", "orders", { ...orders, memory });
    const given: TerraformObject = {
      namespace: "default",
      function_name: "orders",
      content: made["content_hash"] ?? null,
    };
    return terraform.apply("scf_version", "current", given);
  };
  expect(await version(256)).toMatchObject({ action: "create", state: { version: "1" } });
  expect(await version(256)).toMatchObject({ action: "none" });
  expect(await version(512)).toMatchObject({ action: "update", diagnostics: [], state: { version: "2" } });
  await onPlatform(terraform, async (platform) => {
    const { Versions } = await platform.call("scf", "ListVersionByFunction", { FunctionName: "orders" });
    expect(Versions?.map(({ Version }) => Version).sort()).toEqual(["$LATEST", "1", "2"]);
  });
});

test("what was changed elsewhere is seen and brought back; what was deleted elsewhere is made again", async () => {
  const terraform = new TerraformCore();
  await applied(terraform, "scf_function", "orders", orders);
  await onPlatform(terraform, (platform) =>
    platform.call("scf", "UpdateFunctionConfiguration", { FunctionName: "orders", MemorySize: 1024 }),
  );
  await terraform.refresh("orders");
  expect(terraform.states.get("orders")?.state).toMatchObject({ memory: 1024 });
  expect(await terraform.apply("scf_function", "orders", orders)).toMatchObject({ action: "update" });
  await onPlatform(terraform, (platform) =>
    platform.call("scf", "DeleteFunction", { FunctionName: "orders" }),
  );
  expect(await terraform.apply("scf_function", "orders", orders)).toMatchObject({ action: "create" });
});

test.each([
  ["with a mark of ownership", "scf_function", "orders", orders, "CreateFunction"],
  ["without one", "scf_timer_trigger", "nightly", nightly, "CreateTrigger"],
])(
  "an object %s, of which Terraform lost the answer, is taken over by the next apply",
  async (_, type, name, given, action) => {
    const terraform = new TerraformCore();
    await applied(terraform, "scf_function", "function", orders);
    if (type !== "scf_function") await applied(terraform, type, name, given);
    else terraform.states.set(name, terraform.states.get("function") as never);
    terraform.states.delete(name);
    await terraform.start();
    expect(await terraform.apply(type, name, given)).toMatchObject({ action: "create", diagnostics: [] });
    expect((await writes(terraform)).filter((one) => one === action)).toHaveLength(1);
  },
);

test("fails for a name that somebody else's function has, and says how to import it", async () => {
  const terraform = new TerraformCore();
  await onPlatform(terraform, (platform) =>
    platform.call("scf", "CreateFunction", {
      FunctionName: "orders",
      Runtime: "Nodejs16.13",
      Handler: "index.main_handler",
      Code: {
        CosBucketName: "code-1250000000",
        CosObjectName: "/orders.zip",
        CosBucketRegion: "ap-guangzhou",
      },
    }),
  );
  const { action, diagnostics } = await terraform.apply("scf_function", "orders", orders);
  expect(action).toBe("failed");
  expect(diagnostics).toMatchObject([
    {
      summary: "CONFLICT: A function default/orders exists already and is not managed by this stack.",
      detail: expect.stringContaining("Run `terraform import ADDRESS default/orders`"),
    },
  ]);
});

test("what is imported is held, and nothing of it is made again", async () => {
  const other = new TerraformCore();
  await applied(other, "scf_function", "orders", orders);
  const terraform = new TerraformCore(other.database);
  const provider = await terraform.start();
  const { state, private: kept } = await provider.import({ type: "scf_function", id: "default/orders" });
  terraform.states.set("orders", {
    type: "scf_function",
    state: state as TerraformObject,
    private: kept as Uint8Array,
  });
  // Where its code came from is nothing that the platform tells.
  expect(await terraform.apply("scf_function", "orders", orders)).toMatchObject({
    action: "update",
    diagnostics: [],
  });
  expect(await terraform.apply("scf_function", "orders", orders)).toMatchObject({ action: "none" });
  expect(terraform.states.get("orders")?.state["instance"]).toBe((state as TerraformObject)["instance"]);
  expect(await writes(terraform)).not.toContain("CreateFunction");
});

test("what follows from the configuration is added to a state that lacks it, and nothing is called", async () => {
  const terraform = new TerraformCore();
  const made = await applied(terraform, "scf_function", "orders", orders);
  const held = terraform.states.get("orders") as {
    state: TerraformObject;
    private: Uint8Array;
    type: string;
  };
  terraform.states.set("orders", { ...held, state: { ...held.state, content_hash: null } });
  expect(await terraform.apply("scf_function", "orders", orders)).toMatchObject({
    action: "update",
    diagnostics: [],
    state: { content_hash: made["content_hash"], instance: made["instance"] },
  });
  expect(await writes(terraform)).toEqual(["CreateFunction"]);
});

test("what is off need not be said: nothing is replaced for it", async () => {
  const terraform = new TerraformCore();
  const made = await applied(terraform, "scf_function", "orders", orders);
  const said = await terraform.apply("scf_function", "orders", { ...orders, status_tracking: false });
  expect(said.action).not.toBe("replace");
  expect(terraform.states.get("orders")?.state["instance"]).toBe(made["instance"]);
  const on = await terraform.apply("scf_function", "orders", {
    ...orders,
    async_execution: true,
    status_tracking: true,
  });
  expect(on).toMatchObject({ action: "replace", diagnostics: [] });
});

test("what the platform never shows is taken from the configuration after an import, and replaces nothing", async () => {
  const terraform = new TerraformCore();
  const given = {
    namespace: "default",
    function_name: "orders",
    content: "hash",
  };
  await applied(terraform, "scf_function", "function", orders);
  const made = await applied(terraform, "scf_version", "current", given);
  const held = terraform.states.get("current") as {
    state: TerraformObject;
    private: Uint8Array;
    type: string;
  };
  terraform.states.set("current", { ...held, state: { ...held.state, content: null } });
  expect(await terraform.apply("scf_version", "current", given)).toMatchObject({
    action: "update",
    state: { version: "1", instance: made["instance"] },
  });
  expect((await writes(terraform)).filter((action) => action === "PublishVersion")).toHaveLength(1);
});

test.each([
  ["IMPORT_NOTHING", "default/nobody", "There is no function default/nobody."],
  ["IMPORT_ID", "nobody", "namespace/name"],
])("fails with %s to import %s", async (code, id, text) => {
  const provider = await new TerraformCore().start();
  const failure = provider.import({ type: "scf_function", id });
  await expect(failure).rejects.toMatchObject({ code });
  await expect(failure).rejects.toThrow(text);
});

test("a secret is sent and kept nowhere; another value of it is an update", async () => {
  const terraform = new TerraformCore();
  const given = { ...orders, environment: { TOKEN: "{{secret:TOKEN}}", PLACE: "at {{secret:TOKEN}}!" } };
  terraform.environment = { TOKEN: "first-s3cret" };
  const made = await applied(terraform, "scf_function", "orders", given);
  expect(made["environment"]).toEqual(given.environment);
  await onPlatform(terraform, async (platform) =>
    expect(await platform.call("scf", "GetFunction", { FunctionName: "orders" })).toMatchObject({
      Environment: {
        Variables: expect.arrayContaining([
          { Key: "TOKEN", Value: "first-s3cret" },
          { Key: "PLACE", Value: "at first-s3cret!" },
        ]),
      },
    }),
  );
  expect(await terraform.apply("scf_function", "orders", given)).toMatchObject({ action: "none" });
  terraform.environment["TOKEN"] = "second-s3cret";
  expect(await terraform.apply("scf_function", "orders", given)).toMatchObject({
    action: "update",
    diagnostics: [],
  });
  await onPlatform(terraform, async (platform) =>
    expect(await platform.call("scf", "GetFunction", { FunctionName: "orders" })).toMatchObject({
      Environment: { Variables: expect.arrayContaining([{ Key: "TOKEN", Value: "second-s3cret" }]) },
    }),
  );
  expect(await terraform.apply("scf_function", "orders", given)).toMatchObject({ action: "none" });
  const kept = [
    JSON.stringify([...terraform.states.values()].map(({ state }) => state)),
    ...[...terraform.states.values()].map((one) => Buffer.from(one.private).toString()),
    ...filesBelow(path.join(terraform.folder, ".terraform")),
  ].join("\n");
  expect(kept).not.toContain("s3cret");
});

test("another value of a secret is planned and sent though nothing was read before", async () => {
  const terraform = new TerraformCore();
  const given = { ...orders, environment: { TOKEN: "{{secret:TOKEN}}" } };
  terraform.environment = { TOKEN: "first-s3cret" };
  const { secret_fingerprint: first } = await applied(terraform, "scf_function", "orders", given);
  const held = terraform.states.get("orders");
  terraform.environment["TOKEN"] = "second-s3cret";
  const provider = await terraform.start();
  const { planned } = await provider.plan({
    type: "scf_function",
    prior: held?.state as TerraformObject,
    proposed: held?.state as TerraformObject,
    config: held?.state as TerraformObject,
    private: held?.private as Uint8Array,
  });
  expect(planned?.["secret_fingerprint"]).toBe(UNKNOWN);
  const { state } = await provider.apply({
    type: "scf_function",
    prior: held?.state as TerraformObject,
    planned: planned as TerraformObject,
    config: held?.state as TerraformObject,
    private: held?.private as Uint8Array,
    signal: new AbortController().signal,
  });
  expect(state?.["secret_fingerprint"]).not.toBe(first);
  expect((await writes(terraform)).filter((action) => action !== "CreateFunction")).toEqual([
    "UpdateFunctionConfiguration",
  ]);
});

test("fails for a secret that the environment does not have", async () => {
  const terraform = new TerraformCore();
  const given = { ...orders, environment: { TOKEN: "{{secret:TOKEN}}" } };
  await expect(terraform.apply("scf_function", "orders", given)).rejects.toThrow(
    "needs a secret from the environment variable TOKEN, which is not set",
  );
});

test("what is retained stays when it is destroyed, and people are told", async () => {
  const terraform = new TerraformCore();
  await applied(terraform, "scf_function", "orders", { ...orders, retain: true });
  const { diagnostics } = await terraform.apply("scf_function", "orders", undefined);
  expect(diagnostics).toMatchObject([{ severity: "warning", summary: expect.stringContaining("stays") }]);
  expect(await writes(terraform)).toEqual(["CreateFunction"]);
});

test.each([["soon"], ["5"], ["-1m"], ["0s"]])("fails for a timeout of %j", async (create) => {
  const terraform = new TerraformCore();
  await expect(
    terraform.apply("scf_function", "orders", { ...orders, timeouts: { create } }),
  ).rejects.toThrow(`\`timeouts.create\` is "${create}".`);
});

test("what exists is looked up", async () => {
  const terraform = new TerraformCore();
  await applied(terraform, "scf_function", "orders", orders);
  const provider = await terraform.start();
  const read = (type: string, config: TerraformObject) => provider.readDataSource({ type, config });
  const named = { namespace: "default", function_name: "orders" };
  expect((await read("scf_function", named)).state).toMatchObject({
    ...named,
    memory: 256,
    id: "default/orders",
  });
  expect((await read("scf_account_limits", {})).state).toMatchObject({
    region: "ap-guangzhou",
    namespaces: 5,
  });
  const loadBalancer = await onPlatform(terraform, (platform) =>
    platform.call("clb", "CreateLoadBalancer", { LoadBalancerType: "OPEN" }),
  );
  const id = loadBalancer.LoadBalancerIds?.[0] ?? "";
  expect((await read("scf_load_balancer", { load_balancer_id: id })).state).toMatchObject({
    id,
    type: "OPEN",
  });
});

test.each([
  ["scf_function", { namespace: "default", function_name: "nobody" }, "There is no function default/nobody"],
  ["scf_layer_version", { layer_name: "deps", version: null }, "There is no version of the layer deps"],
  ["scf_load_balancer", { load_balancer_id: "lb-none" }, "There is no load balancer lb-none"],
])("fails to look up a %s that is not there", async (type, config, text) => {
  const provider = await new TerraformCore().start();
  await expect(provider.readDataSource({ type, config })).rejects.toThrow(text);
});

function filesBelow(folder: string): string[] {
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => fs.readFileSync(path.join(entry.parentPath, entry.name), "utf8"));
}
