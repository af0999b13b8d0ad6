import { Construct } from "constructs";
import { addressOf, Defaults, providerOf } from "../cdktf";
import { ScfError } from "../model/error";
import { kindOf, misfit } from "../model/misfit";
import type { Resolvable } from "../model/resource-schema";
import { Alias, builtInAlias, type AliasOptions, type DefaultAliasOptions } from "./alias";
import type { Concurrency } from "./concurrency";
import { FunctionGrants } from "./grants";
import type { FunctionType, IFunction, IInvocable, IPublishedVersion, IVersion } from "./invocable";
import { FunctionMetrics } from "./metric";
import { unusedId } from "./names";
import type { INamespace } from "./namespace";
import { ProvisionedConcurrency } from "./provisioned-concurrency";
import type { Provisioning } from "./provisioning";
import { NumberedVersion, type PublishedVersionFacts } from "./published-version";
import { ReservedConcurrency } from "./reserved-concurrency";
import { bindTrigger, type Trigger } from "./trigger";

/** What functions of every type have in common: versions, aliases, triggers, permissions. */
export abstract class FunctionBase<T extends FunctionType> extends Construct implements IFunction<T> {
  /** What starts it. */
  abstract readonly functionType: T;
  /** The name that it has on the platform. */
  abstract readonly functionName: string;
  /** The name, for other resources to refer to. */
  abstract readonly nameReference: Resolvable<string>;
  /** The namespace's name, for other resources to refer to. */
  readonly namespaceReference: Resolvable<string>;
  private numbered: Map<string, NumberedVersion<T>> | undefined;

  constructor(scope: Construct, id: string, given: { readonly namespace?: INamespace }) {
    super(scope, id);
    checkProps(this, given);
    const props = Defaults.complete(this, given);
    this.namespaceReference = namespaceName(props.namespace);
  }

  /** Gives others permission on this function. */
  get grants(): FunctionGrants {
    return new FunctionGrants(this, () => providerOf(this));
  }

  /** Code and configuration as they are while nothing is published. */
  get latest(): IVersion<T> {
    return new LatestVersion<T>(this);
  }

  /** The same as `latest`. */
  version(number: "$LATEST"): IVersion<T>;
  /**
   * A version that has been published already.
   *
   * @param number `"1"`, `"2"`, …
   * @param facts what the program knows of it
   */
  version(number: string, facts?: PublishedVersionFacts): IPublishedVersion<T>;
  version(number: string, facts?: PublishedVersionFacts): IVersion<T> {
    if (number === "$LATEST") return this.latest;
    const numbered = (this.numbered ??= new Map<string, NumberedVersion<T>>());
    let version = numbered.get(number);
    if (!version) numbered.set(number, (version = new NumberedVersion<T>(this, number)));
    if (facts?.memory !== undefined) version.publishedMemory = facts.memory;
    return version;
  }

  /**
   * Gives it concurrency of its own, which is also the most that it gets: `Concurrency.none()` stops it. Without a
   * reservation it shares what the region has left (CON-RES, CON-ZERO).
   */
  reserveConcurrency(concurrency: Concurrency): ReservedConcurrency {
    return new ReservedConcurrency(this, unusedId(this, "ReservedConcurrency"), {
      function: this,
      concurrency,
    });
  }

  /** What the platform measures of `$LATEST` (MON-METRIC). Each version and alias has metrics of its own. */
  get metrics(): FunctionMetrics {
    return new FunctionMetrics(this.latest);
  }

  /** Names versions of this function. */
  addAlias(id: string, options: AliasOptions): Alias<T> {
    return new Alias<T>(this, id, { ...options, function: this });
  }

  /**
   * Says what callers get that name neither a version nor an alias: the built-in alias `$DEFAULT`. It points to `$LATEST`
   * until it is told otherwise, and again once the program no longer tells it (ALS-NAME, ALS-INVOKE).
   */
  pointDefault(options: DefaultAliasOptions): Alias<T> {
    return new Alias<T>(this, "DefaultAlias", builtInAlias<T>({ ...options, function: this }));
  }

  /** Has `$LATEST` started by something. Each version and alias has triggers of its own (TRG-QUAL). */
  addTrigger(id: string, trigger: Trigger<T>): void {
    bindTrigger<T>(this, id, trigger, this.latest as IInvocable<T>);
  }
}

/** What is not published. */
class LatestVersion<T extends FunctionType> implements IVersion<T> {
  readonly qualifier = "$LATEST";
  readonly qualifierType = "version";

  readonly function: IFunction<T>;

  constructor(owner: IFunction<T>) {
    this.function = owner;
  }

  /** Nothing that the compiler knows of: CON-PROV tells programs in plain JavaScript that only published versions have it. */
  provision(provisioning: Provisioning): ProvisionedConcurrency {
    const id = unusedId(this.function, "LatestInstances");
    const version = this as unknown as IPublishedVersion<T>;
    return new ProvisionedConcurrency(this.function, id, { version, provisioning });
  }
}

function checkProps(construct: Construct, props: unknown): void {
  if (typeof props === "object" && props !== null) return;
  throw new ScfError(
    "PROPS",
    `${addressOf(construct)}: the properties of a function must be an object, but are ${kindOf(props)}.`,
    { fix: "Give them as the third argument, in braces." },
  );
}

/** A name that stands in the place of a namespace is its name. */
function namespaceName(namespace: INamespace | undefined): Resolvable<string> {
  const given: unknown = namespace;
  if (given === undefined || given === null) return "default";
  if (typeof given === "string") return given;
  const named = (given as INamespace).nameReference as Resolvable<string> | undefined;
  return named ?? (misfit("a namespace", given, 'use Namespace.fromName("name")') as unknown as string);
}
