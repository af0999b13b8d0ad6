import type { Construct } from "constructs";
import { Defaults, ResourceElement } from "../cdktf";
import { functionSchema } from "../model/resources/function";
import { declareAsyncInvocation } from "./async-invocation";
import { DeclaredFunction } from "./declared-function";
import {
  commonProperties,
  IMAGE_INIT_TIMEOUT,
  strayProperties,
  surroundingsOf,
  webImageProperties,
  webProperties,
  type CommonFunctionProps,
  type ImageProps,
  type WebProps,
} from "./function-props";
import { nameFromPath } from "./names";

export interface WebImageFunctionProps extends CommonFunctionProps, ImageProps, WebProps {
  /**
   * Port that the image's web server listens on, on all addresses (WEB-PORT).
   * @default 9000
   */
  readonly port?: number;
}

/**
 * A function that answers the requests of an API gateway, from a container image with a web server. Its initialization may
 * take 90 s by default.
 */
export class WebImageFunction extends DeclaredFunction<"web"> {
  /** What starts it. */
  readonly functionType = "web";
  /** The name that it has on the platform. */
  readonly functionName: string;
  protected readonly resource: ResourceElement;

  constructor(scope: Construct, id: string, given: WebImageFunctionProps) {
    super(scope, id, given);
    const props = Defaults.complete(this, given);
    this.functionName = props.name ?? nameFromPath(this, "function");
    this.resource = new ResourceElement(this, functionSchema, () => ({
      namespace: this.namespaceReference,
      functionName: this.functionName,
      ...webImageProperties(props),
      ...commonProperties(props, IMAGE_INIT_TIMEOUT),
      ...webProperties(props),
      ...strayProperties(props, [
        "handler",
        "layers",
        "dnsCache",
        "asyncExecution",
        "statusTracking",
        "deadLetterQueue",
        "logFormat",
      ]),
      surroundings: surroundingsOf(props, props.image),
    }));
    declareAsyncInvocation(this, props);
  }
}
