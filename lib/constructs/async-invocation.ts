import { Construct } from "constructs";
import { ResourceElement } from "../cdktf";
import { limits } from "../model/quotas";
import { asyncInvocationSchema } from "../model/resources/async-invocation";
import { secondsOf } from "./given";
import type { EventFunctionProps } from "./function-props";
import type { IFunction } from "./invocable";

/**
 * Declares what becomes of a function's asynchronous events, when the program says anything of it. Of a web function only a
 * program in plain JavaScript does (WEB-ASYNC).
 */
export function declareAsyncInvocation(target: IFunction, props: object): void {
  const { asyncInvocation: options, asyncExecution = false } = props as EventFunctionProps;
  if (options === undefined) return;
  const { retryAttempts, eventAgeSeconds } = limits.asyncInvocation;
  new ResourceElement(new Construct(target, "AsyncInvocation"), asyncInvocationSchema, () => ({
    namespace: target.namespaceReference,
    functionName: target.nameReference,
    retryAttempts: options.retryAttempts ?? (asyncExecution ? 0 : retryAttempts),
    maximumEventAge: secondsOf(options.maximumEventAge, eventAgeSeconds.largest),
  }));
}
