import type { PlannedGate } from "../model/resources/alias";
import type { Duration } from "./duration";
import { secondsOf } from "./given";

/** How long a gate may take, in seconds, where the program does not say. */
const TIMEOUT_SECONDS = 300;

/** What a gate may be told. */
export interface GateOptions {
  /**
   * It has failed when it has not ended by then; more than 0, at most 24 hours (REL-GATE).
   * @default 5 minutes
   */
  readonly timeout?: Duration;
}

/** What decides whether a release goes on. */
export class Gate {
  /**
   * A command for a shell, run in the project's folder with the environment of the deploy and `SCF_REGION`, `SCF_NAMESPACE`,
   * `SCF_FUNCTION`, `SCF_ALIAS`, `SCF_OLD_VERSION`, `SCF_NEW_VERSION`, `SCF_STEP` and `SCF_PERCENT`. Exit code 0 lets the
   * release go on; anything else rolls it back.
   */
  static command(command: string, options: GateOptions = {}): Gate {
    return new Gate(() => ({ command, timeoutSeconds: secondsOf(options.timeout, TIMEOUT_SECONDS) }));
  }

  private constructor(
    /**
     * As it stands in the plan.
     *
     * @internal
     */
    readonly toPlan: () => PlannedGate,
  ) {}
}
