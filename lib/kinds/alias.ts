import {
  aliasSchema,
  DEFAULT_ALIAS,
  type AliasProperties,
  type OpenRelease,
  type PlannedRouting,
} from "../model/resources/alias";
import { sameValue, type Properties, type Value } from "../model/value";
import type { Request, Response } from "../platform/api";
import { consistency } from "./consistency";
import { ofEveryFunction } from "./every-function";
import { functionKey, type FunctionAddress } from "./function-status";
import { importParts } from "./import-id";
import type { Kind, Live, OperationContext, ReadContext, Recorded } from "./kind";
import { isFunctionNotFound, unlessNotFound } from "./not-found";
import { markDescription, readMark, wholeDescription } from "./ownership";
import { allPages, shared } from "./pages";
import { asFound } from "./plan-shape";
import { instancesOf, startInstances, stopInstances } from "./provisioned-concurrency";
import {
  aliasName,
  describeSteps,
  heldSentence,
  isRejected,
  leftOf,
  release as carryOut,
  type Position,
  type ReleasedAlias,
} from "./release";

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

  held(wanted, { attributes: { openRelease } }) {
    if (!isRejected(openRelease, wanted.version, wanted.release)) return undefined;
    return {
      properties: { version: openRelease.from, routing: null },
      warning: heldSentence(wanted as AliasProperties, openRelease),
      again: { openRelease: null },
    };
  },

  steps(wanted, _recorded, live, changed) {
    const { release } = wanted;
    const position = live.properties as unknown as Position;
    if (!release || !changed.has("version") || position.version === wanted.version) return [];
    return describeSteps({ ...wanted, release }, position);
  },

  /** There is no version before: all requests go to this one at once. */
  async create(context, wanted, gone) {
    // Once it is there again, nothing tells of those of other versions any more.
    if (gone)
      await giveBackInstances(context, gone, wanted.provisioned === undefined ? [] : [wanted.version]);
    const request = aliasRequest(wanted, context.owner);
    await context.call("scf", isBuiltIn(wanted) ? "UpdateAlias" : "CreateAlias", request);
    if (wanted.provisioned !== undefined) {
      await startInstances(context, versionKey(wanted, wanted.version), wanted.provisioned);
    }
    return {};
  },

  async update(context, wanted, recorded, changed) {
    if (changed.size === 1 && changed.has("release")) return {};
    const open = recorded.attributes.openRelease ?? undefined;
    const instances = instancesFor(context, wanted, recorded);
    if (!wanted.release && !open && !instances) {
      await context.call("scf", "UpdateAlias", aliasRequest(wanted, context.owner));
      return {};
    }
    const position = await positionOf(context, wanted);
    if (wanted.release && position.version !== wanted.version) {
      const release = wanted.release;
      const route = (next: Position) => routeTo(context, wanted, next);
      await carryOut(context, { wanted: { ...wanted, release }, position, open, route, instances });
      return { openRelease: null };
    }
    await instances?.start(wanted.version);
    if (!(changed.size === 1 && changed.has("provisioned"))) {
      await context.call("scf", "UpdateAlias", aliasRequest(wanted, context.owner));
    }
    const left = leftOf(open, { from: wanted.version, to: wanted.version });
    const emptied = [
      ...(wanted.provisioned === undefined ? [wanted.version] : []),
      ...(position.version === wanted.version ? [] : [position.version]),
    ];
    for (const version of new Set([...left, ...emptied])) await instances?.stop(version);
    return open && !isPutBack(open, wanted) ? { openRelease: null } : {};
  },

  /** What a release has left to do once the alias stands where it is to stand. */
  async ready(context, { properties, attributes }) {
    const open = attributes.openRelease ?? undefined;
    if (!open) return {};
    const instances = instancesFor(context, properties, { properties, attributes });
    const { version } = properties;
    for (const left of leftOf(open, { from: version, to: version })) await instances?.stop(left);
    return isPutBack(open, properties) ? {} : { openRelease: null };
  },

  /** Its instances go first: once it is gone, nothing tells of them any more. */
  async delete(context, recorded) {
    const { properties } = recorded;
    await giveBackInstances(context, recorded, []);
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

/** Whether an alias stands where a release that was rolled back has put it. */
function isPutBack({ from, rejection }: OpenRelease, { version }: AliasProperties): boolean {
  return rejection !== undefined && version === from;
}

function versionKey({ namespace, functionName }: FunctionAddress, version: string) {
  return { namespace, functionName, qualifier: version };
}

/** The instances that an alias has, or had before; undefined where it has nothing to do with any. */
function instancesFor(
  context: OperationContext,
  wanted: AliasProperties,
  recorded: Recorded<typeof aliasSchema>,
): ReleasedAlias["instances"] {
  const { provisioned } = wanted;
  if (provisioned === undefined && recorded.properties.provisioned === undefined) return undefined;
  return {
    async start(version) {
      if (provisioned !== undefined) await startInstances(context, versionKey(wanted, version), provisioned);
    },
    async stop(version) {
      // Of `$LATEST` there are none.
      if (version !== LATEST) await stopInstances(context, versionKey(wanted, version));
    },
  };
}

/** Gives back what is recorded of instances, but for those of the versions that keep theirs. */
async function giveBackInstances(
  context: OperationContext,
  recorded: Recorded<typeof aliasSchema>,
  kept: readonly string[],
): Promise<void> {
  const { properties, attributes } = recorded;
  const { openRelease: open } = attributes;
  const instances = instancesFor(context, properties, recorded);
  const versions = new Set([properties.version, ...(open ? [open.from, open.to] : [])]);
  for (const version of versions) if (!kept.includes(version)) await instances?.stop(version);
}

async function positionOf(context: ReadContext, wanted: AliasProperties): Promise<Position> {
  const found = await findAlias(context, wanted);
  return { version: found?.FunctionVersion ?? wanted.version, routing: routingOf(found?.RoutingConfig) };
}

async function routeTo(context: OperationContext, wanted: AliasProperties, next: Position): Promise<void> {
  await context.call("scf", "UpdateAlias", aliasRequest({ ...wanted, ...next }, context.owner));
  await context.waitFor(`${aliasName(wanted)} to send requests there`, async () =>
    isAt(await positionOf(context, wanted), next) ? true : undefined,
  );
}

/** Whether 0 % is shown as a share is not documented. */
function isAt(now: Position, next: Position): boolean {
  const isNothing = next.routing?.type === "weighted" && next.routing.percent === 0;
  return (
    now.version === next.version && ((isNothing && !now.routing) || sameValue(now.routing, next.routing))
  );
}

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
  const live = found && describe(found, known);
  if (!live || typeof known.provisioned !== "number") return live;
  const instances = await instancesOf(context, versionKey(known, found.FunctionVersion ?? ""));
  return { ...live, properties: { ...live.properties, provisioned: instances ?? null } };
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
