import type { Construct, IDependable } from "constructs";
import type { MemoryMb } from "../model/resources/function";
import type { Resolvable } from "../model/resource-schema";
import type { FunctionMetrics } from "./metric";
import type { ProvisionedConcurrency } from "./provisioned-concurrency";
import type { Provisioning } from "./provisioning";
import type { Trigger } from "./trigger";

/** Event functions are started by triggers and invocations; web functions answer the requests of an API gateway. */
export type FunctionType = "event" | "web";

/** A function, by the names that other resources refer to it with. */
export interface IFunction<T extends FunctionType = FunctionType> extends Construct {
  /** What starts it. */
  readonly functionType: T;
  /** The name, for other resources to refer to. */
  readonly nameReference: Resolvable<string>;
  /** The namespace's name, for other resources to refer to. */
  readonly namespaceReference: Resolvable<string>;
}

/** One particular code to run: a version of a function, or an alias that stands for versions. */
export interface IInvocable<T extends FunctionType = FunctionType> {
  /** The function that is meant. */
  readonly function: IFunction<T>;
  /** Name of the alias, or number of the version. */
  readonly qualifier: Resolvable<string>;
  /** Which of the two it is. */
  readonly qualifierType: "version" | "alias";
}

/** A version of a function, published or `$LATEST`. */
export interface IVersion<T extends FunctionType = FunctionType> extends IInvocable<T> {
  /** Which of the two it is. */
  readonly qualifierType: "version";
}

/** A version that never changes again: the only kind that can be provisioned (CON-PROV). */
export interface IPublishedVersion<T extends FunctionType = FunctionType> extends IVersion<T> {
  /** Tells it from `$LATEST`. */
  readonly published: true;
  /** Memory in MB that it was published with, when that is not the function's present one. */
  readonly publishedMemory: MemoryMb | undefined;
  /** Its provisioned instances. Aliases that point to it wait for them, so that no caller meets a cold one. */
  readonly instances: IDependable;
  /** Starts instances of it before requests come (CON-PROV). A version is provisioned once (CON-KIND). */
  provision(provisioning: Provisioning): ProvisionedConcurrency;
  /** What the platform measures of this version (MON-METRIC). */
  readonly metrics: FunctionMetrics;
  /** Has this version started by something. Each version and alias has triggers of its own (TRG-QUAL). */
  addTrigger(id: string, trigger: Trigger<T>): void;
}
