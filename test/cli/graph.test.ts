import * as fs from "node:fs";
import * as path from "node:path";
import { fc } from "../fast-check";
import { App } from "cdktf";
import { WebShop } from "../../examples/web-shop/web-shop";
import type { Graph } from "../../lib/cli/graph/graph";
import { makeGraph } from "../../lib/cli/graph/make-graph";
import { mermaid } from "../../lib/cli/graph/mermaid";
import { htmlPage } from "../../lib/cli/graph/page";
import * as scf from "../../lib/index";
import { loadBalancer, newApp, node, readPlan, synthesize, TestStack } from "../constructs/app";
import { temporaryFolder } from "../temporary-folder";
import { expectGolden } from "./golden";
import { orders, shopProgram, stack, TestProject } from "./project";

const graphOf = (declare: (stack: TestStack) => void): Graph => makeGraph([synthesize(declare)], []);

/** Lines by the titles of their ends. */
function linesOf({ nodes, lines }: Graph): string[] {
  const title = (id: string): string => nodes.find((each) => each.id === id)?.title ?? `no ${id}`;
  return lines.map(({ from, to, text }) => `${title(from)} -> ${title(to)}: ${text}`);
}

describe("the graph", () => {
  test("of the web shop is the Mermaid text that people have looked at", () => {
    const app = new App({ outdir: temporaryFolder() });
    new WebShop(app, "web-shop", { thumbnailsTag: "1.0.0" });
    app.synth();
    expectGolden("graph-web-shop", mermaid(makeGraph([readPlan(app, "web-shop")], [])));
  });

  test("shows how requests go: listener, rule, alias, versions with their shares", () => {
    const graph = graphOf((stack) => {
      const fn = new scf.Function(stack, "orders", node);
      const routing = scf.Routing.weighted(fn.version("3"), scf.Weight.percent(10));
      const live = fn.addAlias("live", { version: fn.currentVersion, routing });
      const http = new scf.LoadBalancerListener(stack, "http", {
        loadBalancer,
        protocol: scf.Protocol.HTTP,
        port: 80,
      });
      http.addRule("orders", { domain: "www.example.com", path: "/orders", targets: [live] });
    });
    expect(linesOf(graph)).toEqual([
      "HTTP :80 -> /orders: forwards www.example.com/orders",
      "/orders -> live: forwards with weight 10",
      "current version -> orders: is a version of",
      "live -> current version: 90 % of requests",
      "live -> version 3: 10 % of requests",
    ]);
    expect(graph.nodes.filter(({ outside }) => outside).map(({ title }) => title)).toEqual(["version 3"]);
    expect(graph.nodes.filter(({ group }) => group === undefined).map(({ title }) => title)).toEqual([
      "HTTP :80",
    ]);
  });

  test("shows layers, roles with their policies, what may be invoked, and what takes care of what", () => {
    const graph = graphOf((stack) => {
      const deps = new scf.Layer(stack, "deps", { code: node.code, compatibleRuntimes: [node.runtime] });
      const role = new scf.Role(stack, "run");
      role.addToPolicy({ effect: "allow", actions: ["cls:pushLog"], resources: ["*"] });
      const fn = new scf.Function(stack, "orders", { ...node, layers: [deps], role });
      fn.addTrigger(
        "nightly",
        scf.Trigger.timer({ schedule: scf.Schedule.cron("0 0 2 * * * *"), enabled: false }),
      );
      fn.reserveConcurrency(scf.Concurrency.megabytes(25_600));
      fn.grants.invoke(new scf.Policy(stack, "operators", { name: "operators" }));
    });
    expect(linesOf(graph).sort()).toEqual([
      "25600 MB -> orders: reserves concurrency for",
      "nightly -> orders: triggers when switched on",
      "operators -> orders: may invoke",
      "orders -> deps: binds layer",
      "orders -> shop-run: runs as",
      "shop-run -> shop-run-Policy: is allowed",
    ]);
    // What nothing else uses is drawn with the function; layers are shared by nature.
    expect(graph.nodes.filter(({ group }) => group === undefined).map(({ title }) => title)).toEqual([
      "deps",
    ]);
  });

  test("leads from stack to stack, and to a box outside when only one of them is drawn", () => {
    const app = newApp();
    const base = new TestStack(app, "base");
    const deps = new scf.Layer(base, "deps", { code: node.code, compatibleRuntimes: [node.runtime] });
    new scf.Function(new TestStack(app, "shop"), "orders", { ...node, layers: [deps] });
    app.synth();
    const [first, second] = [readPlan(app, "base"), readPlan(app, "shop")];
    expect(linesOf(makeGraph([first, second], []))).toEqual(["orders -> deps: binds layer"]);
    expect(mermaid(makeGraph([first, second], []))).toContain('==>|"binds layer"|');
    const { nodes } = makeGraph([second], []);
    expect(nodes.map(({ title, subtitle, outside }) => [title, subtitle, outside])).toEqual([
      ["deps", "of stack base", true],
      ["orders", "Nodejs16.13 · 128 MB", false],
    ]);
  });

  test("has findings at the boxes that they are about, and those of a binding where its line begins", () => {
    const plan = synthesize((stack) => {
      const fn = new scf.Function(stack, "orders", node);
      const http = new scf.LoadBalancerListener(stack, "http", {
        loadBalancer,
        protocol: scf.Protocol.HTTP,
        port: 80,
      });
      http.addRule("orders", { domain: "www.example.com", path: "/orders", targets: [fn.currentVersion] });
    });
    const finding = (address: string) => ({
      severity: "warning" as const,
      rule: "CLB-BETA",
      message: "in closed beta",
      places: [{ address }],
      fix: "apply",
      source: "clb",
    });
    const binding = plan.resources.find(({ kind }) => kind === "clb_function_binding")?.address ?? "";
    const graph = makeGraph([plan], [finding(binding), finding("shop"), finding("elsewhere/orders")]);
    expect(graph.nodes.filter(({ findings }) => findings.length > 0).map(({ title }) => title)).toEqual([
      "/orders",
    ]);
    expect(graph.findings.map(({ places }) => places[0]?.address)).toEqual(["shop"]);
    expect(mermaid(graph)).toContain("warning CLB-BETA");
  });

  test("never holds a secret, in either format", () => {
    process.env["GRAPH_TEST_KEY"] = "value-of-the-secret";
    const graph = graphOf((stack) => {
      const environment = { KEY: scf.Secret.fromEnvironment("GRAPH_TEST_KEY"), OTHER: "plain-but-hidden" };
      new scf.Function(stack, "orders", { ...node, environment });
    });
    delete process.env["GRAPH_TEST_KEY"];
    for (const text of [mermaid(graph), htmlPage(graph)]) {
      expect(text).not.toMatch(/value-of-the-secret|plain-but-hidden/);
    }
  });

  test("has text of a program nowhere as code: neither in the page nor in Mermaid", () => {
    const graph = graphOf((stack) => {
      new scf.TestEvent(stack, "event", {
        name: "event",
        function: new scf.Function(stack, "orders", node),
        event: { text: "</script><script>alert(1)</script>" },
      });
    });
    expect(htmlPage(graph)).not.toContain("<script>alert");
    const [first] = graph.nodes;
    const sly = { ...graph, nodes: [{ ...first!, title: 'end"] --> x; %% `<b>` #quot; |' }], lines: [] };
    const label = /"(end.*?)<br\/>/.exec(mermaid(sly))?.[1];
    expect(label).toBe("end#34;#93; --#62; x#59; %% #96;#60;b#62;#96; #35;quot#59; #124;");
  });
});

describe("making room", () => {
  type Span = { readonly start: number; readonly end: number; readonly size: number };
  const source = fs.readFileSync(path.join(__dirname, "../../lib/cli/graph/page/stretch.js"), "utf8");
  const stretch = new Function(`${source}; return stretch;`)() as (
    spans: readonly Span[],
  ) => (place: number) => number;

  const boxes = fc.array(
    fc.record({
      start: fc.nat(200),
      length: fc.integer({ min: 1, max: 80 }),
      size: fc.integer({ min: 1, max: 300 }),
    }),
    { minLength: 1, maxLength: 12 },
  );
  const spansOf = (records: readonly { start: number; length: number; size: number }[]): Span[] =>
    records.map(({ start, length, size }) => ({ start, end: start + length, size }));

  test("keeps everything in place while no size changes", () => {
    fc.assert(
      fc.property(boxes, fc.nat(400), (records, place) => {
        const spans = spansOf(records).map((span) => ({ ...span, size: span.end - span.start }));
        expect(stretch(spans)(place)).toBeCloseTo(place);
      }),
    );
  });

  test("gives every box its size before whatever began after its end", () => {
    fc.assert(
      fc.property(boxes, (records) => {
        const spans = spansOf(records);
        const after = stretch(spans);
        for (const one of spans) {
          for (const other of spans) {
            if (one.end > other.start) continue;
            expect(after(other.start) + 1e-9).toBeGreaterThanOrEqual(after(one.start) + one.size);
          }
        }
      }),
    );
  });
});

describe("`cdktf-scf graph`", () => {
  const project = (body: string): TestProject => new TestProject({ files: { "main.js": shopProgram(body) } });

  test("writes a page into the output folder, prints where, and leaves everything else as it is", () => {
    const target = project(orders());
    const { exitCode, stdout, stderr } = target.run(["graph"]);
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 0,
      stdout: "shop: 1 box, 0 lines → cdktf.out/graph.html\n",
      stderr: "",
    });
    expect(fs.readdirSync(target.file("cdktf.out"))).toEqual(["graph.html"]);
    expect(target.read("cdktf.out/graph.html")).toMatch(/^<!doctype html>/);
  });

  test("prints Mermaid text, and nothing else on standard output", () => {
    const target = project(`${orders()} console.log("a word of the program");`);
    const { exitCode, stdout } = target.run(["graph", "--format", "mermaid"]);
    expect(exitCode).toBe(0);
    expect(stdout).toBe(`flowchart LR
  subgraph s0["shop"]
    n0[["orders<br/>function · Nodejs16.13 · 128 MB"]]
  end
`);
    expect(target.run(["graph", "-o", "-"]).stdout).toMatch(/^<!doctype html>/);
    expect(target.run(["graph", "--format", "mermaid", "-o", "docs/shop.mmd"]).stdout).toContain(
      "docs/shop.mmd",
    );
    expect(target.read("docs/shop.mmd")).toBe(stdout);
  });

  test("draws the stacks that are named, and all when none is", () => {
    const text = `
const { App, TerraformStack } = require("cdktf");
const scf = require("cdktf-scf");
const app = new App();
${stack("shop", orders())}
${stack("stock", orders())}
app.synth();`;
    const target = new TestProject({ files: { "main.js": text } });
    expect(target.run(["graph"]).stdout).toMatch(/^shop, stock: 2 boxes/);
    expect(target.run(["graph", "st*"]).stdout).toMatch(/^stock: 1 box/);
    const { exitCode, stderr } = target.run(["graph", "stok"]);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: "Error: There is no stack stok with functions in the program.\nThe stacks are: shop, stock.\n",
    });
  });

  test("draws a program that breaks rules, with the findings at its boxes; the exit code is 1", () => {
    const target = project(orders("memory: 300,"));
    const { exitCode, stdout, stderr } = target.run(["graph", "--format", "mermaid"]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("ERROR FN-MEM");
    expect(stdout).toContain("error FN-MEM");
    expect(stdout).toContain("class n0 error");
  });

  test("fails for a file that cannot be written, and says why", () => {
    const target = project(orders());
    target.write({ file: "" });
    const { exitCode, stderr } = target.run(["graph", "--output", "file/graph.html"]);
    expect(exitCode).toBe(1);
    expect(stderr).toBe(
      "Error: file/graph.html cannot be written: a file is in the way.\nChoose another file with --output, or `-` for standard output.\n",
    );
  });

  test("fails for a file in a folder that nobody can make", () => {
    const { exitCode, stderr } = project(orders()).run(["graph", "--output", "/proc/none/graph.html"]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^Error: \/proc\/none\/graph.html cannot be written: .*\nChoose another file/);
  });

  test.each([
    ["without a project", null, "There is no cdktf.json"],
    ["for a program that is not there", { app: "node nowhere.js" }, "nowhere.js"],
  ])("fails %s", (_, config, message) => {
    const target = new TestProject({ config });
    const { exitCode, stdout, stderr } = target.run(["graph"]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toContain(message);
  });

  test("fails for a format that there is not, and names those that there are", () => {
    const { exitCode, stderr } = project(orders()).run(["graph", "--format", "png"]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("Allowed choices are html, mermaid.");
  });
});
