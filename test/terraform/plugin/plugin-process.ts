import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import * as http2 from "node:http2";
import * as path from "node:path";
import * as tls from "node:tls";
import { makeCertificate, pemOf, type Certificate } from "../../../lib/terraform/plugin/certificate";

export const COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";
export const dist = path.resolve(__dirname, "../../../dist");
export const toy = path.join(__dirname, "toy", "main.cjs");

/** A plugin as Terraform starts it. */
export class PluginProcess {
  readonly client: Certificate = makeCertificate();
  readonly process: ChildProcess;
  output = "";
  errors = "";

  constructor(environment: NodeJS.ProcessEnv = {}, ...words: string[]) {
    this.process = spawn(process.execPath, [toy, ...words], {
      env: {
        ...process.env,
        TOY_DIST: dist,
        TF_PLUGIN_MAGIC_COOKIE: COOKIE,
        PLUGIN_PROTOCOL_VERSIONS: "5,6",
        PLUGIN_CLIENT_CERT: this.client.pem,
        ...environment,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.process.stdout!.on("data", (chunk) => (this.output += String(chunk)));
    this.process.stderr!.on("data", (chunk) => (this.errors += String(chunk)));
  }

  /** The parts of the line that Terraform reads. */
  async handshake(): Promise<string[]> {
    while (!this.output.includes("\n")) await once(this.process.stdout!, "data");
    return this.output.trim().split("|");
  }

  async connect(client: Certificate = this.client): Promise<http2.ClientHttp2Session> {
    const [, , network, address = "", , certificate = ""] = await this.handshake();
    const place =
      network === "unix" ? { path: address } : { host: "127.0.0.1", port: Number(address.split(":")[1]) };
    const session = http2.connect("https://localhost", {
      createConnection: () =>
        tls.connect({
          ...place,
          servername: "localhost",
          ALPNProtocols: ["h2"],
          key: client.key,
          cert: client.pem,
          ca: pemOf(Buffer.from(certificate, "base64")),
        }),
    });
    session.on("error", () => undefined);
    return session;
  }

  async exit(): Promise<number | null> {
    if (this.process.exitCode === null && this.process.signalCode === null) await once(this.process, "exit");
    return this.process.exitCode;
  }
}
