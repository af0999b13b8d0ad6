import {
  aliasSchema,
  DEFAULT_ALIAS,
  type AliasProperties,
  type PlannedRouting,
} from "../model/resources/alias";
import type { Properties, Value } from "../model/value";
import type { Request, Response } from "../platform/api";
import { consistency } from "./consistency";
import { ofEveryFunction } from "./every-function";
import { functionKey, type FunctionAddress } from "./function-status";
import { importParts } from "./import-id";
import type { Kind, Live, ReadContext } from "./kind";
import { isFunctionNotFound, unlessNotFound } from "./not-found";
import { markDescription, readMark, wholeDescription } from "./ownership";
import { allPages, shared } from "./pages";
import { asFound } from "./plan-shape";

const SHAPE = "namespace/function:alias";

export const aliasKind: Kind<typeof aliasSchema> = {
  schema: aliasSchema,
  identity: ({ namespace, functionName, name }) => `${namespace}/${functionName}:${name}`,
  exclusive: (properties) => [functionKey(properties)],
  replacement: "delete-first",
  // In the description of CreateAlias.
  marked: true,
  timeoutMs: 2 * 60_000,
  consistencyMs: consistency.functions,

  read: (context, { properties }) => readLive(context, properties),
  // The built-in alias is always there, and nobody's: declaring it is no collision.
  find: async (context, wanted) => (isBuiltIn(wanted) ? undefined : readLive(context, wanted)),

  async create(context, wanted) {
    const request = aliasRequest(wanted, context.owner);
    await context.call("scf", isBuiltIn(wanted) ? "UpdateAlias" : "CreateAlias", request);
    return {};
  },

  async update(context, wanted) {
    await context.call("scf", "UpdateAlias", aliasRequest(wanted, context.owner));
    return {};
  },

  async delete(context, { properties }) {
    if (isBuiltIn(properties)) {
      const { namespace, functionName, name, versionsOf } = properties;
      const untold = aliasRequest({ namespace, functionName, name, versionsOf, version: LATEST }, undefined);
      await unlessNotFound(context.call("scf", "UpdateAlias", untold), isFunctionNotFound);
      return;
    }
    await unlessNotFound(
      context.call("scf", "DeleteAlias", {
        FunctionName: properties.functionName,
        Namespace: properties.namespace,
        Name: properties.name,
      }),
      isFunctionNotFound,
    );
  },

  import: {
    id: SHAPE,

    async find(context, id, wanted) {
      const [namespace = "", functionName = "", name = ""] = importParts(
        "alias",
        SHAPE,
        /^([^/:]+)\/([^/:]+):(.+)$/,
        id,
      );
      return readLive(context, { ...wanted, namespace, functionName, name });
    },

    /** The call takes everything: all but the mark is written as it is. */
    async mark(context, { properties }) {
      const live = await readLive(context, properties);
      if (!live) return;
      const same = live.properties as unknown as AliasProperties;
      await context.call("scf", "UpdateAlias", aliasRequest(same, context.owner));
    },

    /** The built-in alias is the platform's own until somebody has pointed it elsewhere. */
    list: (context) =>
      ofEveryFunction(context, async (address) =>
        (await aliasesOf(context, address)).flatMap((found) => {
          const isDefault = found.Name === DEFAULT_ALIAS;
          if (isDefault && found.FunctionVersion === LATEST && !routingOf(found.RoutingConfig)) return [];
          const known = { ...address, name: found.Name, ...(isDefault ? { builtIn: true } : {}) };
          const id = `${address.namespace}/${address.functionName}:${found.Name}`;
          return [asFound(aliasSchema, id, describe(found, known))];
        }),
      ),
  },
};

const LATEST = "$LATEST";

type Known = Pick<AliasProperties, "namespace" | "functionName" | "name"> & Partial<AliasProperties>;
type Found = Pick<Response<"scf", "GetAlias">, "FunctionVersion" | "RoutingConfig" | "Description">;

function isBuiltIn({ builtIn }: Known): boolean {
  return builtIn === true;
}

async function aliasesOf(context: ReadContext, { namespace, functionName }: FunctionAddress) {
  const aliases = await shared(context, `aliases of ${namespace}/${functionName}`, () =>
    unlessNotFound(
      allPages(100, async (offset, limit) => {
        const page = await context.call("scf", "ListAliases", {
          FunctionName: functionName,
          Namespace: namespace,
          Offset: String(offset),
          Limit: String(limit),
        });
        return { items: page.Aliases ?? [], total: page.TotalCount ?? 0 };
      }),
      isFunctionNotFound,
    ),
  );
  return aliases ?? [];
}

/** Where others ask for aliases of the same function, they are listed once. */
async function findAlias(
  context: ReadContext,
  { namespace, functionName, name }: Known,
): Promise<Found | undefined> {
  if (context.shared) {
    const aliases = await aliasesOf(context, { namespace, functionName });
    return aliases.find(({ Name }) => Name === name);
  }
  return unlessNotFound(
    context.call("scf", "GetAlias", { FunctionName: functionName, Namespace: namespace, Name: name }),
    isFunctionNotFound,
  );
}

async function readLive(context: ReadContext, known: Known): Promise<Live | undefined> {
  const found = await findAlias(context, known);
  return found && describe(found, known);
}

function describe(found: Found, known: Known): Live {
  const mark = readMark(found.Description);
  // A share of a version for itself cannot be sent, and cannot come back.
  const routing = routingOf(found.RoutingConfig) ?? (sharesWithItself(known) ? known.routing : undefined);
  const properties: Properties = {
    namespace: known.namespace,
    functionName: known.functionName,
    name: known.name,
    ...(isBuiltIn(known) ? { builtIn: true } : {}),
    version: found.FunctionVersion ?? "",
    description: wholeDescription(mark.description, known.description),
    routing: (routing as Value | undefined) ?? null,
  };
  return { properties, attributes: {}, ...(mark.owner === undefined ? {} : { owner: mark.owner }) };
}

/**
 * Whether both versions are the same, as when the newest version is the proven one: everything goes to it then, until
 * another one is published. The platform refuses to be told so.
 */
function sharesWithItself({ version, routing }: Partial<AliasProperties>): boolean {
  return routing !== undefined && routing?.version === version;
}

/**
 * Create and update say everything each time. Whether leaving the routing out of an update clears it is not documented, so
 * it is always there, empty when all requests go to the main version.
 *
 * @param owner whose it is; nobody's when undefined
 */
function aliasRequest(wanted: AliasProperties, owner: string | undefined): Request<"scf", "CreateAlias"> {
  const routing = sharesWithItself(wanted) ? undefined : wanted.routing;
  return {
    FunctionName: wanted.functionName,
    Namespace: wanted.namespace,
    Name: wanted.name,
    FunctionVersion: wanted.version,
    Description:
      owner === undefined ? (wanted.description ?? "") : markDescription(wanted.description, owner),
    RoutingConfig: {
      AdditionalVersionWeights:
        routing?.type === "weighted" ? [{ Version: routing.version, Weight: routing.percent / 100 }] : [],
      AddtionVersionMatchs:
        routing?.type === "match"
          ? [
              {
                Version: routing.version,
                Key: routing.key,
                Method: routing.method,
                Expression: routing.expression,
              },
            ]
          : [],
    },
  };
}

function routingOf(config: Response<"scf", "GetAlias">["RoutingConfig"]): PlannedRouting | undefined {
  const weight = config?.AdditionalVersionWeights?.[0];
  if (weight) {
    // The platform keeps fractions: 0.07 × 100 must not read as drift from 7.
    return { type: "weighted", version: weight.Version, percent: Math.round(weight.Weight * 1e8) / 1e6 };
  }
  const match = config?.AddtionVersionMatchs?.[0];
  if (match) {
    return {
      type: "match",
      version: match.Version,
      key: match.Key,
      method: match.Method as "exact" | "range",
      expression: match.Expression,
    };
  }
  return undefined;
}
