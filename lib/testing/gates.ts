import type { GateCall, GateResult } from "../kinds/kind";
import type { GateRunner } from "../reconciler/gate";

/** The variables that a gate is told of the step that it judges. */
export type GateVariable =
  | "SCF_REGION"
  | "SCF_NAMESPACE"
  | "SCF_FUNCTION"
  | "SCF_ALIAS"
  | "SCF_OLD_VERSION"
  | "SCF_NEW_VERSION"
  | "SCF_STEP"
  | "SCF_PERCENT";

/** A gate that a release has come to. */
export interface ReachedGate {
  /** The command that a deploy would run. */
  readonly command: string;
  /** What a deploy would run it with, beside its own environment. */
  readonly environment: Readonly<Record<GateVariable, string>>;
}

/** Says whether a gate lets its release go on. What it throws, the deployment throws. */
export type GateAnswer = (gate: ReachedGate) => boolean | Promise<boolean>;

/** Has a test answer the gates of a deployment. */
export class AnsweredGates {
  private thrown: { readonly error: unknown } | undefined;

  /** @param answer without one, every gate lets its release go on */
  constructor(private readonly answer: GateAnswer | undefined) {}

  readonly run: GateRunner = async ({ command, environment }: GateCall): Promise<GateResult> => {
    try {
      const passed = (await this.answer?.({ command, environment: environment as Variables })) ?? true;
      return { passed, outcome: passed ? "the test lets it pass" : "the test lets it fail", output: "" };
    } catch (error) {
      this.thrown ??= { error };
      throw error;
    }
  };

  /** @throws what an answer has thrown */
  check(): void {
    if (this.thrown) throw this.thrown.error;
  }
}

type Variables = ReachedGate["environment"];
