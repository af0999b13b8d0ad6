import type { ChildProcess } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { startLocalServer, type Fault, type LocalServer } from "../../lib/platform/local";
import { credentials, FaultProject, freePort, makeLoadBalancer, type Ended } from "./project";
import { differences, outcomeOf, type Outcome } from "./sweep";

/** A whole program around the body of its stack. */
export function shop(body: string): string {
  return `
const { App, TerraformStack } = require("cdktf");
const scf = require("cdktf-scf");
const state = process.env.STATE ?? "first";
const second = state !== "first";
const app = new App();
const stack = new TerraformStack(app, "shop");
new scf.ScfProvider(stack, "scf", {
  region: "ap-guangzhou",
  platform: scf.Platform.tencentCloud({ endpoint: process.env.ENDPOINT }),
});
const runtime = scf.Runtime.NODEJS_16_13;
const handler = "index.main_handler";
const code = (answer) => scf.Code.fromInline("exports.main_handler = async () => " + JSON.stringify(answer));
const nightly = scf.Trigger.timer({ schedule: scf.Schedule.cron("0 0 2 * * * *") });
${body}
app.synth();
`;
}

/** Role, layers, functions, version, alias, trigger, rule and binding; the second state changes, replaces and publishes. */
export const wholeShop = shop(`
const worker = new scf.Role(stack, "worker");
const layer = (id) =>
  new scf.Layer(stack, id, { code: code(second ? id + " 2" : id + " 1"), compatibleRuntimes: [runtime] });
const deps = layer("deps");
if (state !== "without extra") layer("extra");
const orders = new scf.Function(stack, "orders", {
  runtime, handler, role: worker, layers: [deps],
  code: code(second ? "orders 2" : "orders 1"),
  memory: second ? 256 : 128,
});
const live = orders.addAlias("live", { version: orders.currentVersion });
live.addTrigger("nightly", nightly);
const http = new scf.LoadBalancerListener(stack, "http", {
  loadBalancer: scf.LoadBalancer.fromAttributes({ loadBalancerId: "lb-12345678", region: "ap-guangzhou" }),
  protocol: "HTTP",
  port: 80,
});
http.addRule("orders", { domain: "www.example.com", path: "/orders", targets: [live] });
new scf.Function(stack, "reports", {
  runtime, handler, name: "reports", code: code("reports"), asyncExecution: second,
});
`);

/** Settings of the platform that a shop is on. */
export interface PlatformSettings {
  readonly delayMs?: number;
  readonly rateLimit?: number;
}

/** A shop on a platform that its runs reach over HTTP, and how a run of it that nothing disturbs ends. */
export class Shop {
  /** Plans name the address of their platform, so all copies of a shop use the same one, one after the other. */
  private static readonly running = new Map<number, Shop>();
  private server: LocalServer | undefined;

  private constructor(
    readonly project: FaultProject,
    private readonly port: number,
    private readonly settings: PlatformSettings,
  ) {}

  static async make(program: string, settings: PlatformSettings = { delayMs: 10 }): Promise<Shop> {
    const project = new FaultProject({ "main.js": program });
    await makeLoadBalancer(project);
    const made = new Shop(project, await freePort(), settings);
    await made.synth();
    return made;
  }

  static async stopAll(): Promise<void> {
    for (const shop of Shop.running.values()) await shop.stop();
  }

  /** The same shop, from here on for itself. */
  async copy(): Promise<Shop> {
    await this.stop();
    return new Shop(this.project.copy(), this.port, this.settings);
  }

  get environment(): NodeJS.ProcessEnv {
    return { ...credentials, ENDPOINT: `http://127.0.0.1:${this.port}` };
  }

  async start(): Promise<void> {
    const other = Shop.running.get(this.port);
    if (other !== this) await other?.stop();
    Shop.running.set(this.port, this);
    this.server ??= await startLocalServer({
      path: this.project.database,
      port: this.port,
      credentials: {
        secretId: credentials.TENCENTCLOUD_SECRET_ID,
        secretKey: credentials.TENCENTCLOUD_SECRET_KEY,
      },
      ...this.settings,
    });
  }

  async stop(): Promise<void> {
    await this.server?.close();
    this.server = undefined;
  }

  async remove(): Promise<void> {
    await this.stop();
    fs.rmSync(this.project.directory, { recursive: true, force: true });
  }

  /** Makes the plan of a state of the program. */
  async synth(state = "first", environment: NodeJS.ProcessEnv = {}): Promise<void> {
    const end = await this.project.cli(["synth"], { ...this.environment, ...environment, STATE: state });
    if (end.exitCode !== 0) throw new Error(`The program cannot be synthesized:\n${end.stdout}${end.stderr}`);
  }

  async run(argv: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Ended> {
    await this.start();
    return this.project.cli(argv, { ...this.environment, ...environment });
  }

  deploy(...options: string[]): Promise<Ended> {
    return this.run([...deploy, ...options]);
  }

  destroy(...options: string[]): Promise<Ended> {
    return this.run(["destroy", "shop", "--auto-approve", ...options]);
  }

  /** Kills a run at a point. @throws when it was not killed */
  async killed(at: string | number, argv: readonly string[] = deploy): Promise<void> {
    await this.start();
    const end = await this.project.killed(at, argv, this.environment);
    if (end.signal !== "SIGKILL") throw new Error(`It was not killed at ${at}:\n${end.stdout}${end.stderr}`);
  }

  /** Starts a run and gives the process. */
  async begin(argv: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<ChildProcess> {
    await this.start();
    return this.project.start(argv, { ...this.environment, ...environment });
  }

  fault(fault: Fault): Promise<number> {
    return this.project.onPlatform((platform) => platform.addFault(fault));
  }

  clearFaults(): Promise<number> {
    return this.project.onPlatform((platform) => platform.clearFaults());
  }

  /** How often faults have struck, all together. */
  struck(): Promise<number> {
    return this.project.onPlatform((platform) =>
      platform.faults().reduce((sum, { struck }) => sum + struck, 0),
    );
  }

  /** Makes a call as somebody else would. */
  call(service: string, action: string, request: object): Promise<Record<string, unknown>> {
    return this.project.onPlatform((platform) => {
      const { call } = platform as unknown as {
        call(service: string, action: string, request: object): Promise<Record<string, unknown>>;
      };
      return call.call(platform, service, action, request);
    });
  }

  outcome(since: number): Outcome {
    return outcomeOf(this.project, since);
  }
}

export const deploy: readonly string[] = ["deploy", "--skip-synth", "--auto-approve"];

/** A shop before a run, and what that run leads to when nothing disturbs it. */
export interface Undisturbed {
  readonly base: Shop;
  readonly since: number;
  readonly expected: Outcome;
  /** The shop after it. */
  readonly after: Shop;
}

export async function undisturbed(base: Shop, argv: readonly string[] = deploy): Promise<Undisturbed> {
  const after = await base.copy();
  const since = base.project.lastCall();
  const end = await after.run(argv);
  if (end.exitCode !== 0) throw new Error(`Undisturbed, it fails:\n${end.stdout}${end.stderr}`);
  const expected = after.outcome(since);
  await after.stop();
  return { base, since, expected, after };
}

/** Says what is not as after the undisturbed run, and what the deploys that follow still find to do. */
export async function problemsOf(shop: Shop, { since, expected }: Undisturbed): Promise<string[]> {
  return [...differences(expected, shop.outcome(since)), ...(await unsettled(shop))];
}

/** A deploy after a successful one finds nothing and writes nothing. */
export async function unsettled(shop: Shop): Promise<string[]> {
  const since = shop.project.lastCall();
  const again = await shop.deploy();
  const problems = shop.project.acceptedWrites(since).map((write) => `the next deploy writes ${write}`);
  const settled = again.exitCode === 0 && /^shop: (nothing is deployed, )?nothing to do/m.test(again.stdout);
  if (!settled) problems.push(`the next deploy ends with ${again.exitCode}: ${again.stdout}${again.stderr}`);
  return problems;
}

/** Every file below a folder, but for folders of these names. */
export function filesBelow(folder: string, without: readonly string[] = ["node_modules"]): string[] {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (without.includes(entry.name)) return [];
    const file = path.join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(file, without) : [file];
  });
}
