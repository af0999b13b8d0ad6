import { misfit } from "../model/misfit";
import type { PlannedGate, PlannedRelease, PlannedStep } from "../model/resources/alias";
import type { Duration } from "./duration";
import type { Gate } from "./gate";
import { secondsOf } from "./given";
import type { Weight } from "./weight";

/** One step of a release: a share of the requests, for some time, and then a gate. */
export interface ReleaseStep {
  /** What goes to the new version; more than in the step before, 0–100 % (REL-STEPS). */
  readonly weight: Weight;
  /**
   * How long it stays so before the gate; at most 7 days (REL-STEPS).
   * @default no time
   */
  readonly wait?: Duration;
  /**
   * What decides whether the release goes on. One that fails has all requests go to the old version again.
   * @default it goes on
   */
  readonly gate?: Gate;
}

/** What all releases can be told. */
export interface ReleaseOptions {
  /**
   * Instances of the alias's version that are started before requests come; 1 or more. Those of a new version are ready before
   * the first step, and those of the old one are given back after the last: for that while there are both (REL-PROV, CON-PSUM).
   * @default none
   */
  readonly instances?: number;
}

export interface CanaryReleaseProps extends ReleaseOptions {
  /** At least one, at most 20, each with a larger share than the one before (REL-STEPS). After the last one, everything goes to the new version. */
  readonly steps: readonly ReleaseStep[];
}

export interface BlueGreenReleaseProps extends ReleaseOptions {
  /** Judges the new version before any request goes to it: it is told its number as `SCF_NEW_VERSION`. */
  readonly gate: Gate;
  /**
   * How long the old version is kept ready after all requests have moved; at most 7 days (REL-STEPS).
   * @default no time
   */
  readonly bake?: Duration;
  /**
   * Judges the new version after that time. When it fails, all requests go to the old version again.
   * @default it stays
   */
  readonly bakeGate?: Gate;
}

/** How an alias goes from one version to the next: in steps, with gates between them. */
export class Release {
  /** A growing share of the requests, step by step. */
  static canary(props: CanaryReleaseProps): Release {
    return new Release(() => plannedSteps(props?.steps), props?.instances);
  }

  /** All requests at once, after a gate, and back at once where the new version does not prove itself. */
  static blueGreen(props: BlueGreenReleaseProps): Release {
    return new Release(
      () => [
        { percent: 0, waitSeconds: 0, ...plannedGate(props?.gate) },
        { percent: 100, waitSeconds: secondsOf(props?.bake, 0), ...plannedGate(props?.bakeGate) },
      ],
      props?.instances,
    );
  }

  private constructor(
    private readonly steps: () => readonly PlannedStep[],
    /**
     * Instances of the alias's version.
     *
     * @internal
     */
    readonly instances: number | undefined,
  ) {}

  /**
   * As it stands in the plan.
   *
   * @internal
   */
  toPlan(): PlannedRelease {
    return { steps: [...this.steps()] };
  }
}

/** Programs in plain JavaScript may hand in anything: that becomes a finding of TYPE. */
export function plannedRelease(release: Release | undefined): unknown {
  const given: unknown = release;
  if (given === undefined || given === null) return undefined;
  if (typeof (given as Release).toPlan === "function") return (given as Release).toPlan();
  return misfit("a Release", given, "use Release.canary({ steps: [] }) or Release.blueGreen({ gate })");
}

function plannedSteps(steps: readonly ReleaseStep[]): readonly PlannedStep[] {
  const given: unknown = steps;
  if (!Array.isArray(given)) return misfit("a list of steps", given, "write them in brackets") as never;
  return (given as readonly ReleaseStep[]).map((step) => ({
    percent: percentOf(step?.weight),
    waitSeconds: secondsOf(step?.wait, 0),
    ...plannedGate(step?.gate),
  }));
}

function percentOf(weight: Weight): number {
  const given: unknown = weight;
  if (typeof (given as Weight | undefined)?.toPercent === "function") return (given as Weight).toPercent();
  const example = typeof given === "number" ? given : 10;
  return misfit("a Weight", given, `use Weight.percent(${example})`) as unknown as number;
}

function plannedGate(gate: Gate | undefined): { readonly gate?: PlannedGate } {
  const given: unknown = gate;
  if (given === undefined || given === null) return {};
  if (typeof (given as Gate).toPlan === "function") return { gate: (given as Gate).toPlan() };
  const command = JSON.stringify(typeof given === "string" ? given : "npm run smoke");
  return { gate: misfit("a Gate", given, `use Gate.command(${command})`) as unknown as PlannedGate };
}
