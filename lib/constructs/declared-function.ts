import type { Construct } from "constructs";
import type { ResourceElement } from "../cdktf";
import type { Resolvable } from "../model/resource-schema";
import type { CommonFunctionProps } from "./function-props";
import { FunctionBase } from "./function-base";
import type { FunctionType } from "./invocable";
import { Version, type IPublishable } from "./version";

/** What functions that the program declares have: their code and configuration are known, so that they can be published. */
export abstract class DeclaredFunction<T extends FunctionType>
  extends FunctionBase<T>
  implements IPublishable<T>
{
  /** What a program leaves out of its props may come from `Defaults`. */
  static readonly takesDefaults = true;

  constructor(scope: Construct, id: string, props: CommonFunctionProps) {
    super(scope, id, props);
  }

  /** Declared first thing by the constructors below this one: names and contents refer to it. */
  protected abstract readonly resource: ResourceElement;
  private current: Version<T> | undefined;

  /** The name, for other resources to refer to; they wait for the function. */
  get nameReference(): Resolvable<string> {
    return this.resource.reference("functionName");
  }

  get contentReference(): Resolvable<string> {
    return this.resource.reference("contentHash");
  }

  /** Id that the platform gives it, `lam-…`, as a token. */
  get functionId(): string {
    return this.resource.attribute("functionId");
  }

  /**
   * The published version of what the function is now. A deploy publishes it when, and only when, code or configuration
   * differ from the last published one.
   */
  get currentVersion(): Version<T> {
    this.current ??= new Version<T>(this, "CurrentVersion", { function: this });
    return this.current;
  }
}
