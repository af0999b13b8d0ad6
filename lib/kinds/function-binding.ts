import { functionBindingSchema, type FunctionBindingProperties } from "../model/resources/function-binding";
import type { Kind, Live, OperationContext, ReadContext } from "./kind";
import { loadBalancerKey, waitForTask } from "./load-balancer-task";
import { unlessNotFound } from "./not-found";

export const functionBindingKind: Kind<typeof functionBindingSchema> = {
  schema: functionBindingSchema,
  identity: ({ namespace, functionName, qualifier }) => `${namespace}/${functionName}:${qualifier}`,
  exclusive: (properties) => [loadBalancerKey(properties)],
  replacement: "delete-first",
  timeoutMs: 2 * 60_000,

  read: (context, { properties }) => readLive(context, properties),
  find: (context, wanted) => readLive(context, wanted),

  create: (context, wanted) => write(context, "RegisterFunctionTargets", wanted),
  update: (context, wanted) => write(context, "ModifyFunctionTargets", wanted),

  async delete(context, { properties }) {
    const answer = await unlessNotFound(
      context.call("clb", "DeregisterFunctionTargets", requestOf(properties)),
    );
    if (answer) await waitForTask(context, `${properties.functionName} to be unbound`, answer.RequestId);
  },
};

async function write(
  context: OperationContext,
  action: "RegisterFunctionTargets" | "ModifyFunctionTargets",
  wanted: FunctionBindingProperties,
): Promise<Record<string, never>> {
  const answer = await context.call("clb", action, requestOf(wanted));
  await waitForTask(context, `${wanted.functionName} to be bound`, answer.RequestId);
  return {};
}

function requestOf(properties: FunctionBindingProperties) {
  return {
    LoadBalancerId: properties.loadBalancerId,
    ListenerId: properties.listenerId,
    LocationId: properties.locationId,
    FunctionTargets: [
      {
        Function: {
          FunctionNamespace: properties.namespace,
          FunctionName: properties.functionName,
          FunctionQualifier: properties.qualifier,
          FunctionQualifierType: properties.qualifierType.toUpperCase(),
        },
        Weight: properties.weight,
      },
    ],
  };
}

async function readLive(context: ReadContext, known: FunctionBindingProperties): Promise<Live | undefined> {
  const answer = await unlessNotFound(
    context.call("clb", "DescribeTargets", {
      LoadBalancerId: known.loadBalancerId,
      ListenerIds: [known.listenerId],
    }),
  );
  const rule = answer?.Listeners?.[0]?.Rules?.find((candidate) => candidate.LocationId === known.locationId);
  const found = rule?.FunctionTargets?.find(
    ({ Function: bound }) =>
      bound.FunctionNamespace === known.namespace &&
      bound.FunctionName === known.functionName &&
      bound.FunctionQualifier === known.qualifier,
  );
  if (!found) return undefined;
  return {
    properties: {
      loadBalancerId: known.loadBalancerId,
      listenerId: known.listenerId,
      locationId: known.locationId,
      namespace: known.namespace,
      functionName: known.functionName,
      qualifier: known.qualifier,
      qualifierType: (found.Function.FunctionQualifierType ?? known.qualifierType).toLowerCase(),
      weight: found.Weight ?? 10,
    },
    attributes: {},
  };
}
