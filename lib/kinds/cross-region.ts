import { ScfError } from "../model/error";
import { crossRegionSchema, type CrossRegionProperties } from "../model/resources/cross-region";
import { sameValue } from "../model/value";
import { consistency } from "./consistency";
import { ofEveryLoadBalancer } from "./every-listener";
import { importParts } from "./import-id";
import type { Kind, Live, OperationContext, ReadContext } from "./kind";
import { describeLoadBalancer, type LoadBalancer } from "./load-balancer";
import { loadBalancerKey, waitForTask } from "./load-balancer-task";
import { unlessNotFound } from "./not-found";
import { asFound } from "./plan-shape";

const SHAPE = "lb-…";

export const crossRegionKind: Kind<typeof crossRegionSchema> = {
  schema: crossRegionSchema,
  identity: ({ loadBalancerId, version }) => `${version} on ${loadBalancerId}`,
  exclusive: (properties) => [loadBalancerKey(properties)],
  replacement: "delete-first",
  timeoutMs: 2 * 60_000,
  consistencyMs: consistency.loadBalancers,

  read: (context, { properties }) => readLive(context, properties),

  /** Putting the setting collides with nothing: only just what is wanted has been put by a create that was cut off. */
  async find(context, wanted) {
    const live = await readLive(context, wanted);
    const { region, vpcId } = wanted;
    return live && sameValue({ region, vpcId, ...live.properties }, { ...live.properties, region, vpcId })
      ? live
      : undefined;
  },

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

  import: {
    id: SHAPE,

    async find(context, id, { version }) {
      const [loadBalancerId = ""] = importParts(crossRegionSchema.title, SHAPE, /^(lb-[^/]+)$/, id);
      if (version !== undefined) return readLive(context, { loadBalancerId, version });
      return (
        (await readLive(context, { loadBalancerId, version: "1.0" })) ??
        (await readLive(context, { loadBalancerId, version: "2.0" }))
      );
    },

    list: (context) =>
      ofEveryLoadBalancer(context, async (loadBalancerId, balancer) =>
        (["1.0", "2.0"] as const).flatMap((version) => {
          const live = liveOf(context, { loadBalancerId, version }, balancer);
          return live ? [asFound(crossRegionSchema, loadBalancerId, live)] : [];
        }),
      ),
  },
};

type Key = Pick<CrossRegionProperties, "loadBalancerId" | "version">;

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

async function readLive(context: ReadContext, known: Key): Promise<Live | undefined> {
  return liveOf(context, known, await describeLoadBalancer(context, known.loadBalancerId));
}

function liveOf(
  context: ReadContext,
  { loadBalancerId, version }: Key,
  balancer: LoadBalancer | undefined,
): Live | undefined {
  const properties = { loadBalancerId, version };
  if (version === "2.0") {
    return balancer?.SnatPro === true ? { properties, attributes: {} } : undefined;
  }
  const target = balancer?.TargetRegionInfo;
  // A load balancer that binds at home answers with its own region.
  if (!target?.Region || target.Region === context.region) return undefined;
  return { properties: { ...properties, region: target.Region, vpcId: target.VpcId }, attributes: {} };
}
