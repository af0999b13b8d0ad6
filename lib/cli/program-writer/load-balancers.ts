import type { Found } from "../../kinds/kind";
import type { BoundBackend } from "../../model/resources/backend-binding";
import type { HealthCheckProperties } from "../../model/resources/health-check";
import { call, literal, object, type Expression } from "./expression";
import { camelCase, idOf } from "./names";
import { invocable } from "./versions";
import {
  functionKey,
  number,
  objectsOf,
  orderedBy,
  regionExpression,
  seconds,
  text,
  unless,
  valueOf,
  type Writing,
} from "./writing";

const SECTION = "Load balancers";
const USUAL_WEIGHT = 10;

export function writeLoadBalancers(writing: Writing): void {
  const crossRegions = new Map(
    objectsOf(writing, "clb_cross_region").map((found) => [text(found, "loadBalancerId"), found]),
  );
  const listeners = orderedBy(objectsOf(writing, "clb_listener"), "name", "protocol", "port");
  for (const found of listeners) declare(writing, found, crossRegions);
  for (const found of [...crossRegions.values(), ...objectsOf(writing, "clb_snat_address")]) {
    declare(writing, found, crossRegions);
  }
  for (const found of crossRegions.values()) writeCrossRegion(writing, found);
  for (const found of objectsOf(writing, "clb_snat_address")) writeSnatAddress(writing, found);
  const targets = targetsByPlace(writing);
  for (const found of listeners) writeListener(writing, found, targets);
}

/** A load balancer is none of ours: it is only named, once. */
function declare(writing: Writing, found: Found, crossRegions: ReadonlyMap<string, Found>): void {
  const { program, loadBalancers, region } = writing;
  const loadBalancerId = text(found, "loadBalancerId");
  if (loadBalancers.has(loadBalancerId)) return;
  const variable = program.variable("loadBalancer", camelCase(loadBalancerId, "lb"));
  const crossed = crossRegions.get(loadBalancerId);
  const props = object(
    {
      loadBalancerId: literal(loadBalancerId),
      region: regionExpression(region),
      // The binding itself cannot be written; that there is one lets back-ends elsewhere be bound.
      crossRegion: crossed && text(crossed, "version") === "2.0" ? literal("2.0") : undefined,
    },
    { open: true },
  );
  program.add(SECTION, call("scf.LoadBalancer.fromAttributes", props), { variable });
  loadBalancers.set(loadBalancerId, variable);
}

function balancerOf({ loadBalancers }: Writing, found: Found): string {
  return loadBalancers.get(text(found, "loadBalancerId"))?.use ?? "";
}

function writeCrossRegion(writing: Writing, found: Found): void {
  const { program, stack } = writing;
  if (text(found, "version") === "2.0") {
    program.leftOut.push(
      `cross-region binding 2.0 of ${found.id}: the platform does not tell its cloud-connect network`,
    );
    return;
  }
  const id = program.id(stack, [], `${found.id}-cross-region`);
  const props = object(
    {
      loadBalancer: balancerOf(writing, found),
      version: literal("1.0"),
      region: literal(text(found, "region")),
      vpcId: literal(text(found, "vpcId")),
    },
    { open: true },
  );
  program.add(SECTION, call("new scf.CrossRegionBinding", "stack", literal(id), props));
  program.stands(`${stack}/${id}`, found.id);
}

function writeSnatAddress(writing: Writing, found: Found): void {
  const { program, stack } = writing;
  const address = text(found, "address");
  const id = program.id(stack, [], `snat-${address.replaceAll(".", "-")}`);
  const props = object(
    {
      loadBalancer: balancerOf(writing, found),
      subnetId: literal(text(found, "subnetId")),
      address: literal(address),
    },
    { open: true },
  );
  program.add(SECTION, call("new scf.SnatAddress", "stack", literal(id), props));
  program.stands(`${stack}/${id}`, found.id);
}

/** What rules and listeners forward to, by the id of either. */
interface Targets {
  readonly functions: ReadonlyMap<string, readonly Found[]>;
  readonly backends: ReadonlyMap<string, Found>;
  readonly rules: ReadonlyMap<string, readonly Found[]>;
}

function targetsByPlace(writing: Writing): Targets {
  const functions = new Map<string, Found[]>();
  for (const found of objectsOf(writing, "clb_function_binding")) {
    const place = text(found, "locationId");
    functions.set(place, [...(functions.get(place) ?? []), found]);
  }
  const backends = new Map<string, Found>();
  for (const found of objectsOf(writing, "clb_backend_binding")) {
    backends.set(text(found, "locationId") || text(found, "listenerId"), found);
  }
  const rules = new Map<string, Found[]>();
  for (const found of objectsOf(writing, "clb_rule")) {
    const listener = text(found, "listenerId");
    rules.set(listener, [...(rules.get(listener) ?? []), found]);
  }
  return { functions, backends, rules };
}

function writeListener(writing: Writing, found: Found, targets: Targets): void {
  const { program, stack } = writing;
  const name = text(found, "name");
  const plain = idOf(name, "listener");
  const id = program.id(stack, [], plain, `${plain}-listener`);
  const variable = program.variable(camelCase(name, "listener"), `${camelCase(name, "listener")}Listener`);
  const listenerId = String(found.live.attributes["listenerId"] ?? "");
  const props = object(
    {
      loadBalancer: balancerOf(writing, found),
      name: literal(name),
      protocol: `scf.Protocol.${text(found, "protocol")}`,
      port: literal(number(found, "port") ?? 0),
      certificateId: unless(text(found, "certificateId"), ""),
      serverNameIndication: unless(valueOf(found, "serverNameIndication"), false),
      ...settings(found),
    },
    { open: true },
  );
  program.add(SECTION, call("new scf.LoadBalancerListener", "stack", literal(id), props), { variable });
  const address = `${stack}/${id}`;
  program.stands(address, found.id);
  const own = targets.backends.get(listenerId);
  if (own) {
    for (const backend of backendsOf(own)) program.add(SECTION, call(`${variable.use}.addTarget`, backend));
    program.stands(`${address}/Backends`, own.id);
  }
  for (const rule of orderedBy(targets.rules.get(listenerId) ?? [], "domain", "path")) {
    writeRule(writing, rule, { scope: address, listener: variable.use }, targets);
  }
}

function writeRule(
  writing: Writing,
  found: Found,
  { scope, listener }: { readonly scope: string; readonly listener: string },
  targets: Targets,
): void {
  const { program } = writing;
  const locationId = String(found.live.attributes["locationId"] ?? "");
  const path = text(found, "path");
  const plain = idOf(`${text(found, "domain")}${path === "/" ? "" : path}`, "rule");
  const last = idOf(path.split("/").filter(Boolean).join("-"), "root");
  const id = program.id(scope, ["Backends"], last, plain);
  const address = `${scope}/${id}`;
  const [bound, ...others] = targets.functions.get(locationId) ?? [];
  const backends = targets.backends.get(locationId);
  const target = bound && functionTarget(writing, bound);
  for (const other of others) {
    program.leftOut.push(`another target of the rule ${other.id}: a rule binds one function`);
  }
  if (bound && !target) {
    program.leftOut.push(`target of the rule ${bound.id}: its function or alias is left out, or elsewhere`);
  }
  const items = [...(target ? [target] : []), ...(backends && !target ? backendsOf(backends) : [])];
  const props = object(
    {
      domain: literal(text(found, "domain")),
      path: literal(path),
      certificateId: unless(text(found, "certificateId"), ""),
      ...settings(found),
      targets: items.length === 0 ? undefined : { items },
    },
    { open: true },
  );
  program.add(SECTION, call(`${listener}.addRule`, literal(id), props));
  program.stands(address, found.id);
  if (bound && target) program.stands(`${address}/Target`, bound.id);
  if (backends && target) {
    program.leftOut.push(`back-ends of the rule ${backends.id}: a function is bound to it as well`);
  } else if (backends) program.stands(`${address}/Backends`, backends.id);
}

function functionTarget(writing: Writing, found: Found): Expression | undefined {
  const owner = writing.functions.get(functionKey(found));
  const use = owner && invocable(writing, owner, text(found, "qualifier"));
  if (!use) return undefined;
  const weight = number(found, "weight");
  return weight === undefined || weight === USUAL_WEIGHT
    ? use.expression
    : object({ target: use.expression, weight: literal(weight) });
}

/** An address may be that of an instance, of a network interface or in a data centre: nothing tells which. */
function backendsOf(found: Found): Expression[] {
  const backends = (valueOf(found, "backends") ?? []) as readonly BoundBackend[];
  return backends.map(({ instanceId, address, port, weight }) =>
    instanceId === undefined
      ? call("scf.Backend.networkInterface", backend({ address: literal(address) }, port, weight))
      : call("scf.Backend.instance", backend({ instanceId: literal(instanceId) }, port, weight)),
  );
}

function backend(name: Record<string, Expression>, port: number, weight: number): Expression {
  return object({ ...name, port: literal(port), weight: unless(weight, USUAL_WEIGHT) });
}

function settings(found: Found): Record<string, Expression | undefined> {
  const check = valueOf(found, "healthCheck") as HealthCheckProperties | undefined;
  return {
    scheduler: unless(text(found, "scheduler") || "WRR", "WRR"),
    sessionPersistence: seconds(number(found, "sessionExpireSeconds"), 0),
    healthCheck: check && healthCheck(check),
  };
}

function healthCheck({ timeoutSeconds, intervalSeconds, ...others }: HealthCheckProperties): Expression {
  const { enabled, ...more } = others;
  return object({
    enabled: unless(enabled, true),
    ...Object.fromEntries(Object.entries(more).map(([name, value]) => [name, literal(value)])),
    timeout: seconds(timeoutSeconds),
    interval: seconds(intervalSeconds),
  });
}
