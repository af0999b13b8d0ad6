import { listenerSchema, type ListenerProperties } from "../model/resources/listener";
import { ScfError } from "../model/error";
import { consistency } from "./consistency";
import { listenersOf, ofEveryLoadBalancer, type FoundListener } from "./every-listener";
import { askedSettings, changedSettings, foundSettings, liveSettings } from "./forwarding-settings";
import { importParts } from "./import-id";
import type { Kind, Live } from "./kind";
import { loadBalancerKey, waitForTask } from "./load-balancer-task";
import { unlessNotFound } from "./not-found";
import { asFound } from "./plan-shape";

const SHAPE = "lb-…/lbl-…";

export const listenerKind: Kind<typeof listenerSchema> = {
  schema: listenerSchema,
  identity: ({ loadBalancerId, protocol, port }) => `${loadBalancerId} ${protocol}:${port}`,
  exclusive: (properties) => [loadBalancerKey(properties)],
  replacement: "delete-first",
  timeoutMs: 2 * 60_000,
  consistencyMs: consistency.loadBalancers,

  async read(context, { properties, attributes }) {
    const { listenerId } = attributes;
    if (listenerId === undefined) return undefined;
    const [found] = await listenersOf(context, properties.loadBalancerId, { listenerId });
    return found && liveOf(found, properties);
  },

  async find(context, wanted) {
    const { loadBalancerId, protocol, port } = wanted;
    const [found] = await listenersOf(context, loadBalancerId, { protocol, port });
    return found && liveOf(found, wanted);
  },

  async create(context, wanted) {
    const answer = await context.call("clb", "CreateListener", {
      LoadBalancerId: wanted.loadBalancerId,
      Ports: [wanted.port],
      Protocol: wanted.protocol,
      ListenerNames: [wanted.name],
      ...certificateOf(wanted),
      ...(wanted.serverNameIndication ? { SniSwitch: 1 } : {}),
      ...askedSettings(wanted),
    });
    const listenerId = answer.ListenerIds?.[0];
    if (listenerId === undefined) {
      throw new ScfError("ANSWER_INCOMPLETE", `The platform made listener ${wanted.name} and named no id.`);
    }
    await context.record({ listenerId });
    await waitForTask(context, `listener ${wanted.protocol}:${wanted.port} to be made`, answer.RequestId);
    return { listenerId };
  },

  async update(context, wanted, { attributes }, changed) {
    const answer = await context.call("clb", "ModifyListener", {
      LoadBalancerId: wanted.loadBalancerId,
      ListenerId: attributes.listenerId ?? "",
      ...(changed.has("name") ? { ListenerName: wanted.name } : {}),
      ...(changed.has("certificateId") ? certificateOf(wanted) : {}),
      ...changedSettings(wanted, changed),
    });
    await waitForTask(context, `listener ${wanted.protocol}:${wanted.port} to change`, answer.RequestId);
    return {};
  },

  async delete(context, { properties, attributes }) {
    if (attributes.listenerId === undefined) return;
    const answer = await unlessNotFound(
      context.call("clb", "DeleteListener", {
        LoadBalancerId: properties.loadBalancerId,
        ListenerId: attributes.listenerId,
      }),
    );
    if (answer)
      await waitForTask(
        context,
        `listener ${properties.protocol}:${properties.port} to go`,
        answer.RequestId,
      );
  },

  import: {
    id: SHAPE,

    async find(context, id, wanted) {
      const form = /^(lb-[^/]+)\/(lbl-[^/]+)$/;
      const [loadBalancerId = "", listenerId = ""] = importParts(listenerSchema.title, SHAPE, form, id);
      const [found] = await listenersOf(context, loadBalancerId, { listenerId });
      return found && liveOf(found, { ...wanted, loadBalancerId });
    },

    list: (context) =>
      ofEveryLoadBalancer(context, async (loadBalancerId) =>
        (await listenersOf(context, loadBalancerId)).map((found) => {
          const live = liveOf(found, { loadBalancerId });
          const properties = { ...live.properties, ...foundSettings(found) } as Live["properties"];
          return asFound(listenerSchema, `${loadBalancerId}/${found.ListenerId ?? ""}`, {
            ...live,
            properties,
          });
        }),
      ),
  },
};

type Known = Pick<ListenerProperties, "loadBalancerId"> & Partial<ListenerProperties>;

function liveOf(found: FoundListener, known: Known): Live {
  return {
    properties: {
      loadBalancerId: known.loadBalancerId,
      name: found.ListenerName ?? "",
      protocol: found.Protocol ?? "",
      port: found.Port ?? 0,
      certificateId: found.Certificate?.CertId ?? "",
      ...(known.serverNameIndication !== undefined || found.SniSwitch === 1
        ? { serverNameIndication: found.SniSwitch === 1 }
        : {}),
      ...liveSettings(found, known),
    },
    attributes: { listenerId: found.ListenerId ?? "" },
  };
}

/** A server certificate as calls take it; none where there is none. */
export function certificateOf({ certificateId }: { readonly certificateId?: string | undefined }) {
  return certificateId ? { Certificate: { SSLMode: "UNIDIRECTIONAL", CertId: certificateId } } : {};
}
