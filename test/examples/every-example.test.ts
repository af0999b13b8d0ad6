import * as fs from "node:fs";
import * as path from "node:path";
import { App } from "cdktf";
import { LocalPlatform } from "cdktf-scf/testing";
import { temporaryFolder } from "../temporary-folder";

const root = path.resolve(__dirname, "../../examples");

/** Packages of their own, which organization.test.ts packs, installs and deploys. */
const packages = ["org-consumer", "org-template"];
const programs = fs.readdirSync(root).filter((folder) => !packages.includes(folder));

/** Runs a program as it stands, up to its synthesis. */
function appOf(example: string): App {
  process.env["CDKTF_OUTDIR"] = temporaryFolder();
  const synth = jest.spyOn(App.prototype, "synth").mockReturnValue();
  require(path.join(root, example, "main.ts"));
  const [app] = synth.mock.contexts;
  synth.mockRestore();
  delete process.env["CDKTF_OUTDIR"];
  if (!app) throw new Error(`${example}/main.ts synthesizes nothing`);
  return app;
}

test.each(programs)("%s is deployed as it stands, stays as it is, and goes", async (example) => {
  const app = appOf(example);
  const platform = LocalPlatform.inMemory();
  const { created } = await platform.deploy(app);
  expect(created).not.toEqual([]);
  expect(await platform.diff(app)).toEqual([]);
  const { deleted } = await platform.destroy(app);
  expect([...deleted].sort()).toEqual([...created].sort());
  expect(await platform.live("scf_function")).toEqual([]);
});
