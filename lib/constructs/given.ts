import type { ResourceElement } from "../cdktf";
import { misfit } from "../model/misfit";
import type { Resolvable } from "../model/resource-schema";
import type { FunctionProperties } from "../model/resources/function";
import type { Code, CodeUser } from "./code";
import type { Duration } from "./duration";
import type { FileSystemMount } from "./file-system";
import type { IVersion } from "./invocable";
import type { ILayer } from "./layer";
import type { LogTopic } from "./log-topic";
import type { Runtime } from "./runtime";
import type { Vpc } from "./vpc";

/**
 * What constructs make of properties whose types are classes of ours. Programs in plain JavaScript, and casts, may give
 * anything instead: that becomes a finding of TYPE, with the construct and its line, and not a crash.
 */

/** Seconds of a length of time. */
export function secondsOf<T>(duration: Duration | undefined, otherwise: T): number | T {
  const given: unknown = duration;
  if (given === undefined || given === null) return otherwise;
  if (typeof (given as Duration).toSeconds === "function") return (given as Duration).toSeconds();
  const example = typeof given === "number" ? given : 10;
  return misfit("a Duration", given, `say the unit: Duration.seconds(${example})`) as unknown as number;
}

/** The plan's form of code; packages are staged on the way. */
export function boundCode(code: Code, element: ResourceElement, user: CodeUser): object {
  const given: unknown = code;
  if (typeof (given as Code | undefined)?.bind === "function") return (given as Code).bind(element, user);
  if (typeof given !== "string") return misfit("a Code", given, 'use Code.fromAsset("src")');
  const isSource = /[\n=(;]/.test(given);
  const from = isSource ? "Code.fromInline(…)" : `Code.fromAsset(${JSON.stringify(given)})`;
  return misfit("a Code", given, `use ${from}`);
}

/** The platform's name of a runtime. */
export function runtimeName(runtime: Runtime): string {
  const given: unknown = runtime;
  if (given !== undefined && given !== null) return String(runtime);
  return misfit(
    "a Runtime",
    undefined,
    'use one that Runtime has, Runtime.NODEJS_16_13, or Runtime.of("Nodejs18.15") for a newer one',
  ) as unknown as string;
}

/** What inline code needs to know of the function's runtime; nothing where the program has left it out. */
export function codeUser(runtime: Runtime, handler?: string): CodeUser {
  const given: unknown = runtime;
  return { runtime: given === undefined || given === null ? undefined : String(runtime), handler };
}

/** The network and subnet of a function. */
export function vpcOf(vpc: Vpc | undefined): FunctionProperties["vpc"] {
  const given: unknown = vpc;
  if (given === undefined || given === null) return undefined;
  if (typeof given === "object") return { vpcId: (given as Vpc).vpcId, subnetId: (given as Vpc).subnetId };
  const id = JSON.stringify(typeof given === "string" ? given : "vpc-…");
  return misfit("a Vpc", given, `use Vpc.fromAttributes({ vpcId: ${id}, subnetId: "subnet-…" })`) as never;
}

/** The log set and topic of a function. */
export function logTopicOf(topic: LogTopic | undefined): FunctionProperties["logTopic"] {
  const given: unknown = topic;
  if (given === undefined || given === null) return undefined;
  if (typeof given === "object")
    return { logsetId: (given as LogTopic).logsetId, topicId: (given as LogTopic).topicId };
  const id = JSON.stringify(typeof given === "string" ? given : "…");
  return misfit(
    "a LogTopic",
    given,
    `use LogTopic.fromAttributes({ logsetId: "…", topicId: ${id} })`,
  ) as never;
}

/** A user and a group of a file system, when the program names none (STO-UID). */
const DEFAULT_OWNER = 10_000;

/** The file systems that a function mounts. */
export function mountsOf(mounts: readonly FileSystemMount[] | undefined): FunctionProperties["fileSystems"] {
  const given: unknown = mounts;
  if (given === undefined || given === null) return undefined;
  if (!Array.isArray(given)) return misfit("a list of mounts", given, mountFix(given)) as never;
  return given.map((item: unknown) => {
    if (typeof item !== "object" || item === null) return misfit("a mount", item, mountFix(item)) as never;
    const mount = item as FileSystemMount;
    const fileSystem: unknown = mount.fileSystem;
    if (typeof fileSystem === "string" || typeof fileSystem === "number") {
      const expected = "a mount whose `fileSystem` is a FileSystem";
      return misfit(expected, fileSystem, mountFix(fileSystem, mount.localDirectory)) as never;
    }
    const { fileSystemId, mountTargetId } = (fileSystem ?? {}) as FileSystemMount["fileSystem"];
    return {
      fileSystemId,
      mountTargetId,
      localDirectory: mount.localDirectory,
      remoteDirectory: mount.remoteDirectory ?? "/",
      userId: mount.userId ?? DEFAULT_OWNER,
      groupId: mount.groupId ?? DEFAULT_OWNER,
    };
  });
}

function mountFix(given: unknown, folder: unknown = "/mnt/data"): string {
  const id = JSON.stringify(typeof given === "string" ? given : "cfs-…");
  const fileSystem = `FileSystem.fromAttributes({ fileSystemId: ${id}, mountTargetId: "cfs-…" })`;
  return `use [{ fileSystem: ${fileSystem}, localDirectory: ${JSON.stringify(folder)} }]`;
}

/** The layers that a function binds. */
export function boundLayers(layers: readonly ILayer[] | undefined): unknown {
  const given: unknown = layers;
  if (given === undefined || given === null) return undefined;
  const fix = 'use a Layer, or Layer.fromVersion("deps", 1)';
  if (!Array.isArray(given)) return misfit("a list of layers", given, fix);
  return given.map(
    (layer: unknown) => (layer as ILayer | undefined)?.binding ?? misfit("a layer", layer, fix),
  );
}

/** The number of a version, or `$LATEST`. */
export function qualifierOf(version: IVersion): Resolvable<string> {
  const given: unknown = version;
  if (given === undefined || given === null) {
    const fix = 'give `currentVersion`, `latest` or `version("1")` of the function';
    return misfit("a version", undefined, fix) as unknown as string;
  }
  const qualifier = (given as IVersion).qualifier as Resolvable<string> | undefined;
  if (qualifier !== undefined) return qualifier;
  const number = typeof given === "string" || typeof given === "number" ? String(given) : "1";
  const fix = `use ${number === "$LATEST" ? "`latest`" : `version(${JSON.stringify(number)})`} of the function`;
  return misfit("a version", given, fix) as unknown as string;
}

export function runtimeNames(runtimes: readonly Runtime[]): unknown {
  const given: unknown = runtimes;
  if (given === undefined || given === null) return undefined;
  return Array.isArray(given)
    ? given.map(String)
    : misfit("a list of runtimes", given, `write it in brackets: [${String(given as Runtime)}]`);
}
