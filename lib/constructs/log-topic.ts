/** A log topic that exists already (LOG-REGION). */
export interface LogTopicAttributes {
  /** Id of the log set. */
  readonly logsetId: string;
  /** Id of the topic in it: set and topic are always given together (LOG-REGION). */
  readonly topicId: string;
  /**
   * Region of both, the function's own (LOG-REGION).
   * @default not known, so not checked
   */
  readonly region?: string;
}

/** A topic of the log service that exists. It is never created, changed or deleted by this library. */
export class LogTopic {
  /** Names an existing one. What is not said of it cannot be checked before the deploy. */
  static fromAttributes(attributes: LogTopicAttributes): LogTopic {
    return new LogTopic(attributes);
  }

  readonly logsetId: string;
  readonly topicId: string;
  readonly region: string | undefined;

  private constructor(attributes: LogTopicAttributes) {
    this.logsetId = attributes.logsetId;
    this.topicId = attributes.topicId;
    this.region = attributes.region;
  }
}
