import * as path from "node:path";
import { App } from "cdktf";
import { Ledger } from "../../examples/event-sources/ledger";
import { matchesHash } from "../../lib/assets";
import { kinds } from "../../lib/kinds";
import type { Kind } from "../../lib/kinds/kind";
import { openLocalPlatform, type LocalPlatform } from "../../lib/platform/local";
import { createReconciler, type Difference, stagedPackages, stateIn } from "../../lib/reconciler";
import { readPlan } from "../constructs/app";
import { temporaryFolder } from "../temporary-folder";

const folder = temporaryFolder();
let platform: LocalPlatform;
beforeAll(() => {
  platform = openLocalPlatform({ path: path.join(folder, "local.db"), region: "ap-guangzhou" });
});
afterAll(() => platform.close());

async function run(purpose: "deploy" | "destroy", serviceId = "service-a1b2c3d4"): Promise<Difference> {
  const app = new App({ outdir: path.join(folder, "cdktf.out") });
  new Ledger(app, "ledger", {
    bucket: "receipts-1250000000",
    kafkaInstanceId: "ckafka-a1b2c3d4",
    logTopicId: "0f1e2d3c-0000-4000-8000-000000000001",
    serviceId,
  });
  app.synth();
  const reconciler = createReconciler({
    stack: "ledger",
    state: stateIn(path.join(folder, "state")),
    plan: readPlan(app, "ledger"),
    packages: stagedPackages(path.join(app.outdir, "stacks", "ledger"), matchesHash),
    kinds: kinds as Readonly<Record<string, Kind>>,
    openPlatform: async () => ({
      region: platform.region,
      call: (...call) => platform.call(...call),
      close: async () => undefined,
    }),
    stateOf: () => undefined,
    environment: {},
    onEvent: () => undefined,
  });
  try {
    const difference = await reconciler.difference({ destroy: purpose === "destroy" });
    await reconciler.apply(difference, { purpose });
    return difference;
  } finally {
    await reconciler.close();
  }
}

async function triggers(): Promise<string[]> {
  const answer = await platform.call("scf", "ListTriggers", { FunctionName: "ledger-ledger" });
  return (answer.Triggers ?? [])
    .map(({ Type, Qualifier, TriggerName }) => `${Type} ${Qualifier} ${TriggerName}`)
    .sort();
}

// One after the other, on one platform.
test("every event source starts the alias", async () => {
  await run("deploy");
  const bucket = "receipts-1250000000.cos.ap-guangzhou.myqcloud.com";
  expect(await triggers()).toEqual([
    "apigw live service-a1b2c3d4",
    "ckafka live ckafka-a1b2c3d4-orders",
    "cls live 0f1e2d3c-0000-4000-8000-000000000001",
    `cos live ${bucket}`,
    `cos live ${bucket}`,
    "mps live WorkflowTaskEvent",
    "timer live nightly",
  ]);
});

test("a second deploy changes nothing", async () => {
  platform.resetCalls();
  const { changes, unchanged } = await run("deploy");
  expect(changes).toEqual([]);
  expect(unchanged).toBe(10);
  expect(platform.calls().filter(({ write }) => write)).toEqual([]);
});

test("a trigger that somebody has switched off is switched on again", async () => {
  const key = { FunctionName: "ledger-ledger", Qualifier: "live", Type: "timer", TriggerName: "nightly" };
  await platform.call("scf", "UpdateTriggerStatus", { ...key, Enable: "CLOSE" });
  const { changes } = await run("deploy");
  expect(changes).toMatchObject([
    {
      address: "ledger/ledger/live/nightly",
      operation: "update",
      properties: [{ name: "enabled", reason: "drift" }],
    },
  ]);
  expect((await run("deploy")).changes).toEqual([]);
});

test("another service replaces the API", async () => {
  const { changes } = await run("deploy", "service-e5f6g7h8");
  expect(changes).toMatchObject([
    { address: "ledger/ledger/live/api", operation: "replace", deletesFirst: true },
  ]);
  expect(await triggers()).toContain("apigw live service-e5f6g7h8");
});

test("nothing is left when it is destroyed", async () => {
  await run("destroy");
  expect((await platform.call("scf", "ListFunctions", {})).TotalCount).toBe(0);
});

const { main_handler: handle } = require("../../examples/event-sources/functions/ledger/index.js") as {
  main_handler: (event: object) => Promise<{ entries: number; statusCode?: number; body?: string }>;
};

describe("the ledger", () => {
  let lines: string[];
  beforeEach(() => {
    lines = [];
    jest.spyOn(console, "log").mockImplementation((line: string) => void lines.push(line));
  });
  afterEach(() => jest.restoreAllMocks());

  test.each([
    ["timer", { Type: "Timer", TriggerName: "nightly", Message: "close the day" }, ["close the day"]],
    [
      "files",
      {
        Records: [
          { cos: { cosObject: { key: "/receipts/1.pdf" } }, event: { eventName: "cos:ObjectCreated:Put" } },
        ],
      },
      ["cos:ObjectCreated:Put /receipts/1.pdf"],
    ],
    [
      "messages",
      { Records: [{ Ckafka: { msgBody: "one" } }, { Ckafka: { msgBody: "two" } }] },
      ["one", "two"],
    ],
    ["logs", { clslogs: { records: [{ content: "started" }] } }, ["started"]],
    ["media", { eventType: "WorkflowTask" }, ["WorkflowTask"]],
  ])("enters what comes from %s", async (source, event, whats) => {
    expect(await handle(event)).toEqual({ entries: whats.length });
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual(whats.map((what) => ({ source, what })));
  });

  test("answers an API gateway", async () => {
    const answer = await handle({ httpMethod: "GET", path: "/ledger" });
    expect(answer.statusCode).toBe(200);
    expect(JSON.parse(answer.body ?? "")).toEqual({ entries: [{ source: "api", what: "GET /ledger" }] });
  });

  test("enters nothing for an event of no known form", async () => {
    expect(await handle({})).toEqual({ entries: 0 });
  });
});
