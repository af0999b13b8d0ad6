import * as fs from "node:fs";
import * as path from "node:path";
import * as scf from "cdktf-scf";
import { matchesHash } from "../../lib/assets";
import { kinds } from "../../lib/kinds";
import type { Kind } from "../../lib/kinds/kind";
import type { Plan } from "../../lib/model/plan";
import { resourceSchemas } from "../../lib/model/resources";
import { openLocalPlatform, type LocalPlatform } from "../../lib/platform/local";
import { createReconciler, stagedPackages, stateIn } from "../../lib/reconciler";
import { makers } from "../../scripts/resources/makers";
import { temporaryFolder } from "../temporary-folder";
import { codeBlocks, fileLinks, root } from "./page";
import { synthesize, writeNamedFolders } from "./synthesize";

const page = fs.readFileSync(path.join(root, "docs", "constructs.md"), "utf8");
const [prelude = ""] = codeBlocks(page, "ts");
const end = "\napp.synth();\n";

const sections = page
  .split(/^## /m)
  .slice(1)
  .map((text) => ({ title: text.slice(0, text.indexOf("\n")), examples: codeBlocks(text, "ts") }));
const titled = sections.flatMap(({ title, examples: own }) =>
  own.map((example, index) => [own.length === 1 ? title : `${title} ${index + 1}`, example] as const),
);

/** A CMQ trigger is what no program can have. */
const neverShown = ["scf_cmq_trigger"];

/** What other classes hand out, and programs never make or name. */
const notForPrograms = [
  "FunctionGrants",
  "FunctionMetrics",
  "GuardedResource",
  "GuardedResources",
  "RegionMetrics",
  "ResourceElement",
];

/** A project folder with what the examples name, and an account that has it as well. */
class Reader {
  readonly folder = temporaryFolder();
  readonly platform: LocalPlatform = openLocalPlatform({ path: ":memory:", region: "ap-guangzhou" });
  private loadBalancer = "";

  constructor() {
    writeNamedFolders(this.folder);
  }

  async prepare(): Promise<void> {
    const made = await this.platform.call("clb", "CreateLoadBalancer", { LoadBalancerType: "OPEN" });
    this.loadBalancer = made.LoadBalancerIds?.[0] ?? "";
    await this.platform.call("cam", "AddUser", { Name: "alice" });
    await this.platform.call("cam", "CreateGroup", { GroupName: "on-call" });
  }

  synthesize(program: string): readonly Plan[] {
    return synthesize(program.replaceAll("lb-abc12345", this.loadBalancer), this.folder);
  }

  /** What could not be made, and what a second deploy would change. */
  async deploy(plan: Plan): Promise<{ failed: number; changes: readonly string[] }> {
    const reconciler = createReconciler({
      stack: plan.stack,
      state: stateIn(path.join(this.folder, "state", plan.stack)),
      plan,
      packages: stagedPackages(path.join(this.stacks, plan.stack), matchesHash),
      kinds: kinds as Readonly<Record<string, Kind>>,
      openPlatform: async () => ({
        region: this.platform.region,
        call: (...call) => this.platform.call(...call),
        close: async () => undefined,
      }),
      stateOf: () => undefined,
      environment: { ORDERS_PASSWORD: "secret" },
      onEvent: () => undefined,
    });
    const { failed } = await reconciler.apply(await reconciler.difference(), { purpose: "deploy" });
    const { changes } = await reconciler.difference();
    await reconciler.close();
    return { failed, changes: changes.map(({ address }) => address) };
  }

  private get stacks(): string {
    return path.join(this.folder, "cdktf.out", "stacks");
  }
}

describe("docs/constructs.md", () => {
  test("links to files that exist", () => {
    for (const link of fileLinks(page)) {
      expect([link, fs.existsSync(path.join(root, "docs", link))]).toEqual([link, true]);
    }
  });

  test("has the section that each page of docs/resources links to", () => {
    const titles = sections.map(({ title }) => title);
    expect(titles).toEqual(expect.arrayContaining(Object.values(makers).map(({ section }) => section)));
  });

  test("names every class that a program uses", () => {
    const unnamed = Object.keys(scf).filter((name) => !new RegExp(`\\b${name}\\b`).test(page));
    expect(unnamed.sort()).toEqual(notForPrograms);
  });

  describe("has examples that can be deployed, and then stay as they are", () => {
    const shown = new Set<string>(neverShown);

    test.each(titled)("%s", async (_title, example) => {
      const reader = new Reader();
      await reader.prepare();
      for (const plan of reader.synthesize(prelude + end)) await reader.deploy(plan);
      for (const plan of reader.synthesize(prelude + example + end)) {
        expect(await reader.deploy(plan)).toEqual({ failed: 0, changes: [] });
        for (const { kind } of plan.resources) shown.add(kind);
      }
      await reader.platform.close();
    });

    test("of every kind of resource", () => {
      expect(Object.keys(resourceSchemas).filter((kind) => !shown.has(kind))).toEqual([]);
    });
  });
});
