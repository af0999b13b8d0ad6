import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { canonicalJson, type Value } from "../../lib/model/value";
import { platformState } from "../faults/platform-state";
import { checkout, installPackedInto } from "../installed";
import { temporaryFolder, writeFiles } from "../temporary-folder";
import { provideNull } from "../terraform/reconciler-mode/terraform-project";
import { environment, hasTerraform } from "../terraform/terraform-command";

jest.setTimeout(400_000);

/** `npm ci --ignore-scripts --prefix .ci/tools` brings it. Without its native terminal it runs as it does in a pipe. */
const places = [
  process.env["CDKTF_CLI"],
  path.join(checkout, ".ci/tools/node_modules/cdktf-cli/bundle/bin/cdktf"),
];
const cli = places.find((file) => file !== undefined && fs.existsSync(file));
const wanted = process.env["CDKTF_SCF_E2E"] !== undefined;
const missing = [
  ...(wanted ? [] : ["npm run test:e2e runs it"]),
  ...(cli === undefined ? ["there is no cdktf-cli: npm ci --ignore-scripts --prefix .ci/tools"] : []),
  ...(hasTerraform ? [] : ["there is no terraform on this machine"]),
];
const needed = wanted && process.env["CDKTF_SCF_NOTHING_SKIPPED"] !== undefined;
const withCli = missing.length === 0 || needed ? describe : describe.skip;
const title = (name: string): string =>
  missing.length === 0 || needed ? name : `${name} (skipped: ${missing.join("; ")})`;

const program = `
const { App, TerraformStack } = require("cdktf");
const scf = require("cdktf-scf");
const app = new App();
const stack = new TerraformStack(app, "shop");
const region = scf.Region.GUANGZHOU;
new scf.ScfProvider(stack, "scf", { region, platform: scf.Platform.local(), terraform: process.env.MODE });
const code = (text) => scf.Code.fromInline("exports.main_handler = async () => " + text + ";\\n");
const runtime = scf.Runtime.NODEJS_16_13;
const handler = "index.main_handler";
const deps = new scf.Layer(stack, "deps", { code: code("0"), compatibleRuntimes: [runtime], description: "Shared files" });
const batch = new scf.Namespace(stack, "batch", { description: "Runs at night" });
const run = new scf.Role(stack, "run", { description: "What orders runs with" });
run.addToPolicy({ effect: "allow", actions: ["cls:pushLog"], resources: ["*"] });
const orders = new scf.Function(stack, "orders", {
  runtime, handler, code: code("1"), layers: [deps], role: run, description: "Takes orders",
  memory: Number(process.env.MEMORY ?? 256), environment: { TABLE: "orders", KEY: "a-b" },
  timeout: scf.Duration.seconds(10), tags: { team: "shop" }, timeZone: "Asia/Shanghai",
  asyncInvocation: { retryAttempts: 1, maximumEventAge: scf.Duration.hours(1) },
});
const live = orders.addAlias("live", { version: orders.currentVersion, description: "For customers" });
orders.reserveConcurrency(scf.Concurrency.megabytes(25600));
orders.addTrigger("tick", scf.Trigger.timer({ schedule: scf.Schedule.cron("0 */5 * * * * *"), enabled: false }));
live.addTrigger("nightly", scf.Trigger.timer({ schedule: scf.Schedule.cron("0 0 2 * * * *"), message: "go" }));
live.addTrigger("messages", scf.Trigger.ckafka({ instanceId: "ckafka-a1b2c3d4", topic: "orders", maxMessages: 50 }));
new scf.Function(stack, "report", { namespace: batch, runtime, handler, code: code("2") });
const loadBalancer = scf.LoadBalancer.fromAttributes({ loadBalancerId: process.env.LOAD_BALANCER, region });
const http = new scf.LoadBalancerListener(stack, "http", { loadBalancer, protocol: scf.Protocol.HTTP, port: 80 });
http.addRule("orders", { domain: "www.example.com", path: "/orders", targets: [live] });
http.addRule("files", {
  domain: "www.example.com", path: "/",
  targets: [scf.Backend.instance({ instanceId: "ins-web00001", port: 8080 })],
});
const operators = new scf.Policy(stack, "operators", { name: "operators" });
orders.grants.invoke(operators);
new scf.AlarmPolicy(stack, "alarm", {
  name: "orders-fail", conditions: [{ metric: live.metrics.errors(), comparison: ">", threshold: 5 }], noticeIds: ["notice-1"],
});
app.synth();
`;

type Ran = { readonly status: number | null; readonly output: string };

let modules = "";
beforeAll(() => {
  if (missing.length > 0) return;
  modules = path.join(temporaryFolder(), "node_modules");
  installPackedInto(modules, []);
});

/** A project as a user has one, with the package as it is published, and a load balancer on its platform. */
class Project {
  readonly folder = temporaryFolder();
  private readonly loadBalancer: string;

  constructor(private readonly mode: string) {
    fs.symlinkSync(modules, path.join(this.folder, "node_modules"));
    writeFiles(this.folder, {
      "main.js": program,
      "cdktf.json": '{ "language": "typescript", "app": "node main.js" }',
    });
    const call = ["local", "call", "clb", "CreateLoadBalancer", '{"LoadBalancerType":"OPEN"}'];
    this.loadBalancer = /lb-\w+/.exec(this.own(...call).output)?.[0] ?? "";
  }

  get database(): string {
    return path.join(this.folder, ".cdktf-scf/local.db");
  }

  /** cdktf-scf's own command line. */
  own(...words: string[]): Ran {
    return this.run(path.join(modules, "cdktf-scf/dist/cli/bin.js"), words);
  }

  cdktf(words: readonly string[], changed: NodeJS.ProcessEnv = {}): Ran {
    // The null provider of the tests is in no registry, where the command line would look for its other platforms.
    const options = this.mode === "reconciler" ? ["--skip-provider-lock"] : [];
    return this.run(cli ?? "", [...words, ...options], changed);
  }

  private run(script: string, words: readonly string[], changed: NodeJS.ProcessEnv = {}): Ran {
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...words], {
      cwd: this.folder,
      env: {
        ...environment,
        MODE: this.mode,
        LOAD_BALANCER: this.loadBalancer,
        FORCE_COLOR: "0",
        CI: "1",
        ...changed,
      },
      encoding: "utf8",
      maxBuffer: 2 ** 28,
    });
    return { status, output: stripVTControlCharacters(`${stdout}${stderr}`) };
  }

  /** Tables of the platform that hold something, without what differs between two runs of one program. */
  state(): Readonly<Record<string, readonly string[]>> {
    const all = Object.entries(platformState(this.database)).filter(([, rows]) => rows.length > 0);
    return Object.fromEntries(all);
  }
}

function succeeded({ status, output }: Ran): string {
  if (status !== 0) throw new Error(`It ended with ${status}:\n${output}`);
  return output;
}

withCli(title("with the cdktf command line"), () => {
  test("a stack of the provider is deployed, has no difference, shows the one that is made, and is destroyed", () => {
    const project = new Project("provider");
    const empty = project.state();
    expect(succeeded(project.cdktf(["deploy", "--auto-approve"]))).toContain("Apply complete!");
    expect(succeeded(project.cdktf(["diff"]))).toContain("No changes.");
    const changed = { MEMORY: "512" };
    const diff = succeeded(project.cdktf(["diff"], changed));
    expect(diff).toMatch(/~ memory\s+= 256 -> 512/);
    expect(diff).not.toMatch(/must be replaced|will be destroyed/);
    succeeded(project.cdktf(["deploy", "--auto-approve"], changed));
    expect(succeeded(project.cdktf(["diff"], changed))).toContain("No changes.");
    succeeded(project.cdktf(["destroy", "--auto-approve"], changed));
    expect(stripped(project.state())).toEqual(stripped(empty));
  });

  test("a stack of the reconciler is deployed, has no difference, follows a change, and is destroyed", () => {
    const project = new Project("reconciler");
    const empty = project.state();
    // cdktf synthesizes into a folder that it keeps: what is put there before stays.
    provideNull(path.join(project.folder, "cdktf.out/stacks/shop"));
    succeeded(project.cdktf(["deploy", "--auto-approve"]));
    expect(succeeded(project.cdktf(["diff"]))).toContain("No changes.");
    const changed = { MEMORY: "512" };
    succeeded(project.cdktf(["deploy", "--auto-approve"], changed));
    expect(JSON.stringify(project.state()["versions"])).toContain("512");
    succeeded(project.cdktf(["destroy", "--auto-approve"], changed));
    expect(stripped(project.state())).toEqual(stripped(empty));
  });

  test("the same program ends in the same platform state, whichever way it is deployed", () => {
    const [own, provider, reconciler] = [
      new Project("provider"),
      new Project("provider"),
      new Project("reconciler"),
    ] as const;
    succeeded(own.own("deploy", "--auto-approve"));
    succeeded(provider.cdktf(["deploy", "--auto-approve"]));
    provideNull(path.join(reconciler.folder, "cdktf.out/stacks/shop"));
    succeeded(reconciler.cdktf(["deploy", "--auto-approve"]));
    const expected = comparable(own.state());
    expect(Object.keys(expected).length).toBeGreaterThan(12);
    expect(comparable(provider.state())).toEqual(expected);
    expect(comparable(reconciler.state())).toEqual(expected);
  });
});

/** Without the counters and histories that a platform keeps of what is gone. */
function stripped(state: Readonly<Record<string, readonly string[]>>): Readonly<Record<string, unknown>> {
  const { layers: _layers, loadBalancers, ...rest } = state;
  return { ...rest, loadBalancers: loadBalancers?.length };
}

/**
 * Marks of ownership are the state's own, whole: each way of deploying has its own addresses in them. The fields of documents
 * stand in any order.
 */
function comparable(
  state: Readonly<Record<string, readonly string[]>>,
): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    Object.entries(state).map(([table, rows]) => [
      table,
      rows
        .map((row) => canonicalJson(fields(JSON.parse(row.replace(/<state>[0-9a-f]{20}g\d+/g, "<mark>")))))
        .sort(),
    ]),
  );
}

/** What stands in a text as JSON, opened. */
function fields(value: unknown): Value {
  if (typeof value === "string" && /^[[{]/.test(value)) return fields(JSON.parse(value));
  if (Array.isArray(value)) return value.map(fields);
  if (typeof value !== "object" || value === null) return value as Value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, fields(item)]));
}
