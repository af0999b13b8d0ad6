import { writeSync } from "node:fs";
import { createSecureServer, createServer, type Http2SecureServer, type Http2Server } from "node:http2";
import { makeCertificate } from "./certificate";
import { providerMethods } from "./calls";
import { diagnosticOf } from "./diagnostics";
import { listen, type Endpoint } from "./endpoint";
import { pluginMethods } from "./go-plugin";
import { answerCalls, serverOptions, type Methods } from "./grpc";
import { log, logThrown } from "./log";
import { whenParentIsGone } from "./parent";
import type { Provider } from "./provider";

/** Terraform says this to programs that it takes for plugins of its own. */
const COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

/** Versions of the handshake, and of the calls that follow it. */
const HANDSHAKE = 1;
const PROTOCOL = 6;

const STANDARD_OUTPUT = 1;
const STANDARD_ERROR = 2;

/** What people are told who start the program by hand. */
export interface About {
  /** How a configuration names the provider: `registry.example/owner/name`. */
  readonly source: string;
}

/**
 * Is a plugin of Terraform until Terraform has done. The provider is loaded when Terraform first asks something of it, so that
 * Terraform need not wait to connect.
 */
export async function serve(load: () => Provider | Promise<Provider>, { source }: About): Promise<void> {
  if (process.argv.includes("--debug")) return debug(load, source);
  if (process.env.TF_PLUGIN_MAGIC_COOKIE !== COOKIE) {
    writeSync(
      STANDARD_ERROR,
      `This is the Terraform provider ${source}. Terraform starts it by itself; there is nothing to run by hand, ` +
        "except with --debug, which waits for a Terraform that is told where it is.\n",
    );
    process.exitCode = 1;
    return;
  }
  keepStandardOutput();
  surviveFaults();
  try {
    await connect(load);
  } catch (error) {
    // Terraform shows the first line of standard output when it is no handshake.
    writeSync(STANDARD_OUTPUT, `${diagnosticOf(error).summary}\n`);
    process.exit(1);
  }
}

/** Waits for the one Terraform that started the process, and tells it where. */
async function connect(load: () => Provider | Promise<Provider>): Promise<void> {
  // Terraform is interrupted together with its plugins, and tells them itself what to do.
  process.on("SIGINT", () => undefined);
  whenParentIsGone(() => process.exit());
  const certificate = process.env.PLUGIN_CLIENT_CERT ? makeCertificate() : undefined;
  const server =
    certificate === undefined
      ? createServer(serverOptions)
      : createSecureServer({
          ...serverOptions,
          key: certificate.key,
          cert: certificate.pem,
          ca: process.env.PLUGIN_CLIENT_CERT,
          requestCert: true,
          rejectUnauthorized: true,
          minVersion: "TLSv1.2",
          // Else Node hashes its command line for one.
          sessionIdContext: "plugin",
        });
  const { network, address } = await open(
    server,
    methodsOf(load, () => process.exit()),
  );
  const encoded = certificate?.der.toString("base64").replace(/=+$/, "") ?? "";
  writeSync(STANDARD_OUTPUT, `${HANDSHAKE}|${PROTOCOL}|${network}|${address}|grpc|${encoded}\n`);
}

/** Waits for any number of runs of Terraform, which are told of it by a variable. Whoever debugs the provider starts it so. */
async function debug(load: () => Provider | Promise<Provider>, source: string): Promise<void> {
  const server = createServer(serverOptions);
  const { network, address } = await open(
    server,
    methodsOf(load, () => undefined),
  );
  const place = {
    Protocol: "grpc",
    ProtocolVersion: PROTOCOL,
    Pid: process.pid,
    Test: true,
    Addr: { Network: network, String: address },
  };
  process.stdout.write(
    "The provider waits. Let Terraform know where, and end it with Ctrl-C when you have done:\n\n" +
      `TF_REATTACH_PROVIDERS='${JSON.stringify({ [source]: place })}'\n`,
  );
}

function methodsOf(load: () => Provider | Promise<Provider>, end: () => void): Methods {
  return new Map([...providerMethods(load), ...pluginMethods(end)]);
}

async function open(server: Http2Server | Http2SecureServer, methods: Methods): Promise<Endpoint> {
  answerCalls(server as Http2Server, methods);
  server.on("sessionError", (error) => log("debug", "the connection ended", { error: error.message }));
  server.on("tlsClientError", (error) =>
    log("warn", "somebody else tried to connect", { error: error.message }),
  );
  const endpoint = await listen(server, process.env);
  process.on("exit", () => endpoint.remove());
  for (const signal of ["SIGTERM", "SIGHUP"] as const) process.on(signal, () => process.exit(1));
  if (process.listenerCount("SIGINT") === 0) process.on("SIGINT", () => process.exit(130));
  return endpoint;
}

/** Terraform reads one line from standard output. Whatever else is printed, by whomever, goes to its log. */
function keepStandardOutput(): void {
  Object.defineProperty(process, "stdout", { configurable: true, get: () => process.stderr });
}

/** Other calls go on when one of them leaves a fault behind. */
function surviveFaults(): void {
  process.on("uncaughtException", (error) => logThrown("a fault of the provider", error));
  process.on("unhandledRejection", (error) => logThrown("a fault of the provider", error));
}
