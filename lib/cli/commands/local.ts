import * as path from "node:path";
import { ScfError } from "../../model/error";
import { services } from "../../platform/api";
import { PlatformError } from "../../platform/errors";
import type { LocalPlatform, LoggedCall } from "../../platform/local";
import type { Platform } from "../../platform/platform";
import { projectDirectory } from "../project-directory";
import type { Terminal } from "../terminal";
import { modules } from "./lazy";

export interface DatabaseOptions {
  readonly path?: string;
  readonly region: string;
}

/** Known to everybody: it opens a platform that listens on this machine only. */
const LOCAL_CREDENTIALS = { secretId: "local", secretKey: "local" };

export async function start(
  terminal: Terminal,
  options: DatabaseOptions & { readonly port: number; readonly delay: number; readonly rateLimit?: number },
): Promise<number> {
  const { TENCENTCLOUD_SECRET_ID: id, TENCENTCLOUD_SECRET_KEY: key } = process.env;
  const own = id !== undefined && id !== "" && key !== undefined && key !== "";
  const server = await modules.localPlatform().startLocalServer({
    path: databaseFile(options.path),
    port: options.port,
    delayMs: options.delay,
    ...(options.rateLimit === undefined ? {} : { rateLimit: options.rateLimit }),
    credentials: own ? { secretId: id, secretKey: key } : LOCAL_CREDENTIALS,
  });
  const endpoint = `http://127.0.0.1:${server.port}`;
  const environment = own
    ? {}
    : {
        TENCENTCLOUD_SECRET_ID: LOCAL_CREDENTIALS.secretId,
        TENCENTCLOUD_SECRET_KEY: LOCAL_CREDENTIALS.secretKey,
      };
  if (terminal.json) terminal.line({ endpoint, database: databaseFile(options.path), environment });
  terminal.say(
    `The local platform answers at ${terminal.style.bold(endpoint)} from ${databaseFile(options.path)}.`,
  );
  terminal.say(
    `In the program: platform: Platform.tencentCloud({ endpoint: "${endpoint}" }), and in the environment:`,
  );
  for (const [name, value] of Object.entries(environment)) terminal.say(`  export ${name}=${value}`);
  if (own) terminal.say("  TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY as they are here");
  terminal.say("Ctrl-C ends it.");
  await new Promise<void>((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });
  await server.close();
  terminal.say("Ended.");
  return 0;
}

export async function calls(terminal: Terminal, options: DatabaseOptions): Promise<number> {
  const made = await onDatabase(options, async (platform) => platform.calls());
  if (terminal.json) {
    terminal.data({ region: options.region, calls: made });
    return 0;
  }
  for (const call of made) terminal.say(describe(call, terminal));
  const writes = made.filter((call) => call.write).length;
  const struck = made.filter((call) => call.fault !== undefined).length;
  const faults = struck === 0 ? "" : `, ${struck} of them struck by faults`;
  terminal.say(
    terminal.style.bold(`${options.region}: ${made.length - writes} reads, ${writes} writes${faults}`),
  );
  return 0;
}

/** Prints the answer, or the error as the platform words it. */
export async function call(
  terminal: Terminal,
  service: string,
  action: string,
  request: string,
  options: DatabaseOptions,
): Promise<number> {
  requireAction(service, action);
  const parsed = parseRequest(request);
  return onDatabase(options, async (platform) => {
    // Which action takes what is for the platform to check: that is what calling by hand is for.
    const untyped: UntypedPlatform = platform as Platform as unknown as UntypedPlatform;
    try {
      terminal.data(await untyped.call(service, action, parsed));
      return 0;
    } catch (error) {
      if (!PlatformError.is(error)) throw error;
      terminal.data({ Error: { Code: error.code, Message: error.message }, RequestId: error.requestId });
      return 1;
    }
  });
}

export async function reset(
  terminal: Terminal,
  options: DatabaseOptions & { readonly calls?: boolean },
): Promise<number> {
  await onDatabase(options, async (platform) => {
    if (options.calls) platform.resetCalls();
    else platform.reset();
  });
  terminal.say(
    options.calls
      ? `The record of the calls in ${options.region} is empty.`
      : "The local platform is empty. `cdktf-scf diff` shows what the recorded stacks have lost by that.",
  );
  return 0;
}

interface UntypedPlatform {
  call(service: string, action: string, request: Record<string, unknown>): Promise<unknown>;
}

/** Opens the database that the options name, for as long as the work takes. */
export async function onDatabase<T>(
  options: Partial<DatabaseOptions>,
  work: (platform: LocalPlatform) => Promise<T>,
): Promise<T> {
  const platform = modules
    .localPlatform()
    .openLocalPlatform({ path: databaseFile(options.path), region: options.region ?? "ap-guangzhou" });
  try {
    return await work(platform);
  } finally {
    await platform.close();
  }
}

/** As named, from here; otherwise where plans have it by default, in the folder of cdktf.json. */
function databaseFile(named: string | undefined): string {
  if (named !== undefined) return path.resolve(named);
  return path.join(projectDirectory(process.cwd()) ?? process.cwd(), ".cdktf-scf", "local.db");
}

function requireAction(service: string, action: string): void {
  const known: Readonly<Record<string, { readonly actions: object }>> = services;
  const found = Object.hasOwn(known, service) ? known[service] : undefined;
  if (!found) {
    throw new ScfError("SERVICE_UNKNOWN", `The local platform has no service ${service}.`, {
      fix: `It has: ${Object.keys(known).join(", ")}.`,
    });
  }
  if (!Object.hasOwn(found.actions, action)) {
    throw new ScfError("ACTION_UNKNOWN", `The local platform has no action ${action} of ${service}.`, {
      fix: `It has: ${Object.keys(found.actions).join(", ")}.`,
    });
  }
}

function parseRequest(text: string): Record<string, unknown> {
  let problem = "it is not an object";
  try {
    const request: unknown = JSON.parse(text);
    if (typeof request === "object" && request !== null && !Array.isArray(request)) {
      return request as Record<string, unknown>;
    }
  } catch (error) {
    problem = (error as Error).message;
  }
  throw new ScfError("REQUEST_DAMAGED", `The request cannot be used: ${problem}.`, {
    fix: `Write it as JSON in single quotes: '{"FunctionName":"orders"}'.`,
  });
}

function describe(call: LoggedCall, terminal: Terminal): string {
  const kind = call.write ? terminal.style.yellow("write") : terminal.style.dim("read ");
  const refused = call.code === undefined ? "" : terminal.style.red(`  ${call.code}`);
  const carriedOut = call.accepted ? "carried out" : "not carried out";
  const fault = call.fault === undefined ? "" : terminal.style.red(`  [${call.fault}: ${carriedOut}]`);
  return `${kind}  ${call.service} ${call.action}  ${call.resource}${refused}${fault}`;
}
