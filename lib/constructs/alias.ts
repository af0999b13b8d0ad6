import { Construct } from "constructs";
import { ResourceElement } from "../cdktf";
import { aliasSchema, DEFAULT_ALIAS, type AliasProperties } from "../model/resources/alias";
import { misfit } from "../model/misfit";
import type { Resolvable } from "../model/resource-schema";
import type { FunctionType, IFunction, IInvocable, IPublishedVersion, IVersion } from "./invocable";
import { qualifierOf } from "./given";
import { FunctionMetrics } from "./metric";
import type { Routing } from "./routing";
import { bindTrigger, type Trigger } from "./trigger";

/** What an alias stands for (ALS-TWO). */
export interface AliasOptions {
  /** The main version. */
  readonly version: IVersion;
  /**
   * What goes to a second version.
   * @default everything goes to the main version
   */
  readonly routing?: Routing;
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

/** What an alias stands for, and whose it is. */
export interface AliasProps<T extends FunctionType = FunctionType> extends AliasOptions {
  /** The function whose versions it names. */
  readonly function: IFunction<T>;
}

/** What the built-in alias can be told. */
export type DefaultAliasOptions = Omit<AliasOptions, "name">;

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
  /** The function whose alias it is. */
  readonly function: IFunction<T>;
  /** The name that callers use. */
  readonly aliasName: string;
  /** What invocations name it by. */
  readonly qualifier: Resolvable<string>;
  /** Tells an alias from a version. */
  readonly qualifierType = "alias";

  constructor(scope: Construct, id: string, props: AliasProps<T>) {
    super(scope, id);
    this.function = props.function;
    const builtIn = isBuiltIn(props);
    this.aliasName = builtIn ? DEFAULT_ALIAS : (props.name ?? id);
    const { routing } = props;
    const versions = [props.version, ...eachRouting(routing).map((each) => each.version)].filter(isVersion);
    const resource = new ResourceElement(this, aliasSchema, () => ({
      namespace: props.function.namespaceReference,
      functionName: props.function.nameReference,
      name: this.aliasName,
      ...(builtIn ? { builtIn } : {}),
      version: qualifierOf(props.version),
      routing: plannedRouting(routing),
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
