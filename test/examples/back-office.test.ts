import { execFileSync } from "node:child_process";
import * as path from "node:path";
import { Findings, LocalPlatform, Match, Plan } from "cdktf-scf/testing";
import { BackOffice } from "../../examples/back-office/back-office";
import { newApp } from "../constructs/app";

const functions = path.resolve(__dirname, "../../examples/back-office/functions");

function backOffice(bucket = "receipts-1250000000"): BackOffice {
  return new BackOffice(newApp(), "back-office", {
    loadBalancerId: "lb-main0001",
    bucket,
    noticeId: "notice-office",
  });
}

describe("the back office", () => {
  test("keeps out of the way of the main system", () => {
    Findings.fromStack(backOffice()).hasNone();
    Plan.fromStack(backOffice())
      .has("clb_listener", { loadBalancerId: "lb-main0001", port: 8080 })
      .has("scf_reserved_concurrency", { functionName: Match.regularExpression(/orders/), reservedMb: 6400 });
  });

  test("runs the report at night, and tells people of one that failed", () => {
    Plan.fromStack(backOffice())
      .hasFunction("report/function", { timeout: 1800, timeZone: "Asia/Shanghai", asyncExecution: true })
      .hasTimerTrigger("report/function/live/timer", { cron: "0 30 1 * * * *", enabled: true })
      .has("monitor_alarm_policy", { noticeIds: ["notice-office"] });
  });

  test("is deployed, reachable by its aliases, and a second deploy changes nothing", async () => {
    const platform = LocalPlatform.inMemory();
    const run = await platform.deploy(backOffice());
    expect(run).toMatchObject({ failed: [], warnings: [] });
    for (const name of ["orders-function", "receipts-read-function"]) {
      expect(await platform.invoke(`back-office-${name}`, { qualifier: "live" })).toMatchObject({
        version: "1",
        status: 0,
      });
    }
    expect(await platform.live("clb_rule", { domain: "partners.example.com", path: "/orders" })).toHaveLength(
      1,
    );
    expect(await platform.live("scf_api_gateway_trigger")).toMatchObject([
      { properties: { functionName: "back-office-figures-function", qualifier: "live", protocol: "HTTPS" } },
    ]);
    expect(await platform.diff(backOffice())).toEqual([]);
    const writes = platform.calls({ writes: true }).length;
    await platform.deploy(backOffice());
    expect(platform.calls({ writes: true })).toHaveLength(writes);
  });

  test("works on the receipts of another bucket, and may read no other", async () => {
    const platform = LocalPlatform.inMemory();
    await platform.deploy(backOffice());
    const moved = await platform.deploy(backOffice("entries-1250000000"));
    expect(moved.replaced).toEqual(["back-office/receipts/read/function/live/objects"]);
    expect(moved.updated).toContain("back-office/receipts/read/role/Policy");
    expect(await platform.live("scf_cos_trigger")).toMatchObject([
      { properties: { bucket: "entries-1250000000", prefix: "incoming/", suffix: ".txt" } },
    ]);
    const [policy] = await platform.live("cam_policy", {
      policyName: "back-office-receipts-read-role-Policy",
    });
    expect(JSON.stringify(policy)).toContain("entries-1250000000/incoming/*");
    expect(JSON.stringify(policy)).not.toContain("receipts-1250000000");
  });

  test("leaves nothing behind when it is destroyed", async () => {
    const platform = LocalPlatform.inMemory();
    const everything = async () => ({
      functions: await platform.live("scf_function"),
      listeners: await platform.live("clb_listener"),
      // Every account has a role that functions are configured with.
      roles: (await platform.live("cam_role")).map(({ id }) => id),
      policies: await platform.live("cam_policy"),
      alarms: await platform.live("monitor_alarm_policy"),
    });
    const before = await everything();
    await platform.deploy(backOffice());
    expect(await everything()).not.toEqual(before);
    await platform.destroy(backOffice());
    expect(await everything()).toEqual(before);
  });
});

describe("the orders function", () => {
  const { main_handler: orders } = require("../../examples/back-office/functions/orders/index.js") as {
    main_handler: (event: object) => Promise<{ statusCode: number; body: string }>;
  };
  const item = { item: "lamp", quantity: 3 };

  test.each([
    ["takes an order", { partner: "p-7", items: [item, item] }, 202, { partner: "p-7", taken: 2 }],
    ["fails without a partner", { items: [item] }, 400, { error: expect.stringContaining("partner") }],
    ["fails without items", { partner: "p-7", items: [] }, 400, { error: expect.stringContaining("item") }],
    [
      "fails for a quantity of 0",
      { partner: "p-7", items: [item, { ...item, quantity: 0 }] },
      422,
      { error: expect.stringContaining("Item 2") },
    ],
    [
      "fails for an item that is none",
      { partner: "p-7", items: [null] },
      422,
      { error: expect.stringContaining("Item 1") },
    ],
    ["fails for what is no order", "lamp", 400, { error: expect.any(String) }],
  ])("%s", async (_, order, statusCode, content) => {
    const body = JSON.stringify(order);
    const encoded = { body: Buffer.from(body).toString("base64"), isBase64Encoded: true };
    for (const event of [{ body }, encoded]) {
      const answer = await orders(event);
      expect(answer).toMatchObject({ statusCode });
      expect(JSON.parse(answer.body)).toEqual(content);
    }
  });

  test("fails for what is no JSON, and for nothing", async () => {
    expect(await orders({ body: "{" })).toMatchObject({ statusCode: 400 });
    expect(await orders({})).toMatchObject({ statusCode: 400 });
  });
});

test("the receipts function tells which entry each receipt becomes", async () => {
  const { main_handler: receipts } = require("../../examples/back-office/functions/receipts/index.js") as {
    main_handler: (event: object) => Promise<object>;
  };
  const key = "/1250000000/receipts/incoming/2026/lamp.txt";
  process.env["FROM"] = "incoming/";
  process.env["TO"] = "entries/";
  expect(await receipts({ Records: [{ cos: { cosObject: { key } } }] })).toEqual([
    { from: "incoming/2026/lamp.txt", to: "entries/2026/lamp.json" },
  ]);
  expect(await receipts({})).toEqual([]);
});

test("the figures answer people who look at them", () => {
  const { serve } = require("../../examples/back-office/functions/figures/app.js") as {
    serve: (request: object, response: object) => void;
  };
  const statusOf = (request: object): number => {
    let status = 0;
    serve(request, { writeHead: (code: number) => (status = code), end: () => undefined });
    return status;
  };
  expect(statusOf({ method: "GET", url: "/figures" })).toBe(200);
  expect(statusOf({ method: "POST", url: "/figures" })).toBe(404);
  expect(statusOf({ method: "GET", url: "/" })).toBe(404);
});

test.each([
  // The timer fires at half past one in the zone; what an event says is UTC.
  ["2026-07-21T17:30:00Z", "2026-07-21"],
  ["2026-12-31T17:30:00Z", "2026-12-31"],
])("the report of the night that begins at %s is about %s", (Time, day) => {
  const program = `require("./index.js").main_handler({ Time: "${Time}" }).then(({ day }) => console.log(day))`;
  const printed = execFileSync(process.execPath, ["--eval", program], {
    cwd: path.join(functions, "report"),
    env: { ...process.env, TZ: "Asia/Shanghai" },
    encoding: "utf8",
  });
  expect(printed.trim()).toBe(day);
});
