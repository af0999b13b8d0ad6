import { functionBindingSchema, type FunctionBindingProperties } from "../model/resources/function-binding";
import { consistency } from "./consistency";
import { ofEveryLoadBalancer, targetsOf, type FoundTargets } from "./every-listener";
import { importParts } from "./import-id";
import type { Kind, Live, OperationContext, ReadContext } from "./kind";
import { loadBalancerKey, waitForTask } from "./load-balancer-task";
import { unlessNotFound } from "./not-found";
import { asFound } from "./plan-shape";

const SHAPE = "lb-…/lbl-…/loc-…";

export const functionBindingKind: Kind<typeof functionBindingSchema> = {
  schema: functionBindingSchema,
  identity: (properties) => {
    const { loadBalancerId, listenerId, locationId, namespace, functionName, qualifier } = properties;
    return `${namespace}/${functionName}:${qualifier} at ${locationId} of ${loadBalancerId}/${listenerId}`;
  },
  exclusive: (properties) => [loadBalancerKey(properties)],
  replacement: "delete-first",
  timeoutMs: 2 * 60_000,
  consistencyMs: consistency.loadBalancers,

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

  /** A rule forwards to one function (API RegisterFunctionTargets). */
  import: {
    id: SHAPE,

    async find(context, id) {
      const form = /^(lb-[^/]+)\/(lbl-[^/]+)\/(loc-[^/]+)$/;
      const [loadBalancerId = "", listenerId = "", locationId = ""] = importParts(
        functionBindingSchema.title,
        SHAPE,
        form,
        id,
      );
      const place = { loadBalancerId, listenerId, locationId };
      const [found] = await boundFunctions(context, place);
      return found && liveOf(place, found);
    },

    list: (context) =>
      ofEveryLoadBalancer(context, async (loadBalancerId) =>
        (await targetsOf(context, loadBalancerId)).flatMap(({ ListenerId: listenerId = "", Rules: rules }) =>
          (rules ?? []).flatMap(({ LocationId: locationId = "", FunctionTargets: targets }) =>
            (targets ?? []).map((found) => {
              const id = `${loadBalancerId}/${listenerId}/${locationId}`;
              return asFound(
                functionBindingSchema,
                id,
                liveOf({ loadBalancerId, listenerId, locationId }, found),
              );
            }),
          ),
        ),
      ),
  },
};

type Place = Pick<FunctionBindingProperties, "loadBalancerId" | "listenerId" | "locationId">;
type FunctionTarget = NonNullable<NonNullable<FoundTargets["Rules"]>[number]["FunctionTargets"]>[number];

async function boundFunctions(
  context: ReadContext,
  { loadBalancerId, listenerId, locationId }: Place,
): Promise<readonly FunctionTarget[]> {
  const [listener] = await targetsOf(context, loadBalancerId, listenerId);
  const rule = listener?.Rules?.find((candidate) => candidate.LocationId === locationId);
  return rule?.FunctionTargets ?? [];
}

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
  const found = (await boundFunctions(context, known)).find(
    ({ Function: bound }) =>
      bound.FunctionNamespace === known.namespace &&
      bound.FunctionName === known.functionName &&
      bound.FunctionQualifier === known.qualifier,
  );
  return found && liveOf(known, found);
}

function liveOf({ loadBalancerId, listenerId, locationId }: Place, found: FunctionTarget): Live {
  const { FunctionNamespace, FunctionName, FunctionQualifier, FunctionQualifierType } = found.Function;
  const isVersion = FunctionQualifierType
    ? FunctionQualifierType.toUpperCase() === "VERSION"
    : /^(\$LATEST|[1-9]\d*)$/.test(FunctionQualifier);
  return {
    properties: {
      loadBalancerId,
      listenerId,
      locationId,
      namespace: FunctionNamespace,
      functionName: FunctionName,
      qualifier: FunctionQualifier,
      qualifierType: isVersion ? "version" : "alias",
      weight: found.Weight ?? 10,
    },
    attributes: {},
  };
}
