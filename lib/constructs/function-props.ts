import type { FunctionProperties, PlannedImage, Surroundings } from "../model/resources/function";
import { misfit } from "../model/misfit";
import { IMAGE_RUNTIME } from "../model/runtime";
import type { ContainerImage } from "./container-image";
import type { Code } from "./code";
import type { DeadLetterQueue } from "./dead-letter-queue";
import type { Duration } from "./duration";
import type { FileSystemMount } from "./file-system";
import { boundLayers, logTopicOf, mountsOf, secondsOf, vpcOf } from "./given";
import type { GpuNode } from "./gpu-node";
import type { ILayer } from "./layer";
import type { LogTopic } from "./log-topic";
import type { INamespace } from "./namespace";
import type { IRole } from "./role";
import type { Runtime } from "./runtime";
import type { Secret } from "./secret";
import type { Vpc } from "./vpc";

/** What functions of every type can be given. */
export interface CommonFunctionProps {
  /**
   * Name, unique in its namespace: 2–60 letters, digits, `_` and `-`, beginning with a letter, ending with a letter or
   * digit (FN-NAME, FN-UNIQUE). A change replaces the function.
   * @default made from the construct's path: `shop-orders`
   */
  readonly name?: FunctionProperties["functionName"];
  /**
   * Where it lives. A change replaces the function (FN-IMMUT).
   * @default the namespace `default`
   */
  readonly namespace?: INamespace;
  /**
   * At most 1000 letters, digits, spaces, commas and periods (FN-DESC).
   * @default none
   */
  readonly description?: FunctionProperties["description"];
  /**
   * Memory in MB: 64, or a multiple of 128 from 128 to 3072 (FN-MEM).
   * @default 128
   */
  readonly memory?: FunctionProperties["memory"];
  /**
   * How long one execution may take: 1–900 s, up to 24 h with asynchronous execution (FN-TIMEOUT).
   * @default 3 seconds
   */
  readonly timeout?: Duration;
  /**
   * How long initialization may take: 3–300 s (FN-INIT).
   * @default 60 seconds, 90 seconds for functions from images
   */
  readonly initTimeout?: Duration;
  /**
   * Environment variables: 4 KB with keys and values together (FN-ENV).
   * @default none
   */
  readonly environment?: Readonly<Record<string, string | Secret>>;
  /**
   * Sets the `TZ` variable, for example `Asia/Shanghai` (FN-TZ).
   * @default UTC
   */
  readonly timeZone?: FunctionProperties["timeZone"];
  /**
   * The role whose temporary credentials the running code gets; it trusts `scf.qcloud.com` (FN-ROLE).
   * @default none
   */
  readonly role?: IRole;
  /**
   * The type of GPU node that instances run on (FN-GPU).
   * @default none: instances run on CPUs
   */
  readonly gpuNode?: GpuNode;
  /**
   * Whether the code reaches public addresses (NET-PUB).
   * @default true
   */
  readonly publicAccess?: FunctionProperties["publicAccess"];
  /**
   * Whether the code reaches public addresses from an address that never changes. Functions of a region without VPC share
   * one, and so do functions of one subnet; it needs public access (NET-EIP, QTA-EIP).
   * @default false
   */
  readonly fixedEgressIp?: FunctionProperties["fixedEgressIp"];
  /**
   * The private network that the code reaches, in the function's region (NET-VPC).
   * @default none
   */
  readonly vpc?: Vpc;
  /**
   * CFS file systems below `/mnt/`; they need the VPC that they are in (STO-VPC, STO-DIR).
   * @default none
   */
  readonly fileSystems?: readonly FileSystemMount[];
  /**
   * The topic that logs go to, in the function's region (LOG-REGION).
   * @default the platform's own topic, which keeps logs for 7 days (LOG-DEFAULT)
   */
  readonly logTopic?: LogTopic;
  /**
   * Tags, by key (TAG-RESERVED).
   * @default none
   */
  readonly tags?: FunctionProperties["tags"];
}

/** What functions from a code package are given. */
export interface CodeFunctionProps {
  /** Language and version. A change replaces the function (RT-LIST). */
  readonly runtime: Runtime;
  /** What runs; at most 500 MB before compression, layers included (COD-SIZE). */
  readonly code: Code;
  /**
   * Layers, at most 5; where two carry the same file, the later one wins (LYR-BIND, LYR-ORDER).
   * @default none
   */
  readonly layers?: readonly ILayer[];
}

/** What functions from a container image are given. They have no handler, no runtime and no layers (RT-NOH, LYR-IMG). */
export interface ImageProps {
  /** What runs, from a registry of the function's region (COD-IMG). */
  readonly image: ContainerImage;
  /**
   * The program that the container starts, for example `python`.
   * @default the image's own entry point
   */
  readonly entryPoint?: PlannedImage["entryPoint"];
  /**
   * Arguments of that program, separated by spaces, for example `-u app.py`.
   * @default the image's own command
   */
  readonly command?: PlannedImage["command"];
  /**
   * Starts instances faster, by fetching the image ahead of time (COD-IMG).
   * @default false
   */
  readonly acceleration?: PlannedImage["acceleration"];
}

/** What functions have that triggers and invocations start. Web functions have none of it (WEB-ASYNC). */
export interface EventFunctionProps {
  /**
   * Asynchronous execution, for runs of up to 24 h. A change replaces the function (EXE-LOCK).
   * @default false
   */
  readonly asyncExecution?: FunctionProperties["asyncExecution"];
  /**
   * Records what becomes of every run, for 3 days; only with asynchronous execution. A change replaces the function
   * (EXE-TRACK).
   * @default false
   */
  readonly statusTracking?: FunctionProperties["statusTracking"];
  /**
   * What becomes of asynchronous events that fail (EXE-DLQ).
   * @default the platform's: 2 more attempts, none with asynchronous execution, and 6 hours
   */
  readonly asyncInvocation?: AsyncInvocationOptions;
  /**
   * The message queue that takes asynchronous events which could not be delivered (EXE-DLQ).
   * @default none: such events are lost
   */
  readonly deadLetterQueue?: DeadLetterQueue;
}

/** What becomes of events that are not run at once (EXE-RETRY). */
export interface AsyncInvocationOptions {
  /**
   * How often a run that failed is tried again: 0–2. With asynchronous execution there are no further attempts (EXE-RETRY).
   * @default 2, with asynchronous execution 0
   */
  readonly retryAttempts?: number;
  /**
   * How long an event waits for being delivered before it is given up: 1 minute to 6 hours (EXE-DLQ).
   * @default 6 hours
   */
  readonly maximumEventAge?: Duration;
}

/** What functions have that answer the requests of an API gateway. */
export interface WebProps {
  /**
   * Has the function speak WebSocket. A change between with and without replaces the function (WS-LOCK).
   * @default none: it speaks HTTP
   */
  readonly webSocket?: WebSocketOptions;
  /**
   * Requests that one instance answers at a time: 2–100, or `"dynamic"` to have the platform choose (WEB-CONC).
   * @default one at a time
   */
  readonly instanceConcurrency?: FunctionProperties["instanceConcurrency"];
}

/** How connections that stay open are treated (WS-IDLE). */
export interface WebSocketOptions {
  /**
   * How long a connection may be silent before it is closed: 10–7200 s, and not longer than the function's timeout
   * (WS-IDLE).
   */
  readonly idleTimeout: Duration;
}

/** Seconds that one execution may take, when the program says nothing (FN-TIMEOUT). */
const DEFAULT_TIMEOUT = 3;

/** Where web servers in images listen. */
const DEFAULT_PORT = 9000;

/** Properties of the plan that functions of every type have, but for what runs and what they are called. */
export function commonProperties(props: CommonFunctionProps, defaultInitTimeout = 60) {
  return {
    description: props.description,
    memory: props.memory ?? 128,
    timeout: secondsOf(props.timeout, DEFAULT_TIMEOUT),
    initTimeout: secondsOf(props.initTimeout, defaultInitTimeout),
    environment: props.environment,
    timeZone: props.timeZone,
    role: roleOf(props.role),
    gpuNode: props.gpuNode === undefined ? undefined : String(props.gpuNode),
    publicAccess: props.publicAccess,
    fixedEgressIp: props.fixedEgressIp,
    vpc: vpcOf(props.vpc),
    fileSystems: mountsOf(props.fileSystems),
    logTopic: logTopicOf(props.logTopic),
    tags: props.tags,
  };
}

export function eventProperties(props: EventFunctionProps) {
  return {
    type: "Event",
    asyncExecution: props.asyncExecution ?? false,
    statusTracking: props.statusTracking,
    deadLetterQueue: deadLetterQueueOf(props.deadLetterQueue),
  };
}

export function webProperties(props: WebProps) {
  return {
    type: "HTTP",
    asyncExecution: false,
    ...webSocketOf(props.webSocket),
    instanceConcurrency: props.instanceConcurrency,
  };
}

/** How long functions from images may initialize, in seconds, when the program says nothing (FN-INIT). */
export const IMAGE_INIT_TIMEOUT = 90;

export function imageProperties(props: ImageProps) {
  return {
    runtime: IMAGE_RUNTIME,
    code: {
      ...imageOf(props.image),
      entryPoint: props.entryPoint,
      command: props.command,
      acceleration: props.acceleration,
    },
  };
}

/** The same with the port of the image's web server. */
export function webImageProperties(props: ImageProps & { readonly port?: number }) {
  const { runtime, code } = imageProperties(props);
  return { runtime, code: { ...code, port: props.port ?? DEFAULT_PORT } };
}

function roleOf(role: IRole | undefined): IRole["nameReference"] | undefined {
  const given: unknown = role;
  if (given === undefined || given === null) return undefined;
  const named = (given as IRole).nameReference as IRole["nameReference"] | undefined;
  if (named !== undefined) return named;
  const name = typeof given === "string" ? given : "name";
  return misfit("a role", given, `use Role.fromName(${JSON.stringify(name)})`) as unknown as string;
}

function deadLetterQueueOf(queue: DeadLetterQueue | undefined): FunctionProperties["deadLetterQueue"] {
  const given: unknown = queue;
  if (given === undefined || given === null) return undefined;
  if (typeof (given as DeadLetterQueue).toPlan === "function") return (given as DeadLetterQueue).toPlan();
  const name = typeof given === "string" ? given : "name";
  return misfit("a DeadLetterQueue", given, `use DeadLetterQueue.queue(${JSON.stringify(name)})`) as never;
}

function webSocketOf(options: WebSocketOptions | undefined) {
  if (!options) return { webSocket: undefined, webSocketIdleTimeout: undefined };
  const { idleTimeout } = options as Partial<WebSocketOptions>;
  const missing = "{ idleTimeout: Duration.seconds(60) }";
  return {
    webSocket: true,
    webSocketIdleTimeout:
      idleTimeout === undefined
        ? (misfit("an idle timeout", idleTimeout, `give it with WebSocket: ${missing}`) as unknown as number)
        : secondsOf(idleTimeout, undefined),
  };
}

function imageOf(image: ContainerImage): Pick<PlannedImage, "image" | "registry" | "registryId"> {
  const given: unknown = image;
  if (typeof (given as ContainerImage | undefined)?.toPlan === "function")
    return (given as ContainerImage).toPlan();
  const name = typeof given === "string" ? given : "registry/team/name:1";
  const fix = `use ContainerImage.fromPersonalRegistry(${JSON.stringify(name)})`;
  return { image: misfit("a ContainerImage", given, fix) as unknown as string, registry: "personal" };
}

/** Properties that functions of some types have, and others do not. */
type Stray = Exclude<
  keyof (EventFunctionProps & WebProps & Pick<CodeFunctionProps, "layers">),
  "asyncInvocation"
> | "handler" | "dnsCache" | "logFormat"; // prettier-ignore

const strayForms: { readonly [N in Stray]?: (value: never) => object } = {
  layers: (layers: readonly ILayer[]) => ({ layers: boundLayers(layers) }),
  deadLetterQueue: (queue: DeadLetterQueue) => ({ deadLetterQueue: deadLetterQueueOf(queue) }),
  webSocket: webSocketOf,
};

/**
 * What programs in plain JavaScript, casts and spread objects give a function that its type does not have. The compiler
 * does not always see it, and leaving it out in silence would hide it: the rules say what is wrong with it.
 */
export function strayProperties(props: object, names: readonly Stray[]): object {
  const given = props as Readonly<Record<string, unknown>>;
  const found: Record<string, unknown> = {};
  for (const name of names) {
    const value = given[name];
    if (value === undefined || value === null) continue;
    Object.assign(found, strayForms[name]?.(value as never) ?? { [name]: value });
  }
  return found;
}

/** What the program says of things that other tools made, for the rules; undefined when it says nothing. */
export function surroundingsOf(
  props: Pick<CommonFunctionProps, "vpc" | "fileSystems" | "logTopic">,
  image?: ContainerImage,
): Surroundings | undefined {
  const { vpc, fileSystems, logTopic } = props;
  // What is no mount is told of where the function mounts it.
  const mounts: unknown = fileSystems;
  const fileSystemVpcIds = Array.isArray(mounts)
    ? mounts.map((mount: Partial<FileSystemMount> | null | undefined) => mount?.fileSystem?.vpcId ?? null)
    : undefined;
  const { networkRegion, networkCidr, networkType, natGateway } = vpc?.facts ?? {};
  const facts: Surroundings = {
    networkRegion,
    networkCidr,
    networkType,
    natGateway,
    fileSystemVpcIds: fileSystemVpcIds?.some((vpcId) => vpcId !== null) ? fileSystemVpcIds : undefined,
    logRegion: logTopic?.region,
    imageRegion: image?.region,
  };
  for (const name in facts) if (facts[name as keyof Surroundings] !== undefined) return facts;
  return undefined;
}
