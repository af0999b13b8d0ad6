import { Construct } from "constructs";
import { ResourceElement } from "../cdktf";
import { timerTriggerSchema, type TimerTriggerProperties } from "../model/resources/timer-trigger";
import type { FunctionType, IInvocable } from "./invocable";
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

/**
 * What starts a function. Given to `addTrigger` of a function, a version or an alias. `T` are the types of function that it
 * can start: web functions have API gateway triggers only (WEB-TRG).
 */
export abstract class Trigger<T extends FunctionType = FunctionType> {
  /** Starts it on a schedule. */
  static timer(props: TimerProps): Trigger<"event"> {
    return new Timer(props);
  }

  /** Called by `addTrigger`: declares the resource. A property, so that the compiler tells the types of function apart. */
  abstract readonly bind: (scope: Construct, id: string, target: IInvocable<T>) => void;
}

class Timer extends Trigger<"event"> {
  constructor(private readonly props: TimerProps) {
    super();
  }

  readonly bind = (scope: Construct, id: string, target: IInvocable<"event">): void => {
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
  };
}

export function bindTrigger<T extends FunctionType>(
  scope: Construct,
  id: string,
  trigger: Trigger<T>,
  target: IInvocable<T>,
): void {
  trigger.bind(new Construct(scope, id), id, target);
}
