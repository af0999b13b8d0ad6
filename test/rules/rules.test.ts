import { findingsReport, renderFindings } from "../../lib/rules/report";
import { rules } from "../../lib/rules/rules";
import { allCases, caseSections } from "./all-cases";
import { expectGolden } from "./golden";
import { Program } from "./program";
import { findingsOf } from "./rule-case";

const all = allCases();

describe.each(caseSections())("%s", (section, cases) => {
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

describe("every rule", () => {
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
