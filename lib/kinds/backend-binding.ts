import {
  backendBindingSchema,
  type BackendBindingProperties,
  type BoundBackend,
} from "../model/resources/backend-binding";
import { canonicalJson } from "../model/value";
import { consistency } from "./consistency";
import { ofEveryLoadBalancer, targetsOf, type FoundTargets } from "./every-listener";
import { importParts } from "./import-id";
import type { Kind, Live, OperationContext, ReadContext } from "./kind";
import { loadBalancerKey, waitForTask } from "./load-balancer-task";
import { unlessNotFound } from "./not-found";
import { asFound } from "./plan-shape";

const SHAPE = "lb-…/lbl-… or lb-…/lbl-…/loc-…";

/** Back-ends that one call takes (source: API RegisterTargets, DeregisterTargets). */
const MOST_IN_A_CALL = 20;

type Place = Pick<BackendBindingProperties, "loadBalancerId" | "listenerId" | "locationId">;
type BackendAction = "RegisterTargets" | "DeregisterTargets" | "ModifyTargetWeight";

export const backendBindingKind: Kind<typeof backendBindingSchema> = {
  schema: backendBindingSchema,
  identity: ({ loadBalancerId, listenerId, locationId }) =>
    `${locationId ?? listenerId} of ${loadBalancerId}`,
  exclusive: (properties) => [loadBalancerKey(properties)],
  replacement: "delete-first",
  timeoutMs: 5 * 60_000,
  consistencyMs: consistency.loadBalancers,

  read: (context, { properties }) => readLive(context, properties),
  find: (context, wanted) => readLive(context, wanted),

  async create(context, wanted) {
    await bringTo(context, wanted, wanted.backends);
    return {};
  },

  async update(context, wanted) {
    await bringTo(context, wanted, wanted.backends);
    return {};
  },

  /** Takes away what was put there; a back-end that somebody else has added since is theirs. */
  async delete(context, { properties }) {
    const bound = new Set((await boundBackends(context, properties)).map(keyOf));
    const ours = properties.backends.filter((backend) => bound.has(keyOf(backend)));
    await write(context, "DeregisterTargets", properties, ours, "to be unbound");
  },

  /** A listener of layer 4 has its back-ends itself; those of layer 7 have them in their rules. */
  import: {
    id: SHAPE,

    async find(context, id, { backends = [] }) {
      const [loadBalancerId = "", listenerId = "", locationId = ""] = importParts(
        backendBindingSchema.title,
        SHAPE,
        /^(lb-[^/]+)\/(lbl-[^/]+)(?:\/(loc-[^/]+))?$/,
        id,
      );
      return readLive(context, {
        loadBalancerId,
        listenerId,
        ...(locationId === "" ? {} : { locationId }),
        backends,
      });
    },

    list: (context) =>
      ofEveryLoadBalancer(context, async (loadBalancerId) =>
        (await targetsOf(context, loadBalancerId)).flatMap((listener) => {
          const { ListenerId: listenerId = "", Rules: rules } = listener;
          const places = [
            { place: { loadBalancerId, listenerId }, targets: listener.Targets },
            ...(rules ?? []).map(({ LocationId: locationId = "", Targets: targets }) => ({
              place: { loadBalancerId, listenerId, locationId },
              targets,
            })),
          ];
          return places
            .filter(({ targets }) => targets !== undefined && targets.length > 0)
            .map(({ place, targets }) => {
              const backends = (targets ?? []).map((target) => backendOf(target, new Set()));
              return asFound(backendBindingSchema, Object.values(place).join("/"), liveOf(place, backends));
            });
        }),
      ),
  },
};

/** Binds what is missing before it takes away what is too much, so that there is always somebody to answer. */
async function bringTo(
  context: OperationContext,
  place: BackendBindingProperties,
  wanted: readonly BoundBackend[],
): Promise<void> {
  const bound = new Map((await boundBackends(context, place)).map((backend) => [keyOf(backend), backend]));
  const known = new Set(wanted.map(keyOf));
  const missing = wanted.filter((backend) => !bound.has(keyOf(backend)));
  const weighed = wanted.filter((backend) => {
    const other = bound.get(keyOf(backend));
    return other !== undefined && other.weight !== backend.weight;
  });
  const surplus = [...bound.values()].filter((backend) => !known.has(keyOf(backend)));
  await write(context, "RegisterTargets", place, missing, "to be bound");
  await write(context, "ModifyTargetWeight", place, weighed, "to get their weights");
  await write(context, "DeregisterTargets", place, surplus, "to be unbound");
}

async function write(
  context: OperationContext,
  action: BackendAction,
  { loadBalancerId, listenerId, locationId }: Place,
  backends: readonly BoundBackend[],
  purpose: string,
): Promise<void> {
  for (let start = 0; start < backends.length; start += MOST_IN_A_CALL) {
    const call = context.call("clb", action, {
      LoadBalancerId: loadBalancerId,
      ListenerId: listenerId,
      ...(locationId === undefined ? {} : { LocationId: locationId }),
      Targets: backends.slice(start, start + MOST_IN_A_CALL).map(targetOf),
    });
    // A listener or rule that is gone has taken its back-ends along.
    const answer = await (action === "DeregisterTargets" ? unlessNotFound(call) : call);
    if (!answer) return;
    await waitForTask(context, `back-ends of ${locationId ?? listenerId} ${purpose}`, answer.RequestId);
  }
}

function targetOf({ instanceId, address, port, weight }: BoundBackend) {
  return {
    ...(address === undefined ? { InstanceId: instanceId ?? "" } : { EniIp: address }),
    Port: port,
    Weight: weight,
  };
}

/** What tells two back-ends of one rule apart. */
function keyOf({ instanceId, address, port }: BoundBackend): string {
  return `${address ?? instanceId ?? ""}:${port}`;
}

async function readLive(context: ReadContext, known: Known): Promise<Live | undefined> {
  const backends = await boundBackends(context, known);
  return backends.length === 0 ? undefined : liveOf(known, backends);
}

function liveOf({ loadBalancerId, listenerId, locationId }: Place, backends: readonly BoundBackend[]): Live {
  return {
    properties: {
      loadBalancerId,
      listenerId,
      ...(locationId === undefined ? {} : { locationId }),
      backends: sorted(backends),
    },
    attributes: {},
  };
}

/** As plans hold lists whose order means nothing. */
function sorted(backends: readonly BoundBackend[]): BoundBackend[] {
  const texts = new Map(backends.map((backend) => [backend, canonicalJson(backend)]));
  return [...backends].sort((left, right) => ((texts.get(left) ?? "") < (texts.get(right) ?? "") ? -1 : 1));
}

type Backend = NonNullable<FoundTargets["Targets"]>[number];
type Known = Pick<BackendBindingProperties, keyof Place | "backends">;

async function boundBackends(context: ReadContext, known: Known): Promise<BoundBackend[]> {
  const [listener] = await targetsOf(context, known.loadBalancerId, known.listenerId);
  const targets =
    known.locationId === undefined
      ? listener?.Targets
      : listener?.Rules?.find(({ LocationId }) => LocationId === known.locationId)?.Targets;
  const knownKeys = new Set(known.backends.map(keyOf));
  return (targets ?? []).map((target) => backendOf(target, knownKeys));
}

/**
 * The platform answers with the instance and all addresses of a back-end; it is called here by what it was bound with. One
 * that nobody here has bound is an instance where the platform says so.
 */
function backendOf(target: Backend, known: ReadonlySet<string>): BoundBackend {
  const { InstanceId: instanceId, PrivateIpAddresses: addresses, Type: type } = target;
  const bound = { port: target.Port ?? 0, weight: target.Weight ?? 10 };
  const names: Pick<BoundBackend, "instanceId" | "address">[] = [
    ...(instanceId ? [{ instanceId }] : []),
    ...(addresses ?? []).map((address) => ({ address })),
  ];
  const first = type === "CVM" ? names[0] : (names.find(({ address }) => address !== undefined) ?? names[0]);
  const name = names.find((candidate) => known.has(keyOf({ ...candidate, ...bound }))) ?? first;
  return { ...name, ...bound };
}
