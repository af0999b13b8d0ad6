import { ResourceElement } from "../cdktf";
import { mpsTriggerSchema, type MpsTriggerProperties } from "../model/resources/mps-trigger";
import { triggerTarget, untyped, type BindTrigger } from "./trigger-binding";

/** The platform has no switch for these triggers: they fire as long as they are there (TRG-ENABLE). */
export interface MpsTriggerProps {
  /**
   * Which tasks of Media Processing Service: those of workflows, or those that edit media. A change replaces the trigger.
   */
  readonly eventType: MpsTriggerProperties["eventType"];
}

export function mps(props: MpsTriggerProps): BindTrigger<"event"> {
  return (scope, _id, target) => {
    new ResourceElement(scope, mpsTriggerSchema, () => ({
      ...triggerTarget(target),
      eventType: props.eventType,
      enabled: untyped(props, "enabled"),
    }));
  };
}
