import { Construct } from "constructs";
import { ResourceElement } from "../cdktf";
import { aliasSchema, type AliasProperties } from "../model/resources/alias";
import type { Resolvable } from "../model/resource-schema";
import type { FunctionType, IFunction, IInvocable, IPublishedVersion, IVersion } from "./invocable";
import { FunctionMetrics } from "./metric";
import type { Routing } from "./routing";
import { bindTrigger, type Trigger } from "./trigger";

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

export interface AliasProps<T extends FunctionType = FunctionType> extends AliasOptions {
  /** The function whose versions it names. */
  readonly function: IFunction<T>;
}

/** A name that callers use while the versions behind it change. */
export class Alias<T extends FunctionType = FunctionType> extends Construct implements IInvocable<T> {
  readonly function: IFunction<T>;
  readonly aliasName: string;
  readonly qualifier: Resolvable<string>;
  readonly qualifierType = "alias";

  constructor(scope: Construct, id: string, props: AliasProps<T>) {
    super(scope, id);
    this.function = props.function;
    this.aliasName = props.name ?? id;
    const { routing } = props;
    const resource = new ResourceElement(this, "Resource", aliasSchema, () => ({
      namespace: props.function.namespaceReference,
      functionName: props.function.nameReference,
      name: this.aliasName,
      version: props.version.qualifier,
      routing: routing?.toPlan(),
      description: props.description,
      versionsOf: [props.version, ...(routing ? [routing.version] : [])].map(
        (version) => version.function.nameReference,
      ),
    }));
    this.qualifier = resource.reference("name");
    for (const version of [props.version, ...(routing ? [routing.version] : [])]) {
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

/** Programs in plain JavaScript may hand in anything. */
function isPublished(version: IVersion | undefined): version is IPublishedVersion {
  return typeof version === "object" && version !== null && "instances" in version;
}
