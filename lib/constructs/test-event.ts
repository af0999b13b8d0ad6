import { Construct } from "constructs";
import { Defaults, ResourceElement } from "../cdktf";
import { testEventSchema, type TestEventProperties } from "../model/resources/test-event";
import type { IFunction } from "./invocable";
import { nameFromPath } from "./names";

/** A value that JSON can hold. */
export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** What a test event is called, and what it holds (QTA-TEST). */
export interface TestEventProps {
  /**
   * Name, unique in the account. A change replaces the template.
   * @default made from the construct's path
   */
  readonly name?: TestEventProperties["name"];
  /** What functions get as their event: at most 64 KB as JSON (QTA-TEST). */
  readonly event: JsonValue;
  /**
   * A function that the template is saved through: the platform's calls name one. Every function of the account can be
   * tried with the template.
   */
  readonly function: IFunction;
}

/** A template of an event, to try functions with in the console. An account has at most 5 of its own (QTA-TEST). */
export class TestEvent extends Construct {
  /** What a program leaves out of its props may come from `Defaults`. */
  static readonly takesDefaults = true;

  /** The name that it has on the platform. */
  readonly eventName: string;

  constructor(scope: Construct, id: string, given: TestEventProps) {
    super(scope, id);
    const props = Defaults.complete(this, given);
    this.eventName = props.name ?? nameFromPath(this, "test_event");
    new ResourceElement(this, testEventSchema, () => ({
      name: this.eventName,
      event: JSON.stringify(props.event),
      namespace: props.function.namespaceReference,
      functionName: props.function.nameReference,
    }));
  }
}
