import * as scf from "cdktf-scf";
import type { Plan } from "../../lib/model/plan";
import { loadBalancer, node, resource, synthesize, web, type TestStack } from "./app";

const { HttpService, ScheduledJob, SplitSite, StoragePipeline, WebApplication } = scf.patterns;

function kindsAt(plan: Plan, prefix: string): string[] {
  return plan.resources
    .filter(({ address }) => address.startsWith(prefix))
    .map(({ address, kind }) => `${address.slice(prefix.length)}: ${kind}`);
}

describe("an HTTP service", () => {
  const site = { domain: "www.example.com", loadBalancer };

  test("has a listener, a rule per path, an alias and a policy of its own", () => {
    const plan = synthesize((stack) => {
      new HttpService(stack, "orders", { ...node, ...site, paths: ["/orders", "/returns/new"] });
    });
    expect(kindsAt(plan, "shop/orders/")).toMatchSnapshot();
    expect(resource(plan, "shop/orders/listener").properties).toMatchObject({ protocol: "HTTP", port: 80 });
    expect(resource(plan, "shop/orders/rule-returns-new").properties).toMatchObject({
      domain: "www.example.com",
      path: "/returns/new",
    });
    expect(resource(plan, "shop/orders/rule-orders/Target").properties).toMatchObject({
      qualifier: { $ref: { address: "shop/orders/function/live", attribute: "name" } },
      qualifierType: "alias",
    });
  });

  test.each([
    ["with a certificate", { certificateId: "cert-1" }, "HTTPS", 443],
    ["without a certificate", {}, "HTTP", 80],
    ["on a port of its own", { port: 8080 }, "HTTP", 8080],
  ])("speaks what it should %s", (_, entrance, protocol, port) => {
    const plan = synthesize((stack) => {
      new HttpService(stack, "orders", { ...node, ...site, ...entrance });
    });
    expect(resource(plan, "shop/orders/listener").properties).toMatchObject({ protocol, port });
    expect(resource(plan, "shop/orders/rule").properties).toMatchObject({ path: "/" });
  });

  test("shares a listener with others", () => {
    const plan = synthesize((stack) => {
      const { domain } = site;
      const listener = new scf.LoadBalancerListener(stack, "http", {
        loadBalancer,
        protocol: scf.Protocol.HTTP,
        port: 80,
      });
      for (const id of ["orders", "returns"])
        new HttpService(stack, id, { ...node, domain, listener, paths: [`/${id}`] });
    });
    expect(plan.resources.filter(({ kind }) => kind === "clb_listener")).toHaveLength(1);
    expect(plan.resources.filter(({ kind }) => kind === "clb_rule")).toHaveLength(2);
  });

  test("sends a share of the requests to another version", () => {
    const plan = synthesize((stack) => {
      const proven = scf.Function.fromName(stack, "there", { name: "shop-orders-function" }).version("3");
      new HttpService(stack, "orders", {
        ...node,
        ...site,
        live: { routing: scf.Routing.weighted(proven, scf.Weight.percent(90)) },
      });
    });
    expect(resource(plan, "shop/orders/function/live").properties).toMatchObject({
      routing: { type: "weighted", version: "3", percent: 90 },
    });
  });

  test("fails when two services want the same path of a domain", () => {
    expect(() =>
      synthesize((stack) => {
        const first = new HttpService(stack, "orders", { ...node, ...site });
        new HttpService(stack, "returns", { ...node, domain: site.domain, listener: first.listener });
      }),
    ).toThrow(/CLB-DUP[\s\S]*shop\/orders\/rule[\s\S]*shop\/returns\/rule/);
  });
});

describe("a scheduled job", () => {
  const schedule = scf.Schedule.cron("0 0 2 * * * *");

  test("is started by its alias, and tells people when a run has failed", () => {
    const plan = synthesize((stack) => {
      new ScheduledJob(stack, "close", { ...node, schedule, message: "the day", noticeIds: ["notice-1"] });
    });
    expect(kindsAt(plan, "shop/close/")).toMatchSnapshot();
    expect(resource(plan, "shop/close/function/live/timer").properties).toMatchObject({
      cron: "0 0 2 * * * *",
      enabled: true,
      message: "the day",
    });
    expect(resource(plan, "shop/close/alarm").properties).toMatchObject({
      conditions: [{ metric: "error", comparison: ">", threshold: 0 }],
      noticeIds: ["notice-1"],
    });
  });

  test("runs at several times, and not at all while it is paused", () => {
    const plan = synthesize((stack) => {
      new ScheduledJob(stack, "close", {
        ...node,
        schedule: [schedule, scf.Schedule.cron("0 0 14 * * * *")],
        paused: true,
      });
    });
    const timers = plan.resources.filter(({ kind }) => kind === "scf_timer_trigger");
    expect(timers.map(({ properties: { triggerName, enabled } }) => [triggerName, enabled])).toEqual([
      ["timer-1", false],
      ["timer-2", false],
    ]);
    expect(plan.resources.filter(({ kind }) => kind === "monitor_alarm_policy")).toEqual([]);
  });

  test.each([
    [900, false],
    [901, true],
  ])("that takes %d s is executed asynchronously: %s", (seconds, asyncExecution) => {
    const plan = synthesize((stack) => {
      new ScheduledJob(stack, "close", { ...node, schedule, timeout: scf.Duration.seconds(seconds) });
    });
    expect(resource(plan, "shop/close/function").properties).toMatchObject({ asyncExecution });
  });
});

describe("a pipeline of object storage", () => {
  const bucket = "photos-1250000000";

  test("has stages that read what the one before writes, and may do nothing else", () => {
    const plan = synthesize((stack) => {
      const pipeline = new StoragePipeline(stack, "photos", { bucket });
      pipeline.addStage("thumbnails", { ...node, from: "uploads/", suffix: ".jpg", to: "thumbnails/" });
      pipeline.addStage("index", { ...node, from: "thumbnails/", environment: { TABLE: "photos" } });
    });
    expect(kindsAt(plan, "shop/photos/")).toMatchSnapshot();
    expect(resource(plan, "shop/photos/thumbnails/function").properties["environment"]).toEqual({
      BUCKET: bucket,
      FROM: "uploads/",
      TO: "thumbnails/",
    });
    expect(resource(plan, "shop/photos/index/function").properties["environment"]).toEqual({
      BUCKET: bucket,
      FROM: "thumbnails/",
      TABLE: "photos",
    });
    expect(resource(plan, "shop/photos/thumbnails/role/Policy").properties["statement"]).toMatchObject([
      {
        effect: "allow",
        action: ["cos:GetObject", "cos:HeadObject"],
        resource: ["qcs::cos:ap-guangzhou:uid/1250000000:photos-1250000000/uploads/*"],
      },
      {
        effect: "allow",
        action: ["cos:PutObject"],
        resource: ["qcs::cos:ap-guangzhou:uid/1250000000:photos-1250000000/thumbnails/*"],
      },
    ]);
  });

  test.each([
    ["by itself", [["copy", "in/", "in/done/"]], "copy → copy"],
    [
      "by way of another one",
      [
        ["first", "a/", "b/"],
        ["second", "b/", "a/"],
      ],
      "second → first → second",
    ],
    [
      "by way of two",
      [
        ["first", "a/", "b/"],
        ["second", "b/", "c/"],
        ["third", "c/", "a/x/"],
      ],
      "third → first → second → third",
    ],
  ] as const)("fails when a stage starts itself %s", (_, stages, path) => {
    expect(() =>
      synthesize((stack) => {
        const pipeline = new StoragePipeline(stack, "photos", { bucket });
        for (const [id, from, to] of stages) pipeline.addStage(id, { ...node, from, to });
      }),
    ).toThrow(`starts it again: ${path}.`);
  });
});

describe("a web application", () => {
  test("answers a gateway of its own by its alias", () => {
    const plan = synthesize((stack) => {
      new WebApplication(stack, "site", web());
    });
    expect(kindsAt(plan, "shop/site/")).toMatchSnapshot();
    expect(resource(plan, "shop/site/function/live/gateway").properties).toMatchObject({
      path: "/",
      method: "ANY",
      protocol: "HTTPS",
      qualifier: { $ref: { address: "shop/site/function/live", attribute: "name" } },
    });
  });

  test("speaks WebSocket where its function does", () => {
    const plan = synthesize((stack) => {
      new WebApplication(stack, "site", {
        ...web(),
        timeout: scf.Duration.seconds(60),
        webSocket: { idleTimeout: scf.Duration.seconds(30) },
        gateway: { serviceId: "service-1", backendTimeout: scf.Duration.seconds(60) },
      });
    });
    expect(resource(plan, "shop/site/function/live/gateway").properties).toMatchObject({
      serviceId: "service-1",
      method: "GET",
      protocol: "WSS",
    });
  });
});

describe("a site that is split", () => {
  test("sends files to servers and everything else to functions, under one domain", () => {
    const plan = synthesize((stack) => {
      const orders = new scf.Function(stack, "orders", node);
      new SplitSite(stack, "site", {
        domain: "www.example.com",
        loadBalancer,
        files: {
          paths: ["/static", "/images"],
          servers: [scf.Backend.instance({ instanceId: "ins-1", port: 80 })],
          healthCheck: { path: "/health" },
        },
        functions: { "/orders": orders.addAlias("live", { version: orders.currentVersion }) },
      });
    });
    expect(kindsAt(plan, "shop/site/")).toMatchSnapshot();
    const rules = plan.resources.filter(({ kind }) => kind === "clb_rule");
    expect(rules.map(({ properties: { path, healthCheck } }) => [path, healthCheck !== undefined])).toEqual([
      ["/images", true],
      ["/orders", false],
      ["/static", true],
    ]);
  });
});

describe("what goes to a new version of a pattern", () => {
  const release = scf.Release.canary({
    instances: 2,
    steps: [10, 50].map((share) => ({
      weight: scf.Weight.percent(share),
      wait: scf.Duration.minutes(5),
      gate: scf.Gate.command("npm run smoke"),
    })),
  });

  test.each([
    [
      "an HTTP service",
      (stack: TestStack) =>
        new HttpService(stack, "site", {
          ...node,
          domain: "www.example.com",
          loadBalancer,
          live: { release },
        }),
    ],
    [
      "a web application",
      (stack: TestStack) => new WebApplication(stack, "site", { ...web(), live: { release } }),
    ],
  ])("is released step by step: %s", (_, declare) => {
    const plan = synthesize((stack) => void declare(stack));
    const gate = { command: "npm run smoke", timeoutSeconds: 300 };
    expect(resource(plan, "shop/site/function/live").properties).toMatchObject({
      version: { $ref: { address: "shop/site/function/CurrentVersion", attribute: "version" } },
      provisioned: 2,
      release: {
        steps: [
          { percent: 10, waitSeconds: 300, gate },
          { percent: 50, waitSeconds: 300, gate },
        ],
      },
    });
  });
});

describe("defaults", () => {
  const schedule = scf.Schedule.cron("0 0 2 * * * *");
  const bucket = "photos-1250000000";

  test("of a pattern hold for what a program leaves out, and the program's own values win", () => {
    const plan = synthesize((stack) => {
      scf.Defaults.of(stack)
        .set(HttpService, { memory: 512, certificateId: "cert-1", paths: ["/api"] })
        .set(ScheduledJob, { noticeIds: ["notice-1"], timeout: scf.Duration.minutes(30) })
        .set(WebApplication, { gateway: { method: "GET" }, memory: 256 });
      const site = { ...node, domain: "www.example.com", loadBalancer };
      new HttpService(stack, "orders", site);
      new HttpService(stack, "returns", { ...site, memory: 128, paths: ["/returns"], port: 8443 });
      new ScheduledJob(stack, "close", { ...node, schedule });
      new WebApplication(stack, "site", web());
    });
    const properties = (address: string) => resource(plan, `shop/${address}`).properties;
    expect(properties("orders/function")).toMatchObject({ memory: 512 });
    expect(properties("orders/listener")).toMatchObject({ protocol: "HTTPS", port: 443 });
    expect(properties("orders/rule-api")).toMatchObject({ path: "/api" });
    expect(properties("returns/function")).toMatchObject({ memory: 128 });
    expect(properties("returns/listener")).toMatchObject({ protocol: "HTTPS", port: 8443 });
    expect(properties("returns/rule-returns")).toMatchObject({ path: "/returns" });
    expect(properties("close/function")).toMatchObject({ timeout: 1800, asyncExecution: true });
    expect(properties("close/alarm")).toMatchObject({ noticeIds: ["notice-1"] });
    expect(properties("site/function/live/gateway")).toMatchObject({ method: "GET", protocol: "HTTPS" });
    expect(properties("site/function")).toMatchObject({ memory: 256 });
  });

  test("of split sites and stages of pipelines hold as well", () => {
    const plan = synthesize((stack) => {
      scf.Defaults.of(stack)
        .set(SplitSite, { port: 8080 })
        .set(scf.patterns.PipelineStage, { suffix: ".jpg", memory: 1024 });
      const fn = new scf.Function(stack, "cart", node);
      new SplitSite(stack, "site", {
        domain: "www.example.com",
        loadBalancer,
        files: { paths: ["/static"], servers: [scf.Backend.instance({ instanceId: "ins-1", port: 80 })] },
        functions: { "/cart": fn.addAlias("live", { version: fn.currentVersion }) },
      });
      new StoragePipeline(stack, "photos", { bucket }).addStage("thumbnails", { ...node, from: "uploads/" });
    });
    expect(resource(plan, "shop/site/listener").properties).toMatchObject({ port: 8080 });
    expect(resource(plan, "shop/photos/thumbnails/function").properties).toMatchObject({ memory: 1024 });
    expect(resource(plan, "shop/photos/thumbnails/function/live/objects").properties).toMatchObject({
      suffix: ".jpg",
    });
  });

  test("of functions hold for the function in a pattern, after those of the pattern", () => {
    const plan = synthesize((stack) => {
      scf.Defaults.of(stack)
        .set(scf.Function, { memory: 256, description: "by the team" })
        .set(ScheduledJob, { memory: 512 });
      new ScheduledJob(stack, "close", { ...node, schedule });
    });
    expect(resource(plan, "shop/close/function").properties).toMatchObject({
      memory: 512,
      description: "by the team",
    });
  });

  test("fails when a default of stages has them start themselves", () => {
    expect(() =>
      synthesize((stack) => {
        scf.Defaults.of(stack).set(scf.patterns.PipelineStage, { to: "uploads/small/" });
        new StoragePipeline(stack, "photos", { bucket }).addStage("copy", { ...node, from: "uploads/" });
      }),
    ).toThrow("starts it again: copy → copy.");
  });
});
