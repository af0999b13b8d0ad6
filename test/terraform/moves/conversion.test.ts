import * as fs from "node:fs";
import * as path from "node:path";
import { fc } from "../../fast-check";
import { kinds } from "../../../lib/kinds";
import type { Kind } from "../../../lib/kinds/kind";
import { PLAN_FORMAT, PLAN_VERSION, type Plan, type PlannedResource } from "../../../lib/model/plan";
import { reference, type Properties } from "../../../lib/model/value";
import { concealmentOf, recordedForm, type RecordedResource, type State } from "../../../lib/reconciler";
import { STATE_FORMAT, STATE_VERSION } from "../../../lib/reconciler/state";
import {
  isSameObject,
  nextTerraformState,
  oursIn,
  parseTerraformState,
  toRecordedResources,
  toTerraformResources,
  withoutOurs,
  type MoveContext,
  type TerraformResource,
  type TerraformState,
} from "../../../lib/terraform/moves";
import { propertiesOf, textWithSecrets } from "../arbitrary";

const allKinds = kinds as unknown as Readonly<Record<string, Kind>>;
const lineage = "11111111-2222-3333-4444-555555555555";
const provider: Plan["provider"] = {
  region: "ap-guangzhou",
  account: { type: "standard", uin: "100000000001" },
  platform: { type: "local", path: "local.db", delayMs: 0 },
  quotas: {},
};

function planOf(resources: readonly PlannedResource[]): Plan {
  return {
    format: PLAN_FORMAT,
    formatVersion: PLAN_VERSION,
    stack: "shop",
    validated: true,
    provider,
    resources,
    assets: [],
    outputs: {},
    dependsOnStacks: [],
  };
}

function stateOf(resources: State["resources"]): State {
  return {
    format: STATE_FORMAT,
    formatVersion: STATE_VERSION,
    lineage,
    serial: 4,
    salt: "salt",
    stack: "shop",
    provider,
    resources,
    unfinished: {},
    outputs: {},
  };
}

function contextOf(plan: Plan, environment: MoveContext["environment"]): MoveContext {
  return { plan, environment, stateOf: () => undefined, newInstance: () => "instance" };
}

/** As a deploy would have recorded it. */
function recorded(
  address: string,
  kind: Kind,
  properties: Properties,
  environment: MoveContext["environment"],
  others: Partial<RecordedResource> = {},
): RecordedResource {
  const recording = {
    kinds: allKinds,
    concealment: concealmentOf("salt", environment),
    stateOf: () => undefined,
  };
  const form = recordedForm({ address, kind: kind.schema.kind, properties }, provider, recording);
  const context = { uin: "100000000001", region: provider.region };
  return {
    kind: kind.schema.kind,
    generation: 1,
    properties: form,
    attributes: (kind.derive?.(form as never, context) ?? {}) as Properties,
    dependencies: [],
    ...others,
  };
}

function thereAndBack(state: State, context: MoveContext): State["resources"] {
  const there = toTerraformResources(state, "another salt", context).moved;
  const text = nextTerraformState(parseTerraformState(""), there);
  const ours = oursIn(parseTerraformState(text), context.plan);
  return toRecordedResources(ours, state, context).moved.resources;
}

/** Every secret that there may be. */
const everySecret = new Proxy(
  {},
  { get: (_, name) => (typeof name === "string" ? `value of ${name}` : undefined) },
);

test.each(Object.keys(kinds))("%s comes back from Terraform's state as it was recorded", (name) => {
  const kind = allKinds[name] as Kind;
  const address = "shop/a thing/of ours";
  fc.assert(
    fc.property(
      propertiesOf(kind.schema, { text: textWithSecrets }),
      fc.record(
        {
          generation: fc.integer({ min: 1, max: 9 }),
          markedAs: fc.constant("shop/earlier"),
          carries: fc.constantFrom("", "0123456789abcdef0123456789abg1"),
          lifecycle: fc.constant({ retain: true }),
        },
        { requiredKeys: ["generation"] },
      ),
      (properties, others) => {
        const state = stateOf({ [address]: recorded(address, kind, properties, everySecret, others) });
        const plan = planOf([
          {
            address,
            kind: name,
            properties,
            dependsOn: [],
            ...(others.lifecycle ? { lifecycle: others.lifecycle } : {}),
          },
        ]);
        expect(thereAndBack(state, contextOf(plan, everySecret))).toEqual(state.resources);
      },
    ),
    { numRuns: 30 },
  );
});

const orders: Properties = {
  namespace: "default",
  functionName: "shop-orders",
  type: "Event",
  runtime: "Nodejs16.13",
  handler: "index.main_handler",
  code: { asset: "0".repeat(64) },
  memory: 128,
  timeout: 3,
  initTimeout: 60,
  asyncExecution: false,
  environment: {
    TABLE: "orders",
    KEY: { $secret: { environment: "SHOP_KEY" } },
    URL: { $join: ["https://", { $secret: { environment: "SHOP_HOST" } }, "/orders"] },
  },
};
const environment = { SHOP_KEY: "hush-hush-1", SHOP_HOST: "hush-hush.example.com" };

function shop(): { readonly state: State; readonly plan: Plan } {
  const [functionKind, versionKind] = [allKinds["scf_function"] as Kind, allKinds["scf_version"] as Kind];
  const made = recorded("shop/orders", functionKind, orders, environment);
  const version = {
    namespace: "default",
    functionName: reference("shop/orders", "functionName"),
    content: reference("shop/orders", "contentHash"),
  };
  const state = stateOf({
    "shop/orders": {
      ...made,
      attributes: { ...made.attributes, functionId: "lam-1", codeSha256: "ab12" },
      lifecycle: { retain: true },
    },
    "shop/orders/CurrentVersion": recorded(
      "shop/orders/CurrentVersion",
      versionKind,
      {
        namespace: "default",
        functionName: "shop-orders",
        content: made.attributes["contentHash"] as string,
      },
      environment,
      { generation: 3, attributes: { version: "3" }, dependencies: ["shop/orders"], markedAs: "shop/first" },
    ),
  });
  const plan = planOf([
    {
      address: "shop/orders",
      kind: "scf_function",
      properties: orders,
      dependsOn: [],
      lifecycle: { retain: true },
    },
    { address: "shop/orders/CurrentVersion", kind: "scf_version", properties: version, dependsOn: [] },
  ]);
  return { state, plan };
}

test("a function and its version in Terraform's state", () => {
  const { state, plan } = shop();
  const { moved, notes } = toTerraformResources(state, "another salt", contextOf(plan, environment));
  expect(notes).toEqual([]);
  const text = `${JSON.stringify(moved, undefined, 2)}\n`
    .replace(/"secret_fingerprint": "[0-9a-f:]+"/, '"secret_fingerprint": "<salt and hash>"')
    .replace(/"private": "([^"]+)"/g, (_, bytes: string) =>
      JSON.stringify(Buffer.from(bytes, "base64").toString("utf8")).replace(/^/, '"private": '),
    );
  expect(text).not.toContain("hush-hush");
  const file = path.join(__dirname, "golden", "shop.json");
  if (process.env["UPDATE_GOLDEN"] === "1") fs.writeFileSync(file, text);
  expect(text).toBe(fs.readFileSync(file, "utf8"));
});

test("what follows from secrets is another text in each state, in what took it over, too", () => {
  const { state, plan } = shop();
  const { moved } = toTerraformResources(state, "another salt", contextOf(plan, environment));
  const [made, version] = moved.resources.map(({ instances }) => instances[0]?.attributes);
  expect(version?.["content"]).toBe(made?.["content_hash"]);
  expect(made?.["content_hash"]).not.toBe(state.resources["shop/orders"]?.attributes["contentHash"]);
  expect(thereAndBack(state, contextOf(plan, environment))).toEqual(state.resources);
});

test("a literal value that has changed since is left out, and said", () => {
  const { state, plan } = shop();
  const changed = planOf(
    plan.resources.map((one) =>
      one.kind === "scf_function"
        ? {
            ...one,
            properties: { ...orders, environment: { ...(orders["environment"] as object), TABLE: "stock" } },
          }
        : one,
    ),
  );
  const { moved, notes } = toTerraformResources(state, "another salt", contextOf(changed, environment));
  expect(moved.resources[0]?.instances[0]?.attributes["environment"]).toEqual({
    KEY: "{{secret:SHOP_KEY}}",
    URL: "https://{{secret:SHOP_HOST}}/orders",
  });
  expect(notes).toEqual([
    "shop/orders: `environment` is recorded as a fingerprint, and the program has another value now. " +
      "Terraform's next plan shows it.",
  ]);
});

test("what Terraform has of others stays when ours leave its state", () => {
  const { state, plan } = shop();
  const withOutput: Plan = { ...plan, outputs: { id: { value: reference("shop/orders", "functionId") } } };
  const context = contextOf(withOutput, environment);
  const recordedOutput = { ...state, outputs: { id: { value: "lam-1", sensitive: false } } };
  const there = toTerraformResources(recordedOutput, "another salt", context).moved;
  expect(there.outputs).toEqual({ id: { value: "lam-1", type: "string" } });
  const others: Pick<TerraformState, "resources" | "outputs"> = {
    resources: [{ mode: "managed", type: "network_vpc", name: "main", provider: "p", instances: [] }],
    outputs: { vpc: { value: "vpc-1", type: "string" } },
  };
  const text = nextTerraformState(parseTerraformState(""), {
    resources: [...there.resources, ...others.resources],
    outputs: { ...there.outputs, ...others.outputs },
  });
  const both = parseTerraformState(text);
  expect(withoutOurs(both, oursIn(both, withOutput), withOutput)).toEqual(others);
});

test.each<[string, Partial<RecordedResource>, boolean]>([
  ["as it is", {}, true],
  ["of another generation", { generation: 2 }, false],
  ["with another address in its mark", { markedAs: "shop/earlier" }, false],
])("an object %s is told from the one that is recorded", (_, change, same) => {
  const { state, plan } = shop();
  const [resource] = toTerraformResources(state, "another salt", contextOf(plan, environment)).moved
    .resources;
  const recordedNow = { ...(state.resources["shop/orders"] as RecordedResource), ...change };
  const now = { ...state, resources: { "shop/orders": recordedNow } };
  expect(isSameObject(now, "shop/orders", resource as TerraformResource)).toBe(same);
});

test("a secret that has changed since Terraform sent it is not taken for the one that the object has", () => {
  const { state, plan } = shop();
  const there = toTerraformResources(state, "another salt", contextOf(plan, environment)).moved;
  const ours = oursIn(parseTerraformState(nextTerraformState(parseTerraformState(""), there)), plan);
  const changed = contextOf(plan, { ...environment, SHOP_KEY: "hush-hush-2" });
  const { moved, notes } = toRecordedResources(ours, state, changed);
  expect(notes).toEqual([
    "shop/orders: SHOP_HOST, SHOP_KEY cannot be read from the environment, or has changed. The next deploy sends it again.",
  ]);
  expect(moved.resources["shop/orders"]?.properties["environment"]).not.toHaveProperty("KEY");
});

test("an object whose mark another state has made is known by its whole mark", () => {
  const { state, plan } = shop();
  const context = contextOf(plan, environment);
  const there = toTerraformResources(state, "another salt", context).moved;
  const ours = oursIn(parseTerraformState(nextTerraformState(parseTerraformState(""), there)), plan);
  const other = { lineage: "99999999-2222-3333-4444-555555555555", salt: "salt" };
  const { resources } = toRecordedResources(ours, other, context).moved;
  expect(resources["shop/orders/CurrentVersion"]).toMatchObject({
    generation: 3,
    carries: expect.stringMatching(/^11111111[0-9a-f]{20}g3$/) as string,
  });
  expect(resources["shop/orders/CurrentVersion"]?.markedAs).toBeUndefined();
});

test.each([
  [{ deposed: "aabbccdd" }, "it has several objects."],
  [{ index_key: 0 }, "it has several objects."],
  [{ status: "tainted" }, "it is tainted."],
])("fails for %j in Terraform's state", (instance, why) => {
  const { state, plan } = shop();
  const there = toTerraformResources(state, "another salt", contextOf(plan, environment)).moved;
  const resources = there.resources.map((one) => ({
    ...one,
    instances: one.instances.map((before) => ({ ...before, ...instance })),
  }));
  const text = nextTerraformState(parseTerraformState(""), { resources });
  expect(() => oursIn(parseTerraformState(text), plan)).toThrow(
    `scf_function.orders of Terraform's state cannot be moved: ${why}`,
  );
});

test("what has left the program comes under the address that its mark names, or that Terraform has", () => {
  const { state, plan } = shop();
  const there = toTerraformResources(state, "another salt", contextOf(plan, environment)).moved;
  const text = nextTerraformState(parseTerraformState(""), there);
  const ours = oursIn(parseTerraformState(text), planOf([]));
  expect([...ours.keys()]).toEqual(["shop/orders", "shop/orders_CurrentVersion_a81db611"]);
});

test.each([
  ["no JSON", "it is not JSON"],
  ['{"version":5}', "it has version 5, and 4 is understood."],
  ['{"version":4}', "it has no list of resources."],
])("fails for a state that is %s", (text, why) => {
  expect(() => parseTerraformState(text)).toThrow(`Terraform's state cannot be used: ${why}`);
});
