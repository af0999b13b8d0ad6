import { Findings, LocalPlatform, Plan } from "cdktf-scf/testing";
import { ShopWindow, type ShopWindowProps } from "../../examples/split-site/shop-window";
import { newApp } from "../constructs/app";

const DOMAIN = "www.example.com";
const two = ["ins-file0001", "ins-file0002"] as const;

function shopWindow(fileServers: ShopWindowProps["fileServers"] = two): ShopWindow {
  return new ShopWindow(newApp(), "shop-window", { loadBalancerId: "lb-window001", fileServers });
}

/** Who answers, by the beginning of the path. */
async function answering(platform: LocalPlatform): Promise<Record<string, string[]>> {
  const { Listeners = [] } = await platform.call("clb", "DescribeTargets", {
    LoadBalancerId: "lb-window001",
  });
  const rules = Listeners.flatMap(({ Rules = [] }) => Rules ?? []);
  return Object.fromEntries(
    rules.map(({ Url = "", Targets, FunctionTargets }) => [
      Url,
      [
        ...(Targets ?? []).map(({ InstanceId }) => InstanceId ?? ""),
        ...(FunctionTargets ?? []).map(({ Function: { FunctionName, FunctionQualifier } }) =>
          [FunctionName, FunctionQualifier].join(":"),
        ),
      ].sort(),
    ]),
  );
}

describe("the shop window", () => {
  test("has files and cart under one domain, behind one listener", () => {
    Findings.fromStack(shopWindow()).hasNone();
    const plan = Plan.fromStack(shopWindow()).countIs("clb_listener", 1);
    const rules = plan.find("clb_rule", { domain: DOMAIN });
    expect(rules.map(({ properties }) => properties.path)).toEqual(["/cart", "/pages", "/pictures"]);
  });

  test("is deployed: servers have the files, the function has the cart; a second deploy changes nothing", async () => {
    const platform = LocalPlatform.inMemory();
    await platform.deploy(shopWindow());
    expect(await answering(platform)).toEqual({
      "/pages": two,
      "/pictures": two,
      "/cart": ["shop-window-cart:live"],
    });
    expect(await platform.invoke("shop-window-cart", { qualifier: "live" })).toEqual({
      version: "1",
      status: 0,
    });
    expect(await platform.diff(shopWindow())).toEqual([]);
  });

  test("takes another server for the files, and leaves the cart alone", async () => {
    const platform = LocalPlatform.inMemory();
    await platform.deploy(shopWindow());
    const { calls } = await platform.deploy(shopWindow([...two, "ins-file0003"]));
    const writes = calls.filter(({ action }) => !/^(Get|List|Describe)/.test(action));
    expect(writes.map(({ action }) => action)).toEqual(["RegisterTargets", "RegisterTargets"]);
    expect((await answering(platform))["/pictures"]).toEqual([...two, "ins-file0003"]);
    await platform.destroy(shopWindow());
    expect(await platform.live("clb_listener")).toEqual([]);
  });
});

describe("the cart", () => {
  const { main_handler: cart } = require("../../examples/split-site/functions/cart/index.js") as {
    main_handler: (event: object) => Promise<{ statusCode: number; body: string }>;
  };

  test.each([
    ["adds up", { lamp: 2, lantern: 1 }, 200, { total: 12_700 }],
    ["is empty", {}, 200, { total: 0 }],
    ["fails for a count of 0", { lamp: 0 }, 400, { error: expect.any(String) }],
    ["fails for half a lamp", { lamp: 0.5 }, 400, { error: expect.any(String) }],
    ["fails for what is not there", { lamp: 1, sofa: 1 }, 422, { error: "The shop does not have: sofa." }],
    ["fails for no cart", null, 400, { error: expect.any(String) }],
  ])("%s", async (_, given, statusCode, content) => {
    const body = JSON.stringify(given);
    const encoded = { body: Buffer.from(body).toString("base64"), isBase64Encoded: true };
    for (const event of [{ body }, encoded]) {
      const answer = await cart(event);
      expect(answer).toMatchObject({ statusCode });
      expect(JSON.parse(answer.body)).toEqual(content);
    }
  });
});
