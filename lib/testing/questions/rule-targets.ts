import type { Value } from "../../model/value";
import type { ModelResource } from "../../rules/app-model";
import { attachedTo, ruleOf, type ForwardingRule, type Listener } from "../../rules/bindings";
import { itemsOf, partsOf } from "../../rules/provisioning";
import { startedBy, type Destination } from "./destination";
import { unknownText } from "./unknown";

/** Something that a rule, or a listener that has no rules, sends requests to. */
export interface RequestTarget {
  /** The function; absent for back-end servers. */
  readonly destination?: Destination;
  /** `ins-1:80` or `10.0.0.1:80`; absent for functions. */
  readonly backend?: string;
  /** 0–100; undefined when it is not known. */
  readonly weight: number | undefined;
}

export function targetsOf(place: ForwardingRule | Listener): readonly RequestTarget[] {
  return [...functionTargets(place), ...backendTargets(place)];
}

function functionTargets(place: ForwardingRule | Listener): RequestTarget[] {
  const { app } = place;
  const bindings = place.is("clb_listener")
    ? attachedTo(place).bindings.filter((binding) => binding.raw("locationId") === undefined)
    : app.ofKind("clb_function_binding").filter((binding) => ruleOf(binding) === place);
  return bindings.map((binding) => ({
    destination: startedBy(binding),
    weight: weightIn(binding.get("weight")),
  }));
}

function backendTargets(place: ForwardingRule | Listener): RequestTarget[] {
  const { app } = place;
  const own = app.ofKind("clb_backend_binding").filter((binding) => belongsTo(binding, place));
  return own.flatMap((binding) =>
    itemsOf(app, binding.raw("backends")).map((item): RequestTarget => {
      const parts = partsOf(app, item);
      const name = parts && (textIn(parts.part("instanceId")) ?? textIn(parts.part("address")));
      const port = parts?.part("port");
      return {
        backend: name === undefined ? unknownText(app, nameIn(parts, item)) : `${name}:${String(port)}`,
        weight: weightIn(parts?.part("weight")),
      };
    }),
  );
}

function nameIn(parts: ReturnType<typeof partsOf>, item: Value): Value | undefined {
  return parts ? (parts.raw("instanceId") ?? parts.raw("address")) : item;
}

function belongsTo(binding: ModelResource<"clb_backend_binding">, place: ForwardingRule | Listener): boolean {
  const rule: ModelResource | undefined = binding.targetOfKind("locationId", "clb_rule");
  if (place.is("clb_rule")) return rule === place;
  const listener: ModelResource | undefined = binding.targetOfKind("listenerId", "clb_listener");
  return binding.raw("locationId") === undefined && listener === place;
}

function weightIn(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}

function textIn(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
