import { ScfError } from "../model/error";
import {
  provisionedConcurrencySchema,
  type PlannedProvisioning,
  type ProvisionedConcurrencyProperties,
} from "../model/resources/provisioned-concurrency";
import { sameValue, type Properties, type Value } from "../model/value";
import type { Request, Response } from "../platform/api";
import { consistency } from "./consistency";
import { ofEveryFunction } from "./every-function";
import { functionKey, type FunctionAddress } from "./function-status";
import { importParts } from "./import-id";
import type { Kind, Live, OperationContext, Phase, ReadContext } from "./kind";
import { isFunctionNotFound, unlessNotFound } from "./not-found";
import { shared } from "./pages";
import { asFound } from "./plan-shape";

/** How long instances may take to start, in milliseconds: 100 do in a minute (QTA-PBURST). */
const STARTING_MS = 30 * 60_000;

const SHAPE = "namespace/function:3";

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
  timeoutMs: STARTING_MS,
  consistencyMs: consistency.functions,

  read: (context, { properties }) => readLive(context, properties),

  /** Putting the setting collides with nothing: only just what is wanted has been put by a create that was cut off. */
  async find(context, wanted) {
    const live = await readLive(context, wanted);
    return sameValue(live?.properties["provisioning"], wanted.provisioning) ? live : undefined;
  },

  async ready(context, { properties }) {
    await waitUntilStarted(context, properties);
    return {};
  },

  create: write,
  update: write,

  delete: (context, { properties }) => giveBack(context, properties),

  import: {
    id: SHAPE,

    async find(context, id, wanted) {
      const [namespace = "", functionName = "", qualifier = ""] = importParts(
        provisionedConcurrencySchema.title,
        SHAPE,
        /^([^/:]+)\/([^/:]+):([1-9]\d*)$/,
        id,
      );
      return readLive(context, { ...wanted, namespace, functionName, qualifier });
    },

    /** Which type one is does not come back: here all are static ones, with as many instances as there are now. */
    list: (context) =>
      ofEveryFunction(context, async (address) =>
        (await allocatedOf(context, address)).map((found) => {
          const known = { ...address, qualifier: found.Qualifier ?? "", provisioning: AS_IT_IS };
          return asFound(provisionedConcurrencySchema, nameOf(known), describe(found, known));
        }),
      ),
  },
};

/** How many instances of a version there are to be; none without a setting. */
export async function instancesOf(context: ReadContext, version: Key): Promise<number | undefined> {
  return (await allocated(context, version))?.AllocatedProvisionedConcurrencyNum;
}

/**
 * Starts instances of a version and waits for them, for half an hour beside the operation's own time. What was asked for
 * already is not asked for again.
 */
export async function startInstances(
  context: OperationContext,
  version: Key,
  instances: number,
): Promise<void> {
  const found = await allocated(context, version);
  const isAsked = found?.AllocatedProvisionedConcurrencyNum === instances && found.Status !== "Failed";
  if (!isAsked) {
    await context.call("scf", "PutProvisionedConcurrencyConfig", {
      ...keyOf(version),
      ...settingsOf({ type: "static", instances }),
    });
  }
  await waitUntilStarted(context, version, STARTING_MS);
}

/** Gives the instances of a version back, if there are any, and waits until they are. */
export async function stopInstances(context: OperationContext, version: Key): Promise<void> {
  if (await allocated(context, version)) await giveBack(context, version);
}

async function giveBack(context: OperationContext, version: Key): Promise<void> {
  await unlessNotFound(
    context.call("scf", "DeleteProvisionedConcurrencyConfig", keyOf(version)),
    isFunctionNotFound,
  );
  await context.waitFor(`instances of ${nameOf(version)} to be given back`, async () =>
    (await allocated(context, version)) ? undefined : true,
  );
}

/** Of a setting that nothing is known of. */
const AS_IT_IS: PlannedProvisioning = { type: "static", instances: NaN };

type Key = FunctionAddress & { readonly qualifier: string };
type Known = Key & { readonly provisioning?: PlannedProvisioning | undefined };

const phases: Readonly<Record<string, Phase>> = { InProgress: "pending", Failed: "failed" };

async function write(
  context: OperationContext,
  wanted: ProvisionedConcurrencyProperties,
): Promise<Record<string, never>> {
  await context.call("scf", "PutProvisionedConcurrencyConfig", {
    ...keyOf(wanted),
    ...settingsOf(wanted.provisioning),
  });
  await waitUntilStarted(context, wanted);
  return {};
}

async function waitUntilStarted(context: OperationContext, wanted: Key, apartMs?: number): Promise<void> {
  const poll = async (): Promise<true | undefined> => {
    const found = await allocated(context, wanted);
    if (found?.Status === "Done") return true;
    if (found?.Status !== "Failed") return undefined;
    throw new ScfError(
      "PROVISIONING_FAILED",
      `The instances of ${nameOf(wanted)} could not all be started: ${found.StatusReason || "the platform gives no reason"}.`,
      { fix: "Correct what the platform names and deploy again." },
    );
  };
  await context.waitFor(`instances of ${nameOf(wanted)} to be started`, poll, apartMs);
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

function keyOf({ namespace, functionName, qualifier }: Key) {
  return { FunctionName: functionName, Namespace: namespace, Qualifier: qualifier };
}

function nameOf({ namespace, functionName, qualifier }: Key): string {
  return `${namespace}/${functionName}:${qualifier}`;
}

async function allocated(context: ReadContext, key: Key): Promise<Allocated | undefined> {
  return (await allocatedOf(context, key)).find(({ Qualifier }) => Qualifier === key.qualifier);
}

/** The settings of all versions of a function. */
async function allocatedOf(
  context: ReadContext,
  { namespace, functionName }: FunctionAddress,
): Promise<readonly Allocated[]> {
  const found = await shared(context, `instances of ${namespace}/${functionName}`, () =>
    unlessNotFound(
      context.call("scf", "GetProvisionedConcurrencyConfig", {
        FunctionName: functionName,
        Namespace: namespace,
      }),
      isFunctionNotFound,
    ),
  );
  return found?.Allocated ?? [];
}

async function readLive(context: ReadContext, known: Known): Promise<Live | undefined> {
  const found = await allocated(context, known);
  return found && describe(found, known);
}

function describe(found: Allocated, { namespace, functionName, qualifier, provisioning }: Known): Live {
  const properties: Properties = { namespace, functionName, qualifier };
  const phase = phases[found.Status ?? ""];
  const state = phase === undefined ? {} : { phase };
  // Which type it is does not come back, and of a dynamic one neither limits nor utilization. What an interrupted create
  // has left is recorded without either.
  if (provisioning?.type !== "static") return { properties, attributes: {}, ...state };
  return {
    properties: { ...properties, provisioning: staticProvisioning(found, provisioning) as Value },
    attributes: {},
    ...state,
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
  const scheduled = !isNaN(known.instances) && actions.some(({ instances }) => instances === now);
  return {
    type: "static",
    instances: scheduled ? known.instances : now,
    ...(actions.length > 0 ? { actions } : {}),
  };
}
