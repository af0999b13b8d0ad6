import * as fs from "node:fs";
import * as path from "node:path";
import { App } from "cdktf";
import { Shop } from "../../examples/flash-sale/shop";
import { serializePlan, type Plan } from "../../lib/model/plan";
import { Project } from "../end-to-end/deployment";
import { temporaryFolder } from "../temporary-folder";

// Where functions run, the layer is on NODE_PATH.
jest.mock("shop-http", () => jest.requireActual("../../examples/flash-sale/layers/shop-http/shop-http"), {
  virtual: true,
});

interface Answer {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}
type Handler = (event: object) => Promise<Answer>;

function handler(name: string): Handler {
  const loaded = require(`../../examples/flash-sale/functions/${name}/index.js`) as { main_handler: Handler };
  return loaded.main_handler;
}

function planOf(provenVersion?: string): Plan {
  const app = new App({ outdir: temporaryFolder() });
  new Shop(app, "shop", { loadBalancerId: "lb-flashsale", ...(provenVersion ? { provenVersion } : {}) });
  app.synth();
  return JSON.parse(fs.readFileSync(path.join(app.outdir, "stacks/shop/scf.plan.json"), "utf8")) as Plan;
}

describe("the shop", () => {
  test("has the plan that people have looked at", () => {
    const golden = path.join(__dirname, "golden/shop.plan.json");
    const text = serializePlan(planOf("1"));
    if (process.env["UPDATE_GOLDEN"]) fs.writeFileSync(golden, text);
    expect(text).toBe(fs.readFileSync(golden, "utf8"));
  });

  test("sends everything to the newest version until one has proved itself", () => {
    const alias = (plan: Plan) =>
      plan.resources.find(({ address }) => address === "shop/orders/live")?.properties;
    expect(alias(planOf())).not.toHaveProperty("routing");
    expect(alias(planOf("1"))).toMatchObject({ version: "1", routing: { type: "weighted", percent: 10 } });
  });

  test("is deployed, and a second deploy changes nothing", async () => {
    const project = new Project();
    const loadBalancerId = await project.loadBalancer();
    const declare = (app: App): void => void new Shop(app, "shop", { loadBalancerId });
    const writes = await project.writesOfApp("shop", declare);
    expect(writes.filter((action) => action === "PublishVersion")).toHaveLength(2);
    expect(writes).toEqual(expect.arrayContaining(["PublishLayerVersion", "CreateRule", "CreatePolicy"]));
    expect(await project.writesOfApp("shop", declare)).toEqual([]);
  });
});

describe("the orders function", () => {
  const order = (body: unknown, more: object = {}) =>
    handler("orders")({ httpMethod: "POST", body: JSON.stringify(body), ...more });

  beforeEach(() => jest.spyOn(console, "log").mockImplementation(() => undefined));
  afterEach(() => jest.restoreAllMocks());

  test("takes an order, and the same order again under the same number", async () => {
    const first = await order({ customer: "c-17", item: "lamp", quantity: 2 });
    expect(first).toMatchObject({ statusCode: 202, isBase64Encoded: false });
    const again = await order({ customer: "c-17", item: "lamp", quantity: 2 });
    expect(again.body).toBe(first.body);
    expect(JSON.parse((await order({ customer: "c-18", item: "lamp" })).body)).not.toEqual(
      JSON.parse(first.body),
    );
  });

  test.each([
    [0, 422],
    [1, 202],
    [2, 202],
    [3, 422],
    [1.5, 422],
  ])("answers an order of %d with %d", async (quantity, statusCode) => {
    expect(await order({ customer: "c-17", item: "lamp", quantity })).toMatchObject({ statusCode });
  });

  test("fails for what is no order, and for other methods", async () => {
    expect(await order({ customer: "c-17" })).toMatchObject({ statusCode: 400 });
    expect(await handler("orders")({ httpMethod: "POST", body: "{" })).toMatchObject({ statusCode: 400 });
    expect(await handler("orders")({ httpMethod: "GET" })).toMatchObject({ statusCode: 405 });
  });

  test("reads a body that the load balancer has encoded", async () => {
    const body = Buffer.from(JSON.stringify({ customer: "c-17", item: "lamp" })).toString("base64");
    expect(await handler("orders")({ httpMethod: "POST", body, isBase64Encoded: true })).toMatchObject({
      statusCode: 202,
    });
  });
});

describe("the catalogue function", () => {
  test("lists what is in stock, cheapest first, and refreshes at night", async () => {
    const { items } = JSON.parse((await handler("catalogue")({ httpMethod: "GET" })).body) as {
      items: { price: number }[];
    };
    expect(items.map(({ price }) => price)).toEqual([2900, 4900, 9900]);
    jest.spyOn(console, "log").mockImplementation(() => undefined);
    expect(await handler("catalogue")({ Type: "Timer" })).toEqual({ items: 3 });
    jest.restoreAllMocks();
  });
});
