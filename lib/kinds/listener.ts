import { listenerSchema, type ListenerProperties } from "../model/resources/listener";
import type { Response } from "../platform/api";
import { ScfError } from "../model/error";
import { askedSettings, changedSettings, liveSettings } from "./forwarding-settings";
import type { Kind, Live, ReadContext } from "./kind";
import { loadBalancerKey, waitForTask } from "./load-balancer-task";
import { unlessNotFound } from "./not-found";

export const listenerKind: Kind<typeof listenerSchema> = {
  schema: listenerSchema,
  identity: ({ loadBalancerId, protocol, port }) => `${loadBalancerId} ${protocol}:${port}`,
  exclusive: (properties) => [loadBalancerKey(properties)],
  replacement: "delete-first",
  timeoutMs: 2 * 60_000,

  async read(context, { properties, attributes }) {
    if (attributes.listenerId === undefined) return undefined;
    return liveOf(
      await describe(context, properties.loadBalancerId, { ListenerIds: [attributes.listenerId] }),
      properties,
    );
  },

  async find(context, wanted) {
    return liveOf(
      await describe(context, wanted.loadBalancerId, { Protocol: wanted.protocol, Port: wanted.port }),
      wanted,
    );
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
};

type Listener = NonNullable<Response<"clb", "DescribeListeners">["Listeners"]>[number];

/** The first listener of a load balancer that fits, rules included. */
export async function describe(
  context: ReadContext,
  LoadBalancerId: string,
  filter: { ListenerIds?: string[]; Protocol?: string; Port?: number },
): Promise<Listener | undefined> {
  const found = await unlessNotFound(context.call("clb", "DescribeListeners", { LoadBalancerId, ...filter }));
  return found?.Listeners?.[0];
}

function liveOf(found: Listener | undefined, known: ListenerProperties): Live | undefined {
  if (!found?.ListenerId) return undefined;
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
    attributes: { listenerId: found.ListenerId },
  };
}

/** A server certificate as calls take it; none where there is none. */
export function certificateOf({ certificateId }: { readonly certificateId?: string | undefined }) {
  return certificateId ? { Certificate: { SSLMode: "UNIDIRECTIONAL", CertId: certificateId } } : {};
}
