import { versionSchema } from "../model/resources/version";
import { ScfError } from "../model/error";
import { functionKey, getFunction, waitUntilActive } from "./function-status";
import type { Kind, Live } from "./kind";
import { isFunctionNotFound, unlessNotFound } from "./not-found";
import { markDescription, readMark, wholeDescription } from "./ownership";
import { allPages } from "./pages";

export const versionKind: Kind<typeof versionSchema> = {
  schema: versionSchema,
  identity: ({ namespace, functionName }) => `${namespace}/${functionName}`,
  exclusive: (properties) => [functionKey(properties)],
  replacement: "create-first",
  keepsReplaced: true,
  timeoutMs: 5 * 60_000,

  async read(context, { properties, attributes }) {
    if (attributes.version === undefined) return undefined;
    const found = await getFunction(context, properties, attributes.version);
    if (!found || found.Status === "Deleting" || found.Status === "PublishFailed") return undefined;
    const mark = readMark(found.Description);
    return {
      properties: {
        namespace: properties.namespace,
        functionName: properties.functionName,
        ...(mark.owner === undefined
          ? {}
          : { description: wholeDescription(mark.description, properties.description) }),
      },
      attributes: { version: attributes.version },
      ...(mark.owner === undefined ? {} : { owner: mark.owner }),
    };
  },

  async find(context, wanted): Promise<Live | undefined> {
    const versions = await unlessNotFound(
      allPages(100, async (Offset, Limit) => {
        const page = await context.call("scf", "ListVersionByFunction", {
          FunctionName: wanted.functionName,
          Namespace: wanted.namespace,
          Offset,
          Limit,
        });
        return { items: page.Versions ?? [], total: page.TotalCount ?? 0 };
      }),
      isFunctionNotFound,
    );
    const found = versions?.find(({ Description }) => {
      const mark = readMark(Description);
      return mark.owner === context.owner && mark.content === wanted.content.slice(0, 16);
    });
    if (!found?.Version) return undefined;
    return versionKind.read(context, { properties: wanted, attributes: { version: found.Version } });
  },

  async create(context, wanted) {
    await waitUntilActive(context, wanted);
    const { FunctionVersion: version } = await context.call("scf", "PublishVersion", {
      FunctionName: wanted.functionName,
      Namespace: wanted.namespace,
      Description: markDescription(wanted.description, wanted.content, context.owner),
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
};
