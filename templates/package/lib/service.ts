import * as scf from "cdktf-scf";
import { Construct } from "constructs";

export interface ServiceProps {
  /** What runs: `index.js`, with a `main_handler`. */
  readonly code: scf.Code;
  /**
   * Memory in MB.
   * @default the organization's default for functions
   */
  readonly memory?: scf.MemoryMb;
}

/** A function as the organization runs it: callers use the alias `live`, which moves to each new version. */
export class Service extends Construct {
  /** What a program leaves out of its props may come from `Defaults`. */
  static readonly takesDefaults = true;

  /** The function itself. */
  readonly function: scf.Function;
  /** What callers use. */
  readonly live: scf.Alias<"event">;

  constructor(scope: Construct, id: string, given: ServiceProps) {
    super(scope, id);
    this.function = new scf.Function(this, "function", {
      runtime: scf.Runtime.NODEJS_16_13,
      handler: "index.main_handler",
      ...scf.Defaults.complete(this, given),
    });
    this.live = this.function.addAlias("live", { version: this.function.currentVersion });
  }
}
