import { versionSchema } from "../model/resources/version";
import { ScfError } from "../model/error";
import type { PropertiesOf } from "../model/resource-schema";
import { consistency } from "./consistency";
import { ofEveryFunction } from "./every-function";
import {
  functionKey,
  getFunction,
  isOver,
  phaseOf,
  waitUntilActive,
  type FunctionAddress,
} from "./function-status";
import { importParts } from "./import-id";
import type { Kind, Live, ReadContext } from "./kind";
import { isFunctionNotFound, unlessNotFound } from "./not-found";
import { markDescription, readMark, wholeDescription } from "./ownership";
import { allPages } from "./pages";
import { asFound } from "./plan-shape";

const SHAPE = "namespace/function:3";
const LATEST = "$LATEST";

export const versionKind: Kind<typeof versionSchema> = {
  schema: versionSchema,
  identity: ({ namespace, functionName }) => `${namespace}/${functionName}`,
  exclusive: (properties) => [functionKey(properties)],
  replacement: "create-first",
  keepsReplaced: true,
  // In the description of PublishVersion.
  marked: true,
  timeoutMs: 5 * 60_000,
  consistencyMs: consistency.functions,

  async read(context, { properties, attributes }) {
    return attributes.version === undefined ? undefined : readLive(context, properties, attributes.version);
  },

  /** A version that could be published comes before one that could not. */
  async find(context, wanted) {
    const own = (await listVersions(context, wanted)).filter(({ Description }) => {
      const mark = readMark(Description);
      return mark.owner === context.owner && mark.content === wanted.content.slice(0, 16);
    });
    const found = own.find(({ Status }) => !isOver(phaseOf(Status))) ?? own[0];
    return found && readLive(context, wanted, found.Version);
  },

  async ready(context, { properties, attributes }) {
    await waitUntilActive(context, properties, attributes.version);
    return {};
  },

  async create(context, wanted) {
    await waitUntilActive(context, wanted);
    const { FunctionVersion: version } = await context.call("scf", "PublishVersion", {
      FunctionName: wanted.functionName,
      Namespace: wanted.namespace,
      Description: markDescription(wanted.description, context.owner, wanted.content),
    });
    if (version === undefined) {
      throw new ScfError(
        "ANSWER_INCOMPLETE",
        `The platform published ${wanted.functionName} and named no version.`,
      );
    }
    await context.record({ version });
    await waitUntilActive(context, wanted, version);
    return { version };
  },

  async delete(context, { properties, attributes }) {
    const { version } = attributes;
    if (version === undefined) return;
    await unlessNotFound(
      context.call("scf", "DeleteFunctionVersion", {
        FunctionName: properties.functionName,
        Namespace: properties.namespace,
        Qualifier: version,
      }),
      isFunctionNotFound,
    );
    await context.waitFor(`${properties.functionName} version ${version} to be gone`, async () =>
      (await getFunction(context, properties, version)) ? undefined : true,
    );
  },

  import: {
    id: SHAPE,

    async find(context, id, wanted) {
      const form = /^([^/:]+)\/([^/:]+):([1-9]\d*)$/;
      const [namespace = "", functionName = "", version = ""] = importParts("version", SHAPE, form, id);
      return readLive(context, { ...wanted, namespace, functionName }, version);
    },

    list: (context) =>
      ofEveryFunction(context, async (address) => {
        const published = (await listVersions(context, address)).filter(
          ({ Version, Status }) => Version !== LATEST && !isOver(phaseOf(Status)),
        );
        return published.map(({ Version, Description, Status }) =>
          asFound(
            versionSchema,
            `${address.namespace}/${address.functionName}:${Version}`,
            liveOf(address, Version, Description, Status),
          ),
        );
      }),
  },
};

type Known = FunctionAddress & Partial<PropertiesOf<typeof versionSchema>>;

async function readLive(context: ReadContext, known: Known, version: string): Promise<Live | undefined> {
  const found = await getFunction(context, known, version);
  return found && liveOf(known, version, found.Description, found.Status);
}

function liveOf(known: Known, version: string, text: string | undefined, status: string | undefined): Live {
  const { description, owner } = readMark(text);
  const phase = phaseOf(status);
  return {
    properties: {
      namespace: known.namespace,
      functionName: known.functionName,
      // Of a version that somebody else has published, the description is theirs.
      ...(owner === undefined ? {} : { description: wholeDescription(description, known.description) }),
    },
    attributes: { version },
    ...(owner === undefined ? {} : { owner }),
    ...(phase === undefined ? {} : { phase }),
  };
}

/** Versions of a function, `$LATEST` among them; none where the function is gone. */
async function listVersions(context: ReadContext, { namespace, functionName }: FunctionAddress) {
  const versions = await unlessNotFound(
    allPages(100, async (Offset, Limit) => {
      const page = await context.call("scf", "ListVersionByFunction", {
        FunctionName: functionName,
        Namespace: namespace,
        Offset,
        Limit,
      });
      return { items: page.Versions ?? [], total: page.TotalCount ?? 0 };
    }),
    isFunctionNotFound,
  );
  return versions ?? [];
}
