import type { FunctionProperties, PlannedCode, PlannedImage } from "../model/resources/function";
import { isEmpty } from "../model/value";
import type { Request } from "../platform/api";
import type { OperationContext } from "./kind";
import { writeTags } from "./ownership";

export const TIME_ZONE_VARIABLE = "TZ";
/** ProtocolType of web functions that speak WebSocket. */
export const WEB_SOCKET = "WS";
export const DEAD_LETTER_TYPES = { queue: "CMQ-QUEUE", topic: "CMQ-TOPIC" } as const;

/** What is recorded after a run that was cut off may lack the code. */
export function isImage(code: FunctionProperties["code"] | undefined): code is PlannedImage {
  return code !== undefined && "image" in code;
}

/** The request that makes it, with the mark of ownership in its tags. */
export async function creation(
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
export function changedConfiguration(
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

/** The function as the tag service names it. */
export function functionResource(
  { region, uin }: Pick<OperationContext, "region" | "uin">,
  { namespace, functionName }: Pick<FunctionProperties, "namespace" | "functionName">,
): string {
  return `qcs::scf:${region}:uin/${uin}:namespace/${namespace}/function/${functionName}`;
}
