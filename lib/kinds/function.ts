import { createHash } from "node:crypto";
import {
  frozenProperties,
  functionSchema,
  type FunctionProperties,
  type PlannedCode,
  type PlannedImage,
} from "../model/resources/function";
import { canonicalJson, isEmpty, type Properties, type Value } from "../model/value";
import type { Request, Response } from "../platform/api";
import { isErrorOfClass } from "../platform/errors";
import { functionKey, getFunction, waitUntilActive, waitUntilSettled } from "./function-status";
import { onceRoleIsKnown } from "./access-lag";
import type { Kind, Live, OperationContext, ReadContext } from "./kind";
import { isFunctionNotFound, unlessNotFound } from "./not-found";
import { readTags, writeTags } from "./ownership";

const TIME_ZONE_VARIABLE = "TZ";

export const functionKind: Kind<typeof functionSchema> = {
  schema: functionSchema,
  identity: ({ namespace, functionName }) => `${namespace}/${functionName}`,
  exclusive: (properties) => [functionKey(properties)],
  replacement: "delete-first",
  timeoutMs: 5 * 60_000,

  derive: (properties) => ({ contentHash: contentHash(properties) }),

  read: (context, recorded) => readLive(context, recorded.properties, recorded.attributes.codeSha256),

  find: (context, wanted) => readLive(context, wanted, undefined),

  async create(context, wanted) {
    const request = await creation(context, wanted);
    const create = () => context.call("scf", "CreateFunction", request);
    try {
      await (wanted.role ? onceRoleIsKnown(context, wanted.role, create) : create());
    } catch (error) {
      if (!isErrorOfClass(error, "exists") || !(await removeFailedCreation(context, wanted))) throw error;
      await create();
    }
    const active = await waitUntilActive(context, wanted);
    return { functionId: active.FunctionId ?? "", codeSha256: await codeSha256(context, wanted) };
  },

  async update(context, wanted, recorded, changed) {
    // New code meets the old configuration for a moment. Callers that must not see that use an alias: it moves last.
    if (changed.has("code") || changed.has("handler")) {
      await waitUntilSettled(context, wanted);
      await context.call("scf", "UpdateFunctionCode", {
        FunctionName: wanted.functionName,
        Namespace: wanted.namespace,
        Handler: wanted.handler,
        Code: await codeOf(context, wanted.code),
      });
      await waitUntilActive(context, wanted);
    }
    const configuration = changedConfiguration(wanted, changed);
    if (Object.keys(configuration).length > 0) {
      await waitUntilSettled(context, wanted);
      await context.call("scf", "UpdateFunctionConfiguration", {
        FunctionName: wanted.functionName,
        Namespace: wanted.namespace,
        ...configuration,
      });
      await waitUntilActive(context, wanted);
    }
    if (changed.has("tags")) await updateTags(context, wanted);
    const codeChanged = changed.has("code") || recorded.attributes.codeSha256 === undefined;
    return codeChanged ? { codeSha256: await codeSha256(context, wanted) } : {};
  },

  async delete(context, { properties }) {
    await unlessNotFound(
      context.call("scf", "DeleteFunction", {
        FunctionName: properties.functionName,
        Namespace: properties.namespace,
      }),
      isFunctionNotFound,
    );
    await context.waitFor(`${properties.namespace}/${properties.functionName} to be gone`, async () =>
      (await getFunction(context, properties)) ? undefined : true,
    );
  },
};

/** Hash over everything that a published version freezes. Secrets count by their fingerprints. */
function contentHash(properties: FunctionProperties): string {
  // Leaving a property out and emptying it are the same to the platform, so they are the same version.
  const entries = frozenProperties.map((name) => [name, properties[name]] as const);
  const frozen = Object.fromEntries(entries.filter(([, value]) => !isEmpty(value)));
  return createHash("sha256").update(canonicalJson(frozen)).digest("hex");
}

async function readLive(
  context: ReadContext,
  known: FunctionProperties,
  knownSha256: string | undefined,
): Promise<Live | undefined> {
  const found = await getFunction(context, known);
  if (!found || found.Status === "Deleting" || found.Status === "CreateFailed") return undefined;
  const { tags, owner } = readTags(found.Tags);
  const sha256 = found.Status === "Active" ? await codeSha256(context, known) : undefined;
  // The platform shows the code by its hash alone: the same hash is the code that was sent last.
  const code: Properties =
    sha256 === undefined || knownSha256 === undefined
      ? {}
      : { code: sha256 === knownSha256 ? (known.code as Value) : { sha256 } };
  return {
    properties: { ...liveProperties(found, known), ...code, tags },
    attributes: {
      functionId: found.FunctionId ?? "",
      ...(sha256 === undefined ? {} : { codeSha256: sha256 }),
    },
    ...(owner === undefined ? {} : { owner }),
  };
}

function liveProperties(found: Response<"scf", "GetFunction">, known: FunctionProperties): Properties {
  const variables = Object.fromEntries(
    (found.Environment?.Variables ?? []).map((variable) => [variable.Key ?? "", variable.Value ?? ""]),
  );
  const timeZone = variables[TIME_ZONE_VARIABLE];
  // The variable is the property's unless the program sets the variable itself.
  const own = known.environment?.[TIME_ZONE_VARIABLE] === undefined;
  if (own) delete variables[TIME_ZONE_VARIABLE];
  const properties: Record<string, Value | undefined> = {
    namespace: found.Namespace ?? known.namespace,
    functionName: found.FunctionName ?? known.functionName,
    type: found.Type ?? "Event",
    description: found.Description ?? "",
    runtime: found.Runtime ?? "",
    handler: found.Handler ?? "",
    memory: found.MemorySize,
    timeout: found.Timeout,
    initTimeout: found.InitTimeout,
    environment: variables,
    timeZone: (own || known.timeZone !== undefined ? timeZone : undefined) ?? "",
    layers: (found.Layers ?? []).map((layer) => ({
      name: layer.LayerName ?? "",
      version: layer.LayerVersion ?? 0,
    })),
    role: found.Role ?? "",
    asyncExecution: found.AsyncRunEnable === "TRUE",
  };
  return Object.fromEntries(
    Object.entries(properties).filter(([, value]) => value !== undefined),
  ) as Properties;
}

async function codeSha256(
  context: ReadContext,
  { namespace, functionName }: FunctionProperties,
): Promise<string | undefined> {
  const found = await unlessNotFound(
    context.call("scf", "GetFunctionAddress", { FunctionName: functionName, Namespace: namespace }),
    isFunctionNotFound,
  );
  return found?.CodeSha256;
}

async function creation(
  context: OperationContext,
  wanted: FunctionProperties,
): Promise<Request<"scf", "CreateFunction">> {
  return {
    FunctionName: wanted.functionName,
    Namespace: wanted.namespace,
    Type: wanted.type,
    Runtime: wanted.runtime,
    Handler: wanted.handler,
    Code: await codeOf(context, wanted.code),
    MemorySize: wanted.memory,
    Timeout: wanted.timeout,
    InitTimeout: wanted.initTimeout,
    AsyncRunEnable: wanted.asyncExecution ? "TRUE" : "FALSE",
    Tags: writeTags(wanted.tags, context.owner),
    ...(wanted.description ? { Description: wanted.description } : {}),
    ...(wanted.role ? { Role: wanted.role } : {}),
    ...(wanted.layers?.length ? { Layers: layersOf(wanted) } : {}),
    ...(variablesOf(wanted).length ? { Environment: { Variables: variablesOf(wanted) } } : {}),
  };
}

/** Only what changed: an absent field stays as it is. Emptying has spellings of its own (API UpdateFunctionConfiguration). */
function changedConfiguration(
  wanted: FunctionProperties,
  changed: ReadonlySet<string>,
): Partial<Request<"scf", "UpdateFunctionConfiguration">> {
  const request: Partial<Request<"scf", "UpdateFunctionConfiguration">> = {};
  if (changed.has("description")) request.Description = wanted.description ?? "";
  if (changed.has("memory")) request.MemorySize = wanted.memory;
  if (changed.has("timeout")) request.Timeout = wanted.timeout;
  if (changed.has("initTimeout")) request.InitTimeout = wanted.initTimeout;
  if (changed.has("role")) request.Role = wanted.role ?? "";
  if (changed.has("environment") || changed.has("timeZone")) {
    const variables = variablesOf(wanted);
    request.Environment = { Variables: variables.length > 0 ? variables : [{ Key: "", Value: "" }] };
  }
  if (changed.has("layers")) {
    const layers = layersOf(wanted);
    request.Layers = layers.length > 0 ? layers : [{ LayerName: "", LayerVersion: 0 }];
  }
  return request;
}

function variablesOf(wanted: FunctionProperties): { Key: string; Value: string }[] {
  const variables = {
    ...wanted.environment,
    ...(wanted.timeZone ? { [TIME_ZONE_VARIABLE]: wanted.timeZone } : {}),
  };
  return Object.entries(variables).map(([Key, Value]) => ({ Key, Value }));
}

function layersOf(wanted: FunctionProperties): { LayerName: string; LayerVersion: number }[] {
  return (wanted.layers ?? []).map((layer) => ({ LayerName: layer.name, LayerVersion: layer.version }));
}

/** Code as a call carries it. */
export async function codeOf(
  context: OperationContext,
  code: PlannedCode | PlannedImage,
): Promise<Request<"scf", "CreateFunction">["Code"]> {
  if ("image" in code) {
    return {
      ImageConfig: {
        ImageType: code.registry,
        ImageUri: code.image,
        ...(code.registryId ? { RegistryId: code.registryId } : {}),
        ...(code.entryPoint ? { EntryPoint: code.entryPoint } : {}),
        ...(code.command ? { Args: code.command } : {}),
        ...(code.acceleration === undefined ? {} : { ContainerImageAccelerate: code.acceleration }),
        ...(code.port === undefined ? {} : { ImagePort: code.port }),
      },
    };
  }
  if ("asset" in code) return { ZipFile: Buffer.from(await context.asset(code.asset)).toString("base64") };
  return { CosBucketName: code.bucket, CosObjectName: code.object, CosBucketRegion: code.region };
}

/** A creation that the platform gave up on blocks its name: what is left of ours is taken away. */
async function removeFailedCreation(context: OperationContext, wanted: FunctionProperties): Promise<boolean> {
  const found = await getFunction(context, wanted);
  if (found?.Status !== "CreateFailed" || readTags(found.Tags).owner !== context.owner) return false;
  await functionKind.delete(context, { properties: wanted, attributes: {} });
  return true;
}

async function updateTags(context: OperationContext, wanted: FunctionProperties): Promise<void> {
  const found = await getFunction(context, wanted);
  const kept = new Set(Object.keys(wanted.tags ?? {}));
  const removed = Object.keys(readTags(found?.Tags).tags).filter((key) => !kept.has(key));
  await context.call("tag", "ModifyResourceTags", {
    Resource: `qcs::scf:${context.region}:uin/${context.uin}:namespace/${wanted.namespace}/function/${wanted.functionName}`,
    ReplaceTags: Object.entries(wanted.tags ?? {}).map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
    DeleteTags: removed.map((TagKey) => ({ TagKey })),
  });
}
