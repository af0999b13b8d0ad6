import { aliasSchema, type AliasProperties, type PlannedRouting } from "../model/resources/alias";
import type { Properties, Value } from "../model/value";
import type { Request, Response } from "../platform/api";
import { functionKey } from "./function-status";
import type { Kind, Live, ReadContext } from "./kind";
import { isFunctionNotFound, unlessNotFound } from "./not-found";

export const aliasKind: Kind<typeof aliasSchema> = {
  schema: aliasSchema,
  identity: ({ namespace, functionName, name }) => `${namespace}/${functionName}:${name}`,
  exclusive: (properties) => [functionKey(properties)],
  replacement: "delete-first",
  timeoutMs: 2 * 60_000,

  read: (context, { properties }) => readLive(context, properties),
  // The built-in alias is always there, and nobody's: declaring it is no collision.
  find: async (context, wanted) => (isBuiltIn(wanted) ? undefined : readLive(context, wanted)),

  async create(context, wanted) {
    await context.call("scf", isBuiltIn(wanted) ? "UpdateAlias" : "CreateAlias", aliasRequest(wanted));
    return {};
  },

  async update(context, wanted) {
    await context.call("scf", "UpdateAlias", aliasRequest(wanted));
    return {};
  },

  async delete(context, { properties }) {
    if (isBuiltIn(properties)) {
      const { namespace, functionName, name, versionsOf } = properties;
      const untold = aliasRequest({ namespace, functionName, name, versionsOf, version: "$LATEST" });
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
};

function isBuiltIn({ builtIn }: AliasProperties): boolean {
  return builtIn === true;
}

async function readLive(context: ReadContext, known: AliasProperties): Promise<Live | undefined> {
  const found = await unlessNotFound(
    context.call("scf", "GetAlias", {
      FunctionName: known.functionName,
      Namespace: known.namespace,
      Name: known.name,
    }),
    isFunctionNotFound,
  );
  if (!found) return undefined;
  // A share of a version for itself cannot be sent, and cannot come back.
  const routing = routingOf(found.RoutingConfig) ?? (sharesWithItself(known) ? known.routing : undefined);
  const properties: Properties = {
    namespace: known.namespace,
    functionName: known.functionName,
    name: known.name,
    ...(isBuiltIn(known) ? { builtIn: true } : {}),
    version: found.FunctionVersion ?? "",
    description: found.Description ?? "",
    routing: (routing as Value | undefined) ?? null,
  };
  return { properties, attributes: {} };
}

/**
 * Whether both versions are the same, as when the newest version is the proven one: everything goes to it then, until
 * another one is published. The platform refuses to be told so.
 */
function sharesWithItself({ version, routing }: AliasProperties): boolean {
  return routing !== undefined && routing?.version === version;
}

/**
 * Create and update say everything each time. Whether leaving the routing out of an update clears it is not documented, so
 * it is always there, empty when all requests go to the main version.
 */
function aliasRequest(wanted: AliasProperties): Request<"scf", "CreateAlias"> {
  const routing = sharesWithItself(wanted) ? undefined : wanted.routing;
  return {
    FunctionName: wanted.functionName,
    Namespace: wanted.namespace,
    Name: wanted.name,
    FunctionVersion: wanted.version,
    Description: wanted.description ?? "",
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
