import { Construct } from "constructs";
import { Defaults } from "../../cdktf";
import type { Alias } from "../alias";
import type { ForwardingRule } from "../forwarding-rule";
import { Function, type FunctionProps } from "../function";
import { AccountGrants } from "../grants";
import type { LoadBalancerListener } from "../listener";
import { Policy } from "../policy";
import { addRule, listenerOf, type Entrance } from "./entrance";
import type { LiveOptions } from "./live-options";

/** What an HTTP service needs beside its function. */
export interface HttpServiceOptions {
  /** Host name of the requests. */
  readonly domain: string;
  /**
   * Beginnings of the paths that the function answers, each with a rule of its own; each begins with `/` (CLB-RULE).
   * @default ["/"]: all of the domain
   */
  readonly paths?: readonly string[];
  /**
   * What the alias `live` is given beside its version: what goes to a second one.
   * @default everything goes to the current version
   */
  readonly live?: LiveOptions;
}

/** The function, what it answers, and the load balancer or listener that requests come from. */
export type HttpServiceProps = FunctionProps & HttpServiceOptions & Entrance;

/**
 * A function that answers HTTP requests behind a load balancer: the function, the alias `live` that callers reach it by, a
 * rule per path, and a policy for the people who look after it.
 */
export class HttpService extends Construct {
  /** What a program leaves out of its props may come from `Defaults`. */
  static readonly takesDefaults = true;

  readonly function: Function;
  /** What the rules send requests to: it moves to a new version when code or configuration change. */
  readonly live: Alias<"event">;
  readonly listener: LoadBalancerListener<"HTTP" | "HTTPS">;
  /** In the order of `paths`. */
  readonly rules: readonly ForwardingRule[];
  /** Allows looking at the function, its logs and metrics, and calling it. Attach it to whoever looks after the service. */
  readonly operators: Policy;

  constructor(scope: Construct, id: string, given: HttpServiceProps) {
    super(scope, id);
    const props = Defaults.complete(this, given);
    const { domain, paths = ["/"], live } = props;
    this.function = new Function(this, "function", props);
    this.live = this.function.addAlias("live", {
      ...live,
      version: this.function.currentVersion,
    });
    this.listener = listenerOf(this, props);
    this.rules = paths.map((path) => addRule(this, { listener: this.listener, domain, path }, this.live));
    this.operators = new Policy(this, "operators");
    this.function.grants.read(this.operators);
    this.function.grants.invoke(this.operators);
    AccountGrants.listFunctions(this.operators);
    AccountGrants.readMonitoring(this.operators);
  }
}
