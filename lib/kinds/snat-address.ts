import { snatAddressSchema, type SnatAddressProperties } from "../model/resources/snat-address";
import { consistency } from "./consistency";
import { ofEveryLoadBalancer } from "./every-listener";
import { importParts } from "./import-id";
import type { Kind, Live, ReadContext } from "./kind";
import { describeLoadBalancer } from "./load-balancer";
import { loadBalancerKey, waitForTask } from "./load-balancer-task";
import { unlessNotFound } from "./not-found";
import { asFound } from "./plan-shape";

const SHAPE = "lb-…/address";

export const snatAddressKind: Kind<typeof snatAddressSchema> = {
  schema: snatAddressSchema,
  identity: ({ loadBalancerId, address }) => `${address} of ${loadBalancerId}`,
  exclusive: (properties) => [loadBalancerKey(properties)],
  replacement: "delete-first",
  timeoutMs: 2 * 60_000,
  consistencyMs: consistency.loadBalancers,

  read: (context, { properties }) => readLive(context, properties),
  find: (context, wanted) => readLive(context, wanted),

  async create(context, wanted) {
    const answer = await context.call("clb", "CreateLoadBalancerSnatIps", {
      LoadBalancerId: wanted.loadBalancerId,
      SnatIps: [{ SubnetId: wanted.subnetId, Ip: wanted.address }],
    });
    await waitForTask(context, `SNAT address ${wanted.address} to be added`, answer.RequestId);
    return {};
  },

  async delete(context, { properties }) {
    if (!(await readLive(context, properties))) return;
    const answer = await unlessNotFound(
      context.call("clb", "DeleteLoadBalancerSnatIps", {
        LoadBalancerId: properties.loadBalancerId,
        Ips: [properties.address],
      }),
    );
    if (answer) await waitForTask(context, `SNAT address ${properties.address} to go`, answer.RequestId);
  },

  import: {
    id: SHAPE,

    async find(context, id) {
      const title = snatAddressSchema.title;
      const [loadBalancerId = "", address = ""] = importParts(title, SHAPE, /^(lb-[^/]+)\/([^/]+)$/, id);
      return readLive(context, { loadBalancerId, address });
    },

    list: (context) =>
      ofEveryLoadBalancer(context, async (loadBalancerId, { SnatIps: addresses }) =>
        (addresses ?? []).map(({ Ip: address = "", SubnetId: subnetId }) => {
          const properties = { loadBalancerId, subnetId, address };
          return asFound(snatAddressSchema, `${loadBalancerId}/${address}`, { properties, attributes: {} });
        }),
      ),
  },
};

async function readLive(
  context: ReadContext,
  known: Pick<SnatAddressProperties, "loadBalancerId" | "address">,
): Promise<Live | undefined> {
  const balancer = await describeLoadBalancer(context, known.loadBalancerId);
  const found = balancer?.SnatIps?.find(({ Ip }) => Ip === known.address);
  if (!found) return undefined;
  return {
    properties: { loadBalancerId: known.loadBalancerId, subnetId: found.SubnetId, address: known.address },
    attributes: {},
  };
}
