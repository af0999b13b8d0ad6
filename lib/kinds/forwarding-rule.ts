import { forwardingRuleSchema, type ForwardingRuleProperties } from "../model/resources/forwarding-rule";
import { ScfError } from "../model/error";
import { askedSettings, changedSettings, liveSettings } from "./forwarding-settings";
import type { Kind, Live, ReadContext } from "./kind";
import { certificateOf, describe } from "./listener";
import { loadBalancerKey, waitForTask } from "./load-balancer-task";
import { unlessNotFound } from "./not-found";

export const forwardingRuleKind: Kind<typeof forwardingRuleSchema> = {
  schema: forwardingRuleSchema,
  identity: ({ domain, path }) => `${domain}${path}`,
  exclusive: (properties) => [loadBalancerKey(properties)],
  replacement: "delete-first",
  timeoutMs: 2 * 60_000,

  read: (context, { properties, attributes }) => readLive(context, properties, attributes.locationId),
  find: (context, wanted) => readLive(context, wanted, undefined),

  async create(context, wanted) {
    const answer = await context.call("clb", "CreateRule", {
      LoadBalancerId: wanted.loadBalancerId,
      ListenerId: wanted.listenerId,
      Rules: [
        { Domain: wanted.domain, Url: wanted.path, ...certificateOf(wanted), ...askedSettings(wanted) },
      ],
    });
    const locationId = answer.LocationIds?.[0];
    if (locationId === undefined) {
      throw new ScfError(
        "ANSWER_INCOMPLETE",
        `The platform made rule ${wanted.domain}${wanted.path} and named no id.`,
      );
    }
    await context.record({ locationId });
    await waitForTask(context, `rule ${wanted.domain}${wanted.path} to be made`, answer.RequestId);
    return { locationId };
  },

  async update(context, wanted, { attributes }, changed) {
    const rule = `rule ${wanted.domain}${wanted.path}`;
    const place = { LoadBalancerId: wanted.loadBalancerId, ListenerId: wanted.listenerId };
    const settings = changedSettings(wanted, changed);
    if (Object.keys(settings).length > 0) {
      const LocationId = attributes.locationId ?? "";
      const answer = await context.call("clb", "ModifyRule", { ...place, LocationId, ...settings });
      await waitForTask(context, `${rule} to change`, answer.RequestId);
    }
    // The certificate belongs to the domain: all rules of one domain share it.
    if (changed.has("certificateId") && wanted.certificateId) {
      const change = { ...place, Domain: wanted.domain, ...certificateOf(wanted) };
      const answer = await context.call("clb", "ModifyDomainAttributes", change);
      await waitForTask(context, `${rule} to get its certificate`, answer.RequestId);
    }
    return {};
  },

  async delete(context, { properties, attributes }) {
    if (attributes.locationId === undefined) return;
    const answer = await unlessNotFound(
      context.call("clb", "DeleteRule", {
        LoadBalancerId: properties.loadBalancerId,
        ListenerId: properties.listenerId,
        LocationIds: [attributes.locationId],
      }),
    );
    if (answer)
      await waitForTask(context, `rule ${properties.domain}${properties.path} to go`, answer.RequestId);
  },
};

async function readLive(
  context: ReadContext,
  known: ForwardingRuleProperties,
  locationId: string | undefined,
): Promise<Live | undefined> {
  const listener = await describe(context, known.loadBalancerId, { ListenerIds: [known.listenerId] });
  const found = listener?.Rules?.find((rule) =>
    locationId === undefined
      ? rule.Domain === known.domain && rule.Url === known.path
      : rule.LocationId === locationId,
  );
  if (!found?.LocationId) return undefined;
  return {
    properties: {
      loadBalancerId: known.loadBalancerId,
      listenerId: known.listenerId,
      domain: found.Domain ?? "",
      path: found.Url ?? "",
      ...(known.certificateId === undefined ? {} : { certificateId: found.Certificate?.CertId ?? "" }),
      ...liveSettings(found, known),
    },
    attributes: { locationId: found.LocationId },
  };
}
