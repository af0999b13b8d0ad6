import * as fs from "node:fs";
import * as path from "node:path";
import type { App } from "cdktf";
import * as scf from "cdktf-scf";
import { platforms } from "../../../lib/model/terraform-launcher";
import { toolVersion } from "../../../lib/reconciler/tool-version";
import { newApp, node, TestStack } from "../../constructs/app";
import { readOthers, readText, stackFolder } from "./configuration";

function synthesized(): App {
  const app = newApp();
  new scf.Function(new TestStack(app, "shop"), "orders", node);
  app.synth();
  return app;
}

const version = toolVersion();
const mirror = path.join("terraform.d", "plugins", "terraform.local", "cdktf-scf", "scf", version);

test("there is a launcher for every platform, which may be run", () => {
  const folder = path.join(stackFolder(synthesized(), "shop"), mirror);
  expect(fs.readdirSync(folder).sort()).toEqual([...platforms].sort());
  for (const platform of platforms) {
    const [name = "", ...others] = fs.readdirSync(path.join(folder, platform));
    expect(others).toEqual([]);
    expect(name).toMatch(new RegExp(`^terraform-provider-scf_v${version}(\\.cmd)?$`));
    expect(fs.statSync(path.join(folder, platform, name)).mode & 0o111).toBe(0o111);
  }
});

test("where the package is stands beside them, from the stack's folder", () => {
  const app = synthesized();
  const text = readText(app, "shop", "terraform.d/cdktf-scf.path");
  expect(text).toMatch(/^[^\\]*\n$/);
  expect(path.isAbsolute(text.trim())).toBe(false);
  const folder = path.resolve(stackFolder(app, "shop"), text.trim());
  expect(fs.realpathSync(folder)).toBe(fs.realpathSync(path.resolve(__dirname, "..", "..", "..")));
});

test("the stack requires this version of the provider", () => {
  expect(readOthers(synthesized(), "shop")["terraform"]?.["required_providers"]).toEqual({
    scf: { source: "terraform.local/cdktf-scf/scf", version },
  });
});

test("nothing of it is written again when it is there already", () => {
  const app = synthesized();
  const folder = stackFolder(app, "shop");
  const files = fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.startsWith("terraform.d") || name === ".terraform.lock.hcl")
    .map((name) => path.join(folder, name))
    .filter((file) => fs.statSync(file).isFile());
  const long = new Date("2020-01-01");
  for (const file of files) fs.utimesSync(file, long, long);
  app.synth();
  for (const file of files) expect(fs.statSync(file).mtime).toEqual(long);
});
