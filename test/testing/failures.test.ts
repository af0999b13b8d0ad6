import * as fs from "node:fs";
import * as path from "node:path";
import * as scf from "cdktf-scf";
import { Findings, Match, Plan } from "../../lib/testing";
import { newApp, node, TestStack } from "../constructs/app";
import { Shop } from "./shop";

const plan = Plan.fromStack(new Shop());

function large(): Plan {
  const stack = new TestStack(newApp(), "large");
  const code = scf.Code.fromInline("exports.main_handler = async () => 1;\n");
  for (let index = 10; index < 30; index++) {
    new scf.Function(stack, `f${index}`, { ...node, code, environment: { NUMBER: String(index) } });
  }
  return Plan.fromStack(stack);
}

function wrong(): TestStack {
  const stack = new TestStack(newApp(), "shop");
  new scf.Function(stack, "orders", { ...node, timeout: scf.Duration.seconds(1000) });
  return stack;
}

const failures: readonly (readonly [file: string, fail: () => unknown])[] = [
  [
    "one-resource",
    () =>
      plan.hasFunction("orders", { memory: 512, timeout: 10, environment: { TABLE: "order", MODE: "x" } }),
  ],
  ["no-such-path", () => plan.hasFunction("order")],
  ["name-on-the-platform", () => plan.hasFunction("shop-orders")],
  ["path-of-another-kind", () => plan.hasAlias("orders")],
  [
    "ambiguous-path",
    () => {
      const app = newApp();
      new Shop(app, "one");
      new Shop(app, "two");
      Plan.fromApp(app).hasFunction("orders");
    },
  ],
  ["closest", () => plan.has("scf_function", { memory: 256, timeout: 10, environment: { TABLE: "bills" } })],
  [
    "closest-list",
    () =>
      plan.has("scf_function", { layers: Match.arrayWith([{ name: "→ shop/deps.layerName", version: 3 }]) }),
  ],
  ["closest-reference", () => plan.has("scf_alias", { functionName: "→ shop/bills.functionName" })],
  [
    "closest-policy",
    () =>
      plan.has("cam_policy", {
        statement: [{ effect: "deny", action: Match.arrayWith(["scf:InvokeFunction", "scf:GetFunction"]) }],
      }),
  ],
  [
    "closest-exact",
    () => plan.has("scf_layer", Match.exact({ layerName: "deps", description: Match.absent() })),
  ],
  [
    "closest-long-text",
    () => plan.has("scf_function", { description: `Sends mails.${" And more.".repeat(20)}` }),
  ],
  ["none-of-the-kind", () => plan.has("clb_rule", { domain: Match.regularExpression(/example/) } as never)],
  ["closest-of-many", () => large().has("scf_function", { memory: 64, environment: { NUMBER: "11" } })],
  ["none-expected", () => plan.hasNo("scf_function", { memory: Match.not(128) })],
  ["none-of-many-expected", () => large().hasNo("scf_function")],
  ["count", () => plan.countIs("scf_function", 2)],
  ["unknown-property", () => plan.has("scf_function", { memroy: 256 } as never)],
  ["unknown-kind-with-properties", () => plan.has("scf_functions" as never, { memory: 256 } as never)],
  [
    "closest-list-of-many",
    () => plan.has("scf_function", { layers: Match.arrayWith([{ name: "→ shop/other.layerName" }]) }),
  ],
  ["closest-no-json", () => plan.has("cam_policy", { statement: Match.serializedJson({ version: "2.0" }) })],
  [
    "ambiguous-alias",
    () => {
      const stack = new TestStack(newApp(), "shop");
      const code = scf.Code.fromInline("exports.main_handler = async () => 1;\n");
      for (const name of ["orders", "bills"]) {
        const fn = new scf.Function(stack, name, { ...node, code });
        fn.addAlias("live", { version: fn.currentVersion });
      }
      Plan.fromStack(stack).hasAlias("live");
    },
  ],
  ["unknown-kind", () => plan.countIs("scf_funktion" as never, 1)],
  ["broken-rules", () => Plan.fromStack(wrong())],
  ["no-such-finding", () => Findings.fromStack(wrong()).hasError("FN-NAME", { path: "shop/*" })],
  ["no-findings", () => Findings.fromStack(new Shop()).hasError("FN-NAME")],
];

/** Lines of the program are left out: they change whenever this file does. */
function failureOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return `${(error as Error).message.replace(/\.test\.ts:\d+/g, ".test.ts:LINE").trimEnd()}\n`;
  }
  throw new Error("It did not fail.");
}

beforeEach(() => {
  process.env["NO_COLOR"] = "1";
});
afterEach(() => {
  delete process.env["NO_COLOR"];
});

test.each(failures)("fails as %s in golden/", (name, fail) => {
  const file = path.join(__dirname, "golden", `${name}.txt`);
  const text = failureOf(fail);
  if (process.env["UPDATE_GOLDEN"]) fs.writeFileSync(file, text);
  expect(text).toBe(fs.readFileSync(file, "utf8"));
});

test("has colours where the terminal has them", () => {
  delete process.env["NO_COLOR"];
  process.env["FORCE_COLOR"] = "1";
  const text = failureOf(() => plan.hasFunction("orders", { memory: 512 }));
  delete process.env["FORCE_COLOR"];
  expect(text).toContain("\u001b[31m✗\u001b[39m memory");
  expect(text).toContain("\u001b[32m512\u001b[39m");
});
