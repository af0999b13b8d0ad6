import type { Response } from "../platform/api";
import type { ReadContext } from "./kind";
import type { LoadBalancer } from "./load-balancer";
import { unlessNotFound } from "./not-found";
import { allPages, forEachOf, shared } from "./pages";

export type FoundListener = NonNullable<Response<"clb", "DescribeListeners">["Listeners"]>[number];
export type FoundRule = NonNullable<FoundListener["Rules"]>[number];
export type FoundTargets = NonNullable<Response<"clb", "DescribeTargets">["Listeners"]>[number];

/** Which listeners of a load balancer are meant: by id, or by protocol and port. */
export interface ListenerFilter {
  readonly listenerId?: string;
  readonly protocol?: string;
  readonly port?: number;
}

/** All load balancers of the region. */
function everyLoadBalancer(context: ReadContext): Promise<readonly LoadBalancer[]> {
  return shared(context, "load balancers", () =>
    allPages(100, async (Offset, Limit) => {
      const page = await context.call("clb", "DescribeLoadBalancers", { Offset, Limit });
      return { items: page.LoadBalancerSet ?? [], total: page.TotalCount ?? 0 };
    }),
  );
}

/**
 * Listeners of a load balancer, rules included; none when it is gone. Where others ask for listeners of the same load
 * balancer, all of them are listed once.
 */
export async function listenersOf(
  context: ReadContext,
  loadBalancerId: string,
  { listenerId, protocol, port }: ListenerFilter = {},
): Promise<readonly FoundListener[]> {
  const list = async (filter: { ListenerIds?: string[]; Protocol?: string; Port?: number }) => {
    const request = { LoadBalancerId: loadBalancerId, ...filter };
    return (await unlessNotFound(context.call("clb", "DescribeListeners", request)))?.Listeners ?? [];
  };
  if (!context.shared) {
    return list({
      ...(listenerId === undefined ? {} : { ListenerIds: [listenerId] }),
      ...(protocol === undefined ? {} : { Protocol: protocol }),
      ...(port === undefined ? {} : { Port: port }),
    });
  }
  const all = await shared(context, `listeners of ${loadBalancerId}`, () => list({}));
  return all.filter(
    (listener) =>
      (listenerId === undefined || listener.ListenerId === listenerId) &&
      (protocol === undefined || listener.Protocol === protocol) &&
      (port === undefined || listener.Port === port),
  );
}

/** What the listeners of a load balancer forward to; one of them only, where its id is given and nobody shares the answer. */
export async function targetsOf(
  context: ReadContext,
  loadBalancerId: string,
  listenerId?: string,
): Promise<readonly FoundTargets[]> {
  const list = async (ListenerIds?: string[]) => {
    const request = { LoadBalancerId: loadBalancerId, ...(ListenerIds ? { ListenerIds } : {}) };
    return (await unlessNotFound(context.call("clb", "DescribeTargets", request)))?.Listeners ?? [];
  };
  const found = context.shared
    ? await shared(context, `targets of ${loadBalancerId}`, () => list())
    : await list(listenerId === undefined ? undefined : [listenerId]);
  return listenerId === undefined ? found : found.filter(({ ListenerId }) => ListenerId === listenerId);
}

/** What each load balancer of the region has. */
export async function ofEveryLoadBalancer<R>(
  context: ReadContext,
  find: (loadBalancerId: string, balancer: LoadBalancer) => Promise<readonly R[]>,
): Promise<R[]> {
  return forEachOf(await everyLoadBalancer(context), async (balancer) =>
    balancer.LoadBalancerId === undefined ? [] : find(balancer.LoadBalancerId, balancer),
  );
}
