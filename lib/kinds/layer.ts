import { layerSchema, type LayerProperties } from "../model/resources/layer";
import { ScfError } from "../model/error";
import { isErrorOfClass } from "../platform/errors";
import { consistency } from "./consistency";
import { codeOf } from "./function-request";
import { isOver } from "./function-status";
import { importParts } from "./import-id";
import type { Kind, Live, OperationContext, Phase, ReadContext } from "./kind";
import { unlessNotFound } from "./not-found";
import { isOfSameResource, markDescription, readMark, wholeDescription } from "./ownership";
import { shownCode } from "./package-code";
import { allPages, forEachOf } from "./pages";
import { asFound } from "./plan-shape";

const SHAPE = "name or name:version";

export const layerKind: Kind<typeof layerSchema> = {
  schema: layerSchema,
  identity: ({ layerName }) => layerName,
  exclusive: ({ layerName }) => [`layer ${layerName}`],
  replacement: "create-first",
  // Versions of functions that were published with it go on using it.
  keepsReplaced: true,
  deletedAfter: ["scf_version", "scf_function"],
  // In the description of PublishLayerVersion.
  marked: true,
  timeoutMs: 2 * 60_000,
  consistencyMs: consistency.functions,

  async read(context, { properties, attributes }) {
    const { version, codeSha256 } = attributes;
    return version === undefined ? undefined : readLive(context, properties, version, codeSha256);
  },

  /** A version that could be published comes before one that could not. */
  async find(context, wanted) {
    const content = contentOf(wanted);
    const own = (await listVersions(context, wanted.layerName)).filter(({ Description }) => {
      const mark = readMark(Description);
      return mark.owner === context.owner && mark.content === content;
    });
    const found = own.find(({ Status }) => !isOver(phases[Status ?? ""])) ?? own[0];
    return found?.LayerVersion === undefined
      ? undefined
      : readLive(context, wanted, found.LayerVersion, undefined);
  },

  ready: (context, { properties, attributes }) =>
    waitUntilActive(context, properties.layerName, attributes.version ?? 0),

  async create(context, wanted) {
    const { LayerVersion: version } = await context.call("scf", "PublishLayerVersion", {
      LayerName: wanted.layerName,
      CompatibleRuntimes: wanted.compatibleRuntimes,
      Content: await codeOf(context, wanted.code),
      Description: markDescription(wanted.description, context.owner, contentOf(wanted)),
    });
    if (version === undefined) {
      throw new ScfError(
        "ANSWER_INCOMPLETE",
        `The platform published layer ${wanted.layerName} and named no version.`,
      );
    }
    await context.record({ version });
    return { version, ...(await waitUntilActive(context, wanted.layerName, version)) };
  },

  async delete(context, { properties, attributes }) {
    // Replaced versions are still there: everything that this resource has published goes with it.
    const versions = (await listVersions(context, properties.layerName)).filter(
      ({ LayerVersion, Description }) =>
        LayerVersion === attributes.version || isOfSameResource(readMark(Description).owner, context.owner),
    );
    // The recorded one last: as long as it is there, whoever goes on after this run was cut off knows that something is left.
    const isRecorded = ({ LayerVersion }: { LayerVersion?: number }): boolean =>
      LayerVersion === attributes.version;
    const inOrder = [...versions.filter((one) => !isRecorded(one)), ...versions.filter(isRecorded)];
    for (const { LayerVersion, Status } of inOrder) {
      if (LayerVersion !== undefined && phases[Status ?? ""] !== "deleting") {
        await deleteVersion(context, properties.layerName, LayerVersion);
      }
    }
    const going = new Set(versions.map(({ LayerVersion }) => LayerVersion));
    if (going.size === 0) return;
    await context.waitFor(`layer ${properties.layerName} to be gone`, async () => {
      const left = await listVersions(context, properties.layerName);
      return left.some(({ LayerVersion }) => going.has(LayerVersion)) ? undefined : true;
    });
  },

  import: {
    id: SHAPE,

    async find(context, id, wanted) {
      const [layerName = "", number = ""] = importParts("layer", SHAPE, /^([^/:]+)(?::([1-9]\d*))?$/, id);
      const version = number === "" ? await newestVersion(context, layerName) : Number(number);
      return version === undefined
        ? undefined
        : readLive(context, { ...wanted, layerName }, version, undefined);
    },

    /** A layer is its newest version: those before are history. */
    async list(context) {
      const layers = await allPages(100, async (Offset, Limit) => {
        const page = await context.call("scf", "ListLayers", { Offset, Limit });
        return { items: page.Layers ?? [], total: page.TotalCount ?? 0 };
      });
      return forEachOf(layers, async ({ LayerName: layerName = "" }) => {
        const version = await newestVersion(context, layerName);
        if (version === undefined) return [];
        const live = await readLive(context, { layerName }, version, undefined);
        return live ? [asFound(layerSchema, `${layerName}:${version}`, live)] : [];
      });
    },
  },
};

/** States of layer versions beside Active (api: "States and waiting"); "Deleted" is none that there is. */
const phases: Readonly<Record<string, Phase>> = {
  Publishing: "pending",
  PublishFailed: "failed",
  Deleting: "deleting",
  DeleteFailed: "failed",
};

async function readLive(
  context: ReadContext,
  known: Pick<LayerProperties, "layerName"> & Partial<LayerProperties>,
  version: number,
  codeSha256: string | undefined,
): Promise<Live | undefined> {
  const { layerName } = known;
  const found = await unlessNotFound(
    context.call("scf", "GetLayerVersion", { LayerName: layerName, LayerVersion: version }),
  );
  if (!found || found.Status === "Deleted") return undefined;
  const mark = readMark(found.Description);
  const phase = phases[found.Status ?? ""];
  const isKnown = isMarkedWith(mark.content, known.code) || found.CodeSha256 === undefined;
  const code = isKnown
    ? known.code
    : await shownCode(context, found.CodeSha256 ?? "", { code: known.code, codeSha256 });
  return {
    properties: {
      layerName,
      compatibleRuntimes: [...(found.CompatibleRuntimes ?? [])].sort(),
      description: wholeDescription(mark.description, known.description),
      ...(code === undefined ? {} : { code }),
    },
    attributes: { version, ...(found.CodeSha256 === undefined ? {} : { codeSha256: found.CodeSha256 }) },
    ...(mark.owner === undefined ? {} : { owner: mark.owner }),
    ...(phase === undefined ? {} : { phase }),
  };
}

/** Whether the mark names this package. A version never changes, so that nothing else has to be asked. */
function isMarkedWith(content: string | undefined, code: LayerProperties["code"] | undefined): boolean {
  return code !== undefined && "asset" in code && content === contentOf({ code });
}

/** What the mark says of the content: enough to tell two publications of one resource apart. */
function contentOf({ code }: Pick<LayerProperties, "code">): string {
  return "asset" in code ? code.asset.slice(0, 16) : "0".repeat(16);
}

/** Versions of a layer, the newest first, whatever state they are in. */
async function listVersions(context: ReadContext, LayerName: string) {
  const found = await unlessNotFound(context.call("scf", "ListLayerVersions", { LayerName }));
  return (found?.LayerVersions ?? []).filter(({ Status }) => Status !== "Deleted");
}

async function newestVersion(context: ReadContext, layerName: string): Promise<number | undefined> {
  const numbers = (await listVersions(context, layerName))
    .filter(({ Status }) => !isOver(phases[Status ?? ""]))
    .map(({ LayerVersion }) => LayerVersion ?? 0);
  return numbers.length === 0 ? undefined : Math.max(...numbers);
}

async function deleteVersion(
  context: OperationContext,
  LayerName: string,
  LayerVersion: number,
): Promise<void> {
  try {
    await unlessNotFound(context.call("scf", "DeleteLayerVersion", { LayerName, LayerVersion }));
  } catch (error) {
    if (!isErrorOfClass(error, "dependency")) throw error;
    throw new ScfError(
      "LAYER_IN_USE",
      `Version ${LayerVersion} of layer ${LayerName} is still bound by a function or one of its published versions: ${error.message}`,
      {
        fix: "Published versions keep their layers. Leave the layer in the program for as long as they are needed, or delete them first.",
        cause: error,
      },
    );
  }
}

async function waitUntilActive(
  context: OperationContext,
  LayerName: string,
  LayerVersion: number,
): Promise<{ codeSha256?: string }> {
  return context.waitFor(`layer ${LayerName} version ${LayerVersion} to become Active`, async () => {
    const found = await unlessNotFound(context.call("scf", "GetLayerVersion", { LayerName, LayerVersion }));
    if (!found || found.Status === "Publishing") return undefined;
    if (found.Status === "Active")
      return found.CodeSha256 === undefined ? {} : { codeSha256: found.CodeSha256 };
    throw new ScfError(
      "LAYER_FAILED",
      `Layer ${LayerName} version ${LayerVersion} is ${found.Status ?? "in no state"}.`,
      {
        fix: "Check the package and deploy again: the next version is published.",
      },
    );
  });
}
