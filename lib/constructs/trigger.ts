import { Construct } from "constructs";
import { addressOf } from "../cdktf";
import { ScfError } from "../model/error";
import { apiGateway, type ApiGatewayTriggerProps } from "./api-gateway-trigger";
import { ckafka, type CkafkaTriggerProps } from "./ckafka-trigger";
import { cls, type ClsTriggerProps } from "./cls-trigger";
import { cmq, type CmqTriggerProps } from "./cmq-trigger";
import { cos, type CosTriggerProps } from "./cos-trigger";
import type { FunctionType, IInvocable } from "./invocable";
import { mps, type MpsTriggerProps } from "./mps-trigger";
import { timer, type TimerProps } from "./timer-trigger";
import type { BindTrigger } from "./trigger-binding";

/**
 * What starts a function. Given to `addTrigger` of a function, a version or an alias. `T` are the types of function that it
 * can start: web functions have API gateway triggers only (WEB-TRG). A function has at most 10 triggers of one type, on all
 * its versions and aliases together (TRG-COUNT).
 *
 * API gateway and CKafka wait for the function (synchronous); timer, COS, CLS and MPS hand over an event of at most 128 KB,
 * which is tried again when the function fails (TRG-TYPE, TRG-ASYNC).
 */
export class Trigger<T extends FunctionType = FunctionType> {
  /** Starts it on a schedule. */
  static timer(props: TimerProps): Trigger<"event"> {
    return new Trigger(timer(props));
  }

  /** Starts it when something happens to an object of a bucket. */
  static cos(props: CosTriggerProps): Trigger<"event"> {
    return new Trigger(cos(props));
  }

  /** Starts it with the messages of a CKafka topic. */
  static ckafka(props: CkafkaTriggerProps): Trigger<"event"> {
    return new Trigger(ckafka(props));
  }

  /** Starts it with the logs that a log topic collects. */
  static cls(props: ClsTriggerProps): Trigger<"event"> {
    return new Trigger(cls(props));
  }

  /** Starts it when a task of Media Processing Service has ended. */
  static mps(props: MpsTriggerProps): Trigger<"event"> {
    return new Trigger(mps(props));
  }

  /**
   * Has it answer requests to an API gateway: a basic one that is made with the trigger, or a service that is there already
   * (`serviceId`).
   */
  static apiGateway(props: ApiGatewayTriggerProps = {}): Trigger<"event" | "web"> {
    return new Trigger(apiGateway(props));
  }

  /**
   * CMQ is discontinued since June 2022: no function takes such a trigger, and synthesis says what to use instead (TRG-CMQ).
   *
   * @deprecated use `ckafka`, or have what sent the messages invoke the function
   */
  static cmq(props: CmqTriggerProps): Trigger<never> {
    return new Trigger(cmq(props));
  }

  /** Called by `addTrigger`: declares the resource. A property, so that the compiler tells the types of function apart. */
  readonly bind: BindTrigger<T>;

  private constructor(bind: BindTrigger<T>) {
    this.bind = bind;
  }
}

export function bindTrigger<T extends FunctionType>(
  scope: Construct,
  id: string,
  trigger: Trigger<T>,
  target: IInvocable<T>,
): void {
  const given = trigger as Partial<Trigger<T>> | undefined;
  if (typeof given?.bind !== "function") {
    throw new ScfError("TRIGGER", `${addressOf(scope)}: ${JSON.stringify(id)} is no trigger.`, {
      fix: "Make it with Trigger: Trigger.timer({ schedule: … }).",
    });
  }
  given.bind(new Construct(scope, id), id, target);
}
