import { ScfError } from "../model/error";
import { crossRegionSchema, type CrossRegionProperties } from "../model/resources/cross-region";
import type { Kind, Live, OperationContext, ReadContext } from "./kind";
import { describeLoadBalancer } from "./load-balancer";
import { loadBalancerKey, waitForTask } from "./load-balancer-task";
import { unlessNotFound } from "./not-found";

export const crossRegionKind: Kind<typeof crossRegionSchema> = {
  schema: crossRegionSchema,
  identity: ({ loadBalancerId, version }) => `${version} on ${loadBalancerId}`,
  exclusive: (properties) => [loadBalancerKey(properties)],
  replacement: "delete-first",
  timeoutMs: 2 * 60_000,

  read: (context, { properties }) => readLive(context, properties),
  find: (context, wanted) => readLive(context, wanted),

  async create(context, wanted) {
    await write(context, wanted);
    return {};
  },

  async update(context, wanted, { properties }) {
    if (
      wanted.version === "1.0" &&
      wanted.region === context.region &&
      properties.region !== context.region
    ) {
      throw staysAcrossRegions(properties);
    }
    await write(context, wanted);
    return {};
  },

  /** 2.0 is turned off; 1.0 cannot be, and saying that it was would be worse than to fail (BCK-X1). */
  async delete(context, { properties }) {
    const balancer = await describeLoadBalancer(context, properties.loadBalancerId);
    if (!balancer) return;
    if (properties.version === "1.0") {
      const region = balancer.TargetRegionInfo?.Region;
      if (!region || region === context.region) return;
      throw staysAcrossRegions(properties);
    }
    if (balancer.SnatPro !== true) return;
    const answer = await unlessNotFound(
      context.call("clb", "ModifyLoadBalancerAttributes", {
        LoadBalancerId: properties.loadBalancerId,
        SnatPro: false,
      }),
    );
    if (answer) await waitForTask(context, "cross-region binding to be turned off", answer.RequestId);
  },
};

function staysAcrossRegions({ loadBalancerId, region }: CrossRegionProperties): ScfError {
  return new ScfError(
    "CROSS_REGION_STAYS",
    `Load balancer ${loadBalancerId} is bound to ${region ?? "another region"} by cross-region binding 1.0, and the platform does not take that back.`,
    {
      fix: "Keep the CrossRegionBinding in the program. To leave 1.0, make another load balancer, move the listeners there and delete this one; then this deploys.",
    },
  );
}

async function write(context: OperationContext, wanted: CrossRegionProperties): Promise<void> {
  const answer = await context.call("clb", "ModifyLoadBalancerAttributes", {
    LoadBalancerId: wanted.loadBalancerId,
    ...(wanted.version === "2.0"
      ? { SnatPro: true }
      : { TargetRegionInfo: { Region: wanted.region ?? "", VpcId: wanted.vpcId ?? "" } }),
  });
  await waitForTask(context, "cross-region binding to be turned on", answer.RequestId);
}

async function readLive(context: ReadContext, known: CrossRegionProperties): Promise<Live | undefined> {
  const balancer = await describeLoadBalancer(context, known.loadBalancerId);
  const properties = { loadBalancerId: known.loadBalancerId, version: known.version };
  if (known.version === "2.0") {
    return balancer?.SnatPro === true ? { properties, attributes: {} } : undefined;
  }
  const target = balancer?.TargetRegionInfo;
  // A load balancer that binds at home answers with its own region.
  if (!target?.Region || target.Region === context.region) return undefined;
  return { properties: { ...properties, region: target.Region, vpcId: target.VpcId }, attributes: {} };
}
