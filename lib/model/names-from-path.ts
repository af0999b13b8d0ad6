import type { KindName } from "./resources";
import type { ShortKind } from "./short-kind";

/**
 * The kinds whose name a program may leave out, so that it follows from the construct's path or from a naming scheme: the
 * property of the plan that holds the name, and how many characters it may have.
 */
export const namesFromPath = {
  alarm_policy: { kind: "monitor_alarm_policy", property: "policyName", longest: 60 },
  function: { kind: "scf_function", property: "functionName", longest: 60 },
  layer: { kind: "scf_layer", property: "layerName", longest: 60 },
  listener: { kind: "clb_listener", property: "name", longest: 60 },
  namespace: { kind: "scf_namespace", property: "name", longest: 60 },
  policy: { kind: "cam_policy", property: "policyName", longest: 128 },
  role: { kind: "cam_role", property: "roleName", longest: 128 },
  test_event: { kind: "scf_test_event", property: "name", longest: 60 },
} as const satisfies { readonly [N in ShortKind]?: NameFromPath };

interface NameFromPath {
  readonly kind: KindName;
  readonly property: string;
  readonly longest: number;
}

/** A kind whose name a program may leave out. */
export type NamedKind = keyof typeof namesFromPath;
