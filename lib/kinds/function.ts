import { createHash } from "node:crypto";
import {
  frozenProperties,
  functionSchema,
  type FunctionProperties,
  type PlannedCode,
  type PlannedImage,
} from "../model/resources/function";
import { canonicalJson, isEmpty, type Properties, type Value } from "../model/value";
import type { Request, Response } from "../platform/api";
import { isErrorOfClass } from "../platform/errors";
import { functionKey, getFunction, waitUntilActive, waitUntilSettled } from "./function-status";
import { onceRoleIsKnown } from "./access-lag";
import type { Kind, Live, OperationContext, ReadContext } from "./kind";
import { isFunctionNotFound, unlessNotFound } from "./not-found";
import { readTags, writeTags } from "./ownership";

const TIME_ZONE_VARIABLE = "TZ";
/** ProtocolType of web functions that speak WebSocket. */
const WEB_SOCKET = "WS";
const DEAD_LETTER_TYPES = { queue: "CMQ-QUEUE", topic: "CMQ-TOPIC" } as const;

export const functionKind: Kind<typeof functionSchema> = {
  schema: functionSchema,
  identity: ({ namespace, functionName }) => `${namespace}/${functionName}`,
  exclusive: (properties) => [functionKey(properties)],
  replacement: "delete-first",
  timeoutMs: 5 * 60_000,

  derive: (properties) => ({ contentHash: contentHash(properties) }),

  read: (context, recorded) => readLive(context, recorded.properties, recorded.attributes.codeSha256),

  find: (context, wanted) => readLive(context, wanted, undefined),

  async create(context, wanted) {
    const request = await creation(context, wanted);
    const create = () => context.call("scf", "CreateFunction", request);
    try {
      await (wanted.role ? onceRoleIsKnown(context, wanted.role, create) : create());
    } catch (error) {
      if (!isErrorOfClass(error, "exists") || !(await removeFailedCreation(context, wanted))) throw error;
      await create();
    }
    const active = await waitUntilActive(context, wanted);
    return { functionId: active.FunctionId ?? "", ...(await codeHash(context, wanted)) };
  },

  async update(context, wanted, recorded, changed) {
    // New code meets the old configuration for a moment. Callers that must not see that use an alias: it moves last.
    if (changed.has("code") || changed.has("handler")) {
      await waitUntilSettled(context, wanted);
      await context.call("scf", "UpdateFunctionCode", {
        FunctionName: wanted.functionName,
        Namespace: wanted.namespace,
        ...(wanted.handler === undefined ? {} : { Handler: wanted.handler }),
        Code: await codeOf(context, wanted.code),
      });
      await waitUntilActive(context, wanted);
    }
    const configuration = changedConfiguration(wanted, changed);
    if (Object.keys(configuration).length > 0) {
      await waitUntilSettled(context, wanted);
      await context.call("scf", "UpdateFunctionConfiguration", {
        FunctionName: wanted.functionName,
        Namespace: wanted.namespace,
        ...configuration,
      });
      await waitUntilActive(context, wanted);
    }
    if (changed.has("tags")) await updateTags(context, wanted);
    const codeChanged = changed.has("code") || recorded.attributes.codeSha256 === undefined;
    return codeChanged ? codeHash(context, wanted) : {};
  },

  async delete(context, { properties }) {
    await unlessNotFound(
      context.call("scf", "DeleteFunction", {
        FunctionName: properties.functionName,
        Namespace: properties.namespace,
      }),
      isFunctionNotFound,
    );
    await context.waitFor(`${properties.namespace}/${properties.functionName} to be gone`, async () =>
      (await getFunction(context, properties)) ? undefined : true,
    );
  },
};

/** Hash over everything that a published version freezes. Secrets count by their fingerprints. */
function contentHash(properties: FunctionProperties): string {
  // Leaving a property out and emptying it are the same to the platform, so they are the same version.
  const entries = frozenProperties.map((name) => [name, properties[name]] as const);
  const frozen = Object.fromEntries(entries.filter(([, value]) => !isEmpty(value)));
  return createHash("sha256").update(canonicalJson(frozen)).digest("hex");
}

async function readLive(
  context: ReadContext,
  known: FunctionProperties,
  knownSha256: string | undefined,
): Promise<Live | undefined> {
  const found = await getFunction(context, known);
  if (!found || found.Status === "Deleting" || found.Status === "CreateFailed") return undefined;
  const { tags, owner } = readTags(found.Tags);
  const hasPackage = found.Status === "Active" && !found.ImageConfig?.ImageUri;
  const { codeSha256 } = hasPackage ? await packageHash(context, known) : {};
  return {
    properties: { ...liveProperties(found, known), ...liveCode(found, known, codeSha256, knownSha256), tags },
    attributes: {
      functionId: found.FunctionId ?? "",
      ...(codeSha256 === undefined ? {} : { codeSha256 }),
    },
    ...(owner === undefined ? {} : { owner }),
  };
}

function liveCode(
  { ImageConfig: image }: Response<"scf", "GetFunction">,
  known: FunctionProperties,
  sha256: string | undefined,
  knownSha256: string | undefined,
): Properties {
  if (image?.ImageUri) return { code: liveImage(image, isImage(known.code) ? known.code : undefined) };
  // The platform shows a package by its hash alone: the same hash is the code that was sent last.
  if (sha256 === undefined || knownSha256 === undefined) return {};
  return { code: sha256 === knownSha256 ? (known.code as Value) : { sha256 } };
}

function liveImage(
  found: NonNullable<Response<"scf", "GetFunction">["ImageConfig"]>,
  known: PlannedImage | undefined,
): Value {
  const image: Record<string, Value | undefined> = {
    image: found.ImageUri,
    registry: found.ImageType,
    registryId: found.RegistryId,
    // EntryPoint is the older name of Command, which the platform is about to drop (SDK ImageConfig).
    entryPoint: found.Command || found.EntryPoint,
    command: found.Args,
    acceleration: unlessUsual(found.ContainerImageAccelerate, USUAL.acceleration, known?.acceleration),
    port: unlessUsual(found.ImagePort, USUAL.port, known?.port),
  };
  return Object.fromEntries(Object.entries(image).filter(([, value]) => !isEmpty(value))) as Value;
}

/** What the platform answers for settings that nobody has made. */
const USUAL = { acceleration: false, port: 9000, switchedOff: false, publicAccess: true } as const;

/**
 * A live value for the comparison: "not set" where it is only what the platform has by itself, and the program has not
 * asked for just that.
 */
function unlessUsual(live: Value | undefined, usual: Value, known: Value | undefined): Value {
  return live === undefined || live === null || (live === usual && known !== usual) ? null : live;
}

function liveProperties(found: Response<"scf", "GetFunction">, known: FunctionProperties): Properties {
  const variables = Object.fromEntries(
    (found.Environment?.Variables ?? []).map((variable) => [variable.Key ?? "", variable.Value ?? ""]),
  );
  const timeZone = variables[TIME_ZONE_VARIABLE];
  // The variable is the property's unless the program sets the variable itself.
  const own = known.environment?.[TIME_ZONE_VARIABLE] === undefined;
  if (own) delete variables[TIME_ZONE_VARIABLE];
  const isSwitchedOn = (live: boolean, wanted: boolean | undefined) =>
    unlessUsual(live, USUAL.switchedOff, wanted);
  const properties: Record<string, Value | undefined> = {
    namespace: found.Namespace ?? known.namespace,
    functionName: found.FunctionName ?? known.functionName,
    type: found.Type ?? "Event",
    description: found.Description ?? "",
    runtime: found.Runtime ?? "",
    handler: found.Handler ?? "",
    memory: found.MemorySize,
    timeout: found.Timeout,
    initTimeout: found.InitTimeout,
    environment: variables,
    timeZone: (own || known.timeZone !== undefined ? timeZone : undefined) ?? "",
    layers: (found.Layers ?? []).map((layer) => ({
      name: layer.LayerName ?? "",
      version: layer.LayerVersion ?? 0,
    })),
    role: found.Role ?? "",
    asyncExecution: found.AsyncRunEnable === "TRUE",
    statusTracking: isSwitchedOn(found.TraceEnable === "TRUE", known.statusTracking),
    webSocket: isSwitchedOn(found.ProtocolType === WEB_SOCKET, known.webSocket),
    // Without one the platform answers with its own, and has no word to take one away.
    webSocketIdleTimeout:
      known.webSocketIdleTimeout === undefined ? null : (found.ProtocolParams?.WSParams?.IdleTimeOut ?? null),
    ...liveConcurrency(found.InstanceConcurrencyConfig),
    dnsCache: isSwitchedOn(found.DnsCache === "TRUE", known.dnsCache),
    publicAccess: unlessUsual(
      found.PublicNetConfig?.PublicNetStatus !== "DISABLE",
      USUAL.publicAccess,
      known.publicAccess,
    ),
    fixedEgressIp: isSwitchedOn(
      found.PublicNetConfig?.EipConfig?.EipStatus === "ENABLE",
      known.fixedEgressIp,
    ),
    vpc: found.VpcConfig?.VpcId
      ? { vpcId: found.VpcConfig.VpcId, subnetId: found.VpcConfig.SubnetId ?? "" }
      : null,
    fileSystems: (found.CfsConfig?.CfsInsList ?? []).map((mount) => ({
      fileSystemId: mount.CfsId,
      mountTargetId: mount.MountInsId,
      localDirectory: mount.LocalMountDir,
      remoteDirectory: mount.RemoteMountDir,
      userId: Number(mount.UserId),
      groupId: Number(mount.UserGroupId),
    })),
    // A function that is given no topic gets one of the platform's, which answers for the function as if it were given.
    logTopic:
      known.logTopic && found.ClsTopicId
        ? { logsetId: found.ClsLogsetId ?? "", topicId: found.ClsTopicId }
        : null,
    deadLetterQueue: liveDeadLetterQueue(found.DeadLetterConfig),
  };
  return Object.fromEntries(
    Object.entries(properties).filter(([, value]) => value !== undefined),
  ) as Properties;
}

function liveConcurrency(found: Response<"scf", "GetFunction">["InstanceConcurrencyConfig"]) {
  const isStatic = found?.DynamicEnabled === "FALSE" && (found.MaxConcurrency ?? 1) > 1;
  return {
    instanceConcurrency: isStatic
      ? (found.MaxConcurrency ?? null)
      : found?.DynamicEnabled === "TRUE"
        ? "dynamic"
        : null,
    gpuNode: found?.MixNodeConfig?.[0]?.NodeSpec ?? null,
  };
}

function liveDeadLetterQueue(found: Response<"scf", "GetFunction">["DeadLetterConfig"]): Value {
  if (!found?.Name) return null;
  return {
    type: found.Type === DEAD_LETTER_TYPES.topic ? "topic" : "queue",
    name: found.Name,
    ...(found.FilterType ? { filterType: found.FilterType } : {}),
  };
}

/** What is recorded after a run that was cut off may lack the code. */
function isImage(code: FunctionProperties["code"] | undefined): code is PlannedImage {
  return code !== undefined && "image" in code;
}

/** The hash of the code, where it is a package; images go by their names. */
async function codeHash(
  context: ReadContext,
  properties: FunctionProperties,
): Promise<{ codeSha256?: string }> {
  return isImage(properties.code) ? {} : packageHash(context, properties);
}

async function packageHash(
  context: ReadContext,
  { namespace, functionName }: FunctionProperties,
): Promise<{ codeSha256?: string }> {
  const found = await unlessNotFound(
    context.call("scf", "GetFunctionAddress", { FunctionName: functionName, Namespace: namespace }),
    isFunctionNotFound,
  );
  return found?.CodeSha256 === undefined ? {} : { codeSha256: found.CodeSha256 };
}

async function creation(
  context: OperationContext,
  wanted: FunctionProperties,
): Promise<Request<"scf", "CreateFunction">> {
  const given = (names: readonly (keyof FunctionProperties)[]) =>
    new Set<string>(names.filter((name) => !isEmpty(wanted[name])));
  return {
    FunctionName: wanted.functionName,
    Namespace: wanted.namespace,
    Type: wanted.type,
    Runtime: wanted.runtime,
    ...(wanted.handler === undefined ? {} : { Handler: wanted.handler }),
    Code: await codeOf(context, wanted.code),
    AsyncRunEnable: flag(wanted.asyncExecution),
    ...(wanted.statusTracking === undefined ? {} : { TraceEnable: flag(wanted.statusTracking) }),
    ...(wanted.webSocket ? { ProtocolType: WEB_SOCKET } : {}),
    Tags: writeTags(wanted.tags, context.owner),
    ...changedConfiguration(wanted, given(configured)),
  };
}

/** Properties that both CreateFunction and UpdateFunctionConfiguration take, in the same fields. */
const configured = [
  "description",
  "memory",
  "timeout",
  "initTimeout",
  "role",
  "environment",
  "timeZone",
  "layers",
  "webSocketIdleTimeout",
  "instanceConcurrency",
  "gpuNode",
  "dnsCache",
  "publicAccess",
  "fixedEgressIp",
  "vpc",
  "fileSystems",
  "logTopic",
  "deadLetterQueue",
] as const satisfies readonly (keyof FunctionProperties)[];

/** Only what changed: an absent field stays as it is. Emptying has spellings of its own (API UpdateFunctionConfiguration). */
function changedConfiguration(
  wanted: FunctionProperties,
  changed: ReadonlySet<string>,
): Omit<Request<"scf", "UpdateFunctionConfiguration">, "FunctionName" | "Runtime" | "Publish" | "L5Enable"> {
  const request: Partial<Request<"scf", "UpdateFunctionConfiguration">> = {};
  if (changed.has("description")) request.Description = wanted.description ?? "";
  if (changed.has("memory")) request.MemorySize = wanted.memory;
  if (changed.has("timeout")) request.Timeout = wanted.timeout;
  if (changed.has("initTimeout")) request.InitTimeout = wanted.initTimeout;
  if (changed.has("role")) request.Role = wanted.role ?? "";
  if (changed.has("environment") || changed.has("timeZone")) {
    const variables = variablesOf(wanted);
    request.Environment = { Variables: variables.length > 0 ? variables : [{ Key: "", Value: "" }] };
  }
  if (changed.has("layers")) {
    const layers = layersOf(wanted);
    request.Layers = layers.length > 0 ? layers : [{ LayerName: "", LayerVersion: 0 }];
  }
  if (changed.has("webSocketIdleTimeout") && wanted.webSocketIdleTimeout !== undefined) {
    request.ProtocolParams = { WSParams: { IdleTimeOut: wanted.webSocketIdleTimeout } };
  }
  if (changed.has("instanceConcurrency") || changed.has("gpuNode")) {
    request.InstanceConcurrencyConfig = concurrencyOf(wanted);
  }
  if (changed.has("dnsCache")) request.DnsCache = flag(wanted.dnsCache);
  if (changed.has("publicAccess") || changed.has("fixedEgressIp")) {
    request.PublicNetConfig = {
      PublicNetStatus: wanted.publicAccess === false ? "DISABLE" : "ENABLE",
      EipConfig: { EipStatus: wanted.fixedEgressIp ? "ENABLE" : "DISABLE" },
    };
  }
  if (changed.has("vpc")) {
    request.VpcConfig = { VpcId: wanted.vpc?.vpcId ?? "", SubnetId: wanted.vpc?.subnetId ?? "" };
  }
  if (changed.has("fileSystems")) request.CfsConfig = { CfsInsList: mountsOf(wanted) };
  if (changed.has("logTopic")) {
    request.ClsLogsetId = wanted.logTopic?.logsetId ?? "";
    request.ClsTopicId = wanted.logTopic?.topicId ?? "";
  }
  if (changed.has("deadLetterQueue")) request.DeadLetterConfig = deadLetterOf(wanted);
  return request;
}

function flag(value: boolean | undefined): "TRUE" | "FALSE" {
  return value ? "TRUE" : "FALSE";
}

/**
 * A node with a GPU is sent as the only node of MixNodeConfig, for as many requests as one instance answers: the API has
 * fields for nothing else of it (belief, from the SDK's comments on MixNodeConfig).
 */
function concurrencyOf({
  instanceConcurrency: wanted,
  gpuNode,
}: FunctionProperties): NonNullable<Request<"scf", "CreateFunction">["InstanceConcurrencyConfig"]> {
  const atATime = typeof wanted === "number" ? wanted : undefined;
  const nodes = gpuNode ? { MixNodeConfig: [{ NodeSpec: gpuNode, Num: atATime ?? 1 }] } : {};
  if (atATime !== undefined) return { DynamicEnabled: "FALSE", MaxConcurrency: atATime, ...nodes };
  if (wanted === "dynamic") return { DynamicEnabled: "TRUE", ...nodes };
  return gpuNode ? nodes : { DynamicEnabled: "" };
}

function mountsOf(wanted: FunctionProperties) {
  return (wanted.fileSystems ?? []).map((mount) => ({
    CfsId: mount.fileSystemId,
    MountInsId: mount.mountTargetId,
    LocalMountDir: mount.localDirectory,
    RemoteMountDir: mount.remoteDirectory,
    UserId: String(mount.userId),
    UserGroupId: String(mount.groupId),
  }));
}

function deadLetterOf({ deadLetterQueue: wanted }: FunctionProperties) {
  if (!wanted) return { Type: "", Name: "", FilterType: "" };
  return {
    Type: DEAD_LETTER_TYPES[wanted.type],
    Name: wanted.name,
    ...(wanted.filterType === undefined ? {} : { FilterType: wanted.filterType }),
  };
}

function variablesOf(wanted: FunctionProperties): { Key: string; Value: string }[] {
  const variables = {
    ...wanted.environment,
    ...(wanted.timeZone ? { [TIME_ZONE_VARIABLE]: wanted.timeZone } : {}),
  };
  return Object.entries(variables).map(([Key, Value]) => ({ Key, Value }));
}

function layersOf(wanted: FunctionProperties): { LayerName: string; LayerVersion: number }[] {
  return (wanted.layers ?? []).map((layer) => ({ LayerName: layer.name, LayerVersion: layer.version }));
}

/** Code as a call carries it. */
export async function codeOf(
  context: OperationContext,
  code: PlannedCode | PlannedImage,
): Promise<Request<"scf", "CreateFunction">["Code"]> {
  if (isImage(code)) {
    return {
      ImageConfig: {
        ImageType: code.registry,
        ImageUri: code.image,
        ...(code.registryId ? { RegistryId: code.registryId } : {}),
        ...(code.entryPoint ? { Command: code.entryPoint } : {}),
        ...(code.command ? { Args: code.command } : {}),
        ...(code.acceleration === undefined ? {} : { ContainerImageAccelerate: code.acceleration }),
        ...(code.port === undefined ? {} : { ImagePort: code.port }),
      },
    };
  }
  if ("asset" in code) return { ZipFile: Buffer.from(await context.asset(code.asset)).toString("base64") };
  return { CosBucketName: code.bucket, CosObjectName: code.object, CosBucketRegion: code.region };
}

/** A creation that the platform gave up on blocks its name: what is left of ours is taken away. */
async function removeFailedCreation(context: OperationContext, wanted: FunctionProperties): Promise<boolean> {
  const found = await getFunction(context, wanted);
  if (found?.Status !== "CreateFailed" || readTags(found.Tags).owner !== context.owner) return false;
  await functionKind.delete(context, { properties: wanted, attributes: {} });
  return true;
}

async function updateTags(context: OperationContext, wanted: FunctionProperties): Promise<void> {
  const found = await getFunction(context, wanted);
  const kept = new Set(Object.keys(wanted.tags ?? {}));
  const removed = Object.keys(readTags(found?.Tags).tags).filter((key) => !kept.has(key));
  await context.call("tag", "ModifyResourceTags", {
    Resource: `qcs::scf:${context.region}:uin/${context.uin}:namespace/${wanted.namespace}/function/${wanted.functionName}`,
    ReplaceTags: Object.entries(wanted.tags ?? {}).map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
    DeleteTags: removed.map((TagKey) => ({ TagKey })),
  });
}
