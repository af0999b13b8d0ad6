import { kinds } from "../../lib/kinds";
import type { Found, Importing } from "../../lib/kinds/kind";
import type { KindName } from "../../lib/model/resources";
import { sameValue, type Properties } from "../../lib/model/value";
import {
  aFunction,
  aVersion,
  cases,
  functionProperties,
  kind,
  onFunction,
  prepared,
  readable,
  world,
  type AnyKind,
  type World,
} from "./cases";

function importing(subject: AnyKind): Importing {
  if (!subject.import) throw new Error(`${subject.schema.title} is not imported`);
  return subject.import as Importing;
}

/** What the list has of the object with these properties and attributes. */
function isOf(subject: AnyKind, { live }: Found, properties: Properties, attributes: Properties): boolean {
  return (
    subject.identity(live.properties as never) === subject.identity(properties as never) &&
    Object.entries(attributes).every(([name, value]) => sameValue(live.attributes[name], value))
  );
}

test("every kind says how its objects come under management", () => {
  for (const name of Object.keys(kinds) as KindName[])
    expect([name, kind(name).import?.id]).not.toContain(undefined);
});

describe.each(
  cases.map((example) => [example.kind + (example.of ? `, ${example.of}` : ""), example] as const),
)("%s", (_, example) => {
  async function made() {
    const before = await prepared(example);
    const attributes = (await before.kind.create(before.context, before.wanted)) as Properties;
    const recorded = { properties: before.wanted, attributes: attributes as never };
    return { ...before, attributes, recorded, import: importing(before.kind) };
  }

  test("is listed with what a program has to say of it, and found by the id that the list has", async () => {
    const { context, wanted, attributes, recorded, kind: subject, import: way } = await made();
    const listed = (await way.list(context)).filter((found) => isOf(subject, found, wanted, attributes));
    expect(listed).toHaveLength(1);
    const [{ id, live }] = listed as [Found];
    const { code: _code, ...said } = readable(example, wanted);
    for (const [name, value] of Object.entries(said)) {
      // What is switched off need not be said.
      if (value !== false || live.properties[name] !== undefined)
        expect(live.properties).toMatchObject({ [name]: value });
    }
    expect(await way.find(context, id, wanted)).toEqual(await subject.read(context, recorded));
  });

  test("fails to be found by an id of another form, and says which form that is", async () => {
    const { context, wanted, import: way } = await made();
    await expect(way.find(context, ":", wanted)).rejects.toMatchObject({
      code: "IMPORT_ID",
      message: expect.stringContaining(way.id),
      fix: expect.stringContaining(way.id),
    });
  });

  if (kind(example.kind).import?.mark) {
    test("carries the mark of whoever has imported it, and is what it was otherwise", async () => {
      const { context, recorded, kind: subject, import: way } = await made();
      const before = await subject.read(context, recorded);
      await way.mark?.({ ...context, owner: "9876fedcbag3" }, recorded);
      expect(await subject.read(context, recorded)).toEqual({ ...before, owner: "9876fedcbag3" });
    });
  }

  if (kind(example.kind).marked) {
    test("carries its mark from its first call on", async () => {
      const { context, recorded, kind: subject } = await made();
      expect((await subject.read(context, recorded))?.owner).toBe(context.owner);
    });
  }
});

describe("a list", () => {
  const list = async ({ context }: World, name: KindName) =>
    (await importing(kind(name)).list(context)).map(({ id }) => id);

  test("has nothing of what the platform makes by itself", async () => {
    const made = world();
    for (const { kind: name, properties } of [aFunction, aVersion]) {
      await kind(name).create(made.context, properties as never);
    }
    expect(await list(made, "scf_namespace")).toEqual([]);
    expect(await list(made, "scf_alias")).toEqual([]);
    expect(await list(made, "scf_async_invocation")).toEqual([]);
    expect(await list(made, "scf_reserved_concurrency")).toEqual([]);
    expect(await list(made, "cam_policy")).toEqual([]);
    expect(await list(made, "scf_version")).toEqual(["default/orders:1"]);
  });

  test("has nothing that is on its way out", async () => {
    const made = world({ delayMs: 1_000 });
    for (const { kind: name, properties } of [aFunction, aVersion]) {
      await kind(name).create(made.context, properties as never);
    }
    expect(await list(made, "scf_version")).toHaveLength(1);
    await made.platform.call("scf", "DeleteFunction", { FunctionName: "orders" });
    expect(await list(made, "scf_function")).toEqual([]);
    expect(await list(made, "scf_version")).toEqual([]);
  });

  test("has the built-in alias once somebody has pointed it elsewhere", async () => {
    const made = world();
    for (const { kind: name, properties } of [aFunction, aVersion]) {
      await kind(name).create(made.context, properties as never);
    }
    const request = { FunctionName: "orders", Name: "$DEFAULT", FunctionVersion: "1" };
    await made.platform.call("scf", "UpdateAlias", request);
    const [found] = await importing(kind("scf_alias")).list(made.context);
    expect(found).toMatchObject({
      id: "default/orders:$DEFAULT",
      live: { properties: { ...onFunction, name: "$DEFAULT", builtIn: true, version: "1" } },
    });
  });

  test("goes through all pages, and all namespaces", async () => {
    const made = world();
    await kind("scf_namespace").create(made.context, { name: "shop" } as never);
    const names = Array.from({ length: 50 }, (_, index) => `orders${index + 10}`);
    for (const namespace of ["default", "shop"]) {
      for (const functionName of names) {
        await kind("scf_function").create(made.context, {
          ...functionProperties,
          namespace,
          functionName,
        } as never);
      }
    }
    const trigger = { namespace: "shop", functionName: "orders10", qualifier: "$LATEST", enabled: true };
    for (let index = 0; index < 10; index++) {
      const timer = { ...trigger, triggerName: `t${index}`, cron: "0 0 2 * * * *" };
      await kind("scf_timer_trigger").create(made.context, timer as never);
    }
    expect(await list(made, "scf_function")).toHaveLength(100);
    expect(await list(made, "scf_timer_trigger")).toHaveLength(10);
  });
});

test("a layer is found by its name as well: its newest version", async () => {
  const { context } = world();
  const wanted = (description: string) =>
    ({
      layerName: "deps",
      compatibleRuntimes: ["Nodejs16.13"],
      code: functionProperties.code,
      description,
    }) as never;
  for (const text of ["one", "two"]) await kind("scf_layer").create(context, wanted(text));
  const way = importing(kind("scf_layer"));
  expect((await way.find(context, "deps", wanted("two")))?.attributes).toMatchObject({ version: 2 });
  expect((await way.find(context, "deps:1", wanted("one")))?.attributes).toMatchObject({ version: 1 });
  expect(await way.find(context, "deps:3", wanted("one"))).toBeUndefined();
  expect((await way.list(context)).map(({ id }) => id)).toEqual(["deps:2"]);
});
