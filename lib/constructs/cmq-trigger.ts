import { ResourceElement } from "../cdktf";
import { cmqTriggerSchema, type CmqTriggerProperties } from "../model/resources/cmq-trigger";
import { triggerTarget, untyped, type BindTrigger } from "./trigger-binding";

/** Which CMQ topic a function was started by (TRG-CMQ). */
export interface CmqTriggerProps {
  /** Name of the CMQ topic (TRG-CMQ). */
  readonly topic: CmqTriggerProperties["topic"];
}

/** Declared all the same, so that synthesis can say what to use instead (TRG-CMQ). */
export function cmq(props: CmqTriggerProps): BindTrigger<never> {
  return (scope, _id, target) => {
    new ResourceElement(scope, cmqTriggerSchema, () => ({
      ...triggerTarget(target),
      topic: props.topic,
      enabled: untyped(props, "enabled"),
    }));
  };
}
