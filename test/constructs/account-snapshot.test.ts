import * as fs from "node:fs";
import * as path from "node:path";
import * as scf from "cdktf-scf";
import Ajv from "ajv/dist/2020";
import { parseSnapshot, serializeSnapshot, type RegionSnapshot } from "../../lib/model/account-snapshot";
import { planJsonSchema, snapshotJsonSchema } from "../../lib/model/plan-schema";
import { serializePlan, type Plan } from "../../lib/model/plan";
import { temporaryFolder } from "../temporary-folder";
import { newApp, node, readPlan, TestStack } from "./app";

const before = process.cwd();
beforeEach(() => process.chdir(temporaryFolder()));
afterEach(() => process.chdir(before));

const guangzhou: RegionSnapshot = {
  region: "ap-guangzhou",
  takenAt: "2026-11-01T08:00:00Z",
  quotas: { functionsPerNamespace: 60, namespaces: 6, triggersOfOneType: 10 },
  triggersOfType: { timer: 10, clb: 3 },
  namespaces: {
    default: {
      functions: ["old", "shop-orders", "stock-orders"],
      functionLimit: 60,
      reservedMb: { old: 1280, "shop-orders": 128 },
      provisionedMb: { old: { 3: 256 }, "shop-orders": { 1: 128, 2: 128 } },
    },
    team: { functions: ["old"], functionLimit: 2, concurrencyMb: 20_000 },
  },
  layers: { deps: 3 },
  testEvents: ["empty", "full"],
};

function save(...regions: RegionSnapshot[]): void {
  fs.writeFileSync("scf.account.json", serializeSnapshot(regions));
}

const account = { snapshot: "scf.account.json" };

/** Two stacks of one region, of which only the first names the snapshot. */
function twoStacks(provider: Partial<scf.ScfProviderProps> = {}): { shop: Plan; stock: Plan } {
  const app = newApp();
  new scf.Function(new TestStack(app, "shop", { account, ...provider }), "orders", node);
  new scf.Function(new TestStack(app, "stock"), "orders", node);
  app.synth();
  return { shop: readPlan(app, "shop"), stock: readPlan(app, "stock") };
}

describe("a plan", () => {
  test("counts what the snapshot knows, and names only what the stack may declare", () => {
    save(guangzhou);
    const { shop } = twoStacks();
    expect(shop.existing).toEqual({
      namespaces: ["default", "team"],
      functions: {
        default: {
          count: 3,
          declared: ["shop-orders"],
          reserved: { totalMb: 1408, declaredMb: { "shop-orders": 128 } },
          provisioned: { totalMb: 512, declaredMb: { "shop-orders": { 1: 128, 2: 128 } } },
        },
        team: { count: 1, declared: [], limit: 2, concurrencyMb: 20_000 },
      },
      layers: { deps: 3 },
      triggersOfType: { clb: 3 },
      testEvents: { count: 2, declared: [] },
    });
    expect(shop.provider.reportedQuotas).toEqual(guangzhou.quotas);
    expect(shop.provider.quotas).toEqual({});
    const check = new Ajv({ strict: false, allErrors: true }).compile(planJsonSchema());
    expect(check(shop) ? [] : check.errors).toEqual([]);
  });

  test("counts with the snapshot and the quotas of another stack of the account and region", () => {
    save(guangzhou);
    const { stock } = twoStacks({ quotas: { layers: 30 } });
    expect(stock.existing?.functions["default"]).toMatchObject({ count: 3, declared: ["stock-orders"] });
    expect(stock.provider.quotas).toEqual({ layers: 30 });
  });

  test("is the same when the snapshot was taken again and says the same", () => {
    save(guangzhou);
    const first = serializePlan(twoStacks().shop);
    save({ ...guangzhou, takenAt: "2026-12-24T08:00:00Z" });
    expect(serializePlan(twoStacks().shop)).toBe(first);
  });

  test("names the snapshot the same on every machine", () => {
    save(guangzhou);
    const { shop } = twoStacks({ account: { snapshot: path.resolve("scf.account.json") } });
    expect(shop.provider.account.snapshot).toBe("scf.account.json");
  });

  test("of an app without a snapshot says nothing of it", () => {
    const { shop } = twoStacks({ account: {} });
    expect(shop).not.toHaveProperty("existing");
    expect(shop.provider).not.toHaveProperty("reportedQuotas");
  });

  test("counts only the account that the provider names", () => {
    save(guangzhou, { ...guangzhou, uin: "100000000002", layers: { others: 1 } });
    const { shop } = twoStacks({ account: { ...account, uin: "100000000002" } });
    expect(shop.existing?.layers).toEqual({ others: 1 });
  });
});

describe("a snapshot", () => {
  function findings(provider: Partial<scf.ScfProviderProps>, functions = 1): string[] {
    const app = newApp();
    const stack = new TestStack(app, "shop", provider);
    for (let number = 1; number <= functions; number++) new scf.Function(stack, `orders${number}`, node);
    try {
      app.synth();
    } catch (error) {
      const { findings = [] } = error as { findings?: { rule: string; message: string }[] };
      if (findings.length === 0) throw error;
      return findings.map(({ rule, message }) => `${rule} ${message}`);
    }
    const report = path.join(app.outdir, "stacks", "shop", "scf.findings.json");
    const written = JSON.parse(fs.readFileSync(report, "utf8")) as {
      findings: { rule: string; message: string }[];
    };
    return written.findings.map(({ rule, message }) => `${rule} ${message}`);
  }

  test("that is not there yet is a warning, so that it can be saved", () => {
    expect(findings({ account })).toEqual([
      'QTA-SNAP the snapshot "scf.account.json" is missing, or says nothing of ap-guangzhou: what is there already is not counted',
    ]);
  });

  test("fails a program that does not fit beside what exists, and says how old it is", () => {
    save({ ...guangzhou, quotas: { functionsPerNamespace: 5 } });
    expect(findings({ account, quotas: { functionsPerNamespace: 5 } }, 2)).toEqual([]);
    expect(findings({ account, quotas: { functionsPerNamespace: 4 } }, 2)).toEqual([
      "QTA-FN 5 functions in namespace `default` of ap-guangzhou: 3 in the account that this program does not declare (scf.account.json of 2026-11-01), 2 declared here; 4 are allowed in a namespace",
    ]);
  });

  test.each([
    ["{", "is not JSON"],
    ["{}", "is no snapshot of an account"],
    [JSON.stringify({ format: "cdktf-scf/account", formatVersion: 1 }), "`regions` is missing"],
    [JSON.stringify({ format: "cdktf-scf/account", formatVersion: 1, regions: [{}] }), "has no region"],
    [
      serializeSnapshot([{ ...guangzhou, layers: { deps: -1 } }]),
      "`layers` of ap-guangzhou is no list of amounts",
    ],
    [
      serializeSnapshot([{ ...guangzhou, namespaces: { team: { functions: [1 as unknown as string] } } }]),
      "namespace team of ap-guangzhou has no list of functions",
    ],
    [
      serializeSnapshot([
        { ...guangzhou, namespaces: { team: { functions: [], reservedMb: { old: 1.5 } } } },
      ]),
      "namespace team of ap-guangzhou has functions whose concurrency is no amount",
    ],
    [
      serializeSnapshot([
        {
          ...guangzhou,
          namespaces: {
            team: { functions: [], provisionedMb: { old: 1 as unknown as Record<string, number> } },
          },
        },
      ]),
      "namespace team of ap-guangzhou has functions whose concurrency is no amount",
    ],
    [
      serializeSnapshot([{ ...guangzhou, namespaces: { team: { functions: [], concurrencyMb: -1 } } }]),
      "namespace team of ap-guangzhou has a concurrency that is no amount",
    ],
    [
      serializeSnapshot([{ ...guangzhou, testEvents: [1 as unknown as string] }]),
      "`testEvents` of ap-guangzhou is no list of names",
    ],
  ])("fails with a sentence when it is damaged: %s", (text, sentence) => {
    fs.writeFileSync("scf.account.json", text);
    expect(() => findings({ account })).toThrow(
      expect.objectContaining({ code: "SNAPSHOT_DAMAGED", message: expect.stringContaining(sentence) }),
    );
  });

  test("fails with a sentence when another version wrote it", () => {
    const text = serializeSnapshot([guangzhou]).replace('"formatVersion": 1', '"formatVersion": 2');
    expect(() => parseSnapshot(text, "scf.account.json")).toThrow(/snapshot format 2; this cdktf-scf reads/);
  });

  test("fits the published schema, and has the same bytes however it is put together", () => {
    const shanghai = { ...guangzhou, region: "ap-shanghai" };
    const text = serializeSnapshot([shanghai, guangzhou]);
    expect(serializeSnapshot([guangzhou, shanghai])).toBe(text);
    const check = new Ajv({ strict: false, allErrors: true }).compile(snapshotJsonSchema());
    expect(check(JSON.parse(text)) ? [] : check.errors).toEqual([]);
    expect(check({ ...(JSON.parse(text) as object), surprise: 1 })).toBe(false);
  });
});
