import { mintId } from "../ids";
import { parseJson, refuse } from "../context";
import type { Context } from "../context";
import { checkWord } from "../words";
import { nameOf } from "./lookup";
import type { FunctionRow } from "./lookup";
import type { Specification } from "./trigger-types";

/** API gateway triggers: what a function has of them, beside what all triggers have. */

const code = "InvalidParameterValue.TriggerDesc";
const gatewayCode = "InvalidParameterValue.ApiGateway";

/** What stands in for a service's id where a basic gateway is to be made with the trigger. */
const basicService = "SCF_API_SERVICE";

const methods = ["ANY", "GET", "POST", "PUT", "DELETE", "HEAD"] as const;
const environments = ["test", "prepub", "release"] as const;
const protocols = ["HTTP", "HTTPS", "WS", "WSS"] as const;
const basicTimeout = 15;

interface Given {
  readonly api?: {
    readonly authRequired?: unknown;
    readonly requestConfig?: { readonly method?: unknown; readonly path?: unknown };
    readonly serviceTimeout?: unknown;
    readonly protocol?: unknown;
    readonly isIntegratedResponse?: unknown;
    readonly IsBase64Encoded?: unknown;
  };
  readonly service?: { readonly serviceId?: unknown; readonly serviceName?: unknown };
  readonly release?: { readonly environmentName?: unknown };
}

/** A gateway's API as it is answered. */
interface Api {
  readonly api: {
    readonly apiId: string;
    readonly requestConfig: { readonly method: string; readonly path: string };
    readonly protocol: string;
  };
  readonly service: { readonly serviceId: string; readonly serviceName?: string };
}

/** Reads an API; one of a basic gateway gets a service of its own. */
export function readApi(name: string, given: object): Specification {
  const { api = {}, service = {}, release = {} } = given as Given;
  const isBasic = service.serviceId === undefined;
  if (isBasic && service.serviceName !== basicService) {
    refuse(code, `service names its serviceId, or the serviceName ${basicService} for a basic gateway`);
  }
  const serviceId = isBasic ? mintId("service") : textOf(service.serviceId, "service.serviceId");
  if (!/^service-[a-z0-9]{1,40}$/.test(serviceId)) {
    refuse("InvalidParameterValue.ServiceName", `${serviceId.slice(0, 60)} is not the id of a service`);
  }
  if (name !== (isBasic ? basicService : serviceId)) {
    refuse("InvalidParameterValue.TriggerName", "An API gateway trigger is named by its service");
  }
  const method = checkWord(textOf(api.requestConfig?.method ?? "ANY", "method"), methods, "method", code);
  const path = textOf(api.requestConfig?.path ?? "/", "path");
  if (!path.startsWith("/")) refuse(code, "The path of an API begins with /");
  const environment = textOf(release.environmentName ?? "release", "environmentName");
  const protocol = checkWord(textOf(api.protocol ?? "HTTPS", "protocol"), protocols, "protocol", code);
  const authentication = wordOf(api.authRequired, "authRequired");
  const timeout = api.serviceTimeout ?? basicTimeout;
  if (typeof timeout !== "number" || !Number.isInteger(timeout) || timeout < 1) {
    refuse(code, "serviceTimeout is a whole number of seconds");
  }
  // GW-BASIC.
  if (isBasic && timeout !== basicTimeout) {
    refuse(gatewayCode, `A basic gateway waits ${basicTimeout} s for the function, not ${timeout} s`);
  }
  if (isBasic && authentication === "TRUE") refuse(gatewayCode, "A basic gateway authenticates nobody");
  const answered = {
    api: {
      apiId: mintId("api"),
      authRequired: authentication,
      requestConfig: { method, path },
      serviceTimeout: timeout,
      protocol,
      isIntegratedResponse: wordOf(api.isIntegratedResponse, "isIntegratedResponse"),
      IsBase64Encoded: wordOf(api.IsBase64Encoded, "IsBase64Encoded"),
    },
    service: isBasic ? { serviceId, serviceName: basicService } : { serviceId },
    release: { environmentName: checkWord(environment, environments, "environmentName", code) },
  };
  const identity = JSON.stringify([serviceId, path, method]);
  return { answered: JSON.stringify(answered), name: serviceId, identity, source: identity };
}

/** What a function and its other API gateway triggers allow: WS-GW, WEB-SVC. */
export function checkApi(
  context: Context,
  fn: FunctionRow,
  { answered, qualifier }: { readonly answered: string; readonly qualifier: string },
): void {
  const { api, service } = parseJson<Api>(answered);
  const isWebSocket = ["WS", "WSS"].includes(api.protocol);
  const { method, path } = api.requestConfig;
  if (isWebSocket !== speaksWebSocket(fn)) {
    refuse(
      gatewayCode,
      isWebSocket
        ? `${nameOf(fn)} does not support WebSocket: the protocol of its APIs is HTTP or HTTPS`
        : `${nameOf(fn)} supports WebSocket: the protocol of its APIs is WS or WSS`,
    );
  }
  if (isWebSocket && method !== "GET") refuse(gatewayCode, "The method of a WebSocket API is GET");
  const others = context.database
    .all<{ specification: string; qualifier: string }>(
      "SELECT specification, qualifier FROM triggers WHERE function = ? AND type = 'apigw'",
      fn.id,
    )
    .map((row) => ({ ...parseJson<Api>(row.specification), qualifier: row.qualifier }));
  if (fn.type === "HTTP" && others.some((other) => other.service.serviceId !== service.serviceId)) {
    refuse(gatewayCode, `The APIs of the web function ${nameOf(fn)} are in one service`);
  }
  const isTwice = others.some(
    (other) =>
      service.serviceName !== undefined &&
      other.service.serviceName === service.serviceName &&
      other.qualifier === qualifier &&
      other.api.requestConfig.method === method &&
      other.api.requestConfig.path === path,
  );
  if (isTwice) {
    refuse(
      "ResourceInUse.Trigger",
      `${nameOf(fn)}:${qualifier} has a basic gateway for ${method} ${path} already`,
    );
  }
}

function speaksWebSocket(fn: FunctionRow): boolean {
  return fn.type === "HTTP" && parseJson<{ ProtocolType?: string }>(fn.fixed).ProtocolType === "WS";
}

function textOf(value: unknown, name: string): string {
  return typeof value === "string" ? value : refuse(code, `${name} is a text`);
}

function wordOf(value: unknown, name: string): "TRUE" | "FALSE" {
  return checkWord(textOf(value ?? "FALSE", name), ["TRUE", "FALSE"], name, code);
}
