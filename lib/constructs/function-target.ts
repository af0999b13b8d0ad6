import { Construct } from "constructs";
import { addressOf, ResourceElement } from "../cdktf";
import { ScfError } from "../model/error";
import { functionBindingSchema, type FunctionBindingProperties } from "../model/resources/function-binding";
import type { Backend } from "./backend";
import { otherRegionOf } from "./function-region";
import type { IFunction, IInvocable } from "./invocable";

/** Where a rule sends requests, and how many of them. */
export interface FunctionTarget {
  /** A version or alias of an event function in the load balancer's region (CLB-REGION, WEB-TRG). */
  readonly target: IInvocable<"event">;
  /**
   * 0–100; 0 takes no new requests (CLB-WEIGHT).
   * @default 10
   */
  readonly weight?: FunctionBindingProperties["weight"];
}

export function isBackend(target: unknown): target is Backend {
  return isObject(target) && "bound" in target;
}

/**
 * Binds a version or alias of a function.
 *
 * @param place the load balancer, listener and forwarding rule; a program in plain JavaScript may leave the last one out
 */
export function bindFunction(
  scope: Construct,
  id: string,
  given: IInvocable<"event"> | FunctionTarget,
  place: () => object,
): void {
  const { target, weight }: FunctionTarget =
    isObject(given) && "target" in given ? given : { target: given as IInvocable<"event"> };
  // A program in plain JavaScript may give the function itself: CLB-RULE says what is missing.
  const owner: IFunction = isFunction(target) ? target : target?.function;
  if (!isFunction(owner)) {
    throw new ScfError(
      "TARGET_FORM",
      `${addressOf(scope)}: what is given as a target is neither a version or alias of a function nor a back-end.`,
      {
        fix: "Give `currentVersion`, `latest` or an alias of a function, or make a back-end with Backend.instance(…).",
      },
    );
  }
  new ResourceElement(new Construct(scope, id), functionBindingSchema, () => ({
    ...place(),
    namespace: owner.namespaceReference,
    functionName: owner.nameReference,
    functionRegion: otherRegionOf(owner, scope),
    qualifier: isFunction(target) ? "" : target.qualifier,
    qualifierType: isFunction(target) ? "version" : target.qualifierType,
    weight: weight ?? 10,
  }));
}

function isFunction(value: unknown): value is IFunction {
  return isObject(value) && "nameReference" in value && "functionType" in value;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
