import { Construct } from "constructs";
import { ResourceElement } from "../cdktf";
import { timerTriggerSchema, type TimerTriggerProperties } from "../model/resources/timer-trigger";
import type { IInvocable } from "./invocable";
import type { Schedule } from "./schedule";

export interface TimerProps {
  /** When it fires. */
  readonly schedule: Schedule;
  /**
   * Name, unique among the function's timers: 1–100 letters, digits, `_` and `-`.
   * @default the id that it is added with
   */
  readonly name?: TimerTriggerProperties["triggerName"];
  /**
   * Whether it fires (TRG-ENABLE).
   * @default true
   */
  readonly enabled?: TimerTriggerProperties["enabled"];
  /**
   * Text that the function gets with each event.
   * @default none
   */
  readonly message?: TimerTriggerProperties["message"];
  /**
   * For people.
   * @default none
   */
  readonly description?: TimerTriggerProperties["description"];
}

/** What starts a function. Given to `addTrigger` of a function, a version or an alias. */
export abstract class Trigger {
  /** Starts it on a schedule. */
  static timer(props: TimerProps): Trigger {
    return new Timer(props);
  }

  /** Called by `addTrigger`: declares the resource. */
  abstract bind(scope: Construct, id: string, target: IInvocable): void;
}

class Timer extends Trigger {
  constructor(private readonly props: TimerProps) {
    super();
  }

  bind(scope: Construct, id: string, target: IInvocable): void {
    const { props } = this;
    new ResourceElement(scope, "Resource", timerTriggerSchema, () => ({
      namespace: target.function.namespaceReference,
      functionName: target.function.nameReference,
      qualifier: target.qualifier,
      triggerName: props.name ?? id,
      cron: props.schedule.expression,
      enabled: props.enabled ?? true,
      message: props.message,
      description: props.description,
    }));
  }
}

export function bindTrigger(scope: Construct, id: string, trigger: Trigger, target: IInvocable): void {
  trigger.bind(new Construct(scope, id), id, target);
}
