import { z } from "zod";
import { defineResource, type PropertiesOf, type PropertyMetadata } from "../resource-schema";

/** Memory of a function in MB: 64, or a multiple of 128 up to 3072 (FN-MEM). */
export type MemoryMb =
  | 64 | 128 | 256 | 384 | 512 | 640 | 768 | 896 | 1024 | 1152 | 1280 | 1408 | 1536
  | 1664 | 1792 | 1920 | 2048 | 2176 | 2304 | 2432 | 2560 | 2688 | 2816 | 2944 | 3072; // prettier-ignore

/** Code as the platform gets it: a package staged beside the plan, or an object in a bucket. */
const packageTypes = [
  z.strictObject({ asset: z.string() }),
  z.strictObject({ bucket: z.string(), object: z.string(), region: z.string() }),
] as const;
export const codeType = z.union(packageTypes);
/** A code package as a plan has it: staged under its hash, or an object in a bucket. */
export type PlannedCode = z.output<typeof codeType>;

/** A container image: what a function can run instead of a package (COD-IMG). */
const imageType = z.strictObject({
  image: z.string(),
  registry: z.enum(["personal", "enterprise"]),
  registryId: z.string().optional(),
  /** What the container starts; the image's own when absent. */
  entryPoint: z.string().optional(),
  /** Arguments of it, separated by spaces. */
  command: z.string().optional(),
  acceleration: z.boolean().optional(),
  /** Port that a web server in the image listens on. */
  port: z.number().optional(),
});
/** A container image as a plan has it. */
export type PlannedImage = z.output<typeof imageType>;

/** What the program says of things around the function that other tools made. Exists for the rules only. */
const surroundingsType = z.strictObject({
  /** Of the private network: its region, its address range, and whether it is a VPC at all (NET-VPC, STO-VPC). */
  networkRegion: z.string().optional(),
  networkCidr: z.string().optional(),
  networkType: z.enum(["vpc", "basic"]).optional(),
  /** NAT gateway that leads out of the VPC (NET-PUB, NET-NAT). */
  natGateway: z.strictObject({ region: z.string(), vpcId: z.string() }).optional(),
  /** VPC of each mounted file system, in the order of `fileSystems` (STO-VPC). */
  fileSystemVpcIds: z.array(z.string().nullable()).optional(),
  logRegion: z.string().optional(),
  imageRegion: z.string().optional(),
});
/** What the program says of what is around a function, for the rules to check; never sent. */
export type Surroundings = z.output<typeof surroundingsType>;

/**
 * Every property says whether a published version freezes it. `satisfies` makes that exhaustive: a property without the
 * answer does not compile, so `currentVersion` can never forget one.
 */
const properties = {
  namespace: {
    type: z.string(),
    description: "Namespace that the function lives in.",
    source: "NS-DEFAULT, FN-IMMUT",
    immutable: true,
    frozen: false,
  },
  functionName: {
    type: z.string(),
    description:
      "Name, unique in its namespace: 2–60 letters, digits, `_` and `-`, beginning with a letter, ending with a letter or digit.",
    source: "FN-NAME, FN-UNIQUE, FN-IMMUT",
    immutable: true,
    frozen: false,
  },
  type: {
    type: z.enum(["Event", "HTTP"]),
    description:
      "Event functions are started by triggers and invocations; web functions, `HTTP`, answer the requests of an API gateway.",
    source: "FN-IMMUT",
    immutable: true,
    frozen: false,
  },
  description: {
    type: z.string().optional(),
    description: "At most 1000 letters, digits, spaces, commas and periods.",
    source: "FN-DESC",
    frozen: false,
  },
  runtime: {
    type: z.string(),
    description: "Language and version the code runs on, by the platform's name.",
    source: "RT-LIST",
    immutable: true,
    frozen: true,
  },
  handler: {
    type: z.string().optional(),
    description:
      "Where execution starts; its form depends on the runtime. Web and image functions have none.",
    source: "RT-H1, RT-H2, RT-H3, RT-NOH",
    frozen: true,
  },
  code: {
    type: z.union([...packageTypes, imageType]),
    description: "The package or the container image that runs.",
    source: "COD-ZIP, COD-SIZE, COD-UP, COD-COS, COD-IMG",
    frozen: true,
  },
  memory: {
    type: z.number() as unknown as z.ZodType<MemoryMb>,
    description: "Memory in MB: 64, or a multiple of 128 from 128 to 3072.",
    source: "FN-MEM",
    frozen: true,
  },
  timeout: {
    type: z.number(),
    description: "Execution timeout in seconds: 1–900, up to 86,400 with asynchronous execution.",
    source: "FN-TIMEOUT",
    frozen: true,
  },
  initTimeout: {
    type: z.number(),
    description: "Initialization timeout in seconds: 3–300.",
    source: "FN-INIT",
    frozen: true,
  },
  environment: {
    type: z.record(z.string(), z.string()).optional(),
    description: "Environment variables, 4 KB with keys and values together.",
    source: "FN-ENV, FN-ENVSEC",
    sensitive: true,
    frozen: true,
  },
  timeZone: {
    type: z.string().optional(),
    description: "Sets the `TZ` variable, for example `Asia/Shanghai`; the clock is UTC without.",
    source: "FN-TZ",
    frozen: true,
  },
  layers: {
    type: z.array(z.object({ name: z.string(), version: z.number() })).optional(),
    description: "Layer versions, at most 5; later ones win where two carry the same file.",
    source: "LYR-BIND, LYR-MATCH, LYR-ORDER",
    frozen: true,
  },
  role: {
    type: z.string().optional(),
    description: "Name of the role whose temporary credentials the running code gets.",
    source: "FN-ROLE, CAM-ROLE",
    frozen: true,
  },
  asyncExecution: {
    type: z.boolean(),
    description: "Asynchronous execution: up to 24 hours per run. Chosen at creation.",
    source: "EXE-LOCK, FN-IMMUT",
    immutable: true,
    frozen: false,
  },
  statusTracking: {
    type: z.boolean().optional(),
    description: "Records what becomes of every asynchronous run, for 3 days. Chosen at creation.",
    source: "EXE-TRACK, API CreateFunction.TraceEnable",
    immutable: true,
    frozen: false,
  },
  webSocket: {
    type: z.boolean().optional(),
    description: "Whether a web function speaks WebSocket. Chosen at creation.",
    source: "WS-LOCK, WS-GW",
    immutable: true,
    frozen: false,
  },
  webSocketIdleTimeout: {
    type: z.number().optional(),
    description: "Seconds after which a silent WebSocket connection is closed: 10–7200.",
    source: "WS-IDLE",
    frozen: true,
  },
  instanceConcurrency: {
    type: z.union([z.number(), z.literal("dynamic")]).optional(),
    description:
      "Requests that one instance of a web function answers at a time: 2–100, or `dynamic` to have the platform choose.",
    source: "WEB-CONC, API InstanceConcurrencyConfig",
    frozen: true,
  },
  gpuNode: {
    type: z.string().optional(),
    description: "Type of the GPU node that instances run on; without one they run on CPUs.",
    source: "FN-GPU, API InstanceConcurrencyConfig.MixNodeConfig",
    frozen: true,
  },
  dnsCache: {
    type: z.boolean().optional(),
    description: "Caches the answers of name servers. Event functions deployed from code only.",
    source: "WEB-DNS",
    frozen: true,
  },
  publicAccess: {
    type: z.boolean().optional(),
    description: "Whether the code reaches public addresses; on unless switched off.",
    source: "NET-PUB",
    frozen: true,
  },
  fixedEgressIp: {
    type: z.boolean().optional(),
    description: "Whether the code reaches public addresses from an address that never changes.",
    source: "NET-EIP, QTA-EIP",
    frozen: true,
  },
  vpc: {
    type: z.strictObject({ vpcId: z.string(), subnetId: z.string() }).optional(),
    description: "Private network and subnet that the code reaches.",
    source: "NET-VPC",
    frozen: true,
  },
  fileSystems: {
    type: z
      .array(
        z.strictObject({
          fileSystemId: z.string(),
          mountTargetId: z.string(),
          localDirectory: z.string(),
          remoteDirectory: z.string(),
          userId: z.number(),
          groupId: z.number(),
        }),
      )
      .optional(),
    description: "CFS file systems mounted below `/mnt/`.",
    source: "STO-VPC, STO-DIR, STO-UID",
    frozen: true,
  },
  logTopic: {
    type: z.strictObject({ logsetId: z.string(), topicId: z.string() }).optional(),
    description: "Log set and topic that logs go to; the platform's own when absent.",
    source: "LOG-REGION, LOG-DEFAULT",
    frozen: true,
  },
  deadLetterQueue: {
    type: z
      .strictObject({ type: z.enum(["queue", "topic"]), name: z.string(), filterType: z.string().optional() })
      .optional(),
    description: "Message queue that takes asynchronous events which could not be delivered.",
    source: "EXE-DLQ, API DeadLetterConfig",
    frozen: true,
  },
  tags: {
    type: z.record(z.string(), z.string()).optional(),
    description: "Tags of the function, by key.",
    source: "API CreateFunction.Tags",
    frozen: false,
  },
  surroundings: {
    type: surroundingsType.optional(),
    description: "What the program says of network, file systems, log topic and image registry.",
    checkOnly: true,
    frozen: false,
  },
} satisfies Record<string, { type: z.ZodType; frozen: boolean } & PropertyMetadata>;

export const functionSchema = defineResource({
  kind: "scf_function",
  title: "function",
  description: "A function: code, configuration, and the unpublished version `$LATEST` that both change.",
  properties,
  attributes: {
    functionId: { type: z.string(), description: "Id that the platform gave it, `lam-…`." },
    codeSha256: {
      type: z.string(),
      description: "SHA-256 of the code package, as the platform reports it.",
      volatile: true,
    },
    contentHash: {
      type: z.string(),
      description: "Hash over everything that a published version freezes; a new value is a new version.",
      volatile: true,
    },
  },
});
export type FunctionProperties = PropertiesOf<typeof functionSchema>;

/** The properties that a published version freezes, sorted. */
export const frozenProperties: readonly (keyof FunctionProperties)[] = (
  Object.keys(properties) as (keyof FunctionProperties)[]
)
  .filter((name) => properties[name].frozen)
  .sort();
