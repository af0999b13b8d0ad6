import { z } from "zod";
import { defineResource, type PropertiesOf } from "../resource-schema";
import { noSwitch, triggerTarget } from "./trigger-target";

/** Exists so that a program that asks for one learns what to use instead: none can be made any more (TRG-CMQ). */
export const cmqTriggerSchema = defineResource({
  kind: "scf_cmq_trigger",
  title: "CMQ trigger",
  description: "CMQ is discontinued since June 2022: no new CMQ trigger can be made.",
  properties: {
    ...triggerTarget,
    topic: { type: z.string(), description: "Name of the CMQ topic.", source: "TRG-CMQ", immutable: true },
    ...noSwitch,
  },
  attributes: {},
});
export type CmqTriggerProperties = PropertiesOf<typeof cmqTriggerSchema>;
