import { Construct } from "constructs";
import { Defaults } from "../../cdktf";
import type { Backend } from "../backend";
import type { ForwardingRule } from "../forwarding-rule";
import type { HealthCheck } from "../health-check";
import type { IInvocable } from "../invocable";
import type { LoadBalancerListener } from "../listener";
import { addRule, listenerOf, type Entrance } from "./entrance";

/** The files of a site, and who has them. */
export interface StaticContent {
  /** Beginnings of the paths that are files; each begins with `/`. */
  readonly paths: readonly [string, ...string[]];
  /** The servers that have the files. */
  readonly servers: readonly [Backend, ...Backend[]];
  /**
   * How the servers are probed.
   * @default the platform's settings
   */
  readonly healthCheck?: HealthCheck;
}

/** Who answers what of a domain. */
export interface SplitSiteOptions {
  /** Host name of the requests: pages and files have the same, so that browsers make no difference between them. */
  readonly domain: string;
  /** What does not change from one request to the next. */
  readonly files: StaticContent;
  /** The version or alias that answers, by the beginning of the path: `{ "/orders": live }`. */
  readonly functions: Readonly<Record<string, IInvocable<"event">>>;
}

/** Who answers what, and the load balancer or listener that requests come from. */
export type SplitSiteProps = SplitSiteOptions & Entrance;

/**
 * One domain whose static paths are served by servers and whose dynamic paths are answered by functions, so that neither
 * carries the load of the other.
 */
export class SplitSite extends Construct {
  /** What a program leaves out of its props may come from `Defaults`. */
  static readonly takesDefaults = true;

  readonly listener: LoadBalancerListener<"HTTP" | "HTTPS">;
  /** Those of the files first. */
  readonly rules: readonly ForwardingRule[];

  constructor(scope: Construct, id: string, given: SplitSiteProps) {
    super(scope, id);
    const props = Defaults.complete(this, given);
    const { domain, files, functions } = props;
    const { healthCheck } = files;
    const listener = (this.listener = listenerOf(this, props));
    const probed = healthCheck === undefined ? {} : { healthCheck };
    this.rules = [
      ...files.paths.map((path) => addRule(this, { listener, domain, path, ...probed }, files.servers)),
      ...Object.entries(functions).map(([path, target]) => addRule(this, { listener, domain, path }, target)),
    ];
  }
}
