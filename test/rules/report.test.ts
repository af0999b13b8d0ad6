import type { Finding } from "../../lib/rules/finding";
import { findingsReport, renderFindings } from "../../lib/rules/report";
import { expectGolden } from "./golden";
import { Program } from "./program";

/** A shop in two stacks with something wrong of every severity. */
function shop(): Program {
  const program = new Program();
  const back = program.stack("shop");
  const orders = back.function("orders", {
    memory: 320,
    environment: { TABLE: "orders", KEY: { $secret: { environment: "ORDERS_KEY" } } },
  });
  back.layer("python", { compatibleRuntimes: ["Python3.7"] });
  back.function("stock", {
    layers: [
      {
        name: { $ref: { address: "shop/python", attribute: "layerName" } },
        version: { $ref: { address: "shop/python", attribute: "version" } },
      },
    ],
  });
  const live = back.alias("orders/live", orders, { name: "live" });
  back.policy("ops", [{ effect: "allow", action: ["scf:*"], resource: ["*"] }]);
  const front = program.stack("front", { region: "ap-shanghai" });
  const rule = front.rule("http/orders", front.listener("http"), { path: "orders" });
  front.binding("http/orders/target", rule, orders, {
    qualifier: { $ref: { address: live, attribute: "name" } },
    qualifierType: "alias",
  });
  back.timer("nightly", orders, { cron: "0 2 * * *" });
  program.acknowledge("CLB-BETA", "front", "the account is admitted to the beta");
  [
    "shop/orders",
    "shop/orders/live",
    "shop/stock",
    "shop/python",
    "shop/ops",
    "front/http",
    "front/http/orders",
    "shop/nightly",
  ].forEach((address, index) => program.at(address, 10 + index * 7));
  return program;
}

test("people read findings of two stacks at once", () => {
  expectGolden("report.txt", renderFindings(shop().evaluate(), { color: false, baseDirectory: "/work" }));
});

test("programs read the same findings", () => {
  const report = findingsReport(shop().evaluate(), { baseDirectory: "/work" });
  expectGolden("report.json", `${JSON.stringify(report, undefined, 2)}\n`);
  expect(JSON.parse(JSON.stringify(report))).toEqual(report);
});

const broken: Finding = {
  severity: "error",
  rule: "CLB-REGION",
  message: "listener rule and function are in different regions",
  places: [
    { address: "shop/http/orders", note: "ap-shanghai", location: { file: "/work/shop.ts", line: 31 } },
    {
      address: "shop/orders",
      note: "alias live, ap-guangzhou",
      location: { file: "/work/shop.ts", line: 14 },
    },
  ],
  fix: "a load balancer binds functions of its own region only: move one of them",
  source: "clb-binds-scf, 限制说明",
};

test("a broken binding looks like the one in the design", () => {
  expect(renderFindings([broken], { color: false, baseDirectory: "/work" })).toBe(`\
ERROR CLB-REGION  listener rule and function are in different regions
  shop/http/orders         ap-shanghai               at shop.ts:31
  shop/orders              alias live, ap-guangzhou  at shop.ts:14
  a load balancer binds functions of its own region only: move one of them   [clb-binds-scf, 限制说明]

1 error
`);
});

test("colours are there only when they are asked for", () => {
  const plain = renderFindings(shop().evaluate(), { color: false, baseDirectory: "/work" });
  const colored = renderFindings(shop().evaluate(), { color: true, baseDirectory: "/work" });
  expect(plain).not.toContain("\u001b");
  expect(colored).toContain("\u001b[31mERROR CLB-REGION\u001b[39m");
  expect(colored).toContain("\u001b[33mWARNING CAM-WIDE\u001b[39m");
  expect(colored).toContain("\u001b[36mUNCHECKED FN-ENV\u001b[39m");
  // eslint-disable-next-line no-control-regex
  expect(colored.replace(/\u001b\[\d+m/g, "")).toBe(plain);
});

test("sentences are broken between words where the terminal ends", () => {
  const text = renderFindings([broken], { color: false, baseDirectory: "/work", width: 50 });
  expect(text).toBe(`\
ERROR CLB-REGION  listener rule and function are
    in different regions
  shop/http/orders         ap-shanghai               at shop.ts:31
  shop/orders              alias live, ap-guangzhou  at shop.ts:14
  a load balancer binds functions of its own
  region only: move one of them
  [clb-binds-scf, 限制说明]

1 error
`);
});

test.each<[string, readonly Finding[], string]>([
  ["nothing", [], "no findings"],
  ["two errors", [broken, broken], "2 errors"],
  [
    "everything",
    [
      broken,
      broken,
      { ...broken, severity: "warning" },
      { ...broken, severity: "unchecked" },
      { ...broken, severity: "warning", acknowledged: "known" },
    ],
    "2 errors, 1 warning, 1 value not known yet (checked again on deploy), 1 warning acknowledged",
  ],
  [
    "several values",
    [
      { ...broken, severity: "unchecked" },
      { ...broken, severity: "unchecked" },
    ],
    "2 values not known yet (checked again on deploy)",
  ],
])("the last line counts %s", (_title, findings, summary) => {
  const lines = renderFindings(findings, { color: false, baseDirectory: "/work" }).trimEnd().split("\n");
  expect(lines[lines.length - 1]).toBe(summary);
});

test("an acknowledged warning is counted and not printed", () => {
  const acknowledged: Finding = { ...broken, severity: "warning", acknowledged: "known" };
  expect(renderFindings([acknowledged], { color: false, baseDirectory: "/work" })).toBe(
    "1 warning acknowledged\n",
  );
  expect(findingsReport([acknowledged], { baseDirectory: "/work" }).findings).toMatchObject([
    { acknowledged: "known" },
  ]);
});

test("files outside the base directory are named from it", () => {
  const report = findingsReport([broken], { baseDirectory: "/work/stacks" });
  expect(report.findings[0]?.places[0]?.location).toEqual({ file: "../shop.ts", line: 31 });
});

test("every finding of a long list is printed", () => {
  const program = new Program();
  const stack = program.stack();
  for (let number = 1; number <= 300; number++)
    stack.function(`f${number}`, { memory: 1, namespace: `n${number}` });
  const text = renderFindings(program.evaluate(), { color: false, baseDirectory: "/work" });
  expect(text.match(/^ERROR FN-MEM/gm)).toHaveLength(300);
});
