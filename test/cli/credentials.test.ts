import type { ChildProcess } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer, request as forward, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { startLocalServer, type LocalServer } from "../../lib/platform/local";
import { stack, TestProject } from "./project";

const keys = { secretId: "shop-id", secretKey: "shop-secret-key" };
const FUNCTIONS = 12;

/** A platform behind a door that lets calls in with one token only, and counts the functions that are created. */
class Door {
  token = "token-1";
  created = 0;
  /** Called after so many functions were created. */
  onCreated: (count: number) => void = () => undefined;
  private constructor(
    private readonly server: Server,
    private readonly behind: LocalServer,
  ) {}

  static async open(): Promise<Door> {
    const behind = await startLocalServer({ path: ":memory:", credentials: keys });
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const door = new Door(server, behind);
    server.on("request", (incoming, outgoing) => {
      if (incoming.headers["x-tc-token"] !== door.token) {
        incoming.resume();
        const error = { Code: "AuthFailure.TokenFailure", Message: "the token has expired" };
        outgoing.end(JSON.stringify({ Response: { Error: error, RequestId: "r" } }));
        return;
      }
      if (incoming.headers["x-tc-action"] === "CreateFunction") door.onCreated(++door.created);
      const { method, url, headers } = incoming;
      const onward = forward(
        { host: "127.0.0.1", port: behind.port, method, path: url, headers },
        (answer) => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(outgoing);
        },
      );
      incoming.pipe(onward);
    });
    return door;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    await this.behind.close();
  }
}

function shop(door: Door): TestProject {
  const body = `
for (let index = 0; index < ${FUNCTIONS}; index++) new scf.Function(stack, "f" + index, {
  runtime: scf.Runtime.NODEJS_16_13,
  handler: "index.main_handler",
  code: scf.Code.fromInline("exports.main_handler = async () => 1;"),
});`;
  const platform = `scf.Platform.tencentCloud({ endpoint: "${door.url}" })`;
  const program = `
const { App, TerraformStack } = require("cdktf");
const scf = require("cdktf-scf");
const app = new App();
${stack("shop", body, platform)}
app.synth();
`;
  return new TestProject({ files: { "main.js": program } });
}

/** What a tool that renews credentials writes. */
function writeCredentials(project: TestProject, token: string): void {
  mkdirSync(project.file(".tencentcloud"), { recursive: true });
  const { secretId, secretKey } = keys;
  const text = `[default]\nsecret_id = ${secretId}\nsecret_key = ${secretKey}\ntoken = ${token}\n`;
  writeFileSync(project.file(".tencentcloud/credentials"), text);
}

async function deploy(project: TestProject): Promise<{ exitCode: number | null; output: string }> {
  const argv = ["deploy", "--auto-approve", "--parallelism", "2"];
  const child: ChildProcess = project.start(argv, { HOME: project.file(".") });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (data) => (output += String(data)));
  const exitCode = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { exitCode, output };
}

let door: Door;
beforeEach(async () => (door = await Door.open()));
afterEach(() => door.close());

test("credentials that expire in a run are read again, and the run goes on", async () => {
  const project = shop(door);
  writeCredentials(project, "token-1");
  door.onCreated = (count) => {
    if (count !== 4) return;
    door.token = "token-2";
    writeCredentials(project, "token-2");
  };
  const { exitCode, output } = await deploy(project);
  expect(output).toContain(`shop: ${FUNCTIONS} created`);
  expect(exitCode).toBe(0);
  expect(door.created).toBe(FUNCTIONS);
});

test("a run whose credentials stay refused fails, says so, and the next one does the rest", async () => {
  const project = shop(door);
  writeCredentials(project, "token-1");
  door.onCreated = (count) => {
    if (count === 4) door.token = "token-2";
  };
  const first = await deploy(project);
  expect(first.exitCode).toBe(1);
  expect(first.output).toMatch(/nothing new was started: AuthFailure\.TokenFailure: the token has expired/);
  expect(first.output).toMatch(/shop: .*failed, \d+ not done/);
  expect(first.output).not.toContain("token-1");
  expect(first.output).not.toContain(keys.secretKey);
  writeCredentials(project, "token-2");
  const second = await deploy(project);
  expect(second.exitCode).toBe(0);
  expect(door.created).toBe(FUNCTIONS);
});
