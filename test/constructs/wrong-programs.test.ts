import * as fs from "node:fs";
import * as path from "node:path";
import type { App } from "cdktf";
import * as scf from "cdktf-scf";
import type { Finding } from "../../lib/rules/finding";
import { loadBalancer, newApp, node, planFile, TestStack, web } from "./app";
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

describe("something else than the type takes", () => {
  const any = (value: unknown): never => value as never;
  function errors(declare: (stack: TestStack) => void): string[] {
    const app = newApp();
    declare(new TestStack(app, "shop"));
    return findingsOf(app)
      .filter(({ severity }) => severity === "error")
      .map(({ rule, message, fix, places }) => {
        expect(places[0]?.location?.file).toBe(__filename);
        return `${rule} ${message}: ${fix}`;
      });
  }
  const live = (change: (orders: scf.Function) => Partial<scf.AliasOptions>) => (stack: TestStack) => {
    const orders = new scf.Function(stack, "orders", node);
    orders.addAlias("live", { version: orders.version("1"), ...change(orders) });
  };
  const orders = (props: object) => (stack: TestStack) =>
    void new scf.Function(stack, "orders", { ...node, ...props });

  test.each<[string, (stack: TestStack) => void, string]>([
    [
      "a timeout without a unit",
      orders({ timeout: 30 }),
      "TYPE `timeout` must be a Duration, but is the number 30: say the unit: Duration.seconds(30)",
    ],
    [
      "a folder for code",
      orders({ code: "./src" }),
      'TYPE `code` must be a Code, but is the text "./src": use Code.fromAsset("./src")',
    ],
    ["no code", orders({ code: undefined }), 'TYPE `code` is missing: use Code.fromAsset("src")'],
    [
      "a name for a layer",
      orders({ layers: ["deps"] }),
      'TYPE `layers[0]` must be a layer, but is the text "deps": use a Layer, or Layer.fromVersion("deps", 1)',
    ],
    [
      "a layer version that cannot be",
      orders({ layers: [scf.Layer.fromVersion("deps", 0)] }),
      'TYPE version 0 of layer "deps" does not exist: versions are whole numbers from 1: use 1',
    ],
    [
      "a name for a role",
      orders({ role: "runner" }),
      'TYPE `role` must be a role, but is the text "runner": use Role.fromName("runner")',
    ],
    [
      "a layer without runtimes",
      (stack) => void new scf.Layer(stack, "deps", any({ code: node.code })),
      "TYPE `compatibleRuntimes` is missing: give a list",
    ],
    [
      "WebSocket without its idle timeout",
      (stack) => void new scf.WebFunction(stack, "site", { ...web(), webSocket: any(true) }),
      "TYPE `webSocketIdleTimeout` is missing: give it with WebSocket: { idleTimeout: Duration.seconds(60) }",
    ],
    [
      "a number for a weight",
      live((fn) => ({ routing: scf.Routing.weighted(fn.version("2"), any(10)) })),
      "TYPE `routing.percent` must be a Weight, but is the number 10: use Weight.percent(10)",
    ],
    [
      "two routings",
      live((fn) => ({
        routing: any(["2", "3"].map((n) => scf.Routing.weighted(fn.version(n), scf.Weight.percent(5)))),
      })),
      "ALS-TWO the alias points to 3 versions; one or two are allowed: give the main version, and in the routing at most one more",
    ],
    [
      "a number for the text of an exact match",
      live((fn) => ({ routing: scf.Routing.exact(fn.version("2"), { header: "User", value: any(5) }) })),
      'ALS-EXACT an exact match compares with text, and 5 is none: write it in quotes: "5"',
    ],
    [
      "text for a version",
      live(() => ({ version: any("1") })),
      'TYPE `version` must be a version, but is the text "1": use version("1") of the function',
    ],
    [
      "an expression for a schedule",
      (stack) =>
        new scf.Function(stack, "orders", node).addTrigger(
          "nightly",
          scf.Trigger.timer({ schedule: any("0 0 2 * * * *") }),
        ),
      'TYPE `cron` must be a Schedule, but is the text "0 0 2 * * * *": use Schedule.cron("0 0 2 * * * *")',
    ],
    [
      "the format of a web function's logs",
      (stack) => void new scf.WebFunction(stack, "site", { ...web(), ...{ logFormat: "json" } }),
      "WEB-LOGFMT the format of the logs of a web function cannot be chosen: remove the log format, and write lines in that format in the code",
    ],
    [
      "WebSocket of an event function",
      orders({ webSocket: { idleTimeout: scf.Duration.seconds(20) }, timeout: scf.Duration.seconds(20) }),
      "WS-IDLE an event function does not speak WebSocket: only web functions do: use a web function",
    ],
    [
      "a language misspelt beside inline code",
      orders({ runtime: scf.Runtime.of("Pyhton3.7") }),
      'RT-LIST there is no runtime "Pyhton3.7": did you mean Python3.7?',
    ],
  ])("fails once, and says what to write: %s", (_, declare, expected) => {
    expect(errors(declare)).toEqual([expected]);
  });

  test("fails at once when what is to start a function is no trigger", () => {
    const fn = new scf.Function(new TestStack(newApp(), "shop"), "orders", node);
    expect(() => fn.addTrigger("nightly", any({ cron: "0 0 2 * * * *" }))).toThrow(
      'shop/orders: "nightly" is no trigger',
    );
  });

  test("is taken as it is meant where a name stands for a namespace", () => {
    expect(errors(orders({ namespace: "team" }))).toEqual([]);
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
      { rule: "TYPE", severity: "error", message: "`events` is missing" },
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
