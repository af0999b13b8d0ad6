import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, zipSync, type ZipOptions } from "fflate";
import type { Action, Platform, Request, Service } from "../../lib/platform";
import { openLocalPlatform } from "../../lib/platform/local";
import type { LocalPlatform, LocalPlatformOptions } from "../../lib/platform/local";

export const region = "ap-guangzhou";

/** An archive of texts, in the base64 of the API; files that are given a mode are as if made on Unix. */
export function zip(
  files: Readonly<Record<string, string>>,
  modes: Readonly<Record<string, number>> = {},
): string {
  const contents = Object.entries(files).map(([path, text]) => {
    const mode = modes[path];
    const options = mode === undefined ? {} : { os: 3, attrs: (0o100000 | mode) * 0x10000 };
    const entry: [Uint8Array, ZipOptions] = [strToU8(text), options];
    return [path, entry] as const;
  });
  return Buffer.from(
    zipSync(Object.fromEntries(contents), { level: 9, mtime: "2024-01-01T00:00:00Z" }),
  ).toString("base64");
}

export const nodeCode = zip({ "index.js": "exports.main_handler = async () => 1;" });

export const startScript = "#!/bin/bash\n/var/lang/node16/bin/node app.js\n";

/** Code of a web function, with another start file if one is given. */
export function webCode(script = startScript, mode: number | null = 0o755): string {
  return zip({ scf_bootstrap: script, "app.js": "" }, mode === null ? {} : { scf_bootstrap: mode });
}

const opened: LocalPlatform[] = [];
const folders: string[] = [];

export function open(options: Partial<LocalPlatformOptions> = {}): LocalPlatform {
  const platform = openLocalPlatform({ path: ":memory:", region, ...options });
  opened.push(platform);
  return platform;
}

/** A path for a database in a folder of its own. */
export function databasePath(): string {
  const folder = mkdtempSync(join(tmpdir(), "platform-"));
  folders.push(folder);
  return join(folder, "platform.db");
}

export async function cleanUp(): Promise<void> {
  await Promise.all(opened.splice(0).map((platform) => platform.close()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** A clock that stands still until it is told to go on. */
export class Clock {
  private milliseconds = Date.UTC(2024, 0, 1);

  readonly now = (): number => this.milliseconds;

  advance(milliseconds: number): void {
    this.milliseconds += milliseconds;
  }
}

export type FunctionRequest = Request<"scf", "CreateFunction">;

export function functionRequest(changes: Partial<FunctionRequest> = {}): FunctionRequest {
  return {
    FunctionName: "orders",
    Runtime: "Nodejs16.13",
    Handler: "index.main_handler",
    Code: { ZipFile: nodeCode },
    ...changes,
  };
}

/** What a web function needs that is not an event function. */
export const web = { Type: "HTTP", Handler: undefined, Code: { ZipFile: webCode() } } as const;

export async function createFunction(
  platform: Platform,
  changes: Partial<FunctionRequest> = {},
): Promise<void> {
  await platform.call("scf", "CreateFunction", functionRequest(changes));
}

export async function publishLayer(
  platform: Platform,
  name = "deps",
  runtimes: string[] = ["Nodejs16.13"],
): Promise<number> {
  const answer = await platform.call("scf", "PublishLayerVersion", {
    LayerName: name,
    CompatibleRuntimes: runtimes,
    Content: { ZipFile: zip({ [`node_modules/${name}/index.js`]: name }) },
  });
  return answer.LayerVersion ?? 0;
}

/** The same call for the compiler to take as it is: inside a generic function it would compare every action with every other. */
type AnyCall = (service: string, action: string, request: unknown) => Promise<object>;

/** The call is refused with that code, and its message says that. */
export async function expectRefusal<S extends Service, A extends Action<S>>(
  platform: Platform,
  service: S,
  action: A,
  request: Request<S, A>,
  code: string,
  text: RegExp | string,
): Promise<void> {
  const call = platform.call.bind(platform) as unknown as AnyCall;
  await expect(call(service, action, request)).rejects.toMatchObject({
    name: "PlatformError",
    code,
    service,
    action,
    message: typeof text === "string" ? expect.stringContaining(text) : expect.stringMatching(text),
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
}

export interface Place {
  readonly LoadBalancerId: string;
  readonly ListenerId: string;
  readonly LocationId: string;
}

/** A load balancer with an HTTP listener and one rule. */
export async function createPlace(
  platform: Platform,
  balancer: Partial<Request<"clb", "CreateLoadBalancer">> = {},
): Promise<Place> {
  const created = await platform.call("clb", "CreateLoadBalancer", { LoadBalancerType: "OPEN", ...balancer });
  const LoadBalancerId = created.LoadBalancerIds?.[0] ?? "";
  const listener = await platform.call("clb", "CreateListener", {
    LoadBalancerId,
    Protocol: "HTTP",
    Ports: [80],
  });
  const ListenerId = listener.ListenerIds?.[0] ?? "";
  const rule = await platform.call("clb", "CreateRule", {
    LoadBalancerId,
    ListenerId,
    Rules: [{ Domain: "www.example.com", Url: "/orders" }],
  });
  return { LoadBalancerId, ListenerId, LocationId: rule.LocationIds?.[0] ?? "" };
}

export function target(name = "orders", qualifier = "$LATEST", weight?: number) {
  return {
    Function: { FunctionNamespace: "default", FunctionName: name, FunctionQualifier: qualifier },
    ...(weight === undefined ? {} : { Weight: weight }),
  };
}
