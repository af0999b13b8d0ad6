import type { FunctionProperties, PlannedImage } from "../model/resources/function";
import { isEmpty, type Properties, type Value } from "../model/value";
import type { Response } from "../platform/api";
import { DEAD_LETTER_TYPES, isImage, TIME_ZONE_VARIABLE, WEB_SOCKET } from "./function-request";
import { getFunction, phaseOf } from "./function-status";
import type { Live, ReadContext } from "./kind";
import { isFunctionNotFound, unlessNotFound } from "./not-found";
import { readTags } from "./ownership";
import { shownCode } from "./package-code";

export type FoundFunction = Response<"scf", "GetFunction">;

/** What is known of a function before it is read; all but its names may be missing. */
export type KnownFunction = Pick<FunctionProperties, "namespace" | "functionName"> &
  Partial<FunctionProperties>;

/** A function as it is; undefined where there is none. */
export async function readFunction(
  context: ReadContext,
  known: KnownFunction,
  knownSha256: string | undefined,
): Promise<Live | undefined> {
  const found = await getFunction(context, known);
  return found && describeFunction(context, found, known, knownSha256);
}

async function describeFunction(
  context: ReadContext,
  found: FoundFunction,
  known: KnownFunction,
  knownSha256: string | undefined,
): Promise<Live> {
  const { tags, owner } = readTags(found.Tags);
  const phase = phaseOf(found.Status);
  const state = {
    ...(owner === undefined ? {} : { owner }),
    ...(phase === undefined ? {} : { phase }),
  };
  if (found.Status === "CreateFailed") {
    // There is nothing that could be kept of it: everything is still to be made.
    const { namespace, functionName } = known;
    return { properties: { namespace, functionName }, attributes: {}, ...state };
  }
  const codeSha256 = hasPackage(found) ? await packageHash(context, known) : undefined;
  const code =
    liveImage(found, known.code) ??
    (codeSha256 === undefined
      ? undefined
      : await shownCode(context, codeSha256, { code: known.code, codeSha256: knownSha256 }));
  return {
    properties: { ...liveProperties(found, known), ...(code === undefined ? {} : { code }), tags },
    attributes: {
      functionId: found.FunctionId ?? "",
      ...(codeSha256 === undefined ? {} : { codeSha256 }),
    },
    ...state,
  };
}

/** While it is being changed, the platform refuses to say which code it has. */
function hasPackage({ Status, ImageConfig }: FoundFunction): boolean {
  return Status === "Active" && !ImageConfig?.ImageUri;
}

/** The hash that the platform reports of the function's package. */
export async function packageHash(
  context: ReadContext,
  { namespace, functionName }: KnownFunction,
): Promise<string | undefined> {
  const found = await unlessNotFound(
    context.call("scf", "GetFunctionAddress", { FunctionName: functionName, Namespace: namespace }),
    isFunctionNotFound,
  );
  return found?.CodeSha256;
}

/** The image that it runs, as plans have it; undefined where it runs a package. */
export function liveImage(
  { ImageConfig: found }: FoundFunction,
  code: FunctionProperties["code"] | undefined,
): Value | undefined {
  if (!found?.ImageUri) return undefined;
  const known: PlannedImage | undefined = isImage(code) ? code : undefined;
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

export function liveProperties(found: FoundFunction, known: KnownFunction): Properties {
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
    // Without one the platform answers with its own, and has no word to take one away. Where nothing is known of the
    // function, it is what a program has to say.
    webSocketIdleTimeout:
      known.type !== undefined && known.webSocketIdleTimeout === undefined
        ? null
        : (found.ProtocolParams?.WSParams?.IdleTimeOut ?? null),
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

function liveConcurrency(found: FoundFunction["InstanceConcurrencyConfig"]) {
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

function liveDeadLetterQueue(found: FoundFunction["DeadLetterConfig"]): Value {
  if (!found?.Name) return null;
  return {
    type: found.Type === DEAD_LETTER_TYPES.topic ? "topic" : "queue",
    name: found.Name,
    ...(found.FilterType ? { filterType: found.FilterType } : {}),
  };
}
