import * as fs from "node:fs";
import * as path from "node:path";
import type { App, TerraformStack } from "cdktf";
import * as scf from "cdktf-scf";
import { Construct } from "constructs";
import { loadBalancer, newApp, node, readPlan, resource, TestStack, web } from "./app";

/** The text of the findings that stop an app. */
function refusal(app: App): string {
  try {
    app.synth();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("nothing was refused");
}

/** The line of this file that holds a mark. */
function line(mark: string): number {
  const lines = fs.readFileSync(__filename, "utf8").split("\n");
  return lines.findIndex((text) => text.endsWith(`// ${mark}`)) + 1;
}

const here = path.relative(process.cwd(), __filename);

function report(app: App, stack = "shop"): Record<string, unknown> & { findings: scf.Finding[] } {
  const file = path.join(app.outdir, "stacks", stack, "scf.findings.json");
  return JSON.parse(fs.readFileSync(file, "utf8")) as never;
}

function propertiesIn(app: App, address: string): Readonly<Record<string, unknown>> {
  return resource(readPlan(app, address.split("/", 1)[0] as string), address).properties;
}

describe("defaults", () => {
  test("fill in what a construct is not given, and its own props win", () => {
    const app = newApp();
    scf.Defaults.of(app).set(scf.Function, { memory: 256, timeout: scf.Duration.seconds(10) });
    const stack = new TestStack(app, "shop");
    new scf.Function(stack, "orders", node);
    new scf.Function(stack, "stock", { ...node, memory: 512 });
    new scf.Function(stack, "undefined", { ...node, memory: undefined });
    new scf.WebFunction(stack, "web", web());
    app.synth();
    expect(propertiesIn(app, "shop/orders")).toMatchObject({ memory: 256, timeout: 10 });
    expect(propertiesIn(app, "shop/stock")).toMatchObject({ memory: 512, timeout: 10 });
    expect(propertiesIn(app, "shop/undefined")).toMatchObject({ memory: 256 });
    expect(propertiesIn(app, "shop/web")).toMatchObject({ memory: 128, timeout: 3 });
  });

  test("of the nearest scope win, then those of the more special class, then the later ones", () => {
    class Worker extends scf.Function {}
    const app = newApp();
    scf.Defaults.of(app)
      .set(scf.Function, { memory: 256, description: "app", timeZone: "UTC" })
      .set(Worker, { memory: 512 })
      .set(scf.DeclaredFunction, { memory: 1024, publicAccess: false })
      .set(scf.Function, { timeZone: "Asia/Shanghai" });
    const stack = new TestStack(app, "shop");
    const team = new Construct(stack, "team");
    scf.Defaults.of(team).set(scf.DeclaredFunction, { description: "team" });
    new scf.Function(team, "orders", node);
    new Worker(stack, "worker", node);
    app.synth();
    expect(propertiesIn(app, "shop/team/orders")).toMatchObject({
      memory: 256,
      description: "team",
      timeZone: "Asia/Shanghai",
      publicAccess: false,
    });
    expect(propertiesIn(app, "shop/worker")).toMatchObject({ memory: 512, description: "app" });
  });

  test("reach what another construct makes", () => {
    const app = newApp();
    scf.Defaults.of(app)
      .set(scf.Alias, { description: "moved by the pipeline" })
      .set(scf.Version, { description: "from the pipeline" })
      .set(scf.LoadBalancerListener, { clients: ["10.0.0.0/8"] })
      .set(scf.ForwardingRule, { scheduler: "LEAST_CONN" })
      .set(scf.Function, { asyncInvocation: { retryAttempts: 1 } })
      .set(scf.DeclaredFunction, { namespace: scf.Namespace.fromName("team") });
    const stack = new TestStack(app, "shop");
    const orders = new scf.Function(stack, "orders", node);
    const live = orders.addAlias("live", { version: orders.currentVersion });
    orders.pointDefault({ version: orders.currentVersion });
    const listener = new scf.LoadBalancerListener(stack, "web", { loadBalancer, protocol: "HTTP", port: 80 });
    listener.addRule("api", { domain: "shop.example.com", path: "/", targets: [live] });
    app.synth();
    expect(propertiesIn(app, "shop/orders/live")).toMatchObject({ description: "moved by the pipeline" });
    expect(propertiesIn(app, "shop/orders/DefaultAlias")).toMatchObject({ name: "$DEFAULT" });
    expect(propertiesIn(app, "shop/orders/CurrentVersion")).toMatchObject({
      description: "from the pipeline",
    });
    expect(propertiesIn(app, "shop/web")).toMatchObject({ clients: ["10.0.0.0/8"] });
    expect(propertiesIn(app, "shop/web/api")).toMatchObject({ scheduler: "LEAST_CONN" });
    expect(propertiesIn(app, "shop/orders/AsyncInvocation")).toMatchObject({ retryAttempts: 1 });
    expect(propertiesIn(app, "shop/orders")).toMatchObject({ namespace: "team" });
  });

  test("are taken by every construct class that has optional props", () => {
    const without = [
      "CrossRegionBinding",
      "FunctionBase",
      "ImportedFunction",
      "NamespaceConcurrency",
      "PolicyAttachment",
      "ProvisionedConcurrency",
      "ReservedConcurrency",
      "SnatAddress",
    ];
    const classes = Object.entries(scf).filter(
      ([, value]) => typeof value === "function" && value.prototype instanceof Construct,
    );
    const taking = classes.filter(
      ([, value]) => (value as { takesDefaults?: unknown }).takesDefaults === true,
    );
    expect(taking.length).toBeGreaterThan(12);
    expect(
      classes
        .filter((each) => !taking.includes(each))
        .map(([name]) => name)
        .sort(),
    ).toEqual(without);
  });

  test("stand in the report, each with its place, and none of a secret's", () => {
    const app = newApp();
    const defaults = scf.Defaults.of(app);
    defaults.set(scf.Function, { memory: 256, role: scf.Role.configuration, environment: { KEY: "value" } }); // report
    new scf.Function(new TestStack(app, "shop"), "orders", node);
    app.synth();
    const location = { file: here, line: line("report") };
    expect(report(app)["given"]).toEqual([
      { address: "shop/orders", property: "memory", value: 256, by: "defaults", location },
      expect.objectContaining({ property: "role" }),
      { address: "shop/orders", property: "environment", value: "not shown", by: "defaults", location },
    ]);
  });

  test("are named by the findings about them, and not by others", () => {
    const app = newApp();
    const defaults = scf.Defaults.of(app);
    defaults.set(scf.Function, { memory: 100 as 128, timeout: scf.Duration.hours(2) }); // wrong default
    new scf.Function(new TestStack(app, "shop"), "orders", { ...node, description: "x!" });
    const text = refusal(app);
    const place = `(from the defaults set at ${here}:${line("wrong default")})`;
    expect(text).toMatch(new RegExp(`ERROR FN-MEM[^]*?\n    memory ${escaped(place)}\n`));
    expect(text).toMatch(new RegExp(`ERROR FN-TIMEOUT[^]*?\n    timeout ${escaped(place)}\n`));
    expect(text.split("from the defaults").length).toBe(3);
    const finding = report(app).findings.find(({ rule }) => rule === "FN-MEM");
    expect(finding?.places[0]?.origins).toEqual([
      { property: "memory", by: "defaults", location: { file: here, line: line("wrong default") } },
    ]);
  });

  test("complete the props of a pattern, and findings below it name them", () => {
    interface ServiceProps {
      readonly memory?: scf.MemoryMb;
    }
    class Service extends Construct {
      static readonly takesDefaults = true;
      constructor(scope: Construct, id: string, given: ServiceProps = {}) {
        super(scope, id);
        const { memory } = scf.Defaults.complete(this, given);
        new scf.Function(this, "Function", { ...node, ...(memory === undefined ? {} : { memory }) });
      }
    }
    const app = newApp();
    const stack = new TestStack(app, "shop");
    scf.Defaults.of(stack).set(Service, { memory: 100 as 128 });
    new Service(stack, "orders");
    expect(refusal(app)).toMatch(
      /ERROR FN-MEM[^]*?shop\/orders\/Function .*\n {4}memory \(from the defaults set at/,
    );
  });

  test("fails after a construct that they are for, naming both lines", () => {
    const app = newApp();
    const stack = new TestStack(app, "shop");
    new scf.Function(stack, "orders", node); // early
    const set = (): void => {
      scf.Defaults.of(stack).set(scf.Function, { memory: 256 }); // late
    };
    expect(set).toThrow(
      `Defaults for Function are set at ${here}:${line("late")}, after shop/orders was made without them at ${here}:${line("early")}.`,
    );
  });

  test("are for classes that take some, and for their optional props", () => {
    class Plain extends Construct {}
    const defaults = scf.Defaults.of(new TestStack(newApp(), "shop"));
    // @ts-expect-error it completes nothing
    expect(() => defaults.set(Plain, {})).toThrow(/are for Plain, which takes none/);
    // @ts-expect-error a required prop is always the construct's own
    defaults.set(scf.Function, { handler: "index.main_handler" });
    // @ts-expect-error no such prop
    defaults.set(scf.Layer, { memory: 128 });
    // @ts-expect-error 320 MB cannot be had
    defaults.set(scf.Function, { memory: 320 });
  });
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}

const smallMemory = scf.defineGuardrail({
  id: "ACME-MEM",
  severity: "error",
  statement: "a function has at most 256 MB of memory",
  source: { document: "ACME platform handbook", section: "4.2", url: "https://handbook.example.com/4.2" },
  fix: "give it 256 MB or less",
  kind: "function",
  check(fn, report) {
    const { memory } = fn.properties;
    if (memory > 256) report({ message: `the function has ${memory} MB of memory: at most 256 are allowed` });
  },
});

const described = scf.defineGuardrail({
  id: "ACME-DESC",
  severity: "warning",
  statement: "a function says what it does",
  source: { document: "ACME platform handbook" },
  fix: "give it a description",
  kind: "function",
  check: (fn, report) => {
    if (!fn.properties.description) report({ message: "the function has no description" });
  },
});

describe("guardrails", () => {
  test("are findings like ours, with the organization's source", () => {
    const app = newApp();
    scf.Guardrails.of(app).add(smallMemory, described);
    new scf.Function(new TestStack(app, "shop"), "orders", { ...node, memory: 512 });
    new scf.Function(new TestStack(app, "stock"), "count", { ...node, memory: 1024, description: "counts" });
    const text = refusal(app);
    expect(text).toContain("ERROR ACME-MEM  the function has 512 MB of memory: at most 256 are allowed\n");
    expect(text).toContain("ERROR ACME-MEM  the function has 1024 MB of memory: at most 256 are allowed\n");
    expect(text).toContain("[ACME platform handbook, 4.2, https://handbook.example.com/4.2]");
    expect(text).toContain("WARNING ACME-DESC  the function has no description\n  shop/orders");
    expect(report(app)["guardrails"]).toMatchObject([{ id: "ACME-MEM" }, { id: "ACME-DESC" }]);
  });

  test("hold below their scope, also for what is made later, and once where scopes overlap", () => {
    const app = newApp();
    const stack = new TestStack(app, "shop");
    const team = new Construct(stack, "team");
    scf.Guardrails.of(team).add(smallMemory);
    new scf.Function(stack, "orders", { ...node, memory: 512 });
    app.synth();
    scf.Guardrails.of(stack).add(smallMemory);
    expect(refusal(app).match(/ERROR ACME-MEM/g)).toHaveLength(1);
  });

  test("look at all resources together, and at what one refers to", () => {
    const watched = scf.defineGuardrail({
      id: "ACME-ALIAS",
      severity: "error",
      statement: "every function has an alias",
      source: { document: "handbook" },
      fix: "add an alias",
      check(resources, report) {
        const named = new Set(
          resources.ofKind("alias").map((alias) => alias.target("functionName")?.address),
        );
        const missing = resources.ofKind("function").filter(({ address }) => !named.has(address));
        if (missing.length > 0) report({ message: `${missing.length} without an alias`, resources: missing });
      },
    });
    const app = newApp();
    const stack = new TestStack(app, "shop");
    scf.Guardrails.of(app).add(watched);
    const orders = new scf.Function(stack, "orders", node);
    orders.addAlias("live", { version: orders.currentVersion });
    new scf.Function(stack, "stock", node);
    new scf.Function(stack, "returns", node);
    expect(refusal(app)).toMatch(
      /ERROR ACME-ALIAS {2}2 without an alias\n {2}shop\/returns .*\n {2}shop\/stock /,
    );
  });

  test("do not judge what is not known, and say so", () => {
    const secret = scf.defineGuardrail({
      id: "ACME-ENV",
      severity: "error",
      statement: "no debug switch",
      source: { document: "handbook" },
      fix: "remove it",
      kind: "function",
      check(fn, report) {
        const { environment = {} } = fn.properties;
        if (environment["DEBUG"] === "1") report({ message: "DEBUG is on" });
        if (environment["TOKEN"] === "") report({ message: "TOKEN is empty" });
      },
    });
    process.env["TEST_TOKEN"] = "x";
    const app = newApp();
    const stack = new TestStack(app, "shop");
    scf.Guardrails.of(app).add(secret);
    const environment = { TOKEN: scf.Secret.fromEnvironment("TEST_TOKEN") };
    new scf.Function(stack, "orders", { ...node, environment });
    app.synth();
    expect(report(app).findings.filter(({ rule }) => rule === "ACME-ENV")).toEqual([
      expect.objectContaining({
        severity: "unchecked",
        message: "`environment.TOKEN` is not known at synthesis, and a guardrail is checked nowhere else",
        synthesisOnly: true,
      }),
    ]);
    new scf.Function(stack, "stock", { ...node, environment: { ...environment, DEBUG: "1" } });
    expect(refusal(app)).toMatch(/ERROR ACME-ENV {2}DEBUG is on\n {2}shop\/stock/);
  });

  test("that fail themselves are findings, and the plan stays as it is", () => {
    const broken = scf.defineGuardrail({
      id: "ACME-BROKEN",
      severity: "warning",
      statement: "x",
      source: { document: "handbook" },
      fix: "x",
      kind: "function",
      check(fn) {
        (fn.properties.tags as Record<string, string>)["team"] = "changed";
        throw new TypeError("no such thing");
      },
    });
    const app = newApp();
    scf.Guardrails.of(app).add(broken);
    new scf.Function(new TestStack(app, "shop"), "orders", { ...node, tags: { team: "shop" } });
    expect(refusal(app)).toContain("ERROR ACME-BROKEN  the check of ACME-BROKEN fails: no such thing\n");
  });

  test.each([
    ["a promise", async () => Promise.resolve(), "it gives a promise, and what it reports later is lost"],
    ["a promise that fails", async () => Promise.reject(new Error("x")), "it gives a promise, and"],
    ["nothing", (_: unknown, tell: (found: unknown) => void) => tell(undefined), "it reports undefined"],
    ["a text", (_: unknown, tell: (found: unknown) => void) => tell("small"), 'it reports the text "small"'],
    ["no message", (_: unknown, tell: (found: unknown) => void) => tell({}), "it reports no `message`"],
    [
      "a fix that is no text",
      (_: unknown, tell: (found: unknown) => void) => tell({ message: "small", fix: 7 }),
      "it reports the number 7 as `fix`",
    ],
  ])("fails on a check that gives %s", async (_, check, problem) => {
    for (const kind of ["function", undefined]) {
      const app = newApp();
      scf.Guardrails.of(app).add(scf.defineGuardrail({ ...smallMemory, kind, check } as never));
      new scf.Function(new TestStack(app, "shop"), "orders", node);
      expect(refusal(app)).toContain(`ERROR ACME-MEM  the check of ACME-MEM fails: ${problem}`);
    }
    // A promise that fails would end this process here.
    await new Promise((resolve) => setImmediate(resolve));
  });

  test.each([
    ["a list", [smallMemory], "The id of a guardrail is undefined."],
    ["nothing", undefined, "The id of a guardrail is undefined."],
    ["an id of ours", { ...smallMemory, id: "FN-MEM" }, "FN-MEM is a rule of this library"],
  ])("fails on %s in the place of a guardrail", (_, given, message) => {
    expect(() => scf.Guardrails.of(newApp()).add(given as never)).toThrow(message);
  });

  test("are acknowledged as ours are, unless they say that they cannot be", () => {
    const app = newApp();
    const stack = new TestStack(app, "shop");
    scf.Guardrails.of(app).add(described);
    scf.Findings.of(new scf.Function(stack, "orders", node)).acknowledge("ACME-DESC", "a sketch");
    app.synth();
    expect(report(app).findings).toMatchObject([{ rule: "ACME-DESC", acknowledged: "a sketch" }]);

    const strict = newApp();
    const other = new TestStack(strict, "shop");
    scf.Guardrails.of(strict).add(
      scf.defineGuardrail({ ...(described as scf.ResourceGuardrail<"function">), acknowledgeable: false }),
    );
    scf.Findings.of(new scf.Function(other, "orders", node)).acknowledge("ACME-DESC", "a sketch");
    expect(refusal(strict)).toContain(
      "ERROR ACKNOWLEDGE  ACME-DESC cannot be acknowledged: its organization does not allow it\n",
    );
  });

  test.each([
    ["an id in small letters", { id: "acme-mem" }, 'The id of a guardrail is "acme-mem".'],
    ["an id of one part", { id: "ACME" }, 'The id of a guardrail is "ACME".'],
    ["an id of ours", { id: "FN-MEM" }, "FN-MEM is a rule of this library, and cannot be a guardrail."],
    ["another severity", { severity: "fact" }, 'The severity of ACME-MEM is "fact".'],
    ["no statement", { statement: " " }, "ACME-MEM has no `statement`."],
    ["no fix", { fix: undefined }, "ACME-MEM has no `fix`."],
    ["no source", { source: undefined }, "ACME-MEM has no source."],
    ["a kind that is none", { kind: "lambda" }, 'ACME-MEM is for the kind "lambda", and there is none.'],
    ["no check", { check: undefined }, "ACME-MEM has no `check`."],
  ])("fails on %s", (_, part, message) => {
    expect(() => scf.defineGuardrail({ ...smallMemory, ...part } as never)).toThrow(message);
  });

  test("fails on two with the same id", () => {
    const app = newApp();
    scf.Guardrails.of(app).add(smallMemory, smallMemory);
    const other = scf.defineGuardrail({ ...(smallMemory as scf.ResourceGuardrail<"function">) });
    expect(() => scf.Guardrails.of(app).add(other)).toThrow("There are two guardrails with the id ACME-MEM.");
  });

  test("know the properties of their kind", () => {
    scf.defineGuardrail({
      id: "ACME-TYPES",
      severity: "error",
      statement: "x",
      source: { document: "x" },
      fix: "x",
      kind: "alias",
      // @ts-expect-error an alias has no memory
      check: (alias) => alias.properties.memory,
    });
  });
});

describe("tags", () => {
  test("of the nearest scope win, and those of a function or role itself win over all", () => {
    const app = newApp();
    scf.Tags.of(app).add("team", "platform").add("cost", "1");
    const stack = new TestStack(app, "shop");
    const orders = new scf.Function(stack, "orders", { ...node, tags: { cost: "2" } });
    const live = orders.addAlias("live", { version: orders.currentVersion });
    const runner = new scf.Role(stack, "runner", { tags: { stage: "test" } });
    scf.Tags.of(stack).add("team", "shop");
    app.synth();
    expect(propertiesIn(app, "shop/orders")["tags"]).toEqual({ cost: "2", team: "shop" });
    expect(propertiesIn(app, runner.node.path)["tags"]).toEqual({ cost: "1", stage: "test", team: "shop" });
    expect(propertiesIn(app, live.node.path)).not.toHaveProperty("tags");
    expect(report(app)["given"]).toMatchObject([
      { property: "tags.team", value: "shop", by: "tags", address: "shop/orders" },
      { property: "tags.team", value: "shop", by: "tags", address: "shop/runner" },
      { property: "tags.cost", value: "1", by: "tags", address: "shop/runner" },
    ]);
  });

  test("are named by the finding about them", () => {
    const app = newApp();
    const stack = new TestStack(app, "shop");
    const tags = scf.Tags.of(stack);
    tags.add("team", "shop");
    tags.add("cdktf-scf", "me"); // reserved tag
    new scf.Function(stack, "orders", node);
    expect(refusal(app)).toContain(
      `    tags.cdktf-scf (from the tags set at ${here}:${line("reserved tag")})\n`,
    );
  });

  test("fails on what is no text", () => {
    const tags = scf.Tags.of(new TestStack(newApp(), "shop"));
    expect(() => tags.add("team", 7 as never)).toThrow(/Tags\.add at .* is given the number 7\./);
  });
});

describe("naming schemes", () => {
  test("name what is not given a name, the nearest scope first", () => {
    const app = newApp();
    scf.Naming.of(app).use(({ kind, id, stack, path: of }) => `${kind}-${stack}-${id}-${of.length}`);
    const stack = new TestStack(app, "shop");
    const team = new Construct(stack, "team");
    scf.Naming.of(team).use(({ kind, id }) => (kind === "function" ? `team-${id}` : undefined));
    new scf.Function(stack, "orders", node);
    new scf.Function(stack, "own", { ...node, name: "own-name" });
    const stock = new scf.Function(team, "stock", node);
    new scf.Role(team, "role");
    stock.addAlias("live", { version: stock.currentVersion });
    app.synth();
    expect(propertiesIn(app, "shop/orders")["functionName"]).toBe("function-shop-orders-11");
    expect(propertiesIn(app, "shop/own")["functionName"]).toBe("own-name");
    expect(stock.functionName).toBe("team-stock");
    expect(propertiesIn(app, "shop/team/role")["roleName"]).toBe("role-shop-role-14");
    expect(propertiesIn(app, "shop/team/stock/live")["name"]).toBe("live");
  });

  test("are named by the finding about a name that breaks a rule", () => {
    const app = newApp();
    const naming = scf.Naming.of(app);
    naming.use(({ id }) => `${id}!`); // wrong scheme
    new scf.Function(new TestStack(app, "shop"), "orders", node);
    const text = refusal(app);
    expect(text).toContain('ERROR FN-NAME  function name "orders!" contains "!"');
    expect(text).toContain(`    name (from the naming scheme set at ${here}:${line("wrong scheme")})\n`);
  });

  test("fails on a name that is no text, and after a construct that it would name", () => {
    const app = newApp();
    scf.Naming.of(app).use(() => 7 as never);
    const stack = new TestStack(app, "shop");
    expect(() => new scf.Function(stack, "orders", node)).toThrow(
      /gives shop\/orders the number 7 for a name/,
    );
    const other = new TestStack(newApp(), "shop");
    new scf.Role(other, "role");
    expect(() => scf.Naming.of(other).use(({ id }) => id)).toThrow(/after shop\/role was made without it at/);
  });
});

describe("budgets", () => {
  function declare(stack: TerraformStack): void {
    for (const id of ["orders", "stock", "returns"]) {
      const fn = new scf.Function(stack, id, { ...node, memory: id === "stock" ? 512 : 128 });
      if (id === "orders") fn.reserveConcurrency(scf.Concurrency.megabytes(1280));
      if (id === "stock") fn.currentVersion.provision(scf.Provisioning.static({ instances: 4 }));
      if (id === "returns") {
        const steps = [{ weight: scf.Weight.percent(10) }];
        fn.addAlias("live", {
          version: fn.currentVersion,
          release: scf.Release.canary({ steps, instances: 2 }),
        });
      }
    }
  }

  test("that are kept have no finding", () => {
    const app = newApp();
    scf.Budget.of(app, {
      team: "shop",
      functions: 3,
      memoryMb: 768,
      reservedConcurrencyMb: 1280,
      provisionedConcurrencyMb: 2304,
    });
    declare(new TestStack(app, "shop"));
    app.synth();
    expect(report(app).findings).toEqual([]);
  });

  test.each([
    ["functions", 2, "3 functions", "2 functions"],
    ["memoryMb", 767, "768 MB of memory", "767 MB of memory"],
    ["reservedConcurrencyMb", 1279, "1,280 MB of reserved concurrency", "1,279 MB of reserved concurrency"],
    [
      "provisionedConcurrencyMb",
      2303,
      "2,304 MB of provisioned concurrency",
      "2,303 MB of provisioned concurrency",
    ],
  ])("fails past %s", (name, limit, sum, allowed) => {
    const app = newApp();
    const stack = new TestStack(app, "shop");
    scf.Budget.of(stack, { team: "shop", [name]: limit }); // budget
    declare(stack);
    const text = refusal(app);
    expect(text).toContain(`ERROR BUDGET  team shop declares ${sum}, and its budget has ${allowed}\n`);
    expect(text).toMatch(new RegExp(`\n  shop +the budget +at ${escaped(here)}:${line("budget")}\n`));
    if (name === "memoryMb") expect(text).toMatch(/\n {2}shop\/stock +512 MB .*\n {2}shop\/orders +128 MB /);
  });

  test.each([
    ["no team", { functions: 1 }, "names no team"],
    ["no limit", { team: "shop" }, "of team shop has no limit"],
    ["a limit that does not exist", { team: "shop", aliases: 3 }, 'of team shop has no "aliases"'],
    ["a negative limit", { team: "shop", functions: -1 }, "of team shop has -1 for `functions`"],
  ])("fails on %s", (_, props, problem) => {
    expect(() => scf.Budget.of(newApp(), props as never)).toThrow(problem);
  });
});
