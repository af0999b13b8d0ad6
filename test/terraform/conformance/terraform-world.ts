import { spawn, type ChildProcess } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { placeLaunchers } from "../../../lib/cdktf/terraform/launchers";
import { openLocalPlatform, type LocalPlatform } from "../../../lib/platform/local";
import { packageVersion } from "../../../lib/cdktf/terraform/own-package";
import { PROVIDER_SOURCE } from "../../../lib/model/terraform";
import { temporaryFolder } from "../../temporary-folder";
import { environment, runTerraform } from "../terraform-command";

export type Attributes = Readonly<Record<string, unknown>>;
/** By address: `scf_function.orders`. */
export type Resources = Readonly<Record<string, Attributes>>;

export interface Run {
  readonly status: number | null;
  readonly output: string;
}

export interface PlannedChange {
  readonly address: string;
  readonly actions: readonly string[];
  readonly before: Attributes | null;
  readonly after: Attributes | null;
}

interface ShownPlan {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly change: {
      readonly actions: readonly string[];
      readonly before: Attributes | null;
      readonly after: Attributes | null;
    };
  }[];
}

/** What Terraform says of a provider that does not keep its word, and what is left of an error that nobody foresaw. */
const BROKEN =
  /Provider produced|invalid plan|inconsistent|unexpected new value|INTERNAL|Plugin did not respond|panic|plugin (?:crashed|exited)/i;

/** A folder of Terraform's with a local platform beside it. */
export class TerraformWorld {
  readonly database: string;
  readonly platform: LocalPlatform;
  private readonly provider: Attributes;

  constructor(
    provider: Attributes = {},
    readonly folder = temporaryFolder(),
    delayMs = 0,
  ) {
    this.database = path.join(folder, "local.db");
    this.platform = openLocalPlatform({ path: this.database, region: "ap-guangzhou" });
    this.provider = {
      region: "ap-guangzhou",
      platform: { type: "local", path: "local.db", delay_ms: delayMs },
      owner: "conformance",
      ...provider,
    };
    placeLaunchers(folder);
  }

  /** @param more other blocks: outputs, moves, imports */
  write(resources: Resources, more: Attributes = {}): void {
    const byType: Record<string, Record<string, Attributes>> = {};
    for (const [address, attributes] of Object.entries(resources)) {
      const [type = "", name = ""] = address.split(".");
      (byType[type] ??= {})[name] = attributes;
    }
    const configuration = {
      terraform: { required_providers: { scf: { source: PROVIDER_SOURCE, version: packageVersion() } } },
      provider: { scf: this.provider },
      ...(Object.keys(byType).length > 0 ? { resource: byType } : {}),
      ...more,
    };
    fs.writeFileSync(path.join(this.folder, "main.tf.json"), JSON.stringify(configuration, undefined, 1));
  }

  run(words: readonly string[], more: NodeJS.ProcessEnv = {}): Run {
    const { status, stdout, stderr } = runTerraform(this.folder, [...words, "-no-color"], more);
    const output = `${stdout}${stderr}`;
    const broken = BROKEN.exec(output);
    if (broken) throw new Error(`terraform ${words.join(" ")} says "${broken[0]}":\n${output}`);
    return { status, output };
  }

  start(words: readonly string[], more: NodeJS.ProcessEnv = {}): ChildProcess {
    return spawn("terraform", [...words, "-no-color"], {
      cwd: this.folder,
      env: { ...environment, ...more },
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  /** Runs what has to succeed. */
  done(words: readonly string[], more: NodeJS.ProcessEnv = {}): string {
    const { status, output } = this.run(words, more);
    if (status === 0) return output;
    // Before it, Terraform tells of every resource.
    const error = output.slice(Math.max(0, output.indexOf("Error: ")));
    throw new Error(`terraform ${words.join(" ")} ended with ${status}:\n${error}`);
  }

  init(): void {
    this.done(["init"]);
  }

  /** Plans, and gives what is not to stay as it is. */
  plan(...more: string[]): PlannedChange[] {
    this.done(["plan", "-out=planned", "-parallelism=50", ...more]);
    const shown = JSON.parse(this.done(["show", "-json", "planned"])) as ShownPlan;
    return (shown.resource_changes ?? [])
      .map(({ address, change: { actions, before, after } }) => ({ address, actions, before, after }))
      .filter(({ actions }) => !(actions.length === 1 && ["no-op", "read"].includes(actions[0] ?? "")));
  }

  /** By address, what is to be done. */
  actions(...more: string[]): Record<string, string> {
    return Object.fromEntries(this.plan(...more).map(({ address, actions }) => [address, actions.join("+")]));
  }

  applyPlanned(): string {
    return this.done(["apply", "-parallelism=50", "planned"]);
  }

  apply(...more: string[]): string {
    return this.done(["apply", "-auto-approve", "-parallelism=50", ...more]);
  }

  destroy(): string {
    return this.done(["destroy", "-auto-approve", "-parallelism=50"]);
  }

  /** Whether a plan has nothing to do: Terraform's own word for it. */
  isSettled(more: NodeJS.ProcessEnv = {}): boolean {
    const { status, output } = this.run(["plan", "-detailed-exitcode", "-parallelism=50"], more);
    if (status === 1) throw new Error(output);
    return status === 0;
  }

  addresses(): string[] {
    const { status, output } = this.run(["state", "list"]);
    return status === 0 ? output.split("\n").filter((line) => line !== "") : [];
  }

  /** By address, the attributes of what Terraform has. */
  state(): Record<string, Attributes> {
    const shown = JSON.parse(this.done(["show", "-json"])) as {
      values?: { root_module: { resources?: { address: string; values: Attributes }[] } };
    };
    const resources = shown.values?.root_module.resources ?? [];
    return Object.fromEntries(resources.map(({ address, values }) => [address, values]));
  }

  forgetState(): void {
    for (const name of fs.readdirSync(this.folder)) {
      if (name.startsWith("terraform.tfstate")) fs.rmSync(path.join(this.folder, name));
    }
  }

  /** Writes that the platform has carried out, in order: `CreateFunction default/orders`. */
  writes(): string[] {
    return this.platform
      .calls()
      .filter(({ write, accepted }) => write && accepted)
      .map(({ action, resource }) => `${action} ${resource}`);
  }
}
