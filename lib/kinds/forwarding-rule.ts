import { forwardingRuleSchema, type ForwardingRuleProperties } from "../model/resources/forwarding-rule";
import { ScfError } from "../model/error";
import { consistency } from "./consistency";
import { listenersOf, ofEveryLoadBalancer, type FoundRule } from "./every-listener";
import { askedSettings, changedSettings, foundSettings, liveSettings } from "./forwarding-settings";
import { importParts } from "./import-id";
import type { Kind, Live, ReadContext } from "./kind";
import { certificateOf } from "./listener";
import { loadBalancerKey, waitForTask } from "./load-balancer-task";
import { unlessNotFound } from "./not-found";
import { asFound } from "./plan-shape";

const SHAPE = "lb-…/lbl-…/loc-…";

export const forwardingRuleKind: Kind<typeof forwardingRuleSchema> = {
  schema: forwardingRuleSchema,
  identity: ({ loadBalancerId, listenerId, domain, path }) =>
    `${domain}${path} on ${loadBalancerId}/${listenerId}`,
  exclusive: (properties) => [loadBalancerKey(properties)],
  replacement: "delete-first",
  timeoutMs: 2 * 60_000,
  consistencyMs: consistency.loadBalancers,

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

  import: {
    id: SHAPE,

    async find(context, id, wanted) {
      const form = /^(lb-[^/]+)\/(lbl-[^/]+)\/(loc-[^/]+)$/;
      const [loadBalancerId = "", listenerId = "", locationId = ""] = importParts(
        forwardingRuleSchema.title,
        SHAPE,
        form,
        id,
      );
      return readLive(context, { ...wanted, loadBalancerId, listenerId }, locationId);
    },

    list: (context) =>
      ofEveryLoadBalancer(context, async (loadBalancerId) =>
        (await listenersOf(context, loadBalancerId)).flatMap(
          ({ ListenerId: listenerId = "", Rules: rules }) =>
            (rules ?? []).map((found) => {
              const live = liveOf(found, { loadBalancerId, listenerId });
              const certificateId = found.Certificate?.CertId ?? "";
              const properties = { ...live.properties, certificateId, ...foundSettings(found) };
              const id = `${loadBalancerId}/${listenerId}/${found.LocationId ?? ""}`;
              return asFound(forwardingRuleSchema, id, {
                ...live,
                properties: properties as Live["properties"],
              });
            }),
        ),
      ),
  },
};

type Known = Pick<ForwardingRuleProperties, "loadBalancerId" | "listenerId"> &
  Partial<ForwardingRuleProperties>;

async function readLive(
  context: ReadContext,
  known: Known,
  locationId: string | undefined,
): Promise<Live | undefined> {
  const { listenerId } = known;
  const [listener] = await listenersOf(context, known.loadBalancerId, { listenerId });
  const found = listener?.Rules?.find((rule) =>
    locationId === undefined
      ? rule.Domain === known.domain && rule.Url === known.path
      : rule.LocationId === locationId,
  );
  return found && liveOf(found, known);
}

function liveOf(found: FoundRule, known: Known): Live {
  return {
    properties: {
      loadBalancerId: known.loadBalancerId,
      listenerId: known.listenerId,
      domain: found.Domain ?? "",
      path: found.Url ?? "",
      ...(known.certificateId === undefined ? {} : { certificateId: found.Certificate?.CertId ?? "" }),
      ...liveSettings(found, known),
    },
    attributes: { locationId: found.LocationId ?? "" },
  };
}
