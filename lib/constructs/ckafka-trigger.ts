import { ResourceElement } from "../cdktf";
import { ckafkaTriggerSchema, type CkafkaTriggerProperties } from "../model/resources/ckafka-trigger";
import type { Duration } from "./duration";
import { secondsOf } from "./given";
import { triggerTarget, type BindTrigger } from "./trigger-binding";

/** Which messages of a CKafka topic start a function, and how many at a time. */
export interface CkafkaTriggerProps {
  /** The CKafka instance, `ckafka-…`. A change replaces the trigger. */
  readonly instanceId: CkafkaTriggerProperties["instanceId"];
  /** Name of the topic. A change replaces the trigger. */
  readonly topic: CkafkaTriggerProperties["topic"];
  /**
   * Where reading begins: with the newest messages, the oldest, or those from a point in time. A change replaces the
   * trigger.
   * @default latest
   */
  readonly offset?: "latest" | "earliest" | Date;
  /**
   * The consumer group that reads. A change replaces the trigger.
   * @default one that the platform makes
   */
  readonly consumerGroup?: CkafkaTriggerProperties["consumerGroup"];
  /**
   * Messages that one start takes at most, 1 or more.
   * @default 100
   */
  readonly maxMessages?: CkafkaTriggerProperties["maxMessages"];
  /**
   * How often messages are tried again that the function failed on, 0 or more.
   * @default 10000
   */
  readonly retries?: CkafkaTriggerProperties["retries"];
  /**
   * How long to wait for as many messages as one start takes: 1–60 s.
   * @default 60 seconds
   */
  readonly maxWait?: Duration;
  /**
   * Whether it fires (TRG-ENABLE).
   * @default true
   */
  readonly enabled?: CkafkaTriggerProperties["enabled"];
  /**
   * For people.
   * @default none
   */
  readonly description?: CkafkaTriggerProperties["description"];
}

export function ckafka(props: CkafkaTriggerProps): BindTrigger<"event"> {
  return (scope, _id, target) => {
    new ResourceElement(scope, ckafkaTriggerSchema, () => ({
      ...triggerTarget(target),
      instanceId: props.instanceId,
      topic: props.topic,
      offset: props.offset instanceof Date ? String(props.offset.getTime()) : (props.offset ?? "latest"),
      consumerGroup: props.consumerGroup,
      maxMessages: props.maxMessages ?? 100,
      retries: props.retries ?? 10_000,
      maxWait: secondsOf(props.maxWait, 60),
      enabled: props.enabled ?? true,
      description: props.description,
    }));
  };
}
