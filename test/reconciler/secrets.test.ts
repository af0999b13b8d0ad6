import { reference } from "../../lib/model/value";
import { refusal } from "./fake-platform";
import { box, change, planOf, Project } from "./support";

const SECRET = 'p4ss"wörd&7';
const plan = planOf(
  {
    orders: box("orders", {
      password: { $secret: { environment: "PASSWORD" } },
      note: { $join: ["token:", { $secret: { environment: "PASSWORD" } }] },
      settings: { KEY: { $secret: { environment: "PASSWORD" } }, MODE: "plain-text" },
    }),
    reader: box("reader", {
      links: [reference("shop/orders", "note")],
      note: reference("shop/orders", "hash"),
    }),
  },
  { note: { value: reference("shop/orders", "note") } },
);

function project(value: string | undefined = SECRET): Project {
  const made = new Project();
  made.environment = { PASSWORD: value };
  return made;
}

test("the platform gets them, and nothing else holds them", async () => {
  const made = project();
  const difference = await made.difference(plan);
  await made.converge(plan);
  expect(made.platform.world.boxes["orders"]).toMatchObject({
    note: `token:${SECRET}`,
    settings: { KEY: SECRET, MODE: "plain-text" },
  });
  expect(made.platform.world.boxes["reader"]?.links).toEqual([`token:${SECRET}`]);
  const all = made.everything() + JSON.stringify(difference);
  expect(all).not.toContain(SECRET);
  expect(all).not.toContain(JSON.stringify(SECRET).slice(1, -1));
  expect(all).not.toContain("plain-text");
  expect(made.state?.resources["shop/orders"]?.properties).toMatchObject({
    password: { $fingerprint: expect.stringMatching(/^[0-9a-f]{40}$/) as string },
    settings: { KEY: { $fingerprint: expect.any(String) as string } },
  });
  expect(made.state?.outputs["note"]).toMatchObject({ sensitive: true });
});

test("a new value is an update with the reason `secret`, and shows neither value", async () => {
  const made = project();
  await made.converge(plan);
  made.environment = { PASSWORD: "an0ther-one" };
  const difference = await made.difference(plan);
  expect(change(difference, "orders").properties).toMatchObject([
    { name: "note", reason: "secret", sensitive: true },
    { name: "password", reason: "secret", sensitive: true },
    { name: "settings", reason: "secret", sensitive: true },
  ]);
  await made.converge(plan);
  expect(made.platform.world.boxes["orders"]?.note).toBe("token:an0ther-one");
  expect(made.everything() + JSON.stringify(difference)).not.toMatch(/an0ther-one/);
});

test("a secret changed on the platform is drift, and is restored", async () => {
  const made = project();
  await made.converge(plan);
  made.platform.world.boxes["orders"]!.note = "token:intruder";
  const difference = await made.difference(plan);
  expect(change(difference, "orders").properties).toMatchObject([
    { name: "note", reason: "drift", sensitive: true },
  ]);
  expect(JSON.stringify(difference)).not.toContain("intruder");
  await made.converge(plan);
});

test("what is derived is derived from fingerprints, whatever the kind says", async () => {
  const made = project();
  await made.deploy(plan);
  expect(made.state?.resources["shop/orders"]?.attributes["hash"]).toBe(
    made.platform.world.boxes["reader"]?.note,
  );
});

test("equal secrets of two states have different fingerprints", async () => {
  const [one, other] = [project(), project()];
  await one.deploy(plan);
  await other.deploy(plan);
  expect(one.state?.resources["shop/orders"]?.properties["password"]).not.toEqual(
    other.state?.resources["shop/orders"]?.properties["password"],
  );
});

test("fails without a value, and names variable, property and resource", async () => {
  const made = project();
  made.environment = {};
  await expect(made.difference(plan)).rejects.toMatchObject({
    code: "SECRET_MISSING",
    message:
      "shop/orders (`password`) needs a secret from the environment variable PASSWORD, which is not set.",
    fix: "Set PASSWORD and run the command again.",
  });
});

test("destroying needs none", async () => {
  const made = project();
  await made.deploy(plan);
  made.environment = {};
  await made.converge(plan, true);
});

test("are taken out of what the platform says", async () => {
  const made = project();
  made.platform.before = ({ action }) => {
    if (action === "CreateBox")
      throw refusal(
        "InvalidParameter",
        action,
        `bad value ${SECRET} / ${JSON.stringify(SECRET)} / ?p=${encodeURIComponent(SECRET)}`,
      );
  };
  await made.deploy(plan);
  expect(made.failures()[0]).toBe(
    'shop/orders: InvalidParameter: bad value ••• / "•••" / ?p=••• (scf.CreateBox, request r-1)',
  );
  expect(made.everything()).not.toContain("p4ss");
});

test("are not recorded either when the platform gives them back as attributes", async () => {
  const made = project();
  made.kinds = {
    ...made.kinds,
    box: {
      ...made.kinds["box"]!,
      create: async (context, wanted) => {
        const attributes = await new Project().kinds["box"]!.create(context, wanted);
        await context.record({ echo: `is ${SECRET}` });
        return { ...attributes, echo: `is ${SECRET}` };
      },
    },
  };
  await made.deploy(plan);
  expect(made.failures()).toEqual([]);
  expect(made.everything()).not.toContain("p4ss");
});
