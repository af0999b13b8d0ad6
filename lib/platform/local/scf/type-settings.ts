import { limits } from "../../../model/quotas";
import { refuse } from "../context";
import { checkWord, switches } from "../words";
import type { Configuration, FixedSettings, Given } from "./configuration";

/** Settings that functions of one type have and others have not. */

type ConcurrencyConfig = Given<"InstanceConcurrencyConfig">;

/** WEB-CONC and FN-GPU: the same setting of the API holds both. */
export function checkInstanceConcurrency(
  { InstanceConcurrencyConfig: config }: Configuration,
  type: string,
): void {
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
export function checkWebSocket(
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
export function checkDnsCache(configuration: Configuration, type: string): void {
  if (configuration.DnsCache !== "TRUE") return;
  const what = type === "HTTP" ? "web" : configuration.ImageConfig ? "image" : undefined;
  if (what) refuse("InvalidParameterValue.DnsInfo", `A ${what} function has no DnsCache`);
}

/** EXE-DLQ, WEB-ASYNC. */
export function checkDeadLetterQueue({ DeadLetterConfig: config }: Configuration, type: string): void {
  const code = "InvalidParameterValue.DeadLetterConfig";
  if (!config) return;
  checkWord(config.Type, ["CMQ-QUEUE", "CMQ-TOPIC"], "DeadLetterConfig.Type", code);
  if (config.Name === "") refuse(code, "DeadLetterConfig has no Name");
  if (type === "HTTP")
    refuse(code, "A web function is not invoked asynchronously: it has no dead-letter queue");
}
