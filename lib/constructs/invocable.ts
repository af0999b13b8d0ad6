import type { Construct } from "constructs";
import type { Resolvable } from "../model/resource-schema";

/** A function, by the names that other resources refer to it with. */
export interface IFunction extends Construct {
  readonly nameReference: Resolvable<string>;
  readonly namespaceReference: Resolvable<string>;
}

/** One particular code to run: a version of a function, or an alias that stands for versions. */
export interface IInvocable {
  readonly function: IFunction;
  readonly qualifier: Resolvable<string>;
  readonly qualifierType: "version" | "alias";
}

/** A version of a function, published or `$LATEST`. */
export interface IVersion extends IInvocable {
  readonly qualifierType: "version";
}
