import { kinds } from "../../lib/kinds";
import { PlatformError, type Kind, type OperationContext } from "../../lib/kinds/kind";
import { ScfError } from "../../lib/model/error";
import type { Plan, PlannedResource } from "../../lib/model/plan";
import { eachSymbolic, isReference, type Properties, type Value } from "../../lib/model/value";
import type { LocalPlatform } from "../../lib/platform/local";
import { packageOf } from "./packages";

/** The first thing that the platform refused, and with what. */
export interface Refusal {
  readonly address: string;
  readonly code: string;
  readonly message: string;
}

/**
 * Makes everything in the plans, what is referred to first, straight through the kinds: nothing is checked on the way but
 * by the platform. Undefined when it took all of it.
 */
export async function deploy(plans: readonly Plan[], platform: LocalPlatform): Promise<Refusal | undefined> {
  const values = new Map<string, Properties>();
  for (const resource of inOrder(plans.flatMap((plan) => plan.resources))) {
    const refusal = await make(resource, values, platform);
    if (refusal) return refusal;
  }
  return undefined;
}

/** Kinds of which the platform lets a second one take the place of the first, or stand beside it under the same name. */
const takenOver: ReadonlySet<string> = new Set([
  "scf_reserved_concurrency",
  "scf_namespace_concurrency",
  "clb_cross_region",
  "cam_policy_attachment",
  "cam_user_policy_attachment",
  "cam_group_policy_attachment",
  "monitor_alarm_policy",
]);

async function make(
  resource: PlannedResource,
  values: Map<string, Properties>,
  platform: LocalPlatform,
): Promise<Refusal | undefined> {
  const { address } = resource;
  const kind = kinds[resource.kind as keyof typeof kinds];
  const wanted = resolve(resource.properties, values) as Properties;
  const context = contextOf(address, platform);
  try {
    // What is there belongs to somebody else.
    if (takenOver.has(resource.kind) && (await exists(kind, context, wanted)))
      return { address, code: "CONFLICT", message: "there is one already" };
    const created = await kind.create(context, wanted as never);
    const derived = kind.derive?.(wanted as never, { uin: "", region: platform.region }) ?? {};
    values.set(address, { ...wanted, ...derived, ...created } as Properties);
    return undefined;
  } catch (error) {
    if (error instanceof PlatformError) return { address, code: error.code, message: error.message };
    // What the platform would refuse without being asked.
    if (ScfError.is(error)) return { address, code: error.code, message: error.message };
    throw error;
  }
}

/** Whether there is an object of this name: one that has no id is read by its name, and any other one is listed. */
async function exists(kind: Kind, context: OperationContext, wanted: Properties): Promise<boolean> {
  if (await kind.read(context, { properties: wanted as never, attributes: {} })) return true;
  if (Object.keys(kind.schema.attributes.shape).length === 0) return false;
  const listed = (await kind.import?.list(context)) ?? [];
  return listed.some(
    ({ live }) => kind.identity(live.properties as never) === kind.identity(wanted as never),
  );
}

function contextOf(address: string, platform: LocalPlatform): OperationContext {
  return {
    region: platform.region,
    uin: "",
    owner: Buffer.from(address).toString("hex").slice(0, 40),
    signal: new AbortController().signal,
    call: (service, action, request) => platform.call(service, action, request),
    async waitFor(what, poll) {
      for (let attempt = 0; attempt < 100; attempt++) {
        const value = await poll();
        if (value !== undefined) return value;
      }
      throw new Error(`gave up waiting for ${what}`);
    },
    now: () => performance.now(),
    rest: async () => undefined,
    gate: async () => ({ passed: true, outcome: "exit code 0", output: "" }),
    progress: () => undefined,
    record: async () => undefined,
    asset: async (hash) => packageOf(hash)?.zip() ?? Buffer.alloc(0),
  };
}

function resolve(value: Value, values: ReadonlyMap<string, Properties>): Value | undefined {
  if (typeof value !== "object" || value === null) return value;
  if (isReference(value)) return values.get(value.$ref.address)?.[value.$ref.attribute];
  if (Array.isArray(value)) return value.map((item: Value) => resolve(item, values) as Value);
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, item]) => [key, resolve(item as Value, values)] as const)
      .filter(([, item]) => item !== undefined),
  ) as Value;
}

/** What is referred to comes first. Programs here have no circles. */
function inOrder(resources: readonly PlannedResource[]): PlannedResource[] {
  const byAddress = new Map(resources.map((resource) => [resource.address, resource]));
  const ordered = new Set<PlannedResource>();
  const visit = (resource: PlannedResource): void => {
    if (ordered.has(resource)) return;
    const needs: string[] = [...resource.dependsOn];
    eachSymbolic(resource.properties, (symbolic) => {
      if (isReference(symbolic)) needs.push(symbolic.$ref.address);
    });
    for (const address of needs) {
      const target = byAddress.get(address);
      if (target && target !== resource) visit(target);
    }
    ordered.add(resource);
  };
  for (const resource of resources) visit(resource);
  return [...ordered];
}
