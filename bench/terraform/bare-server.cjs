// What Node itself needs for a server with mutual TLS that Terraform could connect to; it answers nothing.
const { createSecureServer } = require("node:http2");
const os = require("node:os");
const path = require("node:path");
const { library } = require("../library.cjs");

const { makeCertificate } = library("terraform/plugin/certificate");

const { key, pem, der } = makeCertificate();
const socket = path.join(os.tmpdir(), `cdktf-scf-bench-${process.pid}.sock`);
createSecureServer({
  key,
  cert: pem,
  ca: process.env.PLUGIN_CLIENT_CERT,
  requestCert: true,
  rejectUnauthorized: true,
  sessionIdContext: "bench",
}).listen(socket, () => process.stdout.write(`1|6|unix|${socket}|grpc|${der.toString("base64")}\n`));
process.on("SIGTERM", () => process.exit());
