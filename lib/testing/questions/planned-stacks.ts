import type { Plan } from "../../model/plan";
import { AppModel } from "../../rules/app-model";
import { Resources } from "../resources";

/** What questions are asked of: a `Plan` is that. */
export interface PlannedStacks {
  /** Those of one app. What belongs to others is not known. */
  readonly stacks: readonly Plan[];
}

interface Prepared {
  /** With references that can be followed. */
  readonly app: AppModel;
  /** By path. */
  readonly resources: Resources;
}

const prepared = new WeakMap<readonly Plan[], Prepared>();

/** Made once for all questions about the same stacks. */
export function prepare({ stacks }: PlannedStacks): Prepared {
  let known = prepared.get(stacks);
  if (!known) {
    const [first, ...more] = stacks;
    const title = first && more.length === 0 ? `Stack ${first.stack}` : "The app";
    known = { app: new AppModel(stacks), resources: new Resources(title, stacks, () => undefined) };
    prepared.set(stacks, known);
  }
  return known;
}

export function modelOf(plan: PlannedStacks): AppModel {
  return prepare(plan).app;
}
