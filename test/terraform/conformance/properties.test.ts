import { kinds } from "../../../lib/kinds";
import type { Kind } from "../../../lib/kinds/kind";
import { resourceShapeOf } from "../../../lib/terraform/schema/resource-shape";
import { examples, Together, type Around, type Example } from "./examples";
import { importIds, left } from "./import-ids";
import { TerraformWorld, type Attributes, type PlannedChange, type Resources } from "./terraform-world";
import { withTerraformAtLength } from "../with-terraform";

jest.setTimeout(600_000);

const kindOfType = new Map(
  Object.values(kinds as Readonly<Record<string, Kind>>).map((kind) => [
    resourceShapeOf(kind.schema).type,
    kind,
  ]),
);

/** No example changes them, and why. */
const notChanged: Readonly<Record<string, string>> = {
  "scf_alarm_policy.target_type": "there is one other, with a target of another form",
  "scf_alias.built_in": "the platform makes built-in aliases",
  "scf_cos_trigger.bucket_region": "a bucket is in the region of the function",
  "scf_cross_region.load_balancer_id": "the platform does not take one back",
  "scf_cross_region.version": "the platform does not take one back",
  "scf_namespace.hosting": "clusters are not on the local platform",
  "scf_provisioned_concurrency.qualifier": "one function has one version here",
  "scf_policy.version": "there is one",
  "scf_rule.certificate_id": "only with a listener of many certificates",
  "scf_user_policy_attachment.uin": "stands for the name",
};

/** The platform makes none any more. */
const notMade = ["scf_cmq_trigger"];

/** What the platform does not give back as it was configured, so that Terraform sets it once more after an import. */
const notGivenBack: Readonly<Record<string, readonly string[]>> = {
  // How it is released stands in the program alone, and instances of a version may as well be a resource of their own.
  scf_alias: ["provisioned", "release"],
  // A setting of Terraform's own.
  scf_cross_region: ["retain"],
  // Code comes back from the cloud alone; the topic of a function without one is the platform's own. What hangs on the
  // layer's next version is not known, and `false` is not said.
  scf_function: ["code", "content_hash", "layers", "log_topic", "web_socket"],
  scf_layer: ["code"],
  // With all that was not configured.
  scf_listener: ["health_check"],
  scf_rule: ["health_check"],
  // The type is not told.
  scf_provisioned_concurrency: ["provisioning"],
  // Every function of the account shows it.
  scf_test_event: ["function_name"],
  scf_version: ["content"],
};

/** Calls that the first apply after an import makes. */
const sentAfterImport: readonly string[] = [
  "ModifyListener",
  "ModifyRule",
  "PublishLayerVersion",
  "PutProvisionedConcurrencyConfig",
  "UpdateFunctionCode",
  "UpdateFunctionConfiguration",
  "UpdateFunctionTestModel",
];

/** What no destroy takes away: settings that the platform keeps, its own role, and the history of layers that had another name. */
const staysBehind = /^scf_(cross_region|namespace_concurrency|role SCF_|policy_attachment SCF_|layer t\d+-0)/;

interface Subject {
  readonly address: string;
  readonly example: Example;
  readonly attribute: string;
  readonly before: Attributes;
  readonly after: Attributes;
}

/** One resource for every attribute of every example: each of them changes in nothing else. */
function subjects(around: Around): { subjects: Subject[]; needs: Resources } {
  const needs: Record<string, Attributes> = {};
  const all = examples.flatMap((example, index) => {
    const attributes = Object.keys(example.changes(`t${index}`, around));
    return attributes.map((attribute, at): Subject => {
      const name = `t${index}_${at}`;
      const declared = example.declared(name, around);
      Object.assign(needs, declared.needs);
      const change = example.changes(name, around)[attribute];
      const changed =
        change instanceof Together
          ? { [attribute]: change.value, ...change.others }
          : { [attribute]: change };
      return {
        address: `${example.type}.${name}`,
        example,
        attribute,
        before: declared.attributes,
        after: { ...declared.attributes, ...changed },
      };
    });
  });
  return {
    subjects: all,
    needs: referredTo(
      needs,
      all.flatMap(({ before, after }) => [before, after]),
    ),
  };
}

/** Of what could be needed, what these resources refer to, and what that refers to. */
function referredTo(needs: Resources, resources: readonly Attributes[]): Resources {
  const found = new Set<string>();
  let texts = resources.map((one) => JSON.stringify(one));
  while (texts.length > 0) {
    const next = texts
      .flatMap((text) => [...text.matchAll(/\$\{(\w+\.\w+)\./g)].map(([, address = ""]) => address))
      .filter((address) => address in needs && !found.has(address));
    next.forEach((address) => found.add(address));
    texts = [...new Set(next)].map((address) => JSON.stringify(needs[address]));
  }
  return Object.fromEntries(Object.entries(needs).filter(([address]) => found.has(address)));
}

/** What the schema says a change comes to. */
function declaredAction({ example, attribute }: Subject): string {
  const kind = kindOfType.get(example.type) as Kind;
  const field = resourceShapeOf(kind.schema).properties.find(({ name }) => name === attribute);
  if (!field) throw new Error(`${example.type} has no ${attribute}`);
  if ((!field.immutable && kind.update) || kind.keepsReplaced) return "update";
  return "delete+create";
}

async function newWorld(): Promise<{ world: TerraformWorld; around: Around }> {
  const world = new TerraformWorld({
    quotas: {
      functionsPerNamespace: 5000,
      namespaces: 100,
      layers: 100,
      testEvents: 100,
      egressIps: 100,
      concurrencyMb: 10_000_000,
    },
  });
  const { platform } = world;
  const loadBalancer = async (): Promise<string> =>
    (await platform.call("clb", "CreateLoadBalancer", { LoadBalancerType: "OPEN" })).LoadBalancerIds?.[0] ??
    "";
  const [loadBalancerId, otherLoadBalancerId] = [await loadBalancer(), await loadBalancer()];
  const own = new Map<string, string>();
  for (let index = 0; index < examples.length; index++) {
    if (!["scf_cross_region", "scf_snat_address"].includes(examples[index]?.type ?? "")) continue;
    for (const at of [0, 1, 2, 3])
      for (const more of ["", "_2"]) own.set(`t${index}_${at}${more}`, await loadBalancer());
  }
  for (const Name of ["alice", "bob"]) await platform.call("cam", "AddUser", { Name });
  const group = async (GroupName: string): Promise<number> =>
    (await platform.call("cam", "CreateGroup", { GroupName })).GroupId ?? 0;
  const around: Around = {
    loadBalancerId,
    otherLoadBalancerId,
    groupId: await group("one"),
    otherGroupId: await group("two"),
    ownLoadBalancer: (name) => own.get(name) ?? "lb-none",
  };
  return { world, around };
}

test("every attribute that can be configured has a change, or a reason why not", () => {
  const around = { ownLoadBalancer: () => "lb-1" } as unknown as Around;
  const changed = new Set(
    examples.flatMap(({ type, changes }) =>
      Object.keys(changes("any", around)).map((name) => `${type}.${name}`),
    ),
  );
  const inNamespaces = (address: string): boolean =>
    address.endsWith(".namespace") && address !== "scf_function.namespace";
  const missing = [...kindOfType]
    .filter(([type]) => !notMade.includes(type))
    .flatMap(([type, { schema }]) => resourceShapeOf(schema).properties.map(({ name }) => `${type}.${name}`))
    .filter((address) => !changed.has(address) && !(address in notChanged) && !inNamespaces(address));
  expect(missing).toEqual([]);
});

withTerraformAtLength("every resource type, with terraform", () => {
  let world: TerraformWorld;
  let all: Subject[];
  let before: Resources;
  let after: Resources;

  beforeAll(async () => {
    const made = await newWorld();
    world = made.world;
    const found = subjects(made.around);
    all = found.subjects;
    before = { ...found.needs, ...Object.fromEntries(all.map((one) => [one.address, one.before])) };
    after = { ...found.needs, ...Object.fromEntries(all.map((one) => [one.address, one.after])) };
    world.write(before);
    world.init();
  });

  test("is created as planned, and then there is nothing to do", () => {
    const actions = world.actions();
    expect(new Set(Object.values(actions))).toEqual(new Set(["create"]));
    expect(Object.keys(actions).sort()).toEqual(Object.keys(before).sort());
    world.applyPlanned();
    expect(world.actions()).toEqual({});
  });

  test("every change of one attribute is planned as its schema declares it, and applied", () => {
    world.write(after);
    const declared = Object.fromEntries(
      all.map((one) => [`${one.address} ${one.attribute}`, declaredAction(one)]),
    );
    const planned = world.actions();
    expect(
      Object.fromEntries(all.map((one) => [`${one.address} ${one.attribute}`, planned[one.address]])),
    ).toEqual(declared);
    expect(Object.keys(planned).sort()).toEqual(all.map(({ address }) => address).sort());
    world.applyPlanned();
    expect(world.actions()).toEqual({});
  });

  test("is imported into an empty state: nothing is replaced, and what the platform does not give back is all that is sent", async () => {
    const state = world.state();
    const ids = await importIds(world, state);
    expect(Object.keys(state).filter((address) => !ids.has(address))).toEqual([]);
    world.forgetState();
    world.write(after, { import: [...ids].map(([to, id]) => ({ to, id })) });
    const changes = world.plan();
    const replaced = changes.filter(({ actions }) => actions.join() !== "update");
    expect(replaced.map(({ address, actions }) => [address, actions])).toEqual([]);
    expect(changedAttributes(changes)).toEqual(notGivenBack);
    world.platform.resetCalls();
    world.applyPlanned();
    const actions = new Set(world.writes().map((call) => call.split(" ")[0]));
    expect([...actions].sort()).toEqual(sentAfterImport);
    expect(world.actions()).toEqual({});
  });

  test("is destroyed, and leaves nothing but what stays", async () => {
    world.destroy();
    expect(world.addresses()).toEqual([]);
    const remaining = await left(world);
    expect(remaining.filter((id) => !staysBehind.test(id))).toEqual([]);
  });
});

/** By type, the attributes that differ. */
function changedAttributes(changes: readonly PlannedChange[]): Record<string, string[]> {
  const found: Record<string, Set<string>> = {};
  for (const { address, before, after } of changes) {
    const [type = ""] = address.split(".");
    for (const name of Object.keys(after ?? {}))
      if (JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]))
        (found[type] ??= new Set()).add(name);
  }
  return Object.fromEntries(Object.entries(found).map(([type, names]) => [type, [...names].sort()]));
}
