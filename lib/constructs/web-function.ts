import type { Construct } from "constructs";
import { Defaults, ResourceElement } from "../cdktf";
import { functionSchema } from "../model/resources/function";
import { declareAsyncInvocation } from "./async-invocation";
import { DeclaredFunction } from "./declared-function";
import {
  commonProperties,
  strayProperties,
  surroundingsOf,
  webProperties,
  type CodeFunctionProps,
  type CommonFunctionProps,
  type WebProps,
} from "./function-props";
import { boundCode, boundLayers, codeUser, runtimeName } from "./given";
import { ImportedFunction, type ImportedFunctionProps } from "./imported-function";
import { nameFromPath } from "./names";

export interface WebFunctionProps extends CommonFunctionProps, CodeFunctionProps, WebProps {}

/**
 * A function that answers the requests of an API gateway, from a code package: a web server on 0.0.0.0:9000 that the file
 * `scf_bootstrap` at the root of the package starts (WEB-BOOT, WEB-PORT). It has no handler and takes nothing but requests
 * (RT-NOH, WEB-TRG).
 */
export class WebFunction extends DeclaredFunction<"web"> {
  /** A web function that exists already. */
  static fromName(scope: Construct, id: string, props: ImportedFunctionProps): ImportedFunction<"web"> {
    return new ImportedFunction(scope, id, "web", props);
  }

  /** What starts it. */
  readonly functionType = "web";
  /** The name that it has on the platform. */
  readonly functionName: string;
  protected readonly resource: ResourceElement;

  constructor(scope: Construct, id: string, given: WebFunctionProps) {
    super(scope, id, given);
    const props = Defaults.complete(this, given);
    this.functionName = props.name ?? nameFromPath(this, "function");
    this.resource = new ResourceElement(this, functionSchema, () => ({
      namespace: this.namespaceReference,
      functionName: this.functionName,
      runtime: runtimeName(props.runtime),
      code,
      layers: boundLayers(props.layers),
      ...commonProperties(props),
      ...webProperties(props),
      ...strayProperties(props, [
        "handler",
        "dnsCache",
        "asyncExecution",
        "statusTracking",
        "deadLetterQueue",
        "logFormat",
      ]),
      surroundings: surroundingsOf(props),
    }));
    const code = boundCode(props.code, this.resource, codeUser(props.runtime));
    declareAsyncInvocation(this, props);
  }
}
