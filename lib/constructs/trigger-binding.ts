import type { Construct } from "constructs";
import type { Resolvable } from "../model/resource-schema";
import type { FunctionType, IInvocable } from "./invocable";

/** Declares what a trigger needs, below `scope`. */
export type BindTrigger<T extends FunctionType> = (
  scope: Construct,
  id: string,
  target: IInvocable<T>,
) => void;

/** The properties that every trigger has of what it starts. */
export function triggerTarget(target: IInvocable): {
  readonly namespace: Resolvable<string>;
  readonly functionName: Resolvable<string>;
  readonly qualifier: Resolvable<string>;
  readonly functionType?: FunctionType;
} {
  const { function: owner } = target;
  return {
    namespace: owner.namespaceReference,
    functionName: owner.nameReference,
    qualifier: target.qualifier,
    // A declared function says itself what it is, and an event function may be started by anything.
    ...(owner.functionType === "web" && !("contentReference" in owner) ? { functionType: "web" } : {}),
  };
}

/**
 * What a program in plain JavaScript gives beside the properties that the type knows. The rules say what is wrong with it.
 */
export function untyped(props: object, name: string): unknown {
  return (props as Readonly<Record<string, unknown>>)[name];
}
