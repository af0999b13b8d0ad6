import { Construct } from "constructs";
import { providerOf } from "../cdktf";
import type { Resolvable } from "../model/resource-schema";
import { Alias, type AliasOptions } from "./alias";
import { FunctionGrants } from "./grants";
import type { FunctionType, IFunction, IInvocable, IPublishedVersion, IVersion } from "./invocable";
import type { INamespace } from "./namespace";
import { bindTrigger, type Trigger } from "./trigger";

/** What functions of every type have in common: versions, aliases, triggers, permissions. */
export abstract class FunctionBase<T extends FunctionType> extends Construct implements IFunction<T> {
  abstract readonly functionType: T;
  abstract readonly functionName: string;
  abstract readonly nameReference: Resolvable<string>;
  readonly namespaceReference: Resolvable<string>;
  /** Gives others permission on this function. */
  readonly grants: FunctionGrants;

  constructor(scope: Construct, id: string, namespace: INamespace | undefined) {
    super(scope, id);
    this.namespaceReference = namespace?.nameReference ?? "default";
    this.grants = new FunctionGrants(this, () => providerOf(this));
  }

  /** Code and configuration as they are while nothing is published. */
  get latest(): IVersion<T> {
    return { function: this, qualifier: "$LATEST", qualifierType: "version" };
  }

  /**
   * A version that has been published already.
   *
   * @param number `"1"`, `"2"`, …; `"$LATEST"` is what `latest` gives
   */
  version(number: "$LATEST"): IVersion<T>;
  version(number: string): IPublishedVersion<T>;
  version(number: string): IVersion<T> {
    const version: IVersion<T> = { function: this, qualifier: number, qualifierType: "version" };
    return number === "$LATEST" ? version : ({ ...version, published: true } as IPublishedVersion<T>);
  }

  /** Names versions of this function. */
  addAlias(id: string, options: AliasOptions): Alias<T> {
    return new Alias<T>(this, id, { ...options, function: this });
  }

  /** Has `$LATEST` started by something. Each version and alias has triggers of its own (TRG-QUAL). */
  addTrigger(id: string, trigger: Trigger<T>): void {
    bindTrigger<T>(this, id, trigger, this.latest as IInvocable<T>);
  }
}
