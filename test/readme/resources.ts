import * as fs from "node:fs";
import * as path from "node:path";
import { resourceSchemas } from "../../lib/model/resources";
import { library } from "../../scripts/library";
import { makers } from "../../scripts/resources/makers";
import { resourcePages } from "../../scripts/resources/pages";
import { fileLinks, root } from "./page";

const folder = path.join(root, "docs", "resources");
const pages = resourcePages();

test("docs/resources is what schemas, kinds and constructs give; `npm run docs:resources` writes it", () => {
  const committed = fs.readdirSync(folder).sort();
  expect(committed).toEqual([...pages.keys()].sort());
  const stale = committed.filter(
    (name) => fs.readFileSync(path.join(folder, name), "utf8") !== pages.get(name),
  );
  expect(stale).toEqual([]);
});

test("every kind has a page, and the overview links to it", () => {
  for (const kind of Object.keys(resourceSchemas)) {
    expect(pages.get(`${kind}.md`)).toContain(`# ${kind}\n`);
    expect(pages.get("README.md")).toContain(`[${kind}](${kind}.md)`);
  }
});

test("pages link to pages that exist", () => {
  const links = [...pages.values()].flatMap(fileLinks);
  const broken = links.filter((link) => !fs.existsSync(path.join(folder, link)));
  expect(broken).toEqual([]);
});

test("what a page says that a program writes is exported", () => {
  const { exported } = library();
  for (const { by } of Object.values(makers)) {
    for (const name of by) {
      const [owner = "", method] = name.split(".");
      const symbol = exported.get(owner);
      expect([name, symbol !== undefined]).toEqual([name, true]);
      if (method) expect([name, symbol?.exports?.has(method as never)]).toEqual([name, true]);
    }
  }
});

test("a page says type, default and meaning of a property, what a change does, and which rules are about it", () => {
  const page = pages.get("scf_function.md");
  expect(page).toContain(
    "| `memory` | number | yes | 128 | updates in place; part of a version | Memory in MB: 64, or a multiple of 128 from 128 to 3072. | [FN-MEM](../rules/FN-MEM.md) |",
  );
  expect(page).toMatch(/^\| `environment` \| map of texts \| no \| none \| .*secret: never shown/m);
  expect(page).toMatch(/^\| `asyncExecution` \| boolean \| yes \| false \| replaces \|/m);
  expect(page).toMatch(/^\| `vpc` \| object with `vpcId` \(text\), `subnetId` \(text\) \| no \|/m);
  expect(page).toMatch(/^\| `surroundings` .* changes nothing: for the rules only, and never sent \|/m);
  expect(page).toMatch(/^\| `codeSha256` \| text \| .* Can change with an update\. \|$/m);
  expect(pages.get("scf_namespace.md")).toMatch(/^\| `hosting` .* replaces; cannot be read back \|/m);
});

test("a page says which calls a deploy makes, those whose action is chosen late as well", () => {
  expect(pages.get("clb_backend_binding.md")).toContain(
    "| Calls that write | `clb:DeregisterTargets`, `clb:ModifyTargetWeight`, `clb:RegisterTargets` |",
  );
  expect(pages.get("scf_timer_trigger.md")).toContain("| Calls that read | `scf:ListTriggers` |");
  expect(pages.get("scf_timer_trigger.md")).toContain(
    "| Calls that write | `scf:CreateTrigger`, `scf:DeleteTrigger`, `scf:UpdateTrigger` |",
  );
});

test("a page says by which id a resource is imported, and which calls that takes beside those of a deploy", () => {
  const page = pages.get("cam_role.md");
  expect(page).toContain("| Imported as | `name` |");
  expect(page).toContain("| More calls to import | `cam:DescribeRoleList` |");
  expect(pages.get("scf_layer.md")).toContain("| Imported as | `name` or `name:version` |");
});
