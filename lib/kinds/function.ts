import { createHash } from "node:crypto";
import { frozenProperties, functionSchema, type FunctionProperties } from "../model/resources/function";
import { canonicalJson, isEmpty, sameValue } from "../model/value";
import { isErrorOfClass } from "../platform/errors";
import { onceRoleIsKnown } from "./access-lag";
import { consistency } from "./consistency";
import { functionImport } from "./function-import";
import { liveImage, liveProperties, packageHash, readFunction, type FoundFunction } from "./function-live";
import { changedConfiguration, codeOf, creation, functionResource, isImage } from "./function-request";
import { functionKey, getFunction, waitUntilActive, waitUntilSettled } from "./function-status";
import type { Kind, OperationContext, ReadContext } from "./kind";
import { isFunctionNotFound, unlessNotFound } from "./not-found";
import { isOfSameResource, readTags } from "./ownership";
import { shownCode } from "./package-code";

export const functionKind: Kind<typeof functionSchema> = {
  schema: functionSchema,
  identity: ({ namespace, functionName }) => `${namespace}/${functionName}`,
  exclusive: (properties) => [functionKey(properties)],
  replacement: "delete-first",
  // In the tags of CreateFunction.
  marked: true,
  timeoutMs: 5 * 60_000,
  consistencyMs: consistency.functions,

  derive: (properties) => ({ contentHash: contentHash(properties) }),

  async read(context, { properties, attributes }) {
    const live = await readFunction(context, properties, attributes.codeSha256);
    return isOther(attributes.functionId, live?.attributes["functionId"]) ? undefined : live;
  },

  find: (context, wanted) => readFunction(context, wanted, undefined),

  async ready(context, { properties }) {
    const active = await waitUntilActive(context, properties);
    return { functionId: active.FunctionId ?? "", ...(await codeHash(context, properties)) };
  },

  async create(context, wanted) {
    const request = await creation(context, wanted);
    const create = () => context.call("scf", "CreateFunction", request);
    try {
      await (wanted.role ? onceRoleIsKnown(context, wanted.role, create) : create());
    } catch (error) {
      if (!isErrorOfClass(error, "exists") || !(await freeName(context, wanted))) throw error;
      await create();
    }
    const active = await waitUntilActive(context, wanted);
    return { functionId: active.FunctionId ?? "", ...(await codeHash(context, wanted)) };
  },

  async update(context, wanted, recorded, changed) {
    const found = await waitUntilSettled(context, wanted);
    if (found.Status === "CreateFailed" && isOurs(context, found)) {
      await functionKind.delete(context, { properties: wanted, attributes: {} });
      return functionKind.create(context, wanted);
    }
    const missing = await stillMissing(context, found, wanted, changed);
    // New code meets the old configuration for a moment. Callers that must not see that use an alias: it moves last.
    if (missing.has("code") || missing.has("handler")) {
      await context.call("scf", "UpdateFunctionCode", {
        FunctionName: wanted.functionName,
        Namespace: wanted.namespace,
        ...(wanted.handler === undefined ? {} : { Handler: wanted.handler }),
        Code: await codeOf(context, wanted.code),
      });
      await waitUntilActive(context, wanted);
    }
    const configuration = changedConfiguration(wanted, missing);
    if (Object.keys(configuration).length > 0) {
      await context.call("scf", "UpdateFunctionConfiguration", {
        FunctionName: wanted.functionName,
        Namespace: wanted.namespace,
        ...configuration,
      });
      await waitUntilActive(context, wanted);
    }
    if (missing.has("tags")) await updateTags(context, found, wanted);
    const codeChanged = changed.has("code") || recorded.attributes.codeSha256 === undefined;
    return codeChanged ? codeHash(context, wanted) : {};
  },

  async delete(context, { properties, attributes }) {
    const isGone = (found: FoundFunction | undefined) =>
      !found || isOther(attributes.functionId, found.FunctionId);
    // Somebody may have deleted it and made another of its name: that one is theirs.
    if (attributes.functionId && isGone(await getFunction(context, properties))) return;
    await unlessNotFound(
      context.call("scf", "DeleteFunction", {
        FunctionName: properties.functionName,
        Namespace: properties.namespace,
      }),
      isFunctionNotFound,
    );
    await context.waitFor(`${properties.namespace}/${properties.functionName} to be gone`, async () =>
      isGone(await getFunction(context, properties)) ? true : undefined,
    );
  },

  import: functionImport,
};

/** Whether a function that was found is not the one that is recorded: the platform gives no id twice. */
function isOther(recorded: string | undefined, found: unknown): boolean {
  return Boolean(recorded) && Boolean(found) && recorded !== found;
}

/** Hash over everything that a published version freezes. Secrets count by their fingerprints. */
function contentHash(properties: FunctionProperties): string {
  // Leaving a property out and emptying it are the same to the platform, so they are the same version.
  const entries = frozenProperties.map((name) => [name, properties[name]] as const);
  const frozen = Object.fromEntries(entries.filter(([, value]) => !isEmpty(value)));
  return createHash("sha256").update(canonicalJson(frozen)).digest("hex");
}

/** The hash of the code, where it is a package; images go by their names. */
async function codeHash(
  context: ReadContext,
  properties: FunctionProperties,
): Promise<{ codeSha256?: string }> {
  if (isImage(properties.code)) return {};
  const codeSha256 = await packageHash(context, properties);
  return codeSha256 === undefined ? {} : { codeSha256 };
}

/**
 * What of a change is not there yet: a run that was cut off may have made part of it, and everything is sent once only. Of a
 * function that the platform failed to change nothing counts as being there.
 */
async function stillMissing(
  context: OperationContext,
  found: FoundFunction,
  wanted: FunctionProperties,
  changed: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  if (found.Status !== "Active") return changed;
  const live = {
    // A topic that the program does not name may be the platform's own: here it is the one that is to be taken away.
    ...liveProperties(found, { ...wanted, logTopic: wanted.logTopic ?? { logsetId: "", topicId: "" } }),
    tags: readTags(found.Tags).tags,
    ...(changed.has("code") ? { code: await liveCode(context, found, wanted) } : {}),
  };
  return new Set(
    [...changed].filter(
      (name) => !sameValue(live[name as keyof typeof live], wanted[name as keyof typeof wanted]),
    ),
  );
}

async function liveCode(context: OperationContext, found: FoundFunction, wanted: FunctionProperties) {
  const image = liveImage(found, wanted.code);
  if (image !== undefined) return image;
  const reported = await packageHash(context, wanted);
  return reported === undefined ? undefined : shownCode(context, reported, {});
}

/**
 * Frees the name that a function is to have, where that needs nobody's leave: what is on its way out is waited for, and what is left
 * of a creation of ours that the platform gave up on is taken away.
 */
async function freeName(context: OperationContext, wanted: FunctionProperties): Promise<boolean> {
  const found = await getFunction(context, wanted);
  if (found?.Status === "CreateFailed" && isOurs(context, found)) {
    await functionKind.delete(context, { properties: wanted, attributes: {} });
    return true;
  }
  if (found?.Status !== "Deleting") return found === undefined;
  await context.waitFor(`${wanted.namespace}/${wanted.functionName} to be gone`, async () =>
    (await getFunction(context, wanted)) ? undefined : true,
  );
  return true;
}

/** Whether any generation of this resource has made it. */
function isOurs(context: ReadContext, found: FoundFunction): boolean {
  return isOfSameResource(readTags(found.Tags).owner, context.owner);
}

async function updateTags(
  context: OperationContext,
  found: FoundFunction,
  wanted: FunctionProperties,
): Promise<void> {
  const kept = new Set(Object.keys(wanted.tags ?? {}));
  const removed = Object.keys(readTags(found.Tags).tags).filter((key) => !kept.has(key));
  await context.call("tag", "ModifyResourceTags", {
    Resource: functionResource(context, wanted),
    ReplaceTags: Object.entries(wanted.tags ?? {}).map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
    DeleteTags: removed.map((TagKey) => ({ TagKey })),
  });
}
