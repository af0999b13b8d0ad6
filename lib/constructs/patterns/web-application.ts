import { Construct } from "constructs";
import { Defaults } from "../../cdktf";
import type { Alias } from "../alias";
import type { ApiGatewayTriggerProps } from "../api-gateway-trigger";
import { Trigger } from "../trigger";
import { WebFunction, type WebFunctionProps } from "../web-function";
import type { LiveOptions } from "./live-options";

/** What a web application needs beside its function. */
export interface WebApplicationOptions {
  /**
   * How requests come in: a gateway of its own, or a service that is there already (`serviceId`).
   * @default a basic gateway that takes all requests
   */
  readonly gateway?: ApiGatewayTriggerProps;
  /**
   * What the alias `live` is given beside its version: what goes to a second one.
   * @default everything goes to the current version
   */
  readonly live?: LiveOptions;
}

/** The function, and the gateway that requests come from. */
export type WebApplicationProps = WebFunctionProps & WebApplicationOptions;

/** A web server as a function behind an API gateway: the function, the alias `live`, and the gateway's trigger. */
export class WebApplication extends Construct {
  /** What a program leaves out of its props may come from `Defaults`. */
  static readonly takesDefaults = true;

  readonly function: WebFunction;
  /** What the gateway sends requests to: it moves to a new version when code or configuration change. */
  readonly live: Alias<"web">;

  constructor(scope: Construct, id: string, given: WebApplicationProps) {
    super(scope, id);
    const props = Defaults.complete(this, given);
    const { gateway, live } = props;
    this.function = new WebFunction(this, "function", props);
    this.live = this.function.addAlias("live", {
      ...live,
      version: this.function.currentVersion,
    });
    const { protocol = props.webSocket === undefined ? "HTTPS" : "WSS" } = gateway ?? {};
    this.live.addTrigger("gateway", Trigger.apiGateway({ ...gateway, protocol }));
  }
}
