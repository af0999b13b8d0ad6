import { ResourceElement } from "../cdktf";
import { clsTriggerSchema, type ClsTriggerProperties } from "../model/resources/cls-trigger";
import type { Duration } from "./duration";
import { secondsOf } from "./given";
import { triggerTarget, untyped, type BindTrigger } from "./trigger-binding";

/** The platform has no switch for these triggers: they fire as long as they are there (TRG-ENABLE). */
export interface ClsTriggerProps {
  /** Id of the log topic whose logs are delivered. A change replaces the trigger. */
  readonly topicId: ClsTriggerProperties["topicId"];
  /**
   * How long logs are collected before they are delivered, 1 s or more. A change replaces the trigger.
   * @default 60 seconds
   */
  readonly maxWait?: Duration;
  /**
   * Logs that one start takes at most: 1–10,000. A change replaces the trigger.
   * @default 100
   */
  readonly maxMessages?: ClsTriggerProperties["maxMessages"];
}

export function cls(props: ClsTriggerProps): BindTrigger<"event"> {
  return (scope, _id, target) => {
    new ResourceElement(scope, clsTriggerSchema, () => ({
      ...triggerTarget(target),
      topicId: props.topicId,
      maxWait: secondsOf(props.maxWait, 60),
      maxMessages: props.maxMessages ?? 100,
      enabled: untyped(props, "enabled"),
    }));
  };
}
