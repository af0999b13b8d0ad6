import { FUNCTION_SERVICE } from "../../../model/permissions";
import { limits } from "../../../model/quotas";
import type { Request } from "../../api";
import { lookUpRoleByName, trustsService } from "../cam/roles";
import { refuse } from "../context";
import type { Context } from "../context";
import { checkWord, switches } from "../words";
import { checkFileSystems } from "./file-systems";
import {
  checkDeadLetterQueue,
  checkDnsCache,
  checkInstanceConcurrency,
  checkWebSocket,
} from "./type-settings";
import type { ImageConfig } from "./package";

type CreateRequest = Request<"scf", "CreateFunction">;
export type ConfigurationRequest = Request<"scf", "UpdateFunctionConfiguration">;
export type Given<Name extends keyof CreateRequest> = NonNullable<CreateRequest[Name]>;

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
  if (network.startsWith("subnet-") || subnet.startsWith("vpc-")) {
    refuse("InvalidParameterValue.Vpc", "VpcId is the id of a VPC, and SubnetId that of a subnet");
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
