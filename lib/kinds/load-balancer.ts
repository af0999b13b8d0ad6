import type { Response } from "../platform/api";
import type { ReadContext } from "./kind";
import { unlessNotFound } from "./not-found";
import { shared } from "./pages";

export type LoadBalancer = NonNullable<Response<"clb", "DescribeLoadBalancers">["LoadBalancerSet"]>[number];

/** A load balancer of the region, or undefined when it is not there. */
export async function describeLoadBalancer(
  context: ReadContext,
  loadBalancerId: string,
): Promise<LoadBalancer | undefined> {
  const answer = await shared(context, `load balancer ${loadBalancerId}`, () =>
    unlessNotFound(context.call("clb", "DescribeLoadBalancers", { LoadBalancerIds: [loadBalancerId] })),
  );
  return answer?.LoadBalancerSet?.find(({ LoadBalancerId }) => LoadBalancerId === loadBalancerId);
}
