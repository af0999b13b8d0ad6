import * as scf from "cdktf-scf";
import { Construct } from "constructs";

export interface ServiceProps {
  /** What it is for. */
  readonly description: string;
  /** Folder with `index.js`, whose `main_handler` runs. */
  readonly folder: string;
  /**
   * Memory in MB.
   * @default the organization's default for functions
   */
  readonly memory?: scf.MemoryMb;
  /**
   * The topic that logs go to.
   * @default the platform's own
   */
  readonly logTopic?: scf.LogTopic;
  /**
   * Errors in one minute after which people are told.
   * @default 1
   */
  readonly errorsPerMinute?: number;
}

/** A function as Harbour runs it: called by the alias `live`, and watched. */
export class Service extends Construct {
  /** What a program leaves out of its props may come from `Defaults`. */
  static readonly takesDefaults = true;

  /** The function itself. */
  readonly function: scf.Function;
  /** What callers use. */
  readonly live: scf.Alias<"event">;

  constructor(scope: Construct, id: string, given: ServiceProps) {
    super(scope, id);
    const { description, folder, memory, logTopic, errorsPerMinute = 1 } = scf.Defaults.complete(this, given);
    this.function = new scf.Function(this, "Function", {
      description,
      runtime: scf.Runtime.NODEJS_16_13,
      handler: "index.main_handler",
      code: scf.Code.fromAsset(folder),
      ...(memory === undefined ? {} : { memory }),
      ...(logTopic === undefined ? {} : { logTopic }),
    });
    this.live = this.function.addAlias("live", { version: this.function.currentVersion });
    new scf.AlarmPolicy(this, "Errors", {
      conditions: [{ metric: this.live.metrics.errors(), comparison: ">", threshold: errorsPerMinute }],
    });
  }
}
