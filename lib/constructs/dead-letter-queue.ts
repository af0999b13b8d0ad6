import type { FunctionProperties } from "../model/resources/function";

type Planned = NonNullable<FunctionProperties["deadLetterQueue"]>;

/** Which subscribers of a topic get lost events (EXE-DLQ). */
export interface DeadLetterTopicOptions {
  /**
   * How subscribers of the topic are told apart, in the words of the API (`FilterType`).
   * @default the topic's own
   */
  readonly filterType?: string;
}

/**
 * Where asynchronous events go that could not be delivered before they were too old (EXE-DLQ). It exists already, in the
 * message queue of the function's region.
 */
export class DeadLetterQueue {
  /** A queue, by its name. */
  static queue(name: string): DeadLetterQueue {
    return new DeadLetterQueue({ type: "queue", name });
  }

  /** A topic, by its name. */
  static topic(name: string, options: DeadLetterTopicOptions = {}): DeadLetterQueue {
    const { filterType } = options;
    return new DeadLetterQueue({ type: "topic", name, ...(filterType === undefined ? {} : { filterType }) });
  }

  private constructor(private readonly planned: Planned) {}

  /**
   * As it stands in the plan.
   *
   * @internal
   */
  toPlan(): Planned {
    return this.planned;
  }
}
