import type { KindName } from "../model/resources";
import { resourceSchemas } from "../model/resources";
import type { AppModel, ModelResource } from "./app-model";

/** Every kind of trigger that belongs to a function. A kind that is new stands here, and the rules of all triggers hold. */
export const triggerKinds = [
  "scf_timer_trigger",
  "scf_cos_trigger",
  "scf_ckafka_trigger",
  "scf_cls_trigger",
  "scf_mps_trigger",
  "scf_api_gateway_trigger",
  "scf_cmq_trigger",
] as const satisfies readonly KindName[];

/** To the platform a load balancer's binding is a trigger as well, of the type `clb`. */
export const startingKinds = [...triggerKinds, "clb_function_binding"] as const satisfies readonly KindName[];

/** Kinds of triggers that the platform has no switch for. */
export const unswitchableKinds = [
  "scf_cls_trigger",
  "scf_mps_trigger",
  "scf_api_gateway_trigger",
  "scf_cmq_trigger",
] as const satisfies readonly (typeof triggerKinds)[number][];

export type TriggerKind = (typeof triggerKinds)[number];
export type StartingKind = (typeof startingKinds)[number];

/** A trigger, of whichever kind. */
export type TriggerResource = ModelResource<TriggerKind>;
/** What starts a function: a trigger or a binding. */
export type StartingResource = ModelResource<StartingKind>;

export function triggersOf(app: AppModel): readonly TriggerResource[] {
  return triggerKinds.flatMap((kind) => [...app.ofKind(kind)] as unknown as TriggerResource[]);
}

export function allStarting(app: AppModel): readonly StartingResource[] {
  return startingKinds.flatMap((kind) => [...app.ofKind(kind)] as unknown as StartingResource[]);
}

/** `timer trigger`, `load balancer binding`. */
export function nounOf(kind: StartingKind): string {
  return kind === "clb_function_binding" ? "load balancer binding" : resourceSchemas[kind].title;
}

/** How the platform names the type when it reports an account's limits: `timer`, `cos`, `apigw`. */
export function platformTypeOf(kind: StartingKind): string {
  return platformTypes[kind];
}

const platformTypes: Readonly<Record<StartingKind, string>> = {
  scf_timer_trigger: "timer",
  scf_cos_trigger: "cos",
  scf_ckafka_trigger: "ckafka",
  scf_cls_trigger: "cls",
  scf_mps_trigger: "mps",
  scf_api_gateway_trigger: "apigw",
  scf_cmq_trigger: "cmq",
  clb_function_binding: "clb",
};
