import { spawn } from "node:child_process";
import { once } from "node:events";
import http2 from "node:http2";
import { createRequire } from "node:module";
import path from "node:path";
import tls from "node:tls";
import { fileURLToPath } from "node:url";
import { summarize } from "../measure.mjs";
import { root } from "../small-project.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const { makeCertificate, pemOf } = createRequire(import.meta.url)(
  path.join(root, "dist", "terraform", "plugin", "certificate.js"),
);

/** From the start of the process to the answer of the first call, as Terraform waits for it: three times for a plan. */
export async function measureProvider() {
  const client = makeCertificate();
  const subjects = {
    node: bareNode,
    trivial: () => firstAnswer(path.join(here, "trivial-provider.cjs"), client),
    ours: () => firstAnswer(path.join(root, "dist", "terraform", "main.js"), client),
  };
  const runs = { node: [], trivial: [], ours: [] };
  for (let round = 0; round < 41; round++) {
    for (const [name, run] of Object.entries(subjects)) {
      const milliseconds = await run();
      // The first round reads files that later ones find in memory.
      if (round > 0) runs[name].push(milliseconds);
    }
  }
  const against = { reference: "`node -e 0`", referenceTime: summarize(runs.node), goal: 1.5 };
  return [
    { what: "plugin protocol alone, first call answered", time: summarize(runs.trivial), ...against },
    { what: "provider, schema answered", time: summarize(runs.ours), ...against },
  ];
}

async function bareNode() {
  const start = performance.now();
  await once(spawn(process.execPath, ["-e", "0"], { stdio: "ignore" }), "exit");
  return performance.now() - start;
}

async function firstAnswer(program, client) {
  const start = performance.now();
  const plugin = spawn(process.execPath, [program], {
    env: {
      ...process.env,
      TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
      PLUGIN_CLIENT_CERT: client.pem,
      PLUGIN_PROTOCOL_VERSIONS: "5,6",
    },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [line] = await once(plugin.stdout, "data");
  const [, , network, address, , certificate] = line.toString().trim().split("|");
  const session = http2.connect("https://localhost", {
    createConnection: () =>
      tls.connect({
        ...(network === "unix"
          ? { path: address }
          : { host: "127.0.0.1", port: Number(address.split(":")[1]) }),
        servername: "localhost",
        ALPNProtocols: ["h2"],
        key: client.key,
        cert: client.pem,
        ca: pemOf(Buffer.from(certificate, "base64")),
      }),
  });
  const call = session.request({
    ":method": "POST",
    ":path": "/tfplugin6.Provider/GetProviderSchema",
    "content-type": "application/grpc",
    te: "trailers",
  });
  call.end(Buffer.alloc(5));
  call.resume();
  const [trailers] = await once(call, "trailers");
  const elapsed = performance.now() - start;
  if (Number(trailers["grpc-status"]) !== 0) throw new Error(`${program}: ${trailers["grpc-message"]}`);
  session.destroy();
  plugin.kill();
  await once(plugin, "exit");
  return elapsed;
}
