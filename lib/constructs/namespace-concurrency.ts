import { Construct } from "constructs";
import { ResourceElement } from "../cdktf";
import {
  namespaceConcurrencySchema,
  type NamespaceConcurrencyProperties,
} from "../model/resources/namespace-concurrency";
import type { INamespace } from "./namespace";

/** How much concurrency a namespace has for itself (NS-PKG). */
export interface NamespaceConcurrencyProps {
  /** The namespace. A change sets the other one's quota and leaves this one's as it is. */
  readonly namespace: INamespace;
  /**
   * MB of memory for all its functions: at least what they reserve and 12,800 MB more; all namespaces' quotas together stay
   * within the region's (QTA-CONC).
   */
  readonly megabytes: NamespaceConcurrencyProperties["totalMb"];
}

/**
 * A namespace's own concurrency quota; it needs a purchased package (NS-PKG). The platform has no call that takes it away:
 * when it is removed from the program, the quota stays as it was until the namespace is deleted. `Namespace` makes one for
 * its property `concurrencyMb`; this construct is for namespaces that the program does not declare.
 */
export class NamespaceConcurrency extends Construct {
  constructor(scope: Construct, id: string, props: NamespaceConcurrencyProps) {
    super(scope, id);
    new ResourceElement(this, namespaceConcurrencySchema, () => ({
      namespace: props.namespace.nameReference,
      totalMb: props.megabytes,
    }));
  }
}
