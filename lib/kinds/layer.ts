import { layerSchema, type LayerProperties } from "../model/resources/layer";
import type { Value } from "../model/value";
import { ScfError } from "../model/error";
import { isErrorOfClass } from "../platform/errors";
import { codeOf } from "./function";
import type { Kind, Live, OperationContext, ReadContext } from "./kind";
import { unlessNotFound } from "./not-found";
import { generationless, markDescription, readMark, wholeDescription } from "./ownership";

export const layerKind: Kind<typeof layerSchema> = {
  schema: layerSchema,
  identity: ({ layerName }) => layerName,
  exclusive: ({ layerName }) => [`layer ${layerName}`],
  replacement: "create-first",
  // Versions of functions that were published with it go on using it.
  keepsReplaced: true,
  deletedAfter: ["scf_version", "scf_function"],
  timeoutMs: 2 * 60_000,

  async read(context, { properties, attributes }) {
    const { version } = attributes;
    if (version === undefined) return undefined;
    const found = await unlessNotFound(
      context.call("scf", "GetLayerVersion", { LayerName: properties.layerName, LayerVersion: version }),
    );
    if (!found || gone.has(found.Status ?? "")) return undefined;
    const mark = readMark(found.Description);
    const known = attributes.codeSha256 === undefined || found.CodeSha256 === attributes.codeSha256;
    return {
      properties: {
        layerName: properties.layerName,
        compatibleRuntimes: [...(found.CompatibleRuntimes ?? [])].sort(),
        description: wholeDescription(mark.description, properties.description),
        code: known ? (properties.code as Value) : { sha256: found.CodeSha256 ?? "" },
      },
      attributes: { version, ...(found.CodeSha256 === undefined ? {} : { codeSha256: found.CodeSha256 }) },
      ...(mark.owner === undefined ? {} : { owner: mark.owner }),
    };
  },

  async find(context, wanted) {
    const content = contentOf(wanted);
    for (const version of await listVersions(context, wanted.layerName)) {
      const mark = readMark(version.Description);
      if (mark.owner !== context.owner || mark.content !== content || version.LayerVersion === undefined)
        continue;
      const recorded = { properties: wanted, attributes: { version: version.LayerVersion } };
      const live: Live | undefined = await layerKind.read(context, recorded);
      if (live) return live;
    }
    return undefined;
  },

  async create(context, wanted) {
    const { LayerVersion: version } = await context.call("scf", "PublishLayerVersion", {
      LayerName: wanted.layerName,
      CompatibleRuntimes: wanted.compatibleRuntimes,
      Content: await codeOf(context, wanted.code),
      Description: markDescription(wanted.description, contentOf(wanted), context.owner),
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
    const ours = generationless(context.owner);
    const versions = (await listVersions(context, properties.layerName))
      .filter((version) => {
        const { owner } = readMark(version.Description);
        return (
          version.LayerVersion === attributes.version ||
          (owner !== undefined && generationless(owner) === ours)
        );
      })
      .flatMap((version) => version.LayerVersion ?? []);
    for (const LayerVersion of versions) {
      try {
        await unlessNotFound(
          context.call("scf", "DeleteLayerVersion", { LayerName: properties.layerName, LayerVersion }),
        );
      } catch (error) {
        if (!isErrorOfClass(error, "dependency")) throw error;
        throw new ScfError(
          "LAYER_IN_USE",
          `Version ${LayerVersion} of layer ${properties.layerName} is still bound by a function or one of its published versions: ${error.message}`,
          {
            fix: "Published versions keep their layers. Leave the layer in the program for as long as they are needed, or delete them first.",
            cause: error,
          },
        );
      }
    }
    await context.waitFor(`layer ${properties.layerName} to be gone`, async () => {
      const left = await listVersions(context, properties.layerName);
      return left.some((version) => versions.includes(version.LayerVersion ?? 0)) ? undefined : true;
    });
  },
};

const gone = new Set(["Deleting", "Deleted", "PublishFailed"]);

/** What the mark says of the content: enough to tell two publications of one resource apart. */
function contentOf(wanted: LayerProperties): string {
  return "asset" in wanted.code ? wanted.code.asset.slice(0, 16) : "0".repeat(16);
}

async function listVersions(context: ReadContext, LayerName: string) {
  const found = await unlessNotFound(context.call("scf", "ListLayerVersions", { LayerName }));
  return (found?.LayerVersions ?? []).filter((version) => !gone.has(version.Status ?? ""));
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
