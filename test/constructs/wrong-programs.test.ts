import * as fs from "node:fs";
import * as path from "node:path";
import type { App } from "cdktf";
import * as scf from "cdktf-scf";
import type { Finding } from "../../lib/rules/finding";
import { loadBalancer, newApp, node, planFile, TestStack } from "./app";
import { lineMarked, programsFile, wrongPrograms } from "./wrong-programs";

function findingsOf(app: App): readonly Finding[] {
  try {
    app.synth();
  } catch (error) {
    const { code, findings } = error as { code?: string; findings?: readonly Finding[] };
    if (code === "FINDINGS" && findings) return findings;
    throw error;
  }
  return [];
}

describe("a wrong program", () => {
  test.each(wrongPrograms.map((program) => [program.rule, program] as const))(
    "fails with %s: value, limit, path and the user's own line",
    (_, program) => {
      const app = newApp();
      program.declare(new TestStack(app, "shop"), app);
      const errors = findingsOf(app).filter((finding) => finding.severity === "error");
      expect([...new Set(errors.map((finding) => finding.rule))]).toEqual([program.rule]);
      const finding = errors[0];
      for (const part of program.says) {
        expect(
          [finding?.message, ...(finding?.places.map((place) => place.note) ?? [])].join("\n"),
        ).toContain(part);
      }
      if (program.fix) expect(finding?.fix).toContain(program.fix);
      const places = finding?.places ?? [];
      expect(places.map((place) => place.address)).toContainEqual(expect.stringContaining(program.address));
      expect(places.map((place) => place.location)).toContainEqual({
        file: programsFile,
        line: lineMarked(program.rule),
      });
      expect(fs.existsSync(planFile(app, "shop"))).toBe(false);
      expect(fs.existsSync(path.join(app.outdir, "stacks", "shop", "scf.findings.json"))).toBe(true);
    },
  );

  test("fails with everything that is wrong in two stacks, in one run", () => {
    const app = newApp();
    const [first, second] = wrongPrograms;
    first?.declare(new TestStack(app, "shop"), app);
    second?.declare(new TestStack(app, "shop2", { region: "ap-beijing" }), app);
    const findings = findingsOf(app);
    expect(findings.map((finding) => [finding.rule, finding.places[0]?.address])).toEqual([
      ["FN-MEM", "shop/orders"],
      ["FN-TIMEOUT", "shop2/orders"],
    ]);
    expect(fs.existsSync(planFile(app, "shop"))).toBe(false);
    expect(fs.existsSync(planFile(app, "shop2"))).toBe(false);
  });

  test("fails and takes the plan of an earlier run away, so that nobody deploys it", () => {
    const good = newApp();
    new scf.Function(new TestStack(good, "shop"), "orders", node);
    good.synth();
    expect(fs.existsSync(planFile(good, "shop"))).toBe(true);
    const bad = newApp();
    Object.defineProperty(bad, "outdir", { value: good.outdir });
    new scf.Function(new TestStack(bad, "shop"), "orders", { ...node, timeout: scf.Duration.seconds(0) });
    expect(findingsOf(bad)).toHaveLength(1);
    expect(fs.existsSync(planFile(good, "shop"))).toBe(false);
  });

  test("fails in plain JavaScript as well, with a sentence instead of a crash", () => {
    const app = newApp();
    const props = { ...node, memory: "lots", environment: { TABLE: 7 } } as unknown as scf.FunctionProps;
    new scf.Function(new TestStack(app, "shop"), "orders", props);
    const findings = findingsOf(app).filter((finding) => finding.severity === "error");
    expect(findings.map((finding) => finding.rule)).toEqual(expect.arrayContaining(["TYPE"]));
    expect(findings.map((finding) => finding.message).join("\n")).toMatch(/memory/);
  });
});

describe("triggers in plain JavaScript", () => {
  function findings(add: (orders: scf.Function) => void) {
    const app = newApp();
    const stack = new TestStack(app, "shop");
    add(new scf.Function(stack, "orders", node));
    const errors = findingsOf(app);
    return errors.length > 0 ? errors : readReport(app);
  }
  function readReport(app: App): readonly Finding[] {
    const file = path.join(app.outdir, "stacks", "shop", "scf.findings.json");
    return (JSON.parse(fs.readFileSync(file, "utf8")) as { findings: readonly Finding[] }).findings;
  }

  test("fail with a sentence when a COS trigger has no event", () => {
    const empty = { bucket: "uploads-1250000000", events: [] } as unknown as scf.CosTriggerProps;
    expect(findings((orders) => orders.addTrigger("uploads", scf.Trigger.cos(empty)))).toMatchObject([
      { rule: "TYPE", severity: "error", message: "`event` is missing" },
    ]);
  });

  test("fail with TRG-COS when a COS trigger has an event twice", () => {
    const events = ["cos:ObjectCreated:Put", "cos:ObjectCreated:Put"] as const;
    const twice = scf.Trigger.cos({ bucket: "uploads-1250000000", events });
    const found = findings((orders) => orders.addTrigger("uploads", twice));
    expect(found).toMatchObject([{ rule: "TRG-COS", severity: "error" }]);
    expect(found[0]?.places.map(({ address }) => address)).toEqual([
      "shop/orders/uploads/ObjectCreated-Put",
      "shop/orders/uploads/ObjectCreated-Put-2",
    ]);
  });

  test("get a warning when they are to be off and have no switch", () => {
    const off = { topicId: "0f1e2d3c-0000-4000-8000-000000000001", enabled: false };
    expect(findings((orders) => orders.addTrigger("logs", scf.Trigger.cls(off)))).toMatchObject([
      { rule: "TRG-ENABLE", severity: "warning", message: expect.stringContaining("no switch") },
    ]);
  });
});

describe("a warning", () => {
  function withBinding(acknowledge?: (stack: TestStack) => void): App {
    const app = newApp();
    const stack = new TestStack(app, "shop");
    const orders = new scf.Function(stack, "orders", node);
    const http = new scf.LoadBalancerListener(stack, "http", { loadBalancer, protocol: "HTTP", port: 80 });
    http.addRule("orders", { domain: "www.example.com", path: "/", targets: [orders.latest] });
    acknowledge?.(stack);
    return app;
  }
  function report(app: App): { summary: object; findings: { rule: string; acknowledged?: string }[] } {
    app.synth();
    const file = path.join(app.outdir, "stacks", "shop", "scf.findings.json");
    return JSON.parse(fs.readFileSync(file, "utf8")) as ReturnType<typeof report>;
  }

  test("does not stop synthesis, and stands in the report beside the plan", () => {
    const { summary, findings } = report(withBinding());
    expect(summary).toEqual({ errors: 0, warnings: 1, unchecked: 0, acknowledged: 0 });
    expect(findings[0]?.rule).toBe("CLB-BETA");
  });

  test("can be acknowledged where it arises, and stays in the report with the reason", () => {
    const { summary, findings } = report(
      withBinding((stack) => scf.Findings.of(stack).acknowledge("CLB-BETA", "admitted in March")),
    );
    expect(summary).toEqual({ errors: 0, warnings: 0, unchecked: 0, acknowledged: 1 });
    expect(findings[0]).toMatchObject({ rule: "CLB-BETA", acknowledged: "admitted in March" });
  });

  test("an acknowledgement that matches nothing is a finding itself", () => {
    const { findings } = report(
      withBinding((stack) => {
        scf.Findings.of(stack).acknowledge("CLB-BETA", "admitted in March");
        scf.Findings.of(stack).acknowledge("FN-ENVSEC", "no role");
      }),
    );
    expect(findings.map((finding) => finding.rule).sort()).toEqual(["ACKNOWLEDGE", "CLB-BETA"]);
  });
});
