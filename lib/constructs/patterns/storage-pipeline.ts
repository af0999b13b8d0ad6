import { Construct } from "constructs";
import { addressOf, Defaults, providerOf } from "../../cdktf";
import { ScfError } from "../../model/error";
import type { Alias } from "../alias";
import type { CosEvent } from "../cos-trigger";
import { Function, type FunctionProps } from "../function";
import { Role } from "../role";
import { Trigger } from "../trigger";

/** What a pipeline works on. */
export interface StoragePipelineProps {
  /** The bucket, by its name with the account's id: `photos-1250000000`. It exists already, in the region of the stack. */
  readonly bucket: string;
}

/** Which objects a stage takes, and where it puts what it makes. */
export interface PipelineStageOptions {
  /** How the names of the objects begin that it works on: `uploads/`. */
  readonly from: string;
  /**
   * How they end, beginning with a period: `.jpg` (TRG-COS).
   * @default any
   */
  readonly suffix?: string;
  /**
   * How the names of the objects begin that it makes: `thumbnails/`. It has no other place that it may write to.
   * @default it makes none
   */
  readonly to?: string;
  /**
   * What has to happen to an object.
   * @default ["cos:ObjectCreated:*"]
   */
  readonly events?: readonly [CosEvent, ...CosEvent[]];
}

/** A stage has a role of its own that is made for it. */
export type PipelineStageProps = Omit<FunctionProps, "role"> & PipelineStageOptions;

/** One function of a pipeline. Its code finds `BUCKET`, `FROM` and `TO` in its environment. */
export class PipelineStage extends Construct {
  /** What a program leaves out of its props may come from `Defaults`. */
  static readonly takesDefaults = true;

  readonly function: Function;
  /** What new objects start: it moves to a new version when code or configuration change. */
  readonly live: Alias<"event">;
  /** What the function runs with. It may read what it works on and write what it makes; grant it more here. */
  readonly role: Role;

  /** @internal */
  constructor(pipeline: StoragePipeline, id: string, given: PipelineStageProps) {
    super(pipeline, id);
    const props = Defaults.complete(this, given);
    const { bucket } = pipeline;
    const { from, to, suffix, events = ["cos:ObjectCreated:*"] } = props;
    pipeline.connect({ stage: id, from, to });
    this.role = new Role(this, "role");
    const allow = (prefix: string, actions: readonly string[]): void => {
      const region = providerOf(this)?.region ?? "*";
      const account = bucket.slice(bucket.lastIndexOf("-") + 1);
      const resources = [`qcs::cos:${region}:uid/${account}:${bucket}/${prefix}*`];
      this.role.addToPolicy({ effect: "allow", actions, resources });
    };
    allow(from, ["cos:GetObject", "cos:HeadObject"]);
    if (to !== undefined) allow(to, ["cos:PutObject"]);
    this.function = new Function(this, "function", {
      ...props,
      role: this.role,
      environment: {
        BUCKET: bucket,
        FROM: from,
        ...(to === undefined ? {} : { TO: to }),
        ...props.environment,
      },
    });
    this.live = this.function.addAlias("live", { version: this.function.currentVersion });
    this.live.addTrigger(
      "objects",
      Trigger.cos({ bucket, events, prefix: from, ...(suffix === undefined ? {} : { suffix }) }),
    );
  }
}

/** What a stage reads and writes. */
interface Flow {
  readonly stage: string;
  readonly from: string;
  readonly to: string | undefined;
}

/**
 * Functions that work on the objects of a bucket, each on what the one before has made. A stage that would start itself with
 * what it makes, by itself or by way of others, is refused: it would never end.
 */
export class StoragePipeline extends Construct {
  readonly bucket: string;
  private readonly flows: Flow[] = [];

  constructor(scope: Construct, id: string, { bucket }: StoragePipelineProps) {
    super(scope, id);
    this.bucket = bucket;
  }

  /**
   * Adds a function that works on objects below a prefix.
   *
   * @throws ScfError `PIPELINE_LOOP` when objects that it makes would start it again
   */
  addStage(id: string, props: PipelineStageProps): PipelineStage {
    return new PipelineStage(this, id, props);
  }

  /**
   * Takes note of what a stage reads and writes, once its defaults are known.
   *
   * @throws ScfError `PIPELINE_LOOP`
   * @internal
   */
  connect(flow: Flow): void {
    this.flows.push(flow);
    const { stage, to } = flow;
    const loop = this.loopThrough(stage);
    if (!loop) return;
    throw new ScfError(
      "PIPELINE_LOOP",
      `${addressOf(this)}: what stage ${stage} writes to ${JSON.stringify(to)} starts it again: ${loop.join(" → ")}.`,
      { fix: "Have it write below a prefix that no stage before it works on." },
    );
  }

  /** The way from a stage back to it, when there is one. */
  private loopThrough(id: string): readonly string[] | undefined {
    const paths: string[][] = [[id]];
    const seen = new Set<string>();
    for (let path = paths.shift(); path; path = paths.shift()) {
      const last = path[path.length - 1] as string;
      const to = this.flows.find(({ stage }) => stage === last)?.to;
      if (to === undefined) continue;
      for (const { stage } of this.flows.filter(({ from }) => overlap(from, to))) {
        if (stage === id) return [...path, id];
        if (seen.has(stage)) continue;
        seen.add(stage);
        paths.push([...path, stage]);
      }
    }
    return undefined;
  }
}

/** Whether an object below one prefix may lie below the other one. */
function overlap(left: string, right: string): boolean {
  return left.startsWith(right) || right.startsWith(left);
}
