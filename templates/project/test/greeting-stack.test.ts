import { App } from "cdktf";
import { Findings, LocalPlatform, Plan } from "cdktf-scf/testing";
import { GreetingStack } from "../lib/greeting-stack";

const stack = (): GreetingStack => new GreetingStack(new App(), "greeting");

test("declares a small function behind an alias", () => {
  Plan.fromStack(stack()).hasFunction("greeting", { memory: 128, timeout: 5 }).hasAlias("live");
});

test("breaks no rule of the platform", () => {
  Findings.fromStack(stack()).hasNone();
});

test("is deployed, and then stays as it is", async () => {
  const platform = LocalPlatform.inMemory();
  await platform.deploy(stack());
  expect(await platform.diff(stack())).toEqual([]);
});

test("greets by name", async () => {
  const { main_handler } = require("../functions/greeting") as {
    main_handler: (event: { readonly name?: string }) => Promise<string>;
  };
  expect(await main_handler({ name: "Ada" })).toBe("Hello, Ada.");
  expect(await main_handler({})).toBe("Hello, world.");
});
