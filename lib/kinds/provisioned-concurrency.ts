import { ScfError } from "../model/error";
import {
  provisionedConcurrencySchema,
  type PlannedProvisioning,
  type ProvisionedConcurrencyProperties,
} from "../model/resources/provisioned-concurrency";
import type { Properties, Value } from "../model/value";
import type { Request, Response } from "../platform/api";
import { functionKey } from "./function-status";
import type { Kind, Live, OperationContext, ReadContext } from "./kind";
import { isFunctionNotFound, unlessNotFound } from "./not-found";

type Allocated = NonNullable<Response<"scf", "GetProvisionedConcurrencyConfig">["Allocated"]>[number];

const types = { static: "Default", dynamic: "ConcurrencyUtilizationTracking" } as const;

/**
 * When a new version takes over, its instances are started first, then aliases move, and then those of the version before
 * are taken away: for that while both count against the region's quota (CON-PSUM).
 */
export const provisionedConcurrencyKind: Kind<typeof provisionedConcurrencySchema> = {
  schema: provisionedConcurrencySchema,
  identity: ({ namespace, functionName, qualifier }) => `${namespace}/${functionName}:${qualifier}`,
  exclusive: (properties) => [functionKey(properties)],
  replacement: "create-first",
  // 100 instances start in a minute (QTA-PBURST).
  timeoutMs: 30 * 60_000,

  read: (context, { properties }) => readLive(context, properties),
  find: (context, wanted) => readLive(context, wanted),

  create: write,
  update: write,

  async delete(context, { properties }) {
    await unlessNotFound(
      context.call("scf", "DeleteProvisionedConcurrencyConfig", keyOf(properties)),
      isFunctionNotFound,
    );
    await context.waitFor(`instances of ${nameOf(properties)} to be given back`, async () =>
      (await allocated(context, properties)) ? undefined : true,
    );
  },
};

async function write(
  context: OperationContext,
  wanted: ProvisionedConcurrencyProperties,
): Promise<Record<string, never>> {
  await context.call("scf", "PutProvisionedConcurrencyConfig", {
    ...keyOf(wanted),
    ...settingsOf(wanted.provisioning),
  });
  await context.waitFor(`instances of ${nameOf(wanted)} to be started`, async () => {
    const found = await allocated(context, wanted);
    if (found?.Status === "Done") return true;
    if (found?.Status !== "Failed") return undefined;
    throw new ScfError(
      "PROVISIONING_FAILED",
      `The instances of ${nameOf(wanted)} could not all be started: ${found.StatusReason || "the platform gives no reason"}.`,
      { fix: "Correct what the platform names and deploy again." },
    );
  });
  return {};
}

function settingsOf(
  provisioning: PlannedProvisioning,
): Omit<Request<"scf", "PutProvisionedConcurrencyConfig">, "FunctionName" | "Qualifier" | "Namespace"> {
  if (provisioning.type === "dynamic") {
    return {
      ProvisionedType: types.dynamic,
      VersionProvisionedConcurrencyNum: 0,
      MinCapacity: provisioning.minimum,
      MaxCapacity: provisioning.maximum,
      TrackingTarget: provisioning.utilization,
    };
  }
  return {
    ProvisionedType: types.static,
    VersionProvisionedConcurrencyNum: provisioning.instances,
    TriggerActions: (provisioning.actions ?? []).map((action) => ({
      TriggerName: action.name,
      TriggerCronConfig: action.cron,
      TriggerProvisionedConcurrencyNum: action.instances,
      ProvisionedType: types.static,
    })),
  };
}

function keyOf({ namespace, functionName, qualifier }: ProvisionedConcurrencyProperties) {
  return { FunctionName: functionName, Namespace: namespace, Qualifier: qualifier };
}

function nameOf({ namespace, functionName, qualifier }: ProvisionedConcurrencyProperties): string {
  return `${namespace}/${functionName}:${qualifier}`;
}

async function allocated(
  context: Pick<ReadContext, "call">,
  properties: ProvisionedConcurrencyProperties,
): Promise<Allocated | undefined> {
  const found = await unlessNotFound(
    context.call("scf", "GetProvisionedConcurrencyConfig", keyOf(properties)),
    isFunctionNotFound,
  );
  return found?.Allocated?.find(({ Qualifier }) => Qualifier === properties.qualifier);
}

async function readLive(
  context: ReadContext,
  known: ProvisionedConcurrencyProperties,
): Promise<Live | undefined> {
  const found = await allocated(context, known);
  if (!found) return undefined;
  const { namespace, functionName, qualifier } = known;
  const properties: Properties = { namespace, functionName, qualifier };
  // Which type it is does not come back, and of a dynamic one neither limits nor utilization. What an interrupted create
  // has left is recorded without either.
  const recorded = known.provisioning as PlannedProvisioning | undefined;
  if (recorded?.type !== "static") return { properties, attributes: {} };
  return {
    properties: { ...properties, provisioning: staticProvisioning(found, recorded) as Value },
    attributes: {},
  };
}

function staticProvisioning(
  found: Allocated,
  known: Extract<PlannedProvisioning, { type: "static" }>,
): PlannedProvisioning {
  const actions = (found.TriggerActions ?? []).map((action) => ({
    name: action.TriggerName,
    cron: action.TriggerCronConfig,
    instances: action.TriggerProvisionedConcurrencyNum,
  }));
  // What did not start is not there, so that the next deploy tries again.
  const { AllocatedProvisionedConcurrencyNum: asked = 0, AvailableProvisionedConcurrencyNum: running } =
    found;
  const now = found.Status === "Failed" ? (running ?? 0) : asked;
  // What a scheduled action has set is no drift.
  const scheduled = actions.some(({ instances }) => instances === now);
  return {
    type: "static",
    instances: scheduled ? known.instances : now,
    ...(actions.length > 0 ? { actions } : {}),
  };
}
