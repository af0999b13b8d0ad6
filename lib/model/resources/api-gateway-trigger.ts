import { z } from "zod";
import { defineResource, type PropertiesOf } from "../resource-schema";
import { noSwitch, triggerTarget } from "./trigger-target";

/** Seconds that a basic gateway waits for the function; they cannot be changed (GW-BASIC). */
export const basicGatewayTimeout = 15;

export const apiGatewayTriggerSchema = defineResource({
  kind: "scf_api_gateway_trigger",
  title: "API gateway trigger",
  description: "Has a function answer the requests for one API of an API gateway.",
  properties: {
    ...triggerTarget,
    serviceId: {
      type: z.string().optional(),
      description:
        "Service of a standard gateway, `service-…`; without one, a basic gateway is made with the trigger.",
      source: "GW-KIND",
      immutable: true,
    },
    path: {
      type: z.string(),
      description: "Path of the requests; it begins with `/`.",
      source: "GW-ONE",
      immutable: true,
    },
    method: {
      type: z.enum(["ANY", "GET", "POST", "PUT", "DELETE", "HEAD"]),
      description: "Method of the requests; `ANY` takes all.",
      source: "GW-ONE, WS-GW",
      immutable: true,
    },
    environment: {
      type: z.enum(["test", "prepub", "release"]),
      description: "The service's environment that the API is released to.",
      source: "GW-ONE",
      immutable: true,
    },
    protocol: {
      type: z.enum(["HTTP", "HTTPS", "WS", "WSS"]),
      description: "What callers speak: WebSocket, `WS` or `WSS`, with functions that support it.",
      source: "WS-GW",
      immutable: true,
    },
    backendTimeout: {
      type: z.number(),
      description: "Seconds that the gateway waits for the function; 15 on a basic gateway.",
      source: "GW-TIMEOUT, GW-BASIC",
      immutable: true,
    },
    integratedResponse: {
      type: z.boolean(),
      description: "Whether the function's answer says status, headers and body, or is the body.",
      source: "API CreateTrigger.TriggerDesc",
      immutable: true,
    },
    authentication: {
      type: z.boolean(),
      description: "Whether callers have to sign their requests with a key pair. Standard gateways only.",
      source: "GW-BASIC",
      immutable: true,
    },
    plugins: {
      type: z.array(z.string()).optional(),
      description: "Plug-ins of the API, which API Gateway manages. Standard gateways only.",
      source: "GW-BASIC",
      checkOnly: true,
    },
    exclusiveInstance: {
      type: z.string().optional(),
      description: "Exclusive instance of the service, which API Gateway manages. Standard gateways only.",
      source: "GW-BASIC",
      checkOnly: true,
    },
    ...noSwitch,
  },
  attributes: {
    gatewayServiceId: { type: z.string(), description: "Service that holds the API, `service-…`." },
    apiId: { type: z.string(), description: "Id that the API gateway gave the API, `api-…`." },
  },
});
export type ApiGatewayTriggerProperties = PropertiesOf<typeof apiGatewayTriggerSchema>;
