import * as fs from "node:fs";
import * as path from "node:path";
import { matchesHash } from "../../assets";
import { kinds } from "../../kinds";
import type { Kind } from "../../kinds/kind";
import { FINDINGS_FILE, type Plan } from "../../model/plan";
import { readPlan } from "../../model/plan-file";
import { openPlatform } from "../../platform/open";
import { ResourceDriver, stagedPackages } from "../../reconciler";
import { BegunCreateFiles } from "./begun-creates";
import { kindOfType } from "./kind-of-type";
import { ResourceType } from "./resource-type";
import type { PlanRules } from "./plan-rules";
import type { Settings } from "./settings";

/** What the provider works with once its block is known. */
export class Connection {
  readonly driver: ResourceDriver;
  readonly begun: BegunCreateFiles;
  private readonly types = new Map<string, ResourceType>();
  private known: Plan | undefined;
  /** Null once it is known that none are. */
  private waiting: PlanRules | null | undefined;

  constructor(
    readonly settings: Settings,
    private readonly directory: string,
    readonly environment: Readonly<Record<string, string | undefined>>,
  ) {
    this.begun = new BegunCreateFiles(directory);
    const { provider, salt, planFile } = settings;
    this.driver = new ResourceDriver({
      stack: "Terraform",
      provider,
      salt,
      kinds: kinds as Readonly<Record<string, Kind>>,
      environment,
      assets: () => this.plan()?.assets ?? [],
      packages: stagedPackages(path.dirname(path.resolve(directory, planFile ?? ".")), matchesHash),
      openPlatform: () => openPlatform(provider, directory),
      begun: this.begun,
    });
  }

  /** @throws ScfError `TYPE_UNKNOWN` */
  type(name: string): ResourceType {
    let type = this.types.get(name);
    if (!type) {
      const { driver, settings, environment } = this;
      type = new ResourceType(kindOfType(name), settings, environment, (resource) =>
        driver.recordedProperties(resource),
      );
      this.types.set(name, type);
    }
    return type;
  }

  /** The rules that synthesis could not check in full; undefined where it checked all of them. */
  rules(): PlanRules | undefined {
    if (this.waiting === undefined) this.waiting = this.readRules() ?? null;
    return this.waiting ?? undefined;
  }

  private readRules(): PlanRules | undefined {
    const { planFile } = this.settings;
    if (planFile === undefined) return undefined;
    const file = path.resolve(this.directory, path.dirname(planFile), FINDINGS_FILE);
    // Of a large stack the plan takes long to read; whether anything was left open stands in a small file.
    const text = fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
    const plan = text.includes('"severity": "unchecked"') ? this.plan() : undefined;
    if (!plan) return undefined;
    const { PlanRules } = require("./plan-rules") as typeof import("./plan-rules");
    return new PlanRules(plan);
  }

  /**
   * The plan that synthesis wrote, if there is one.
   *
   * @throws ScfError `PLAN_MISSING`, `PLAN_DAMAGED`, `PLAN_VERSION`
   */
  plan(): Plan | undefined {
    const { planFile } = this.settings;
    if (planFile === undefined) return undefined;
    this.known ??= readPlan(path.resolve(this.directory, planFile));
    return this.known;
  }
}
