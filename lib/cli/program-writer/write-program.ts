import { createHash } from "node:crypto";
import type { Found } from "../../kinds/kind";
import { mapConcurrently } from "../../reconciler/concurrently";
import type { ImportRequest } from "../../reconciler/import";
import { writeAccess } from "./access";
import { writeAlarms } from "./alarms";
import {
  downloadFunction,
  downloadLayer,
  packageUse,
  placeholder,
  placeholderComment,
  type Downloaded,
} from "./code";
import { isUnchangedSince } from "./current-version";
import type { WrittenEngine } from "./engine";
import { call, literal, object, print, type Expression } from "./expression";
import { writeFunctions } from "./functions";
import type { Inventory } from "./inventory";
import { writeLayers } from "./layers";
import { writeLoadBalancers } from "./load-balancers";
import { writeNamespaces } from "./namespaces";
import { commentLines, Program } from "./program";
import { writeTestEvents } from "./test-events";
import { writeTriggers } from "./triggers";
import { writeAliases, writeProvisioning } from "./versions";
import { regionExpression, text, valueOf, type CodeUse, type Writing } from "./writing";

/** Packages that are downloaded, and versions that are compared, at the same time. */
const AT_ONCE = 5;

/** Where the written program deploys to, as it says that itself. */
export type WrittenPlatform =
  | { readonly type: "tencentcloud"; readonly endpoint?: string }
  | { readonly type: "local"; readonly path?: string };

export interface ProgramOptions {
  readonly engine: WrittenEngine;
  readonly stack: string;
  readonly region: string;
  readonly platform: WrittenPlatform;
  readonly uin: string;
  readonly withEnvironment: boolean;
}

export interface WrittenProgram {
  /** By path below the folder of the program. */
  readonly files: ReadonlyMap<string, string | Uint8Array>;
  readonly imports: readonly ImportRequest[];
  /** Whose code could not be downloaded, and why. */
  readonly placeholders: readonly { readonly owner: string; readonly reason: string }[];
  readonly leftOut: readonly string[];
  readonly warnings: readonly string[];
  readonly environment: readonly string[];
}

/** Writes the program that declares what an inventory has. */
export async function writeProgram(inventory: Inventory, options: ProgramOptions): Promise<WrittenProgram> {
  const { stack, region, withEnvironment } = options;
  const program = new Program(stack);
  const packages = new Packages();
  const placeholders: { owner: string; reason: string }[] = [];
  const code = await downloadAll(inventory);
  const current = await currentVersions(inventory);
  const codeOf = (owner: string, id: string): CodeUse => {
    const downloaded = code.get(owner) ?? { reason: "it was not downloaded" };
    if ("bytes" in downloaded) return packageUse(packages.add(id, downloaded.bytes));
    placeholders.push({ owner, reason: downloaded.reason });
    return { code: placeholder(region), comment: placeholderComment(owner, downloaded.reason) };
  };
  const writing: Writing = {
    program,
    inventory,
    region,
    stack,
    withEnvironment,
    codeOf,
    isCurrent: (functionKey, version) => current.get(functionKey) === version,
    functions: new Map(),
    namespaces: new Map(),
    layers: new Map(),
    roles: new Map(),
    policies: new Map(),
    aliases: new Map(),
    loadBalancers: new Map(),
  };
  // Each after what it names.
  writeNamespaces(writing);
  writeAccess(writing);
  writeLayers(writing);
  writeFunctions(writing);
  writeProvisioning(writing);
  writeAliases(writing);
  writeTriggers(writing);
  writeTestEvents(writing);
  writeLoadBalancers(writing);
  writeAlarms(writing);
  leaveOut(writing);
  const files = new Map<string, string | Uint8Array>(packages.files);
  files.set("main.ts", mainFile(program, options));
  files.set("imports.json", `${JSON.stringify(program.imports, undefined, 2)}\n`);
  if (program.environment.length > 0) {
    files.set(".env.example", program.environment.map((name) => `${name}=\n`).join(""));
  }
  const { imports, leftOut, warnings, environment } = program;
  return { files, imports, placeholders, leftOut, warnings, environment };
}

/** What no program can declare, or nothing can tell. */
function leaveOut(writing: Writing): void {
  const { program, inventory } = writing;
  for (const title of inventory.unlisted) program.leftOut.push(`every ${title}: nothing lists them`);
  if (writing.functions.size > 0) {
    program.leftOut.push(
      "log topics of functions: where none was chosen, the platform answers with its own as if it had been",
    );
  }
}

function mainFile(program: Program, { engine, stack, region, platform, uin }: ProgramOptions): string {
  const body = program.body();
  const provider = object({
    region: regionExpression(region),
    account: uin === "" ? undefined : literal({ uin }),
    platform: platformExpression(platform),
  });
  const statement = call("new scf.ScfProvider", "stack", literal("scf"), provider);
  return [
    ...commentLines(`Written by \`cdktf-scf import --all\` from what there is in ${region}.`),
    "// `cdktf-scf import --from imports.json` brings it under management.",
    `import { App, TerraformStack } from "${engine.package}";`,
    `import * as scf from "${engine.entryPoint}";`,
    "",
    "const app = new App();",
    `const stack = new TerraformStack(app, ${JSON.stringify(stack)});`,
    `${print(statement, 0, 0)};`,
    "",
    ...(body === "" ? [] : [body, ""]),
    "app.synth();",
    "",
  ].join("\n");
}

function platformExpression(platform: WrittenPlatform): Expression | undefined {
  if (platform.type === "local") {
    return platform.path === undefined
      ? "scf.Platform.local()"
      : call("scf.Platform.local", literal({ path: platform.path }));
  }
  return platform.endpoint === undefined
    ? undefined
    : call("scf.Platform.tencentCloud", literal({ endpoint: platform.endpoint }));
}

/** The packages of a program; those that are the same are one file. */
class Packages {
  readonly files = new Map<string, Uint8Array>();
  private readonly names = new Map<string, string>();

  add(id: string, bytes: Uint8Array): string {
    const sum = createHash("sha256").update(bytes).digest("hex");
    let name = this.names.get(sum);
    if (name === undefined) {
      name = `code/${id}.zip`;
      this.names.set(sum, name);
      this.files.set(name, bytes);
    }
    return name;
  }
}

async function downloadAll({ objects, context }: Inventory): Promise<ReadonlyMap<string, Downloaded>> {
  const layers = objects.get("scf_layer") ?? [];
  const functions = (objects.get("scf_function") ?? []).filter(hasPackage);
  const downloads = [
    ...layers.map(({ id }) => ({ owner: `layer ${id}`, download: () => downloadLayer(context, id) })),
    ...functions.map(({ id }) => ({
      owner: `function ${id}`,
      download: () => downloadFunction(context, id),
    })),
  ];
  const downloaded = await mapConcurrently(downloads, AT_ONCE, async ({ owner, download }) => {
    return [owner, await download()] as const;
  });
  return new Map(downloaded);
}

function hasPackage(found: Found): boolean {
  const code = valueOf(found, "code");
  const isImage = typeof code === "object" && code !== null && "image" in code;
  return !isImage && found.live.phase === undefined;
}

/** Of each function the newest published version, where the function has not changed since. */
async function currentVersions({ objects, context }: Inventory): Promise<ReadonlyMap<string, string>> {
  const newest = new Map<string, { readonly number: number; readonly found: Found }>();
  for (const found of objects.get("scf_version") ?? []) {
    const end = found.id.lastIndexOf(":");
    const [key, number] = [found.id.slice(0, end), Number(found.id.slice(end + 1))];
    if (number > (newest.get(key)?.number ?? 0)) newest.set(key, { number, found });
  }
  // With a description of its own it is not what the construct would publish.
  const candidates = [...newest].filter(
    ([, { found }]) => text(found, "description") === "" && !found.live.phase,
  );
  const current = await mapConcurrently(candidates, AT_ONCE, async ([key, { number }]) => {
    const version = String(number);
    return (await isUnchangedSince(context, key, version)) ? ([[key, version]] as const) : [];
  });
  return new Map(current.flat());
}
