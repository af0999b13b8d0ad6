import { ResourceElement } from "../cdktf";
import {
  apiGatewayTriggerSchema,
  basicGatewayTimeout,
  type ApiGatewayTriggerProperties,
} from "../model/resources/api-gateway-trigger";
import type { Duration } from "./duration";
import { secondsOf } from "./given";
import { triggerTarget, untyped, type BindTrigger } from "./trigger-binding";

/** What an API has on a gateway of either kind. A change of any of it replaces the trigger. */
export interface ApiOptions {
  /**
   * Path of the requests; it begins with `/`. A service has each path with a method once, whatever the environment
   * (GW-ONE).
   * @default /
   */
  readonly path?: ApiGatewayTriggerProperties["path"];
  /**
   * Method of the requests; `ANY` takes all (GW-ONE).
   * @default ANY; GET for WebSocket (WS-GW)
   */
  readonly method?: ApiGatewayTriggerProperties["method"];
  /**
   * The service's environment that the API is released to.
   * @default release
   */
  readonly environment?: ApiGatewayTriggerProperties["environment"];
  /**
   * What callers speak: `WS` or `WSS` with web functions that support WebSocket, `HTTP` or `HTTPS` with all others (WS-GW).
   * @default HTTPS
   */
  readonly protocol?: ApiGatewayTriggerProperties["protocol"];
  /**
   * Whether what an event function returns says status, headers and body; without it, what it returns is the body.
   * @default false
   */
  readonly integratedResponse?: ApiGatewayTriggerProperties["integratedResponse"];
}

/**
 * A basic gateway, made with the trigger and gone with it. It has an address and little else: it waits 15 s for the
 * function, authenticates nobody, and API Gateway's console does not show it (GW-BASIC).
 */
export interface BasicGatewayProps extends ApiOptions {
  readonly serviceId?: undefined;
  readonly backendTimeout?: undefined;
  readonly authentication?: undefined;
}

/**
 * A standard gateway: an API of a service that is there already. A trigger that is on one never goes back to a basic
 * gateway (GW-KIND).
 */
export interface StandardGatewayProps extends ApiOptions {
  /** The service, `service-…`. All API gateway triggers of a web function are in one (WEB-SVC). */
  readonly serviceId: string;
  /**
   * How long the gateway waits for the function, in whole seconds (GW-TIMEOUT).
   * @default 15 seconds
   */
  readonly backendTimeout?: Duration;
  /**
   * Whether callers have to sign their requests with a key pair.
   * @default false
   */
  readonly authentication?: ApiGatewayTriggerProperties["authentication"];
}

/** The platform has no switch for these triggers: they answer as long as they are there (TRG-ENABLE). */
export type ApiGatewayTriggerProps = BasicGatewayProps | StandardGatewayProps;

export function apiGateway(props: ApiGatewayTriggerProps): BindTrigger<"event" | "web"> {
  return (scope, _id, target) => {
    new ResourceElement(scope, apiGatewayTriggerSchema, () => {
      const protocol = props.protocol ?? "HTTPS";
      const isWebSocket = protocol === "WS" || protocol === "WSS";
      return {
        ...triggerTarget(target),
        serviceId: props.serviceId,
        path: props.path ?? "/",
        method: props.method ?? (isWebSocket ? "GET" : "ANY"),
        environment: props.environment ?? "release",
        protocol,
        backendTimeout: secondsOf(props.backendTimeout, basicGatewayTimeout),
        integratedResponse: props.integratedResponse ?? false,
        authentication: props.authentication ?? false,
        plugins: untyped(props, "plugins"),
        exclusiveInstance: untyped(props, "exclusiveInstance"),
        enabled: untyped(props, "enabled"),
      };
    });
  };
}
