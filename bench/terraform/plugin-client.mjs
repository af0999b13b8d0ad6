import { spawn } from "node:child_process";
import { once } from "node:events";
import http2 from "node:http2";
import { createRequire } from "node:module";
import path from "node:path";
import tls from "node:tls";
import { root } from "../small-project.mjs";

const require = createRequire(import.meta.url);
const plugin = (name) => require(path.join(root, "dist", "terraform", "plugin", `${name}.js`));
const { makeCertificate, pemOf } = plugin("certificate");
const { messages } = plugin("messages");
const { encodeMsgpack } = plugin("msgpack");

const client = makeCertificate();
const HEAD = 5;

/** A provider as Terraform starts it. */
export class PluginClient {
  /** @param {string} program @param {string} folder where Terraform would run */
  static async start(program, folder) {
    const child = spawn(process.execPath, [program], {
      cwd: folder,
      env: {
        ...process.env,
        TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
        PLUGIN_CLIENT_CERT: client.pem,
        PLUGIN_PROTOCOL_VERSIONS: "5,6",
      },
      stdio: ["ignore", "pipe", "ignore"],
    });
    const [line] = await once(child.stdout, "data");
    const [, , network, address, , certificate] = line.toString().trim().split("|");
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
    await once(session, "connect");
    return new PluginClient(child, session);
  }

  constructor(child, session) {
    this.child = child;
    this.session = session;
  }

  /** @returns the answer, which has no errors */
  async call(method, request = {}) {
    const { request: asked, response } = messages[method];
    const answer = response.decode(
      await this.exchange(`/tfplugin6.Provider/${method}`, asked.encode(request)),
    );
    const failure = answer.diagnostics?.find(({ severity }) => severity === 1);
    if (failure) throw new Error(`${method}: ${failure.summary} ${failure.detail ?? ""}`);
    return answer;
  }

  async exchange(name, message) {
    const stream = this.session.request({
      ":method": "POST",
      ":path": name,
      "content-type": "application/grpc",
      te: "trailers",
    });
    const head = Buffer.alloc(HEAD);
    head.writeUInt32BE(message.length, 1);
    stream.end(Buffer.concat([head, message]));
    const chunks = [];
    stream.on("data", (chunk) => chunks.push(chunk));
    const [trailers] = await once(stream, "trailers");
    if (Number(trailers["grpc-status"]) !== 0) throw new Error(`${name}: ${trailers["grpc-message"]}`);
    return Buffer.concat(chunks).subarray(HEAD);
  }

  /** As Terraform ends it: with time to put things away. */
  async end() {
    await this.exchange("/plugin.GRPCController/Shutdown", Buffer.alloc(0));
    await this.gone();
  }

  async kill() {
    this.child.kill();
    await this.gone();
  }

  async gone() {
    this.session.destroy();
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, "exit");
  }
}

/** A value as the protocol has it. */
export const dynamicValue = (object) => ({ msgpack: encodeMsgpack(object) });
