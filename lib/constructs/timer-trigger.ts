import { ResourceElement } from "../cdktf";
import { misfit } from "../model/misfit";
import { timerTriggerSchema, type TimerTriggerProperties } from "../model/resources/timer-trigger";
import type { Schedule } from "./schedule";
import { triggerTarget, type BindTrigger } from "./trigger-binding";

/** When a function is started, and with which message (TRG-CRON). */
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

export function timer(props: TimerProps): BindTrigger<"event"> {
  return (scope, id, target) => {
    new ResourceElement(scope, timerTriggerSchema, () => ({
      ...triggerTarget(target),
      triggerName: props.name ?? id,
      cron: expressionOf(props.schedule),
      enabled: props.enabled ?? true,
      message: props.message,
      description: props.description,
    }));
  };
}

/** Plain JavaScript may give the expression itself. */
function expressionOf(schedule: Schedule): string {
  const given: unknown = schedule;
  return typeof given === "string"
    ? (misfit("a Schedule", given, `use Schedule.cron(${JSON.stringify(given)})`) as unknown as string)
    : schedule?.expression;
}
