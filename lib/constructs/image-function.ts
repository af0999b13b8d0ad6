import type { Construct } from "constructs";
import { Defaults, ResourceElement } from "../cdktf";
import { functionSchema } from "../model/resources/function";
import { declareAsyncInvocation } from "./async-invocation";
import { DeclaredFunction } from "./declared-function";
import {
  commonProperties,
  eventProperties,
  IMAGE_INIT_TIMEOUT,
  imageProperties,
  strayProperties,
  surroundingsOf,
  type CommonFunctionProps,
  type EventFunctionProps,
  type ImageProps,
} from "./function-props";
import { nameFromPath } from "./names";

export interface ImageFunctionProps extends CommonFunctionProps, EventFunctionProps, ImageProps {}

/** A function that triggers and invocations start, from a container image. Its initialization may take 90 s by default. */
export class ImageFunction extends DeclaredFunction<"event"> {
  /** What starts it. */
  readonly functionType = "event";
  /** The name that it has on the platform. */
  readonly functionName: string;
  protected readonly resource: ResourceElement;

  constructor(scope: Construct, id: string, given: ImageFunctionProps) {
    super(scope, id, given);
    const props = Defaults.complete(this, given);
    this.functionName = props.name ?? nameFromPath(this, "function");
    this.resource = new ResourceElement(this, functionSchema, () => ({
      namespace: this.namespaceReference,
      functionName: this.functionName,
      ...imageProperties(props),
      ...commonProperties(props, IMAGE_INIT_TIMEOUT),
      ...eventProperties(props),
      ...strayProperties(props, [
        "handler",
        "layers",
        "dnsCache",
        "webSocket",
        "instanceConcurrency",
        "logFormat",
      ]),
      surroundings: surroundingsOf(props, props.image),
    }));
    declareAsyncInvocation(this, props);
  }
}
