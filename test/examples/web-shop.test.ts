import * as fs from "node:fs";
import * as path from "node:path";
import { App } from "cdktf";
import { WebShop } from "../../examples/web-shop/web-shop";
import { matchesHash } from "../../lib/assets";
import { kinds } from "../../lib/kinds";
import type { Kind } from "../../lib/kinds/kind";
import { serializePlan } from "../../lib/model/plan";
import { openLocalPlatform, type LocalPlatform } from "../../lib/platform/local";
import { createReconciler, type Difference, stagedPackages, stateIn } from "../../lib/reconciler";
import { readPlan } from "../constructs/app";
import { temporaryFolder } from "../temporary-folder";

function synthesized(thumbnailsTag = "1.0.0"): App {
  const app = new App({ outdir: temporaryFolder() });
  new WebShop(app, "web-shop", { thumbnailsTag });
  app.synth();
  return app;
}

describe("the web shop", () => {
  let platform: LocalPlatform;
  let stateDirectory: string;

  beforeEach(() => {
    platform = openLocalPlatform({ path: ":memory:", region: "ap-guangzhou" });
    stateDirectory = temporaryFolder();
  });
  afterEach(() => platform.close());

  /** Deploys, and tells what the comparison before it was. */
  async function deploy(app: App, purpose: "deploy" | "destroy" = "deploy"): Promise<Difference> {
    const failures: string[] = [];
    const reconciler = createReconciler({
      stack: "web-shop",
      state: stateIn(stateDirectory),
      plan: readPlan(app, "web-shop"),
      packages: stagedPackages(path.join(app.outdir, "stacks", "web-shop"), matchesHash),
      kinds: kinds as Readonly<Record<string, Kind>>,
      openPlatform: async () => ({
        region: platform.region,
        call: (...call) => platform.call(...call),
        close: async () => undefined,
      }),
      stateOf: () => undefined,
      environment: {},
      onEvent: (event) => {
        if (event.type === "operation-failed") failures.push(`${event.code}: ${event.message}`);
      },
    });
    try {
      const difference = await reconciler.difference({ destroy: purpose === "destroy" });
      await reconciler.apply(difference, { purpose });
      expect(failures).toEqual([]);
      return difference;
    } finally {
      await reconciler.close();
    }
  }

  const writes = () =>
    platform
      .calls()
      .filter(({ write }) => write)
      .map(({ action }) => action);

  test("has the plan that people have looked at", () => {
    const golden = path.join(__dirname, "golden/web-shop.plan.json");
    const text = serializePlan(readPlan(synthesized(), "web-shop"));
    if (process.env["UPDATE_GOLDEN"]) fs.writeFileSync(golden, text);
    expect(text).toBe(fs.readFileSync(golden, "utf8"));
  });

  test("is deployed once, and the second deploy changes nothing", async () => {
    await deploy(synthesized());
    expect(await platform.call("scf", "GetFunction", { FunctionName: "web-shop-site" })).toMatchObject({
      Type: "HTTP",
      Handler: "",
      InstanceConcurrencyConfig: { DynamicEnabled: "FALSE", MaxConcurrency: 20 },
      VpcConfig: { VpcId: "vpc-shop", SubnetId: "subnet-shop" },
      CfsConfig: {
        CfsInsList: [{ CfsId: "cfs-catalogue", LocalMountDir: "/mnt/catalogue", UserId: "10000" }],
      },
      ClsTopicId: "functions",
    });
    expect(
      await platform.call("scf", "GetFunctionEventInvokeConfig", { FunctionName: "web-shop-thumbnails" }),
    ).toMatchObject({ AsyncTriggerConfig: { RetryConfig: [{ RetryNum: 1 }], MsgTTL: 3600 } });
    platform.resetCalls();
    const again = await deploy(synthesized());
    expect(again.changes).toEqual([]);
    expect(writes()).toEqual([]);
  });

  test("publishes a new version of the thumbnails for a new image, and of nothing else", async () => {
    await deploy(synthesized());
    platform.resetCalls();
    await deploy(synthesized("1.1.0"));
    expect(writes()).toEqual(["UpdateFunctionCode", "PublishVersion", "UpdateAlias"]);
  });

  test("leaves nothing behind when it is destroyed", async () => {
    await deploy(synthesized());
    await deploy(synthesized(), "destroy");
    expect((await platform.call("scf", "ListFunctions", {})).TotalCount).toBe(0);
  });
});

describe("the site", () => {
  type Request = { readonly method: string; readonly url: string };
  const { serve } = (() => {
    const folder = temporaryFolder();
    const items = [{ name: "lamp", price: 4900 }];
    fs.writeFileSync(path.join(folder, "items.json"), JSON.stringify(items));
    process.env["CATALOGUE"] = folder;
    return require("../../examples/web-shop/functions/site/app.js") as {
      serve: (request: Request, response: object) => void;
    };
  })();

  function answerTo(url: string, method = "GET"): { status: number; body: unknown } {
    let status = 0;
    let body: unknown;
    serve(
      { method, url },
      {
        writeHead: (code: number) => (status = code),
        end: (text: string) => (body = JSON.parse(text)),
      },
    );
    return { status, body };
  }

  test("lists what the file system holds, and shows one item", () => {
    expect(answerTo("/items")).toEqual({ status: 200, body: { items: [{ name: "lamp", price: 4900 }] } });
    expect(answerTo("/items/lamp?currency=CNY")).toMatchObject({ status: 200, body: { price: 4900 } });
  });

  test.each([
    ["/items/sofa", "GET", 404],
    ["/", "GET", 404],
    ["/items", "POST", 405],
  ])("fails for %s by %s with %d", (url, method, status) => {
    expect(answerTo(url, method)).toMatchObject({ status });
  });
});
