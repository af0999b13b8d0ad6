import * as fs from "node:fs";
import * as path from "node:path";
import type { Browser, Page } from "playwright-core";
import type { Graph } from "../../lib/cli/graph/graph";
import { makeGraph } from "../../lib/cli/graph/make-graph";
import { mermaid } from "../../lib/cli/graph/mermaid";
import { htmlPage } from "../../lib/cli/graph/page";
import * as scf from "../../lib/index";
import type { Finding } from "../../lib/rules/finding";
import { loadBalancer, node, synthesize, type TestStack } from "../constructs/app";
import { checkout } from "../installed";
import { temporaryFolder } from "../temporary-folder";
import { launch, title, withBrowser } from "./browser";

jest.setTimeout(180_000);

/** A function with an alias that shares traffic, and a trigger: five boxes with the layer. */
function service(stack: TestStack, id: string, layer: scf.Layer) {
  const fn = new scf.Function(stack, id, {
    ...node,
    layers: [layer],
    environment: { KEY: "value-of-the-key" },
  });
  const routing = scf.Routing.weighted(fn.version("3"), scf.Weight.percent(10));
  const live = fn.addAlias("live", { version: fn.currentVersion, routing });
  live.addTrigger("nightly", scf.Trigger.timer({ schedule: scf.Schedule.cron("0 0 2 * * * *") }));
  return live;
}

const layerOf = (stack: TestStack, id: string): scf.Layer =>
  new scf.Layer(stack, id, { code: node.code, compatibleRuntimes: [node.runtime] });

function small(stack: TestStack): void {
  service(stack, "orders", layerOf(stack, "deps"));
}

function large(stack: TestStack): void {
  const layers = ["http-client", "logging", "database"].map((id) => layerOf(stack, id));
  const role = new scf.Role(stack, "run");
  role.addToPolicy({ effect: "allow", actions: ["cls:pushLog"], resources: ["*"] });
  const http = new scf.LoadBalancerListener(stack, "http", {
    loadBalancer,
    protocol: scf.Protocol.HTTP,
    port: 80,
  });
  for (let index = 0; index < 82; index++) {
    const live = service(stack, `service-${index}`, layers[index % 3]!);
    http.addRule(`rule-${index}`, { domain: "www.example.com", path: `/service-${index}`, targets: [live] });
  }
}

const finding: Finding = {
  severity: "warning",
  rule: "FN-TIMEOUT",
  message: "the timeout is long",
  places: [{ address: "shop/orders" }, { address: "shop/service-70" }],
  fix: "make it shorter",
  source: "guide, limits",
};

const quotas = { functionsPerNamespace: 200 };
const graphs: Readonly<Record<string, () => Graph>> = {
  small: () => makeGraph([synthesize(small)], [finding]),
  large: () => makeGraph([synthesize(large, { quotas })], [finding]),
};

const sizes = { phone: { width: 390, height: 844 }, desktop: { width: 1440, height: 900 } };

withBrowser(title("the picture in a browser"), () => {
  const folder = temporaryFolder();
  const drawn = new Map<string, Graph>();
  let browser: Browser;

  beforeAll(async () => {
    for (const [name, make] of Object.entries(graphs)) {
      drawn.set(name, make());
      fs.writeFileSync(path.join(folder, `${name}.html`), htmlPage(drawn.get(name)!));
    }
    browser = await launch();
  });
  afterAll(async () => browser?.close());

  const pages = Object.keys(graphs).flatMap((name) =>
    (Object.keys(sizes) as (keyof typeof sizes)[]).flatMap((size) =>
      (["light", "dark"] as const).map((colorScheme) => ({ name, size, colorScheme })),
    ),
  );

  /** Opens a picture, and gives what went wrong in it or was fetched. */
  async function open({
    name,
    size,
    colorScheme,
  }: (typeof pages)[number]): Promise<{ page: Page; trouble: string[] }> {
    const page = await browser.newPage({ viewport: sizes[size], colorScheme });
    const trouble: string[] = [];
    const file = `file://${path.join(folder, name)}.html`;
    page.on("console", (message) => trouble.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", ({ message }) => trouble.push(message));
    page.on("request", (request) => {
      if (request.url() !== file && !request.url().startsWith("data:"))
        trouble.push(`fetched ${request.url()}`);
    });
    await page.goto(file);
    return { page, trouble };
  }

  const checks = fs.readFileSync(path.join(__dirname, "picture-checks.js"), "utf8");
  const check = (page: Page, call: string): Promise<string[]> =>
    page.evaluate<string[]>(`(() => { ${checks}; return ${call}; })()`);

  const scaleOf = (page: Page): Promise<number> =>
    page.evaluate<number>(`Number(document.querySelector("#view").dataset.scale)`);

  test("has the sizes that these tests speak of", () => {
    expect(drawn.get("small")!.nodes).toHaveLength(6);
    expect(drawn.get("large")!.nodes.length).toBeGreaterThan(490);
  });

  test.each(pages)(
    "$name, $size, $colorScheme: nothing overlaps or sticks out, nothing is fetched",
    async (which) => {
      const { page, trouble } = await open(which);
      expect(await check(page, "overlaps()")).toEqual([]);
      expect(await check(page, "stickingOut()")).toEqual([]);
      // The other state of the groups as well.
      await page.click("#groups");
      expect(await check(page, "overlaps()")).toEqual([]);
      await page.screenshot({ path: path.join(folder, "picture.png") });
      expect(trouble).toEqual([]);
      await page.close();
    },
  );

  test.each(pages)(
    "$name, $size, $colorScheme: letters stand out from what is behind them",
    async (which) => {
      const { page } = await open(which);
      expect(await check(page, "contrasts()")).toEqual([]);
      await page.close();
    },
  );

  test.each(pages.filter(({ colorScheme }) => colorScheme === "light"))(
    "$name, $size: search goes to what it finds, and the panel says all about it",
    async (which) => {
      const { page, trouble } = await open(which);
      const wanted = which.name === "small" ? "orders" : "service-70";
      await page.keyboard.press("/");
      await page.keyboard.type(`${wanted} alias`);
      await page.keyboard.press("Enter");
      const panel = page.locator("#details");
      expect(await panel.isVisible()).toBe(true);
      expect(await panel.textContent()).toContain("90 % of requests → version current version");
      await page.waitForTimeout(300);
      const box = (await page.locator(".node.chosen").boundingBox())!;
      const { width, height } = sizes[which.size];
      expect([box.x >= 0, box.y >= 0, box.x + box.width <= width, box.y + box.height <= height]).toEqual([
        true,
        true,
        true,
        true,
      ]);
      expect(await check(page, "stickingOut()")).toEqual([]);
      await page.keyboard.press("Escape");
      await page.fill("#query", "no such thing");
      expect(await page.locator("#results").textContent()).toBe("Nothing found");
      expect(trouble).toEqual([]);
      await page.close();
    },
  );

  test.each(pages.filter(({ colorScheme }) => colorScheme === "dark"))(
    "$name, $size: wheel, buttons and keys change the size; the switch changes the colours",
    async (which) => {
      const { page } = await open(which);
      const before = await scaleOf(page);
      const { width, height } = sizes[which.size];
      await page.mouse.move(width / 2, height / 2);
      await page.mouse.wheel(0, -300);
      await page.waitForFunction(`Number(document.querySelector("#view").dataset.scale) > ${before}`);
      await page.click("#farther");
      await page.click("#farther");
      const smaller = await scaleOf(page);
      await page.focus("#view");
      await page.keyboard.press("+");
      expect(await scaleOf(page)).toBeGreaterThan(smaller);
      await page.keyboard.press("0");
      await page.waitForTimeout(300);
      const [frame] = await page.$$(".frame.stack");
      const box = (await frame!.boundingBox())!;
      expect(box.x >= 0 && box.x + box.width <= width).toBe(true);
      const paper = (): Promise<string> =>
        page.evaluate<string>("getComputedStyle(document.body).backgroundColor");
      const dark = await paper();
      await page.click("#theme");
      expect(await paper()).not.toBe(dark);
      await page.close();
    },
  );

  test("findings stand on the boxes and in the list, secrets nowhere", async () => {
    const { page } = await open({ name: "small", size: "desktop", colorScheme: "light" });
    const badge = page.locator('.node[data-id="shop/orders"] .badge');
    expect(await badge.textContent()).toBe("FN-TIMEOUT");
    expect(await badge.getAttribute("title")).toBe("FN-TIMEOUT: the timeout is long");
    await page.click("#findings");
    expect(await page.locator("#details").textContent()).toContain("the timeout is long.");
    await page.click("#details li button");
    const text = await page.locator("#details").textContent();
    expect(text).toContain("environment(sensitive)");
    expect(await page.content()).not.toContain("value-of-the-key");
    await page.close();
  });

  test("a group opens and closes by keyboard, and the keyboard stays where it was", async () => {
    const { page } = await open({ name: "large", size: "desktop", colorScheme: "light" });
    const toggle = page.locator('.toggle[data-group="shop/service-70"]');
    expect(await page.locator('.node[data-id="shop/service-70/live"]').count()).toBe(0);
    await toggle.focus();
    await page.keyboard.press("Enter");
    expect(await page.locator('.node[data-id="shop/service-70/live"]').count()).toBe(1);
    expect(await toggle.getAttribute("aria-expanded")).toBe("true");
    expect(await check(page, "overlaps()")).toEqual([]);
    await page.keyboard.press("Enter");
    expect(await page.locator('.node[data-id="shop/service-70/live"]').count()).toBe(0);
    await page.close();
  });

  test("lines of what very many use are drawn for the chosen box only", async () => {
    const { page } = await open({ name: "large", size: "desktop", colorScheme: "light" });
    expect(await page.locator(".line:visible").count()).toBeLessThan(20);
    await page.fill("#query", "logging layer");
    await page.keyboard.press("Enter");
    expect(await page.locator(".line.near:visible").count()).toBe(27);
    await page.close();
  });

  const parser = path.join(checkout, ".ci/tools/node_modules/mermaid/dist/mermaid.min.js");
  const parsing = fs.existsSync(parser) || process.env["CDKTF_SCF_NOTHING_SKIPPED"] ? test : test.skip;
  parsing.each(Object.keys(graphs))(
    "the Mermaid text of %s is what Mermaid draws (needs npm ci --ignore-scripts --prefix .ci/tools)",
    async (name) => {
      const page = await browser.newPage();
      await page.addScriptTag({ path: parser });
      const graph = drawn.get(name)!;
      const sly = { ...graph.nodes[0]!, id: "sly", title: 'end"] --> x; %% `<b>` #quot; | 中文 🙂 {}()' };
      const text = mermaid({ ...graph, nodes: [...graph.nodes, sly] });
      const inPage = (call: string): Promise<number> =>
        page.evaluate<number>(`(async (chart) => {
          mermaid.initialize({ startOnLoad: false, maxEdges: 5000, maxTextSize: 500_000 });
          ${call}
        })(${JSON.stringify(text)})`);
      await inPage("await mermaid.parse(chart); return 0;");
      if (name === "large") return page.close();
      const count = await inPage(
        `return (await mermaid.render("picture", chart)).svg.match(/class="node /g).length;`,
      );
      expect(count).toBe(graph.nodes.length + 1);
      await page.close();
    },
  );
});
