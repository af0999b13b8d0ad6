import type { App } from "cdktf";
import { Findings, LocalPlatform, Plan } from "cdktf-scf/testing";
import { declareSites, type Site } from "../../examples/regions/site";
import { newApp } from "../constructs/app";

const loadBalancers = {
  "ap-guangzhou": "lb-south001",
  "ap-shanghai": "lb-east0001",
  "ap-beijing": "lb-north001",
};
const regions = Object.keys(loadBalancers).sort();

function sites(): { readonly app: App; readonly sites: readonly Site[] } {
  const app = newApp();
  return { app, sites: declareSites(app, loadBalancers) };
}

function siteIn(region: string, all: readonly Site[]): Site {
  return all.find((site) => site.node.id === `site-${region}`) as Site;
}

async function regionsWithFunction(platform: LocalPlatform): Promise<readonly string[]> {
  return (await platform.live("scf_function")).map(({ region }) => region).sort();
}

/** Function and load balancer that answer the domain, by region. */
async function answering(platform: LocalPlatform): Promise<Record<string, unknown>> {
  const rules = await platform.live("clb_rule", { domain: "www.example.com", path: "/" });
  const functions = await platform.live("scf_function");
  return Object.fromEntries(
    rules.map(({ region, properties }) => [
      region,
      [
        properties.loadBalancerId,
        ...functions.filter((fn) => fn.region === region).map((fn) => fn.properties.environment),
      ],
    ]),
  );
}

describe("the site of several regions", () => {
  test("is the same in each, but for what tells them apart", () => {
    const { app, sites: all } = sites();
    Findings.fromApp(app).hasNone();
    for (const site of all) Plan.fromStack(site).has("clb_rule", { domain: "www.example.com", path: "/" });
    Plan.fromApp(app).countIs("scf_function", 3).countIs("clb_listener", 3);
  });

  test("is deployed behind the load balancer of each region, and a second deploy changes nothing", async () => {
    const platform = LocalPlatform.inMemory();
    const { failed } = await platform.deploy(sites().app);
    expect(failed).toEqual([]);
    expect(await answering(platform)).toEqual(
      Object.fromEntries(
        Object.entries(loadBalancers).map(([region, id]) => [region, [id, { REGION: region }]]),
      ),
    );
    for (const region of regions) {
      const answer = await platform.invoke(`site-${region}-greeting-function`, { qualifier: "live", region });
      expect(answer).toEqual({ version: "1", status: 0 });
    }
    expect(await platform.diff(sites().app)).toEqual([]);
  });

  test("is deployed in the other regions while one is down, and there when it is back", async () => {
    const platform = LocalPlatform.inMemory();
    const { app, sites: all } = sites();
    const beijing = siteIn("ap-beijing", all);
    platform.faults.fail(
      { action: "CreateFunction", resource: "site-ap-beijing", times: "always" },
      "InternalError.System",
    );
    const down = await platform.deploy(beijing, { failures: "return" });
    expect(down.failed).toMatchObject([{ address: "site-ap-beijing/greeting/function" }]);
    for (const site of all.filter((each) => each !== beijing)) await platform.deploy(site);
    expect(await regionsWithFunction(platform)).toEqual(["ap-guangzhou", "ap-shanghai"]);
    platform.faults.clear();
    expect((await platform.deploy(app)).failed).toEqual([]);
    expect(await regionsWithFunction(platform)).toEqual(regions);
  });

  test("leaves a region, and stays in the others", async () => {
    const platform = LocalPlatform.inMemory();
    const { app, sites: all } = sites();
    await platform.deploy(app);
    await platform.destroy(siteIn("ap-shanghai", all));
    expect(await regionsWithFunction(platform)).toEqual(["ap-beijing", "ap-guangzhou"]);
    await platform.destroy(app);
    expect(await answering(platform)).toEqual({});
  });
});

test("the greeting says which region it comes from", async () => {
  const { main_handler: greet } = require("../../examples/regions/functions/greeting/index.js") as {
    main_handler: () => Promise<object>;
  };
  process.env["REGION"] = "ap-shanghai";
  expect(await greet()).toMatchObject({ statusCode: 200, body: "Welcome, from ap-shanghai.\n" });
});
