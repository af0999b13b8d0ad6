import type { Construct } from "constructs";
import type { Resolvable } from "../model/resource-schema";
import { FunctionBase } from "./function-base";
import type { FunctionType } from "./invocable";
import type { INamespace } from "./namespace";

/** A function that exists already, and what the program knows of it. */
export interface ImportedFunctionProps {
  /** Its name. */
  readonly name: string;
  /**
   * The namespace that it lives in.
   * @default the namespace `default`
   */
  readonly namespace?: INamespace;
}

/**
 * A function that exists already, in the stack's region. Versions that have been published, aliases, triggers, load
 * balancer rules and permissions can be declared on it. It is never created, changed or deleted by this library, and
 * nothing is known of its code and configuration: there is no `currentVersion`, and what depends on its configuration is
 * not checked before the deploy. Made by `fromName` of `Function` and `WebFunction`.
 */
export class ImportedFunction<T extends FunctionType> extends FunctionBase<T> {
  /** The name that it has on the platform. */
  readonly functionName: string;
  /** The name, for other resources to refer to. */
  readonly nameReference: Resolvable<string>;

  constructor(
    scope: Construct,
    id: string,
    readonly functionType: T,
    props: ImportedFunctionProps,
  ) {
    super(scope, id, props);
    this.functionName = props.name;
    this.nameReference = props.name;
  }
}
