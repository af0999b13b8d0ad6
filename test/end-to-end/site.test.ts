import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import * as path from "node:path";
import { chromium, type Browser, type Page } from "playwright-core";
import { checkout } from "../installed";

jest.setTimeout(300_000);

const site = path.join(checkout, "site", "dist");
const browserFile = [process.env["CHROMIUM"], "/usr/bin/chromium"].find((file) => file && existsSync(file));
const missing = [
  ...(existsSync(path.join(site, "index.html")) ? [] : ["the site is not built: npm run docs:site"]),
  ...(browserFile === undefined ? ["there is no chromium; CHROMIUM may name one"] : []),
];
const needed = process.env["CDKTF_SCF_NOTHING_SKIPPED"] !== undefined;
const withSite = missing.length === 0 || needed ? describe : describe.skip;
const title = missing.length === 0 || needed ? "the site" : `the site (skipped: ${missing.join("; ")})`;

const phone = { width: 390, height: 844 };

/** One page of each kind: its sidebar leads to all others. */
const entrances = ["/first-stack", "/rules/", "/resources/", "/decisions/", "/api/"];

const contentTypes: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
};

/** What a static host does: a path without an ending is a page. */
function serve(): Promise<Server> {
  const server = createServer((request, response) => {
    const name = decodeURIComponent(new URL(request.url ?? "/", "http://site").pathname);
    const file = [name, `${name}.html`, `${name}index.html`]
      .map((candidate) => path.join(site, candidate))
      .find((candidate) => path.extname(candidate) !== "" && existsSync(candidate));
    if (file === undefined) response.writeHead(404).end();
    else {
      response.setHeader("content-type", contentTypes[path.extname(file)] ?? "application/octet-stream");
      response.end(readFileSync(file));
    }
  });
  return new Promise((resolve) => server.listen(0, () => resolve(server)));
}

withSite(title, () => {
  let server: Server;
  let browser: Browser;
  let origin: string;

  beforeAll(async () => {
    server = await serve();
    origin = `http://localhost:${(server.address() as AddressInfo).port}`;
    browser = await chromium.launch({ executablePath: browserFile, args: ["--no-sandbox"] });
  });

  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  /** A page on a phone that writes down what goes wrong, and what it asks of others. */
  async function open(problems: string[]): Promise<Page> {
    const page = await browser.newPage({ viewport: phone });
    const where = (): string => page.url().replace(origin, "");
    page.on("console", (message) => {
      if (message.type() === "error") problems.push(`${where()}: ${message.text()}`);
    });
    page.on("pageerror", (error) => problems.push(`${where()}: ${error.message}`));
    page.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(origin) && !url.startsWith("data:")) problems.push(`${where()} asks for ${url}`);
    });
    return page;
  }

  async function sidebarLinks(): Promise<string[]> {
    const page = await open([]);
    const links = new Set(["/"]);
    for (const entrance of entrances) {
      await page.goto(origin + entrance);
      const found = await page
        .locator(".VPSidebar a")
        .evaluateAll((anchors) => anchors.map((anchor) => anchor.getAttribute("href") ?? ""));
      for (const link of found) links.add(link);
    }
    await page.close();
    return [...links];
  }

  test("shows every page of its sidebars on a phone, without an error, from itself alone, none wider than the screen", async () => {
    const links = await sidebarLinks();
    expect(links.length).toBeGreaterThan(400);
    const problems: string[] = [];
    const left = [...links];
    const visit = async (): Promise<void> => {
      const page = await open(problems);
      for (let link = left.pop(); link !== undefined; link = left.pop()) {
        const answer = await page.goto(origin + link);
        if (!answer?.ok()) problems.push(`${link}: ${answer?.status()}`);
        const [width, titles] = await page.evaluate<[number, number]>(
          "[document.documentElement.scrollWidth, document.querySelectorAll('h1').length]",
        );
        if (width !== phone.width) problems.push(`${link} is ${width} wide`);
        if (titles !== 1) problems.push(`${link} has ${titles} titles`);
      }
      await page.close();
    };
    await Promise.all([visit(), visit(), visit()]);
    expect(problems).toEqual([]);
  });

  test("finds a rule by its id", async () => {
    const problems: string[] = [];
    const page = await open(problems);
    await page.goto(`${origin}/`);
    await page.locator(".DocSearch-Button").click();
    await page.locator(".VPLocalSearchBox input").fill("CLB-REGION");
    const first = page.locator(".VPLocalSearchBox .result").first();
    await first.waitFor();
    expect(await first.getAttribute("href")).toBe("/rules/CLB-REGION.html#clb-region");
    await first.click();
    await page.locator("h1", { hasText: "CLB-REGION" }).waitFor();
    expect(problems).toEqual([]);
    await page.close();
  });
});
