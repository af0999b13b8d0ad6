import type { Plan } from "../../model/plan";
import { AppModel } from "../../rules/app-model";

const models = new WeakMap<Plan, AppModel>();

/** The resources of one plan, with references that can be followed. What belongs to other stacks is not known. */
export function modelOf(plan: Plan): AppModel {
  let model = models.get(plan);
  if (!model) models.set(plan, (model = new AppModel([plan])));
  return model;
}
