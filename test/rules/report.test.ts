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
\`cdktf-scf explain CLB-REGION\` says more
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
\`cdktf-scf explain CLB-REGION\` says more
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
])("the last block counts %s", (_title, findings, summary) => {
  const text = renderFindings(findings, { color: false, baseDirectory: "/work" });
  expect(lastBlock(text)[0]).toBe(summary);
});

function lastBlock(text: string): string[] {
  return (text.split("\n\n").pop() ?? "").trimEnd().split("\n");
}

test("a failing run says once where there is more to read, and one that does not fail says nothing of it", () => {
  const options = { color: false, baseDirectory: "/work" };
  const other = { ...broken, rule: "FN-MEM" };
  expect(renderFindings([broken, other], options).match(/explain/g)).toHaveLength(1);
  expect(lastBlock(renderFindings([other, broken], options))[1]).toBe("`cdktf-scf explain FN-MEM` says more");
  expect(renderFindings([{ ...broken, severity: "warning" }], options)).not.toContain("explain");
});

test("values that are not known for the same reason are one block", () => {
  const program = new Program();
  const stack = program.stack();
  for (const name of ["orders", "stock", "cart"]) stack.function(name, { memory: { $token: "${x}" } });
  expect(renderFindings(program.evaluate(), { color: false, baseDirectory: "/work" })).toBe(`\
UNCHECKED FN-MEM  \`memory\` is a value of another provider and not known yet
  shop/cart
  shop/orders
  shop/stock
  nothing to do now: it is checked again on deploy   [scf-operation-guide, 配额限制说明]

3 values not known yet (checked again on deploy)
`);
});

test("of very many places the first ones are shown, and the rest counted", () => {
  const places = Array.from({ length: 1020 }, (_, index) => ({ address: `shop/f${index}` }));
  const text = renderFindings([{ ...broken, places }], { color: false, baseDirectory: "/work" });
  expect(text.match(/^ {2}shop/gm)).toHaveLength(20);
  expect(text).toContain("\n  shop/f19\n  and 1,000 more\n");
  const all = renderFindings([{ ...broken, places: places.slice(0, 25) }], {
    color: false,
    baseDirectory: "/work",
  });
  expect(all.match(/^ {2}shop/gm)).toHaveLength(25);
});

test("Chinese names line up, and take two columns of the terminal each", () => {
  const places = [
    { address: "shop/订单", note: "订单", location: { file: "/work/shop.ts", line: 1 } },
    { address: "shop/orders", note: "orders", location: { file: "/work/shop.ts", line: 2 } },
  ];
  const finding = { ...broken, places, fix: "move one of them" };
  const text = renderFindings([finding], { color: false, baseDirectory: "/work", width: 46 });
  expect(text).toContain(`
  shop/订单                订单    at shop.ts:1
  shop/orders              orders  at shop.ts:2
  move one of them   [clb-binds-scf, 限制说明]
`);
  expect(renderFindings([finding], { color: false, baseDirectory: "/work", width: 45 })).toContain(
    "  move one of them\n  [clb-binds-scf, 限制说明]\n",
  );
});

test("control characters of a program's names do not reach the terminal", () => {
  const places = [{ address: "shop/orders", note: "\u001b[2Jteam\n\u009b" }];
  const text = renderFindings([{ ...broken, places }], { color: false, baseDirectory: "/work" });
  expect(text).toContain("  shop/orders              \\u001b[2Jteam\\u000a\\u009b\n");
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
