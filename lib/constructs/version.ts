import { Construct, type IDependable } from "constructs";
import { Defaults, ResourceElement } from "../cdktf";
import { versionSchema } from "../model/resources/version";
import type { Resolvable } from "../model/resource-schema";
import type { FunctionType, IFunction, IPublishedVersion } from "./invocable";
import { FunctionMetrics } from "./metric";
import type { ProvisionedConcurrency } from "./provisioned-concurrency";
import type { Provisioning } from "./provisioning";
import { ProvisionedInstances } from "./published-version";
import { bindTrigger, type Trigger } from "./trigger";

/** A function of the program: what is published of it is known. */
export interface IPublishable<T extends FunctionType = FunctionType> extends IFunction<T> {
  /** Hash over everything that a published version freezes: another value is another version. */
  readonly contentReference: Resolvable<string>;
}

/** Which function a version is published of. */
export interface VersionProps<T extends FunctionType = FunctionType> {
  /** The function whose present code and configuration are published. */
  readonly function: IPublishable<T>;
  /**
   * At most 1000 characters (FN-DESC). The platform gets the first 930 of them: a mark of ownership is added.
   * @default none
   */
  readonly description?: string;
}

/**
 * What a function is now, as a published version: one is published when, and only when, code or configuration differ from
 * the last one. Earlier versions stay on the platform. Made by `currentVersion` of a function.
 */
export class Version<T extends FunctionType = FunctionType>
  extends Construct
  implements IPublishedVersion<T>
{
  /** What a program leaves out of its props may come from `Defaults`. */
  static readonly takesDefaults = true;

  /** The function that it is a version of. */
  readonly function: IFunction<T>;
  /** The number that the platform gives it. */
  readonly qualifier: Resolvable<string>;
  /** Tells a version from an alias. */
  readonly qualifierType = "version";
  /** Tells it from `$LATEST`. */
  readonly published = true;
  /** It has the function's present memory. */
  readonly publishedMemory = undefined;
  readonly instances: IDependable;
  private readonly provisioned = new ProvisionedInstances();
  private readonly resource: ResourceElement;

  constructor(scope: Construct, id: string, given: VersionProps<T>) {
    super(scope, id);
    const props = Defaults.complete(this, given);
    this.function = props.function;
    this.resource = new ResourceElement(this, versionSchema, () => ({
      namespace: props.function.namespaceReference,
      functionName: props.function.nameReference,
      content: props.function.contentReference,
      description: props.description,
    }));
    this.qualifier = this.resource.reference("version");
    this.instances = this.provisioned;
  }

  /** Its number, as a token. */
  get version(): string {
    return this.resource.attribute("version");
  }

  /** What the platform measures of this version (MON-METRIC). */
  get metrics(): FunctionMetrics {
    return new FunctionMetrics(this);
  }

  /**
   * Starts instances of it before requests come. When another version is published, its instances are started before aliases
   * move to it, and those of this one are given back after.
   */
  provision(provisioning: Provisioning): ProvisionedConcurrency {
    return this.provisioned.add(this, "Instances", this, provisioning);
  }

  /** Has this version started by something. Each version and alias has triggers of its own (TRG-QUAL). */
  addTrigger(id: string, trigger: Trigger<T>): void {
    bindTrigger(this, id, trigger, this);
  }
}
