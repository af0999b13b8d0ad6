import { FUNCTION_SERVICE } from "../../../model/permissions";
import { limits } from "../../../model/quotas";
import type { Request } from "../../api";
import { lookUpRoleByName, trustsService } from "../cam/roles";
import { parseJson, refuse } from "../context";
import type { Context } from "../context";
import { checkWord } from "../words";
import type { ImageConfig } from "./package";

type CreateRequest = Request<"scf", "CreateFunction">;
export type ConfigurationRequest = Request<"scf", "UpdateFunctionConfiguration">;
type Given<Name extends keyof CreateRequest> = NonNullable<CreateRequest[Name]>;

/** What a version freezes beside its code and environment, in the words of the API. */
export interface Configuration {
  readonly Runtime: string;
  readonly Handler: string;
  readonly MemorySize: number;
  readonly Timeout: number;
  readonly InitTimeout: number;
  readonly Role: string;
  readonly VpcConfig: Given<"VpcConfig">;
  readonly InstallDependency: string;
  readonly ClsLogsetId: string;
  readonly ClsTopicId: string;
  readonly Layers: Given<"Layers">;
  readonly PublicNetConfig: Given<"PublicNetConfig">;
  readonly IntranetConfig: Given<"IntranetConfig">;
  readonly DnsCache: string;
  readonly L5Enable: string;
  readonly DeadLetterConfig?: Given<"DeadLetterConfig"> | undefined;
  readonly CfsConfig?: Given<"CfsConfig"> | undefined;
  readonly ProtocolParams?: Given<"ProtocolParams"> | undefined;
  readonly InstanceConcurrencyConfig?: Given<"InstanceConcurrencyConfig"> | undefined;
  readonly ImageConfig?: ImageConfig | undefined;
}

/** What is chosen when a function is made and never changes (FN-IMMUT); `TraceEnable` has no update call. */
export interface FixedSettings {
  readonly AsyncRunEnable: string;
  readonly TraceEnable: string;
  readonly ProtocolType: string;
}

const switches = ["TRUE", "FALSE"] as const;

/** FN-INIT: the documents' defaults; the API's comment has 65 where they have 60. */
const defaultInitTimeout = { code: 60, image: 90 } as const;

export function firstConfiguration(
  request: CreateRequest,
  runtime: string,
  image?: ImageConfig,
): Configuration {
  return {
    Runtime: runtime,
    Handler: request.Handler ?? "",
    MemorySize: request.MemorySize ?? 128,
    Timeout: request.Timeout ?? 3,
    InitTimeout: request.InitTimeout ?? (image ? defaultInitTimeout.image : defaultInitTimeout.code),
    Role: request.Role ?? "",
    VpcConfig: request.VpcConfig ?? { VpcId: "", SubnetId: "" },
    InstallDependency: request.InstallDependency ?? "FALSE",
    ClsLogsetId: request.ClsLogsetId ?? "",
    ClsTopicId: request.ClsTopicId ?? "",
    Layers: request.Layers ?? [],
    PublicNetConfig: request.PublicNetConfig ?? { PublicNetStatus: "ENABLE" },
    IntranetConfig: request.IntranetConfig ?? { IpFixed: "DISABLE" },
    DnsCache: request.DnsCache ?? "FALSE",
    L5Enable: "FALSE",
    DeadLetterConfig: request.DeadLetterConfig,
    CfsConfig: request.CfsConfig,
    ProtocolParams: request.ProtocolParams,
    InstanceConcurrencyConfig: request.InstanceConcurrencyConfig,
    ImageConfig: image,
  };
}

/** Absent fields stay as they are; some have a value of their own that takes the setting away. */
export function changedConfiguration(current: Configuration, request: ConfigurationRequest): Configuration {
  return {
    ...current,
    MemorySize: request.MemorySize ?? current.MemorySize,
    Timeout: request.Timeout ?? current.Timeout,
    InitTimeout: request.InitTimeout ?? current.InitTimeout,
    Role: request.Role ?? current.Role,
    VpcConfig: request.VpcConfig ?? current.VpcConfig,
    InstallDependency: request.InstallDependency ?? current.InstallDependency,
    ClsLogsetId: request.ClsLogsetId ?? current.ClsLogsetId,
    ClsTopicId: request.ClsTopicId ?? current.ClsTopicId,
    Layers: request.Layers ? withoutClearingMark(request.Layers) : current.Layers,
    PublicNetConfig: request.PublicNetConfig ?? current.PublicNetConfig,
    IntranetConfig: request.IntranetConfig ?? current.IntranetConfig,
    DnsCache: request.DnsCache ?? current.DnsCache,
    L5Enable: request.L5Enable ?? current.L5Enable,
    DeadLetterConfig: replaced(
      current.DeadLetterConfig,
      request.DeadLetterConfig,
      (next) => next.Name === "",
    ),
    CfsConfig: replaced(current.CfsConfig, request.CfsConfig, (next) => next.CfsInsList.length === 0),
    ProtocolParams: request.ProtocolParams ?? current.ProtocolParams,
    InstanceConcurrencyConfig: replaced(
      current.InstanceConcurrencyConfig,
      request.InstanceConcurrencyConfig,
      (next) => next.DynamicEnabled === "",
    ),
  };
}

function replaced<Value>(
  current: Value | undefined,
  next: Value | undefined,
  clears: (next: Value) => boolean,
): Value | undefined {
  if (next === undefined) return current;
  return clears(next) ? undefined : next;
}

/** A single layer without a name and version is the API's way to say "none". */
function withoutClearingMark(layers: Given<"Layers">): Given<"Layers"> {
  const [first] = layers;
  return layers.length === 1 && first?.LayerName === "" && first.LayerVersion === 0 ? [] : layers;
}

/** WEB-ASYNC, EXE-TRACK, and that WebSocket is for web functions. */
export function checkFixedSettings(type: string, fixed: FixedSettings): void {
  checkWord(fixed.AsyncRunEnable, switches, "AsyncRunEnable", "InvalidParameterValue.AsyncRunEnable");
  checkWord(fixed.TraceEnable, switches, "TraceEnable", "InvalidParameterValue.TraceEnable");
  if (type === "HTTP" && fixed.AsyncRunEnable === "TRUE") {
    refuse("UnsupportedOperation.AsyncRunEnable", "A web function has no asynchronous execution");
  }
  if (fixed.TraceEnable === "TRUE" && fixed.AsyncRunEnable !== "TRUE") {
    refuse("InvalidParameterValue.TraceEnable", "TraceEnable needs AsyncRunEnable");
  }
  if (fixed.ProtocolType === "") return;
  checkWord(fixed.ProtocolType, ["WS"], "ProtocolType", "InvalidParameterValue.ProtocolType");
  if (type !== "HTTP") {
    refuse("InvalidParameterValue.ProtocolType", "ProtocolType is for functions of Type HTTP");
  }
}

/** Everything about a configuration that needs no other resource but the run role. Layers are checked where they are bound. */
export function checkConfiguration(
  context: Context,
  configuration: Configuration,
  type: string,
  fixed: FixedSettings,
): void {
  checkMemory(configuration.MemorySize);
  checkTimeout(configuration.Timeout, fixed.AsyncRunEnable === "TRUE");
  checkInitTimeout(configuration.InitTimeout, context.settings.quotas.initTimeoutSeconds);
  checkWord(configuration.InstallDependency, switches, "InstallDependency", "InvalidParameterValue");
  checkWord(configuration.DnsCache, switches, "DnsCache", "InvalidParameterValue");
  checkNetwork(configuration);
  checkLogs(configuration);
  checkInstanceConcurrency(configuration, type);
  checkWebSocket(configuration, fixed);
  checkDnsCache(configuration, type);
  checkDeadLetterQueue(configuration, type);
  checkFileSystems(configuration);
  if (configuration.Role !== "") checkRole(context, configuration.Role);
}

const memory = { small: 64, step: 128, largest: 3072 } as const;

function checkMemory(size: number): void {
  if (size === memory.small) return;
  if (size > memory.largest) {
    refuse("LimitExceeded.Memory", `MemorySize is ${size} MB; a function has ${memory.largest} MB at most`);
  }
  if (Number.isInteger(size) && size >= memory.step && size % memory.step === 0) return;
  refuse(
    "InvalidParameterValue.Memory",
    `MemorySize is ${size}; it is 64, or a multiple of ${memory.step} from ${memory.step} to ${memory.largest} (MB)`,
  );
}

function checkTimeout(seconds: number, asynchronous: boolean): void {
  const largest = asynchronous ? limits.asyncTimeoutSeconds : limits.timeoutSeconds;
  if (seconds > largest) {
    const hint = asynchronous ? "with AsyncRunEnable" : "without AsyncRunEnable";
    refuse("LimitExceeded.Timeout", `Timeout is ${seconds} s; ${hint} it is ${largest} s at most`);
  }
  if (Number.isInteger(seconds) && seconds >= 1) return;
  refuse(
    "InvalidParameterValue",
    `Timeout is ${seconds}; it is a whole number of seconds from 1 to ${largest}`,
  );
}

function checkInitTimeout(seconds: number, largest: number): void {
  if (seconds > largest) {
    refuse("LimitExceeded.InitTimeout", `InitTimeout is ${seconds} s; it is ${largest} s at most`);
  }
  const smallest = limits.initTimeoutMinimumSeconds;
  if (Number.isInteger(seconds) && seconds >= smallest) return;
  refuse(
    "InvalidParameterValue",
    `InitTimeout is ${seconds}; it is a whole number of seconds from ${smallest} to ${largest}`,
  );
}

/** NET-VPC and NET-EIP. */
function checkNetwork(configuration: Configuration): void {
  const { VpcId: network = "", SubnetId: subnet = "" } = configuration.VpcConfig;
  if ((network === "") !== (subnet === "")) {
    refuse("InvalidParameterValue.Vpc", "VpcConfig needs VpcId and SubnetId together");
  }
  const states = ["ENABLE", "DISABLE"] as const;
  const { PublicNetStatus: access, EipConfig: fixedAddress } = configuration.PublicNetConfig;
  checkWord(access, states, "PublicNetStatus", "InvalidParameterValue.PublicNetConfig");
  if (!fixedAddress) return;
  checkWord(fixedAddress.EipStatus, states, "EipStatus", "InvalidParameterValue.EipConfig");
  if (access === "DISABLE" && fixedAddress.EipStatus === "ENABLE") {
    refuse("InvalidParameterValue.EipConfig", "A fixed egress address needs public access");
  }
}

/** LOG-REGION: set and topic go together. */
function checkLogs(configuration: Configuration): void {
  if ((configuration.ClsLogsetId === "") === (configuration.ClsTopicId === "")) return;
  refuse("InvalidParameterValue.Cls", "ClsLogsetId and ClsTopicId are set together");
}

type ConcurrencyConfig = Given<"InstanceConcurrencyConfig">;

/** WEB-CONC and FN-GPU: the same setting of the API holds both. */
function checkInstanceConcurrency({ InstanceConcurrencyConfig: config }: Configuration, type: string): void {
  if (!config) return;
  for (const { NodeSpec: node } of config.MixNodeConfig ?? []) {
    if (!node || !/^[\w.-]+$/.test(node)) {
      refuse("InvalidParameterValue.NodeSpec", "NodeSpec is the name of a type of node");
    }
  }
  const { DynamicEnabled: dynamic, MaxConcurrency: most } = config;
  if (dynamic === undefined && most === undefined && config.MixNodeConfig?.length) return;
  if (type !== "HTTP") {
    refuse(
      "InvalidParameterValue.InstanceConcurrencyConfig",
      "Only instances of web functions answer several requests at a time",
    );
  }
  checkWord(dynamic ?? "FALSE", switches, "DynamicEnabled", "InvalidParameterValue.DynamicEnabled");
  if (dynamic !== "TRUE") checkMaxConcurrency(most);
}

function checkMaxConcurrency(most: ConcurrencyConfig["MaxConcurrency"]): void {
  const { smallest, largest } = limits.instanceConcurrency;
  if (most !== undefined && Number.isInteger(most) && most >= smallest && most <= largest) return;
  refuse(
    "InvalidParameterValue.MaxConcurrency",
    `MaxConcurrency is ${most ?? "missing"}; it is a whole number from ${smallest} to ${largest}`,
  );
}

/** WS-IDLE. */
function checkWebSocket(
  { ProtocolParams: params, Timeout: timeout }: Configuration,
  fixed: FixedSettings,
): void {
  if (!params?.WSParams) return;
  if (fixed.ProtocolType !== "WS") {
    refuse("InvalidParameterValue.WebSocketsParams", "WSParams need a function with ProtocolType WS");
  }
  const idle = params.WSParams.IdleTimeOut;
  if (idle === undefined) return;
  const { smallest, largest } = limits.webSocketIdleTimeout;
  if (!Number.isInteger(idle) || idle < smallest || idle > largest) {
    refuse(
      "InvalidParameterValue.IdleTimeOut",
      `IdleTimeOut is ${idle}; it is a whole number of seconds from ${smallest} to ${largest}`,
    );
  }
  if (timeout < idle) {
    refuse(
      "InvalidParameterValue.IdleTimeOut",
      `IdleTimeOut is ${idle} s and Timeout ${timeout} s: Timeout is not shorter than IdleTimeOut`,
    );
  }
}

/** WEB-DNS. */
function checkDnsCache(configuration: Configuration, type: string): void {
  if (configuration.DnsCache !== "TRUE") return;
  const what = type === "HTTP" ? "web" : configuration.ImageConfig ? "image" : undefined;
  if (what) refuse("InvalidParameterValue.DnsInfo", `A ${what} function has no DnsCache`);
}

/** EXE-DLQ, WEB-ASYNC. */
function checkDeadLetterQueue({ DeadLetterConfig: config }: Configuration, type: string): void {
  const code = "InvalidParameterValue.DeadLetterConfig";
  if (!config) return;
  checkWord(config.Type, ["CMQ-QUEUE", "CMQ-TOPIC"], "DeadLetterConfig.Type", code);
  if (config.Name === "") refuse(code, "DeadLetterConfig has no Name");
  if (type === "HTTP")
    refuse(code, "A web function is not invoked asynchronously: it has no dead-letter queue");
}

/** STO-VPC, STO-DIR. */
function checkFileSystems({ CfsConfig: config, VpcConfig: network }: Configuration): void {
  if (!config || config.CfsInsList.length === 0) return;
  if (!network.VpcId) {
    refuse("InvalidParameterValue.VpcNotSetWhenOpenCfs", "A file system needs a function in a VPC");
  }
  const directories = new Set<string>();
  for (const mount of config.CfsInsList) {
    if (mount.CfsId === "") refuse("InvalidParameterValue.CfsId", "CfsId is empty");
    if (mount.MountInsId === "") refuse("InvalidParameterValue.CfsMountInsId", "MountInsId is empty");
    checkOwner(mount.UserId, "UserId", "InvalidParameterValue.CfsUserId");
    checkOwner(mount.UserGroupId, "UserGroupId", "InvalidParameterValue.CfsUserGroupId");
    const local = mount.LocalMountDir.replace(/\/+$/, "");
    if (!/^\/mnt(\/[^/]+)+$/.test(local) || /\/\.{1,2}(\/|$)/.test(local)) {
      refuse(
        "InvalidParameterValue.CfsLocalMountDir",
        `LocalMountDir is a folder below /mnt/, not "${mount.LocalMountDir.slice(0, 80)}"`,
      );
    }
    if (!mount.RemoteMountDir.startsWith("/")) {
      refuse(
        "InvalidParameterValue.CfsRemoteMountDir",
        `RemoteMountDir begins with /, "${mount.RemoteMountDir.slice(0, 80)}" does not`,
      );
    }
    if (directories.has(local)) {
      refuse("InvalidParameterValue.CfsParameterDuplicate", `The folder ${local} is mounted twice`);
    }
    directories.add(local);
  }
}

function checkOwner(id: string, name: string, code: string): void {
  if (!/^\d{1,10}$/.test(id)) refuse(code, `${name} is a number, 10000 by default`);
}

/** NET-EIP and QTA-EIP: functions without VPC share an address, and so do those of one subnet. */
export function checkEgressAddresses(context: Context, fn: number | undefined, after: Configuration): void {
  if (!hasFixedAddress(after)) return;
  const { database, region, settings } = context;
  const others = database.all<{ configuration: string }>(
    `SELECT configuration FROM versions
     WHERE region = ? AND number = 0 AND function IS NOT ?
       AND json_extract(configuration, '$.PublicNetConfig.EipConfig.EipStatus') = 'ENABLE'`,
    region,
    fn ?? null,
  );
  const networks = new Set(others.map((row) => egressNetwork(parseJson<Configuration>(row.configuration))));
  networks.add(egressNetwork(after));
  const quota = settings.quotas.egressIps;
  if (networks.size <= quota) return;
  refuse(
    "LimitExceeded.Eip",
    `Functions in ${region} would have ${networks.size} fixed addresses; the quota is ${quota}`,
  );
}

function hasFixedAddress({ PublicNetConfig: { EipConfig: fixed } }: Configuration): boolean {
  return fixed?.EipStatus === "ENABLE";
}

function egressNetwork({ VpcConfig: { VpcId = "", SubnetId = "" } }: Configuration): string {
  return `${VpcId}/${SubnetId}`;
}

/** FN-ROLE: the role exists, and lets the platform's service take it. */
function checkRole(context: Context, name: string): void {
  const role = lookUpRoleByName(context, name);
  if (!role) refuse("ResourceNotFound.Role", `The run role ${name} does not exist`);
  if (trustsService(role, FUNCTION_SERVICE)) return;
  refuse(
    "InvalidParameterValue",
    `The run role ${name} does not trust ${FUNCTION_SERVICE}, which has to take it`,
  );
}
