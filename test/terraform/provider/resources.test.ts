import { openLocalPlatform } from "../../../lib/platform/local";
import * as path from "node:path";
import { TerraformCore } from "./terraform-core";

const function_ = {
  namespace: "default",
  function_name: "orders",
  type: "Event",
  runtime: "Nodejs16.13",
  handler: "index.main_handler",
  code: { bucket: "code-1250000000", object: "/orders.zip", region: "ap-guangzhou" },
  memory: 256,
  timeout: 3,
  init_timeout: 60,
  async_execution: false,
};

function platformOf(terraform: TerraformCore) {
  return openLocalPlatform({ path: path.join(terraform.folder, "local.db"), region: "ap-guangzhou" });
}

test("a function is made, found unchanged, changed in place, replaced and deleted", async () => {
  const terraform = new TerraformCore();
  const made = await terraform.apply("scf_function", "orders", function_);
  expect(made).toMatchObject({
    action: "create",
    diagnostics: [],
    state: { id: "default/orders", memory: 256 },
  });
  expect(await terraform.apply("scf_function", "orders", function_)).toMatchObject({ action: "none" });
  const changed = await terraform.apply("scf_function", "orders", { ...function_, memory: 512 });
  expect(changed).toMatchObject({ action: "update", diagnostics: [], state: { memory: 512 } });
  const other = await terraform.apply("scf_function", "orders", { ...function_, runtime: "Python3.9" });
  expect(other).toMatchObject({ action: "replace", diagnostics: [], state: { runtime: "Python3.9" } });
  expect(other.state?.["instance"]).not.toBe(made.state?.["instance"]);
  expect(await terraform.apply("scf_function", "orders", undefined)).toMatchObject({ diagnostics: [] });
  const platform = platformOf(terraform);
  expect(await platform.call("scf", "ListFunctions", {})).toMatchObject({ TotalCount: 0 });
  await platform.close();
});
