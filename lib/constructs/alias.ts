import { Construct } from "constructs";
import { Defaults, ResourceElement } from "../cdktf";
import { aliasSchema, DEFAULT_ALIAS, type AliasProperties } from "../model/resources/alias";
import { misfit } from "../model/misfit";
import type { Resolvable } from "../model/resource-schema";
import type { FunctionType, IFunction, IInvocable, IPublishedVersion, IVersion } from "./invocable";
import { qualifierOf } from "./given";
import { FunctionMetrics } from "./metric";
import { plannedRelease, type Release } from "./release";
import type { Routing } from "./routing";
import { bindTrigger, type Trigger } from "./trigger";

/** What every alias can be told. */
export interface AliasNaming {
  /**
   * Name: 2–60 letters, digits, `_` and `-`, beginning with a letter, ending with a letter or digit (ALS-NAME).
   * @default the construct's id
   */
  readonly name?: AliasProperties["name"];
  /**
   * At most 1000 letters, digits, spaces, commas and periods (ALS-DESC).
   * @default none
   */
  readonly description?: AliasProperties["description"];
}

/** One version, or two that share the requests for good. */
export interface RoutedVersions {
  /** The main version. */
  readonly version: IVersion;
  /**
   * What goes to a second version.
   * @default everything goes to the main version
   */
  readonly routing?: Routing;
  /**
   * Two versions that share the requests for good leave no room for a third (REL-ROUTING).
   * @default none
   */
  readonly release?: never;
}

/** One version, and the way in which the next one takes over. */
export interface ReleasedVersion {
  /** The version: when it is another one, that is released. */
  readonly version: IPublishedVersion;
  /** The steps, and the gates between them (REL-STEPS, REL-GATE). They share the requests, so that there is no routing beside (REL-ROUTING). */
  readonly release: Release;
  /**
   * A release shares the requests by itself (REL-ROUTING).
   * @default none
   */
  readonly routing?: never;
}

/** Where an alias points, and what it is called. */
export type AliasOptions = AliasNaming & (RoutedVersions | ReleasedVersion);

/** The function whose versions an alias names. */
export interface AliasOwner<T extends FunctionType = FunctionType> {
  /** The function. */
  readonly function: IFunction<T>;
}

/** Of which function the alias is, where it points, and what it is called. */
export type AliasProps<T extends FunctionType = FunctionType> = AliasOptions & AliasOwner<T>;

/** What the built-in alias can be told. */
export type DefaultAliasOptions = Omit<AliasNaming, "name"> & (RoutedVersions | ReleasedVersion);

const BUILT_IN = Symbol.for("cdktf-scf/builtInAlias");

/** Props of the alias that every function has already, which is told where to point and neither made nor deleted. */
export function builtInAlias<T extends FunctionType>(props: AliasProps<T>): AliasProps<T> {
  return Object.assign({ ...props }, { [BUILT_IN]: true });
}

function isBuiltIn(props: object): boolean {
  return BUILT_IN in props;
}

/** A name that callers use while the versions behind it change. */
export class Alias<T extends FunctionType = FunctionType> extends Construct implements IInvocable<T> {
  /** What a program leaves out of its props may come from `Defaults`. */
  static readonly takesDefaults = true;

  /** The function whose alias it is. */
  readonly function: IFunction<T>;
  /** The name that callers use. */
  readonly aliasName: string;
  /** What invocations name it by. */
  readonly qualifier: Resolvable<string>;
  /** Tells an alias from a version. */
  readonly qualifierType = "alias";

  constructor(scope: Construct, id: string, given: AliasProps<T>) {
    super(scope, id);
    const props = Defaults.complete(this, given);
    this.function = props.function;
    const builtIn = isBuiltIn(props);
    this.aliasName = builtIn ? DEFAULT_ALIAS : (props.name ?? id);
    const { routing, release } = props as Partial<RoutedVersions & ReleasedVersion>;
    const versions = [props.version, ...eachRouting(routing).map((each) => each.version)].filter(isVersion);
    const resource = new ResourceElement(this, aliasSchema, () => ({
      namespace: props.function.namespaceReference,
      functionName: props.function.nameReference,
      name: this.aliasName,
      ...(builtIn ? { builtIn } : {}),
      version: qualifierOf(props.version),
      routing: plannedRouting(routing),
      release: plannedRelease(release),
      provisioned: (release as Release | undefined)?.instances,
      description: props.description,
      versionsOf: versions.flatMap((version) => version.function.nameReference),
    }));
    this.qualifier = resource.reference("name");
    for (const version of versions) {
      if (isPublished(version)) this.node.addDependency(version.instances);
    }
  }

  /** What the platform measures of calls by this alias (MON-METRIC). */
  get metrics(): FunctionMetrics {
    return new FunctionMetrics(this);
  }

  /** Has what the alias stands for started by something. Each version and alias has triggers of its own (TRG-QUAL). */
  addTrigger(id: string, trigger: Trigger<T>): void {
    bindTrigger(this, id, trigger, this);
  }
}

function isPublished(version: IVersion): version is IPublishedVersion {
  return "instances" in version;
}

// Programs in plain JavaScript may hand in anything, also several routings: the rules say what is wrong with it.

function isVersion(version: IVersion | undefined): version is IVersion {
  return typeof version === "object" && typeof (version as Partial<IVersion> | null)?.function === "object";
}

function eachRouting(routing: Routing | undefined): readonly Routing[] {
  const given: unknown = routing;
  return (Array.isArray(given) ? (given as unknown[]) : [given]).filter(
    (each): each is Routing => typeof (each as Routing | undefined)?.toPlan === "function",
  );
}

function plannedRouting(routing: Routing | undefined): unknown {
  const given: unknown = routing;
  if (given === undefined || given === null) return undefined;
  const planned = eachRouting(routing).map((each) => each.toPlan());
  if (Array.isArray(given)) return planned;
  return planned[0] ?? misfit("a Routing", given, "use Routing.weighted, Routing.exact or Routing.range");
}
