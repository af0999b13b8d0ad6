import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { checkout, installInto } from "../installed";
import { temporaryFolder } from "../temporary-folder";

const program = `
import { expect, test } from "vitest";
import { App, TerraformStack } from "cdktf";
import * as scf from "cdktf-scf";
import { Findings, Plan } from "cdktf-scf/testing";
import "cdktf-scf/testing/vitest";

const stack = new TerraformStack(new App(), "shop");
new scf.ScfProvider(stack, "scf", { region: scf.Region.GUANGZHOU });
new scf.Function(stack, "orders", {
  runtime: scf.Runtime.NODEJS_16_13,
  handler: "index.main_handler",
  code: scf.Code.fromInline("exports.main_handler = async () => 1;"),
});

test("passes", () => {
  expect(Plan.fromStack(stack)).toHaveFunction("orders", { memory: 128 });
  expect(Plan.fromStack(stack)).not.toHaveResource("clb_rule");
  expect(Findings.fromStack(stack)).not.toHaveFinding("FN-NAME");
});

test("fails", () => {
  expect(Plan.fromStack(stack)).toHaveFunction("orders", { memory: 256 });
});

test("fails without a matcher", () => {
  Plan.fromStack(stack).hasFunction("orders", { memory: 512 });
});
`;

test("Vitest is taught the same, and shows the line of the test", () => {
  const folder = temporaryFolder();
  installInto(path.join(folder, "node_modules"));
  fs.writeFileSync(path.join(folder, "package.json"), "{}\n");
  fs.writeFileSync(path.join(folder, "shop.test.ts"), program);
  const vitest = path.join(checkout, "node_modules", "vitest", "vitest.mjs");
  const { stdout, stderr } = spawnSync(process.execPath, [vitest, "run", "--root", folder, "--no-color"], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined },
  });
  const output = stdout + stderr;
  expect(output).toMatch(/1 passed \(3\)|2 failed \| 1 passed/);
  expect(output).toContain("The function shop/orders is not as expected: 1 value is wrong.");
  expect(output).toMatch(/✗ memory {2}expected {2}256/);
  expect(output).toMatch(/shop\.test\.ts:23:/);
  expect(output).toMatch(/shop\.test\.ts:27:/);
});
