import { z } from "zod";

/** What every trigger says of the code that it starts. A change replaces the trigger: the platform knows it by them. */
export const triggerTarget = {
  namespace: { type: z.string(), description: "Namespace of the function.", immutable: true },
  functionName: { type: z.string(), description: "The function.", immutable: true },
  qualifier: {
    type: z.string(),
    description: "What it starts: `$LATEST`, a version number or an alias.",
    source: "TRG-QUAL",
    immutable: true,
  },
  functionType: {
    type: z.enum(["event", "web"]).optional(),
    description: "Type of a function that the program imports; that of a declared one stands with it.",
    source: "WEB-TRG, WEB-SVC",
    checkOnly: true,
  },
} as const;

/** For types of trigger that the platform has no switch for: what a program says of it is seen by the rules only. */
export const noSwitch = {
  enabled: {
    type: z.boolean().optional(),
    description: "Whether it fires. Triggers of this type always do.",
    source: "TRG-ENABLE",
    checkOnly: true,
  },
} as const;
