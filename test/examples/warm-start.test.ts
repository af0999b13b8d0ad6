import { Search } from "../../examples/warm-start/search";
import type { App } from "cdktf";
import { newApp, readPlan, resource } from "../constructs/app";
import { Project } from "../end-to-end/deployment";

type Handler = (event: object) => Promise<{ words: string[] }>;

describe("the search", () => {
  const { main_handler: search } = require("../../examples/warm-start/functions/search/index.js") as {
    main_handler: Handler;
  };

  test("finds words by their beginning", async () => {
    expect(await search({ prefix: "LA" })).toEqual({ words: ["lamp", "lantern", "ladder"] });
    expect(await search({ prefix: "x" })).toEqual({ words: [] });
    expect(await search({})).toEqual({ words: [] });
  });
});

test("reserves three times what is busy, and opens a window for as many", () => {
  const app = newApp();
  new Search(app, "search");
  app.synth();
  const plan = readPlan(app, "search");
  expect(resource(plan, "search/search/ReservedConcurrency").properties).toMatchObject({
    reservedMb: 15_360,
  });
  expect(resource(plan, "search/search/CurrentVersion/Instances").properties).toMatchObject({
    provisioning: {
      type: "static",
      instances: 1,
      actions: [
        { name: "open", cron: "0 55 7 * * * *", instances: 40 },
        { name: "close", cron: "0 0 22 * * * *", instances: 1 },
      ],
    },
  });
});

describe("deployed twice", () => {
  const declare = (app: App): void => void new Search(app, "search");

  test("is made in an order in which no caller meets a cold instance, and then stays as it is", async () => {
    const project = new Project();
    const writes = await project.writesOfApp("search", declare);
    expect([...writes].sort()).toEqual([
      "CreateAlias",
      "CreateFunction",
      "PublishVersion",
      "PutProvisionedConcurrencyConfig",
      "PutReservedConcurrencyConfig",
    ]);
    expect(writes.indexOf("CreateAlias")).toBeGreaterThan(writes.indexOf("PutProvisionedConcurrencyConfig"));
    expect(await project.writesOfApp("search", declare)).toEqual([]);
  });
});
