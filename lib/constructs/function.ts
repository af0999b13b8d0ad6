import type { Construct } from "constructs";
import { Defaults, ResourceElement } from "../cdktf";
import { functionSchema, type FunctionProperties } from "../model/resources/function";
import { declareAsyncInvocation } from "./async-invocation";
import { DeclaredFunction } from "./declared-function";
import {
  commonProperties,
  eventProperties,
  strayProperties,
  surroundingsOf,
  type CodeFunctionProps,
  type CommonFunctionProps,
  type EventFunctionProps,
} from "./function-props";
import { boundCode, boundLayers, codeUser, runtimeName } from "./given";
import { ImportedFunction, type ImportedFunctionProps } from "./imported-function";
import { nameFromPath } from "./names";

export interface FunctionProps extends CommonFunctionProps, CodeFunctionProps, EventFunctionProps {
  /** Where execution starts, in the form of the runtime: `index.main_handler` for Node.js, Python and PHP (RT-H1–RT-H3). */
  readonly handler: string;
  /**
   * Caches the answers of name servers (WEB-DNS).
   * @default false
   */
  readonly dnsCache?: FunctionProperties["dnsCache"];
}

/** A function that triggers and invocations start, from a code package. */
export class Function extends DeclaredFunction<"event"> {
  /** A function that exists already and that triggers and invocations start. */
  static fromName(scope: Construct, id: string, props: ImportedFunctionProps): ImportedFunction<"event"> {
    return new ImportedFunction(scope, id, "event", props);
  }

  /** What starts it. */
  readonly functionType = "event";
  /** The name that it has on the platform. */
  readonly functionName: string;
  protected readonly resource: ResourceElement;

  constructor(scope: Construct, id: string, given: FunctionProps) {
    super(scope, id, given);
    const props = Defaults.complete(this, given);
    this.functionName = props.name ?? nameFromPath(this, "function");
    this.resource = new ResourceElement(this, functionSchema, () => ({
      namespace: this.namespaceReference,
      functionName: this.functionName,
      runtime: runtimeName(props.runtime),
      handler: props.handler,
      code,
      layers: boundLayers(props.layers),
      dnsCache: props.dnsCache,
      ...commonProperties(props),
      ...eventProperties(props),
      ...strayProperties(props, ["webSocket", "instanceConcurrency"]),
      surroundings: surroundingsOf(props),
    }));
    const code = boundCode(props.code, this.resource, codeUser(props.runtime, props.handler));
    declareAsyncInvocation(this, props);
  }
}
