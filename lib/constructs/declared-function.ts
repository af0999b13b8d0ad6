import type { ResourceElement } from "../cdktf";
import type { Resolvable } from "../model/resource-schema";
import { FunctionBase } from "./function-base";
import type { FunctionType } from "./invocable";
import { Version, type IPublishable } from "./version";

/** What functions that the program declares have: their code and configuration are known, so that they can be published. */
export abstract class DeclaredFunction<T extends FunctionType>
  extends FunctionBase<T>
  implements IPublishable<T>
{
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
