import { Construct, Dependable, type IDependable } from "constructs";
import type { MemoryMb } from "../model/resources/function";
import type { FunctionType, IFunction, IPublishedVersion } from "./invocable";
import { FunctionMetrics } from "./metric";
import { unusedId } from "./names";
import { ProvisionedConcurrency } from "./provisioned-concurrency";
import type { Provisioning } from "./provisioning";
import { bindTrigger, type Trigger } from "./trigger";

/** What a program knows of a version that was published before. */
export interface PublishedVersionFacts {
  /**
   * Memory in MB that it was published with: what its instances count with (CON-PSUM, CON-OVER).
   * @default the function's present memory
   */
  readonly memory?: MemoryMb;
}

/** A version that has been published already, by its number. Made by `version` of a function. */
export class NumberedVersion<T extends FunctionType = FunctionType> implements IPublishedVersion<T> {
  readonly function: IFunction<T>;
  readonly qualifierType = "version";
  readonly published = true;
  readonly instances: IDependable;
  publishedMemory: MemoryMb | undefined;
  private readonly provisioned: ProvisionedInstances;

  constructor(
    owner: IFunction<T>,
    readonly qualifier: string,
  ) {
    this.function = owner;
    this.provisioned = new ProvisionedInstances();
    this.instances = this.provisioned;
  }

  get metrics(): FunctionMetrics {
    return new FunctionMetrics(this);
  }

  addTrigger(id: string, trigger: Trigger<T>): void {
    const scope = `Version${this.qualifier}`;
    const below = this.function.node.tryFindChild(scope) ?? new Construct(this.function, scope);
    bindTrigger<T>(below as Construct, id, trigger, this);
  }

  provision(provisioning: Provisioning): ProvisionedConcurrency {
    return this.provisioned.add(this.function, `Version${this.qualifier}Instances`, this, provisioning);
  }
}

/** What has to be started before callers are sent to a version: nothing, until something is provisioned for it. */
export class ProvisionedInstances implements IDependable {
  private readonly all: ProvisionedConcurrency[] = [];

  constructor() {
    const { all } = this;
    // Read when the plan is made: an alias may be declared before the instances of its version are.
    Dependable.implement(this, {
      get dependencyRoots() {
        return all;
      },
    });
  }

  add(
    scope: Construct,
    id: string,
    version: IPublishedVersion,
    provisioning: Provisioning,
  ): ProvisionedConcurrency {
    const made = new ProvisionedConcurrency(scope, unusedId(scope, id), { version, provisioning });
    this.all.push(made);
    return made;
  }
}
