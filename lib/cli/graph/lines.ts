import type { PlannedResource } from "../../model/plan";
import type { PlannedRouting } from "../../model/resources/alias";
import { stackOf } from "../../model/stack-of";
import { eachReference, isReference, isSymbolic, type Properties, type Value } from "../../model/value";
import { text } from "./captions";
import type { GraphLine } from "./graph";
import type { Lookup } from "./lookup";

/** What one resource says of others. */
interface Connections {
  readonly lines: readonly GraphLine[];
  /** Id of the function that it is drawn with. */
  readonly owner?: string;
  /** Whether it is a line only, and no box of its own. */
  readonly isLine?: boolean;
}

type Connect = (resource: PlannedResource, lookup: Lookup) => Connections;

const connectors: Readonly<Record<string, Connect>> = {
  scf_function: ofFunction,
  scf_version: (resource, lookup) => {
    const owner = ownerOf(resource, lookup);
    return {
      owner,
      lines: [{ from: resource.address, to: owner, meaning: "code", text: "is a version of" }],
    };
  },
  scf_alias: ofAlias,
  scf_timer_trigger: ofTrigger,
  scf_ckafka_trigger: ofTrigger,
  scf_cmq_trigger: ofTrigger,
  scf_cos_trigger: ofTrigger,
  scf_cls_trigger: ofTrigger,
  scf_mps_trigger: ofTrigger,
  scf_api_gateway_trigger: ofTrigger,
  clb_rule: ofRule,
  clb_function_binding: ofFunctionBinding,
  clb_backend_binding: ofBackendBinding,
  scf_provisioned_concurrency: careOf("keeps instances ready for"),
  scf_reserved_concurrency: careOf("reserves concurrency for"),
  scf_async_invocation: careOf("says what becomes of events of"),
  scf_test_event: careOf("tries"),
  monitor_alarm_policy: ofAlarm,
  cam_policy: ofPolicy,
  cam_policy_attachment: ofAttachment,
  cam_user_policy_attachment: ofAttachment,
  cam_group_policy_attachment: ofAttachment,
};

/** Lines of a resource: those that its kind gives a meaning, then what else it refers to, then what it only comes after. */
export function connectionsOf(resource: PlannedResource, lookup: Lookup): Connections {
  const connections = connectors[resource.kind]?.(resource, lookup) ?? { lines: [] };
  if (connections.isLine) return connections;
  const stack = stackOf(resource.address);
  const lines = [...connections.lines];
  const near = new Set(lines.flatMap(({ from, to }) => [from, to]));
  if (connections.owner !== undefined) near.add(connections.owner);
  near.add(resource.address);
  const add = (address: string, line: Pick<GraphLine, "meaning" | "text">): void => {
    const to = lookup.referred(stack, address);
    if (near.has(to)) return;
    near.add(to);
    lines.push({ from: resource.address, to, ...line });
  };
  eachReference(resource.properties, ({ $ref: { address, attribute } }) => {
    // The namespace and the listener of what hangs on them are told by the line that is there already.
    if (isImplied(resource.kind, attribute)) return;
    add(address, { meaning: "order", text: `uses ${attribute}` });
  });
  for (const address of resource.dependsOn) add(address, { meaning: "order", text: "comes after" });
  return { ...connections, lines };
}

function isImplied(kind: string, attribute: string): boolean {
  if (attribute === "loadBalancerId" || attribute === "listenerId") return true;
  return attribute === "name" && kind !== "scf_function";
}

function ownerOf({ address, properties }: PlannedResource, lookup: Lookup): string {
  return lookup.functionOf(stackOf(address), properties["namespace"], properties["functionName"]);
}

function targetOf(resource: PlannedResource, owner: string, lookup: Lookup): string {
  return lookup.qualified(stackOf(resource.address), owner, resource.properties["qualifier"]);
}

function ofFunction({ address, properties }: PlannedResource, lookup: Lookup): Connections {
  const stack = stackOf(address);
  const lines: GraphLine[] = [];
  const find = (kind: string, title: string, family: "shared" | "access", value: Value): string =>
    lookup.find(stack, kind, value, { key: [value], caption: { kind: title, family, title: text(value) } });
  const { layers, role, namespace } = properties;
  if (Array.isArray(layers)) {
    for (const layer of layers as readonly Properties[]) {
      const to = find("scf_layer", "layer", "shared", layer["name"] ?? null);
      const version = layer["version"];
      const number = isReference(version) ? "" : ` version ${text(version)}`;
      lines.push({ from: address, to, meaning: "shared", text: `binds layer${number}` });
    }
  }
  if (role !== undefined) {
    lines.push({
      from: address,
      to: find("cam_role", "role", "access", role),
      meaning: "access",
      text: "runs as",
    });
  }
  if (namespace !== undefined && namespace !== "default") {
    const to = find("scf_namespace", "namespace", "shared", namespace);
    lines.push({ from: address, to, meaning: "shared", text: "is in namespace" });
  }
  return { lines };
}

function ofAlias(resource: PlannedResource, lookup: Lookup): Connections {
  const { address, properties } = resource;
  const owner = ownerOf(resource, lookup);
  const stack = stackOf(address);
  const to = (version: Value | undefined): string => lookup.qualified(stack, owner, version);
  const value = properties["routing"];
  const routing = isSymbolic(value ?? null) ? undefined : (value as PlannedRouting | undefined);
  const [main, other] = shares(routing);
  const lines: GraphLine[] = [{ from: address, to: to(properties["version"]), meaning: "traffic", ...main }];
  if (routing && other) lines.push({ from: address, to: to(routing.version), meaning: "traffic", ...other });
  return { owner, lines };
}

type Words = Pick<GraphLine, "text" | "label">;

function shares(routing: PlannedRouting | undefined): readonly [main: Words, other?: Words] {
  if (routing === undefined) return [{ text: "all requests" }];
  if (routing.type === "weighted") {
    const { percent } = routing;
    if (typeof percent !== "number") return [{ text: "the other requests" }, { text: "a share of requests" }];
    const share = (number: number): Words => ({ text: `${number} % of requests`, label: `${number} %` });
    return [share(100 - percent), share(percent)];
  }
  const test = `${text(routing.key)} ${routing.method === "exact" ? "is" : "within"} ${text(routing.expression)}`;
  return [
    { text: `requests unless ${test}`, label: "others" },
    { text: `requests where ${test}`, label: "matching" },
  ];
}

function ofTrigger(resource: PlannedResource, lookup: Lookup): Connections {
  const owner = ownerOf(resource, lookup);
  const isOff = resource.properties["enabled"] === false;
  const line: GraphLine = {
    from: resource.address,
    to: targetOf(resource, owner, lookup),
    meaning: "traffic",
    text: isOff ? "triggers when switched on" : "triggers",
    ...(isOff ? { label: "off" } : {}),
  };
  return { owner, lines: [line] };
}

function listenerOf({ properties, address }: PlannedResource, lookup: Lookup): string {
  const id = properties["listenerId"];
  return lookup.find(stackOf(address), "clb_listener", id, {
    key: [properties["loadBalancerId"], id],
    caption: { kind: "listener", family: "entry", title: text(id) },
  });
}

function ruleOf(resource: PlannedResource, lookup: Lookup): string {
  const id = resource.properties["locationId"];
  return lookup.find(stackOf(resource.address), "clb_rule", id, {
    key: [resource.properties["listenerId"], id],
    caption: { kind: "forwarding rule", family: "entry", title: text(id) },
  });
}

function ofRule(resource: PlannedResource, lookup: Lookup): Connections {
  const { domain, path } = resource.properties;
  return {
    lines: [
      {
        from: listenerOf(resource, lookup),
        to: resource.address,
        meaning: "traffic",
        text: `forwards ${text(domain)}${text(path)}`,
      },
    ],
  };
}

function ofFunctionBinding(resource: PlannedResource, lookup: Lookup): Connections {
  const owner = ownerOf(resource, lookup);
  const { address, properties } = resource;
  const from = ruleOf(resource, lookup);
  const to = targetOf(resource, owner, lookup);
  const words = `forwards with weight ${text(properties["weight"])}`;
  return { isLine: true, lines: [{ from, to, meaning: "traffic", text: words, resource: address }] };
}

function ofBackendBinding(resource: PlannedResource, lookup: Lookup): Connections {
  const from =
    resource.properties["locationId"] === undefined ? listenerOf(resource, lookup) : ruleOf(resource, lookup);
  // The listener of a rule's servers is connected through the rule.
  const lines: GraphLine[] = [{ from, to: resource.address, meaning: "traffic", text: "forwards to" }];
  return { lines };
}

function careOf(words: string): Connect {
  return (resource, lookup) => {
    const owner = ownerOf(resource, lookup);
    const to = targetOf(resource, owner, lookup);
    return { owner, lines: [{ from: resource.address, to, meaning: "operation", text: words }] };
  };
}

function ofAlarm(resource: PlannedResource, lookup: Lookup): Connections {
  const { target } = resource.properties;
  if (target === undefined || isSymbolic(target)) return { lines: [] };
  const { namespace, functionName, qualifier } = target as Properties;
  const stack = stackOf(resource.address);
  const owner = lookup.functionOf(stack, namespace, functionName);
  const to = lookup.qualified(stack, owner, qualifier);
  return { owner, lines: [{ from: resource.address, to, meaning: "operation", text: "watches" }] };
}

function ofPolicy({ address, properties }: PlannedResource, lookup: Lookup): Connections {
  const { statement } = properties;
  const said = new Map<string, Set<string>>();
  for (const each of (Array.isArray(statement) ? statement : []) as readonly Properties[]) {
    const words = `${each["effect"] === "deny" ? "may not" : "may"} ${actionWords(each["action"])}`;
    eachReference(each["resource"], ({ $ref }) => {
      const to = lookup.referred(stackOf(address), $ref.address);
      said.set(to, (said.get(to) ?? new Set()).add(words));
    });
  }
  const lines = [...said].map(([to, words]): GraphLine => {
    const label = [...words].join(", ");
    return { from: address, to, meaning: "access", text: label, label };
  });
  return { lines };
}

function actionWords(actions: Value | undefined): string {
  const names = Array.isArray(actions) ? actions.map((action: Value) => text(action)) : [];
  if (names.length === 1 && names[0] === "scf:InvokeFunction") return "invoke";
  return names.length === 1 ? (names[0] ?? "use") : `use ${names.length} actions`;
}

function ofAttachment(resource: PlannedResource, lookup: Lookup): Connections {
  const stack = stackOf(resource.address);
  const { roleName, userName, uin, groupId, policyName } = resource.properties;
  const holder = (): string => {
    if (roleName !== undefined) return outsideOrKnown("cam_role", "role", roleName);
    if (groupId !== undefined) return outsideOrKnown("group", "group", groupId);
    return outsideOrKnown("user", "user", userName ?? uin ?? null);
  };
  const outsideOrKnown = (kind: string, title: string, value: Value): string =>
    lookup.find(stack, kind, value, {
      key: [value],
      caption: { kind: title, family: "access", title: text(value) },
    });
  const from = holder();
  const to = outsideOrKnown("cam_policy", "policy", policyName ?? null);
  return {
    isLine: true,
    lines: [{ from, to, meaning: "access", text: "is allowed", resource: resource.address }],
  };
}
