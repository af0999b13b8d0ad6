import { PLAN_FORMAT, PLAN_VERSION, type Plan } from "../../../lib/model/plan";
import { reference, type Properties } from "../../../lib/model/value";
import { PlanRules } from "../../../lib/terraform/provider/plan-rules";

const TIMEOUT = { $token: "${var.timeout}" };
const MEGABYTES = { $token: "${var.megabytes}" };

const orders: Properties = {
  namespace: "default",
  functionName: "orders",
  type: "Event",
  runtime: "Nodejs16.13",
  handler: "index.main_handler",
  code: { bucket: "code-1250000000", object: "/orders.zip", region: "ap-guangzhou" },
  memory: 256,
  timeout: TIMEOUT,
  initTimeout: 60,
  asyncExecution: false,
};
function rulesOf(resources: Readonly<Record<string, readonly [kind: string, properties: Properties]>>) {
  const plan: Plan = {
    format: PLAN_FORMAT,
    formatVersion: PLAN_VERSION,
    stack: "shop",
    validated: true,
    provider: {
      region: "ap-guangzhou",
      account: { type: "standard" },
      platform: { type: "tencentcloud" },
      quotas: {},
    },
    resources: Object.entries(resources).map(([address, [kind, properties]]) => ({
      address,
      kind,
      properties,
      dependsOn: [],
    })),
    assets: [],
    outputs: {},
    dependsOnStacks: [],
  };
  return new PlanRules(plan);
}

const nothing: ReadonlySet<string> = new Set();
const one = (properties: Properties) => rulesOf({ "shop/orders": ["scf_function", properties] });

test("fails for a value of another provider that breaks a rule, and names the construct", () => {
  const [told, ...others] = one(orders).check("scf_function", { ...orders, timeout: 901 }, nothing);
  expect(others).toEqual([]);
  expect(told).toMatchObject({ severity: "error", summary: expect.stringMatching(/^FN-TIMEOUT .*901/) });
  expect(told?.detail).toContain("shop/orders");
});

test("a value that is right, or not known yet, breaks nothing", () => {
  expect(one(orders).check("scf_function", { ...orders, timeout: 900 }, nothing)).toEqual([]);
  const { timeout: _, ...known } = orders;
  expect(one(orders).check("scf_function", known, new Set(["timeout"]))).toEqual([]);
});

test("what synthesis has checked is not told again", () => {
  const wrong = { ...orders, memory: 100 };
  const told = one(wrong).check("scf_function", { ...wrong, timeout: 901 }, nothing);
  expect(told.map(({ summary }) => summary.split(" ")[0])).toEqual(["FN-TIMEOUT"]);
});

test("what takes no value of another provider is not checked", () => {
  const literal = { ...orders, timeout: 3 };
  expect(one(literal).check("scf_function", { ...literal, timeout: 901 }, nothing)).toEqual([]);
});

test("a resource of the same kind that synthesis knew otherwise is another one", () => {
  const other = { ...orders, functionName: "stock", timeout: 901 };
  expect(one(orders).check("scf_function", other, nothing)).toEqual([]);
});

test("a rule sees what the resource refers to", () => {
  const reserved = { namespace: "default", functionName: reference("shop/orders", "functionName") };
  const rules = rulesOf({
    "shop/orders": ["scf_function", { ...orders, timeout: 3 }],
    "shop/orders/reserved": ["scf_reserved_concurrency", { ...reserved, reservedMb: MEGABYTES }],
  });
  const check = (reservedMb: number) =>
    rules.check("scf_reserved_concurrency", { ...reserved, functionName: "orders", reservedMb }, nothing);
  expect(check(256 * 4)).toEqual([]);
  expect(check(300)).toMatchObject([
    {
      severity: "warning",
      summary: expect.stringMatching(/^CON-UNIT /),
      detail: expect.stringContaining("shop/orders/reserved"),
    },
  ]);
});
