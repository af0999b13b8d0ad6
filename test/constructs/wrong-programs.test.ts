import * as fs from "node:fs";
import * as path from "node:path";
import type { App } from "cdktf";
import * as scf from "cdktf-scf";
import type { Finding } from "../../lib/rules/finding";
import { loadBalancer, newApp, node, planFile, TestStack } from "./app";

/**
 * Programs that break one rule each. A comment `here <rule>` marks the line that the finding has to point to.
 */
interface WrongProgram {
  readonly rule: string;
  readonly address: string;
  /** What the message has to say: the value, and the limit. */
  readonly says: readonly string[];
  readonly fix?: string;
  readonly declare: (stack: TestStack, app: App) => void;
}

const wrongPrograms: readonly WrongProgram[] = [
  {
    rule: "FN-MEM",
    address: "shop/orders",
    says: ["320"],
    fix: "256",
    declare(stack) {
      new scf.Function(stack, "orders", { ...node, memory: 320 as scf.MemoryMb }); // here FN-MEM
    },
  },
  {
    rule: "FN-TIMEOUT",
    address: "shop/orders",
    says: ["901", "900"],
    declare(stack) {
      new scf.Function(stack, "orders", { ...node, timeout: scf.Duration.seconds(901) }); // here FN-TIMEOUT
    },
  },
  {
    rule: "FN-INIT",
    address: "shop/orders",
    says: ["2", "3"],
    declare(stack) {
      new scf.Function(stack, "orders", { ...node, initTimeout: scf.Duration.seconds(2) }); // here FN-INIT
    },
  },
  {
    rule: "FN-NAME",
    address: "shop/orders",
    says: ["1-orders"],
    declare(stack) {
      new scf.Function(stack, "orders", { ...node, name: "1-orders" }); // here FN-NAME
    },
  },
  {
    rule: "FN-UNIQUE",
    address: "shop/second",
    says: ["orders"],
    declare(stack) {
      new scf.Function(stack, "first", { ...node, name: "orders" });
      new scf.Function(stack, "second", { ...node, name: "orders" }); // here FN-UNIQUE
    },
  },
  {
    rule: "FN-ENV",
    address: "shop/orders",
    says: ["4,097", "4 KB"],
    declare(stack) {
      new scf.Function(stack, "orders", { ...node, environment: { TABLE: "x".repeat(4092) } }); // here FN-ENV
    },
  },
  {
    rule: "FN-TZ",
    address: "shop/orders",
    says: ["Asia/Shanghai", "UTC"],
    declare(stack) {
      new scf.Function(stack, "orders", { ...node, timeZone: "Asia/Shanghai", environment: { TZ: "UTC" } }); // here FN-TZ
    },
  },
  {
    rule: "FN-ROLE",
    address: "shop/orders",
    says: ["scf.qcloud.com"],
    declare(stack) {
      const role = new scf.Role(stack, "run", { trustedServices: ["apigateway.qcloud.com"] });
      new scf.Function(stack, "orders", { ...node, role }); // here FN-ROLE
    },
  },
  {
    rule: "RT-LIST",
    address: "shop/orders",
    says: ["Nodejs16.31"],
    fix: "Nodejs16.13",
    declare(stack) {
      new scf.Function(stack, "orders", { ...node, runtime: scf.Runtime.of("Nodejs16.31") }); // here RT-LIST
    },
  },
  {
    rule: "RT-H2",
    address: "shop/orders",
    says: ["main"],
    declare(stack) {
      new scf.Function(stack, "orders", { ...node, handler: "main" }); // here RT-H2
    },
  },
  {
    rule: "LYR-BIND",
    address: "shop/orders",
    says: ["6", "5"],
    declare(stack) {
      const layers = [1, 2, 3, 4, 5, 6].map((version) => scf.Layer.fromVersion(`layer-${version}`, version));
      new scf.Function(stack, "orders", { ...node, layers }); // here LYR-BIND
    },
  },
  {
    rule: "LYR-MATCH",
    address: "shop/orders",
    says: ["Nodejs16.13", "Python3.7"],
    declare(stack) {
      const layer = new scf.Layer(stack, "deps", {
        code: node.code,
        compatibleRuntimes: [scf.Runtime.PYTHON_3_7],
      });
      new scf.Function(stack, "orders", { ...node, layers: [layer] }); // here LYR-MATCH
    },
  },
  {
    rule: "ALS-NAME",
    address: "shop/orders/live-",
    says: ["live-"],
    declare(stack) {
      const orders = new scf.Function(stack, "orders", node);
      orders.addAlias("live-", { version: orders.currentVersion }); // here ALS-NAME
    },
  },
  {
    rule: "ALS-WEIGHT",
    address: "shop/orders/live",
    says: ["101", "100"],
    declare(stack) {
      const orders = new scf.Function(stack, "orders", node);
      const routing = scf.Routing.weighted(orders.version("2"), scf.Weight.percent(101));
      orders.addAlias("live", { version: orders.version("1"), routing }); // here ALS-WEIGHT
    },
  },
  {
    rule: "ALS-SELF",
    address: "shop/orders/live",
    says: ["catalogue"],
    declare(stack) {
      const orders = new scf.Function(stack, "orders", node);
      const catalogue = new scf.Function(stack, "catalogue", node);
      const routing = scf.Routing.weighted(catalogue.version("2"), scf.Weight.percent(10));
      orders.addAlias("live", { version: orders.version("1"), routing }); // here ALS-SELF
    },
  },
  {
    rule: "ALS-RANGE",
    address: "shop/orders/live",
    says: ["[50,1]"],
    declare(stack) {
      const orders = new scf.Function(stack, "orders", node);
      const routing = scf.Routing.range(orders.version("2"), { header: "userHash", from: 50, to: 1 });
      orders.addAlias("live", { version: orders.version("1"), routing }); // here ALS-RANGE
    },
  },
  {
    rule: "TRG-CRON",
    address: "shop/orders/nightly",
    says: ["5", "7"],
    declare(stack) {
      const orders = new scf.Function(stack, "orders", node);
      orders.addTrigger("nightly", scf.Trigger.timer({ schedule: scf.Schedule.cron("0 2 * * *") })); // here TRG-CRON
    },
  },
  {
    rule: "CLB-REGION",
    address: "shop/http/orders",
    says: ["ap-shanghai", "ap-guangzhou"],
    declare(stack) {
      const orders = new scf.Function(stack, "orders", node);
      const elsewhere = scf.LoadBalancer.fromAttributes({ loadBalancerId: "lb-1", region: "ap-shanghai" });
      const http = new scf.LoadBalancerListener(stack, "http", {
        loadBalancer: elsewhere,
        protocol: "HTTP",
        port: 80,
      });
      http.addRule("orders", { domain: "www.example.com", path: "/", targets: [orders.latest] }); // here CLB-REGION
    },
  },
  {
    rule: "CLB-PROTO",
    address: "shop/tcp/orders/Target",
    says: ["TCP"],
    declare(stack) {
      const orders = new scf.Function(stack, "orders", node);
      const tcp = new scf.LoadBalancerListener(stack, "tcp", { loadBalancer, protocol: "TCP", port: 80 });
      tcp.addRule("orders", { domain: "www.example.com", path: "/", targets: [orders.latest] }); // here CLB-PROTO
    },
  },
  {
    rule: "CLB-WEIGHT",
    address: "shop/http/orders/Target",
    says: ["5,000", "100"],
    declare(stack) {
      const orders = new scf.Function(stack, "orders", node);
      const http = new scf.LoadBalancerListener(stack, "http", { loadBalancer, protocol: "HTTP", port: 80 });
      const target = { target: orders.latest, weight: 5000 };
      http.addRule("orders", { domain: "www.example.com", path: "/", targets: [target] }); // here CLB-WEIGHT
    },
  },
  {
    rule: "CLB-DUP",
    address: "shop/http/again",
    says: ["www.example.com/orders"],
    declare(stack) {
      const http = new scf.LoadBalancerListener(stack, "http", { loadBalancer, protocol: "HTTP", port: 80 });
      http.addRule("orders", { domain: "www.example.com", path: "/orders" });
      http.addRule("again", { domain: "www.example.com", path: "/orders" }); // here CLB-DUP
    },
  },
  {
    rule: "CLB-GEN",
    address: "shop/http/orders/Target",
    says: ["classic"],
    declare(stack) {
      const orders = new scf.Function(stack, "orders", node);
      const classic = scf.LoadBalancer.fromAttributes({
        loadBalancerId: "lb-2",
        region: "ap-guangzhou",
        generation: "classic",
      });
      const http = new scf.LoadBalancerListener(stack, "http", {
        loadBalancer: classic,
        protocol: "HTTP",
        port: 80,
      });
      http.addRule("orders", { domain: "www.example.com", path: "/", targets: [orders.latest] }); // here CLB-GEN
    },
  },
  {
    rule: "CAM-ACT",
    address: "shop/operators",
    says: ["InvokeFunktion"],
    fix: "scf:InvokeFunction",
    declare(stack) {
      const statements = [{ effect: "allow" as const, actions: ["scf:InvokeFunktion"], resources: ["*"] }];
      new scf.Policy(stack, "operators", { statements }); // here CAM-ACT
    },
  },
  {
    rule: "QTA-FN",
    address: "shop",
    says: ["51", "50"],
    declare(stack) {
      for (let count = 1; count <= 51; count++) new scf.Function(stack, `function-${count}`, node); // here QTA-FN
    },
  },
];

const thisFile = path.join(__dirname, "wrong-programs.test.ts");
const lines = fs.readFileSync(thisFile, "utf8").split("\n");

function lineMarked(rule: string): number {
  return lines.findIndex((line) => line.includes(`// here ${rule}`) && !line.includes("lineMarked")) + 1;
}

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
        file: thisFile,
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
