import { Construct } from "constructs";
import { Defaults, ResourceElement } from "../cdktf";
import { namespaceSchema, type NamespaceProperties } from "../model/resources/namespace";
import type { NamespaceConcurrencyProperties } from "../model/resources/namespace-concurrency";
import type { Resolvable } from "../model/resource-schema";
import type { Hosting } from "./hosting";
import { nameFromPath } from "./names";
import { NamespaceConcurrency } from "./namespace-concurrency";

/** A namespace that functions can live in. */
export interface INamespace {
  /** Its name, as the plan refers to it. */
  readonly nameReference: Resolvable<string>;
}

/** What a namespace is called, and where its functions run (NS-DEFAULT). */
export interface NamespaceProps {
  /**
   * Name; a change replaces the namespace and everything in it (NS-DEFAULT).
   * @default made from the construct's path
   */
  readonly name?: NamespaceProperties["name"];
  /**
   * For people.
   * @default none
   */
  readonly description?: NamespaceProperties["description"];
  /**
   * Where its functions run. A change replaces the namespace and everything in it (K8S-NS).
   * @default on the platform's own machines
   */
  readonly hosting?: Hosting;
  /**
   * MB of memory that its functions have together; it needs a purchased package (NS-PKG). At least what they reserve and
   * 12,800 MB more (QTA-CONC). Removing it leaves the quota as it was: the platform has no call that takes it away.
   * @default the region's quota, shared with the other namespaces
   */
  readonly concurrencyMb?: NamespaceConcurrencyProperties["totalMb"];
}

/** A group of functions in the stack's region. A region has at most 5, `default` included (QTA-NS). */
export class Namespace extends Construct implements INamespace {
  /** What a program leaves out of its props may come from `Defaults`. */
  static readonly takesDefaults = true;

  /** A namespace that exists already: nothing but its name is known of it. */
  static fromName(name: string): INamespace {
    return { nameReference: name };
  }

  /** The name that it has on the platform. */
  readonly name: string;
  readonly nameReference: Resolvable<string>;

  constructor(scope: Construct, id: string, given: NamespaceProps = {}) {
    super(scope, id);
    const props = Defaults.complete(this, given);
    this.name = props.name ?? nameFromPath(this, "namespace");
    const resource = new ResourceElement(this, namespaceSchema, () => ({
      name: this.name,
      description: props.description,
      // What a program in plain JavaScript gives instead is judged as it is.
      hosting: props.hosting?.planned ?? props.hosting,
      cluster: props.hosting?.facts,
    }));
    this.nameReference = resource.reference("name");
    if (props.concurrencyMb !== undefined) {
      new NamespaceConcurrency(this, "Concurrency", { namespace: this, megabytes: props.concurrencyMb });
    }
  }
}
