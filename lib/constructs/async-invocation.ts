import { Construct } from "constructs";
import { ResourceElement } from "../cdktf";
import { limits } from "../model/quotas";
import { asyncInvocationSchema } from "../model/resources/async-invocation";
import type { EventFunctionProps } from "./function-props";
import type { IFunction } from "./invocable";

/** Declares what becomes of a function's asynchronous events, when the program says anything of it. */
export function declareAsyncInvocation(target: IFunction<"event">, props: EventFunctionProps): void {
  const { asyncInvocation: options, asyncExecution = false } = props;
  if (options === undefined) return;
  const { retryAttempts, eventAgeSeconds } = limits.asyncInvocation;
  new ResourceElement(new Construct(target, "AsyncInvocation"), "Resource", asyncInvocationSchema, () => ({
    namespace: target.namespaceReference,
    functionName: target.nameReference,
    retryAttempts: options.retryAttempts ?? (asyncExecution ? 0 : retryAttempts),
    maximumEventAge: options.maximumEventAge?.toSeconds() ?? eventAgeSeconds.largest,
  }));
}
