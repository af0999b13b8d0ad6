import { findingsReport, renderFindings } from "../../lib/rules/report";
import { rules } from "../../lib/rules/rules";
import { accountCases } from "./cases/account";
import { backendCases } from "./cases/backends";
import { functionCases, runtimeCases } from "./cases/functions";
import { layerCases } from "./cases/layers";
import { loadBalancerCases } from "./cases/load-balancer";
import { packageCases } from "./cases/packages";
import { permissionCases } from "./cases/permissions";
import { shapeCases } from "./cases/shapes";
import { triggerCases } from "./cases/triggers";
import { uniqueCases } from "./cases/unique";
import { versionCases } from "./cases/versions";
import { expectGolden } from "./golden";
import { Program } from "./program";
import { findingsOf, type RuleCase } from "./rule-case";

const sections: Readonly<Record<string, readonly RuleCase[]>> = {
  account: accountCases,
  functions: functionCases,
  runtimes: runtimeCases,
  packages: packageCases,
  layers: layerCases,
  versions: versionCases,
  triggers: triggerCases,
  permissions: permissionCases,
  "load-balancer": loadBalancerCases,
  backends: backendCases,
  shapes: shapeCases,
  unique: uniqueCases,
};

/** What `spec/rules.md` says can be decided at synthesis, for the kinds that there are. */
const covered = [
  ...["QTA-CODE", "QTA-NS", "QTA-FN", "QTA-LYR", "NS-DEFAULT", "REGION"],
  ...[
    "FN-NAME",
    "FN-NAMELEN",
    "FN-UNIQUE",
    "FN-DESC",
    "FN-MEM",
    "FN-TIMEOUT",
    "FN-INIT",
    "FN-ENV",
    "FN-ENVSEC",
  ],
  ...[
    "FN-TZ",
    "FN-ROLE",
    "TAG-RESERVED",
    "RT-LIST",
    "RT-H1",
    "RT-H2",
    "RT-H3",
    "COD-ZIP",
    "COD-SIZE",
    "COD-UP",
    "COD-CALL",
    "COD-COS",
  ],
  ...["LYR-NAME", "LYR-RT", "LYR-MATCH", "LYR-BIND", "LYR-ORDER", "LYR-ZIP"],
  ...[
    "ALS-NAME",
    "ALS-DESC",
    "ALS-TWO",
    "ALS-WEIGHT",
    "ALS-RULE",
    "ALS-KEY",
    "ALS-EXACT",
    "ALS-RANGE",
    "ALS-SELF",
  ],
  ...["TRG-COUNT", "TRG-QUAL", "TRG-CRON"],
  ...["CAM-DOC", "CAM-ACT", "CAM-RES", "CAM-STAR", "CAM-COND", "CAM-WIDE", "CAM-ROLE", "CAM-FN"],
  ...[
    "CLB-ACCT",
    "CLB-GEN",
    "CLB-NET",
    "CLB-REGION",
    "CLB-IP",
    "CLB-PROTO",
    "CLB-RULE",
    "CLB-WEIGHT",
    "CLB-BETA",
  ],
  ...["CLB-DUP", "TYPE", "UNIQUE"],
  ...["BCK-CVM", "BCK-ENI", "BCK-X2", "BCK-X1", "BCK-IDC", "BCK-XOR", "BCK-ALOG", "BCK-SG"],
];

const all = Object.values(sections).flat();

describe.each(Object.entries(sections))("%s", (section, cases) => {
  test.each(cases.map((ruleCase) => [ruleCase.rule, ruleCase.title, ruleCase] as const))(
    "%s: %s",
    (_rule, _title, ruleCase) => {
      expect(findingsOf(ruleCase).map(({ severity }) => severity)).toEqual(ruleCase.severities);
    },
  );

  test("says it in these words", () => {
    const reported = cases.filter(({ severities }) => severities.length > 0);
    const text = reported.map((ruleCase) => {
      const [finding] = findingsOf(ruleCase);
      const rendered = renderFindings(finding ? [finding] : [], { color: false, baseDirectory: "/work" });
      return `# ${ruleCase.rule}: ${ruleCase.title}\n${rendered.slice(0, rendered.lastIndexOf("\n\n") + 1)}`;
    });
    expectGolden(`${section}.txt`, text.join("\n"));
  });
});

describe("completeness", () => {
  test.each(covered)("%s has a rule, a passing and a failing case", (id) => {
    expect(rules.filter((rule) => rule.id === id)).toHaveLength(1);
    const cases = all.filter(({ rule }) => rule === id);
    const rule = rules.find((candidate) => candidate.id === id);
    expect(cases.some(({ severities }) => severities.length === 0)).toBe(true);
    expect(cases.some(({ severities }) => rule !== undefined && severities.includes(rule.severity))).toBe(
      true,
    );
  });

  test("no rule is without cases", () => {
    expect(rules.map(({ id }) => id).sort()).toEqual([...covered].sort());
  });

  test.each(rules.map((rule) => [rule.id, rule] as const))(
    "%s states itself and its fix in plain sentences",
    (_id, rule) => {
      for (const sentence of [rule.statement, rule.fix]) {
        expect(sentence).not.toMatch(/\.$/);
        expect(sentence).toMatch(/^[a-z"`0-9]|^an? /i);
      }
    },
  );

  test("findings are sentences without a final period, and every one has a place, a fix and a source", () => {
    for (const finding of all.flatMap(findingsOf)) {
      expect(finding.message).not.toMatch(/\.$|undefined|\[object|NaN/);
      expect(finding.fix).not.toMatch(/\.$|undefined|\[object|NaN/);
      expect(finding.places.length).toBeGreaterThan(0);
      expect(finding.source).toMatch(/^[a-z-]+, ./);
    }
  });
});

test("a right program has no findings but the note on the beta", () => {
  const program = new Program();
  const stack = program.stack();
  const layer = stack.layer("deps");
  const orders = stack.function("orders", {
    layers: [
      {
        name: { $ref: { address: layer, attribute: "layerName" } },
        version: { $ref: { address: layer, attribute: "version" } },
      },
    ],
    environment: { TABLE: "orders" },
    role: { $ref: { address: stack.role("reader"), attribute: "roleName" } },
  });
  const version = { $ref: { address: stack.version("v", orders), attribute: "version" } };
  const alias = stack.alias("live", orders, {
    version,
    routing: { type: "weighted", version: "3", percent: 10 },
  });
  stack.timer("nightly", orders);
  const rule = stack.rule("http/orders", stack.listener("http"), { path: "/orders" });
  stack.binding("http/orders/target", rule, orders, {
    qualifier: { $ref: { address: alias, attribute: "name" } },
    qualifierType: "alias",
  });
  expect(program.evaluate().map(({ rule }) => rule)).toEqual(["CLB-BETA"]);
  program.acknowledge("CLB-BETA", "shop");
  expect(findingsReport(program.evaluate(), { baseDirectory: "/work" }).summary).toEqual({
    errors: 0,
    warnings: 0,
    unchecked: 0,
    acknowledged: 1,
  });
});
