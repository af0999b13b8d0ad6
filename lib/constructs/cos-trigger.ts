import { Construct } from "constructs";
import { providerOf, ResourceElement } from "../cdktf";
import { cosTriggerSchema, type cosEvents, type CosTriggerProperties } from "../model/resources/cos-trigger";
import { misfit, type Misfit } from "../model/misfit";
import { triggerTarget, type BindTrigger } from "./trigger-binding";

/**
 * What happens to an object: `cos:ObjectCreated:Put`, or `cos:ObjectCreated:*` for whatever makes one. Other text is for
 * events that the platform gets later.
 */
export type CosEvent = (typeof cosEvents)[number] | (string & Record<never, never>);

/** Which objects of a bucket start a function, and what has to happen to them (TRG-COS). */
export interface CosTriggerProps {
  /** The bucket, by its name with the account's id: `uploads-1250000000`. A change replaces the trigger. */
  readonly bucket: CosTriggerProperties["bucket"];
  /** What has to happen, at least one; each event is a trigger of its own. A change replaces the trigger. */
  readonly events: readonly [CosEvent, ...CosEvent[]];
  /**
   * How the names of the objects begin, for example `images/`. A bucket has each event with prefix and suffix for one
   * function only (TRG-COS). A change replaces the trigger.
   * @default any
   */
  readonly prefix?: CosTriggerProperties["prefix"];
  /**
   * How the names of the objects end, beginning with a period, for example `.jpg` (TRG-COS). A change replaces the trigger.
   * @default any
   */
  readonly suffix?: CosTriggerProperties["suffix"];
  /**
   * Region of the bucket; it is the function's own (TRG-COSREG). A change replaces the trigger.
   * @default the region of the stack
   */
  readonly region?: CosTriggerProperties["bucketRegion"];
  /**
   * Whether it fires (TRG-ENABLE).
   * @default true
   */
  readonly enabled?: CosTriggerProperties["enabled"];
}

export function cos(props: CosTriggerProps): BindTrigger<"event"> {
  return (scope, _id, target) => {
    const given: unknown = props.events ?? [];
    const events: readonly unknown[] = Array.isArray(given) ? given : [given];
    // Without any event there is still something for TYPE to say that one is missing.
    const each = events.length > 0 ? events : [undefined];
    for (const event of each) {
      new ResourceElement(
        each.length === 1 ? scope : new Construct(scope, idOf(scope, event)),
        cosTriggerSchema,
        () => ({
          ...triggerTarget(target),
          bucket: props.bucket,
          bucketRegion: props.region ?? providerOf(scope)?.region,
          event: events.length > 0 ? event : noEvents(props),
          prefix: props.prefix,
          suffix: props.suffix,
          enabled: props.enabled ?? true,
        }),
      );
    }
  };
}

/** The platform's own word for it is `event`; what stands there in a program in plain JavaScript was meant. */
function noEvents(props: object): Misfit {
  const { event }: { readonly event?: unknown } = props;
  const example = typeof event === "string" ? event : "cos:ObjectCreated:*";
  return misfit("a list of events", undefined, `give events: [${JSON.stringify(example)}]`, "events");
}

/** `ObjectCreated-Put`. An event that stands there twice gets a number, so that TRG-COS can speak of it. */
function idOf(scope: Construct, event: unknown): string {
  const id = String(event)
    .replace(/^cos:/, "")
    .replace(/\*/g, "Any")
    .replace(/[^A-Za-z0-9]+/g, "-");
  let free = id;
  for (let number = 2; scope.node.tryFindChild(free); number++) free = `${id}-${number}`;
  return free;
}
