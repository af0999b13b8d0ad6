import { formatTime, parseJson, refuse } from "../context";
import type { Context, Handlers } from "../context";
import { checkDescription, checkName } from "../names";
import { pageRange } from "../paging";
import { refuseWhileBound } from "./deletion";
import { defaultAlias, findFunction, nameOf, requirePresent, versionName, versionNumber } from "./lookup";
import type { FunctionRow } from "./lookup";
import { checkRouting } from "./routing";
import type { RoutingConfig } from "./routing";

interface AliasRow {
  readonly name: string;
  readonly version: number;
  readonly additional: number | null;
  readonly routing: string;
  readonly description: string;
  readonly created: number;
  readonly modified: number;
}

function lookUpAlias(context: Context, fn: FunctionRow, name: string): AliasRow | undefined {
  return context.database.get<AliasRow>("SELECT * FROM aliases WHERE function = ? AND name = ?", fn.id, name);
}

function findAlias(context: Context, fn: FunctionRow, name: string): AliasRow {
  return (
    lookUpAlias(context, fn, name) ??
    refuse("ResourceNotFound.Alias", `${nameOf(fn)} has no alias ${name.slice(0, 80)}`)
  );
}

function describeAlias(alias: AliasRow) {
  const routing = parseJson<RoutingConfig>(alias.routing);
  return {
    Name: alias.name,
    FunctionVersion: versionName(alias.version),
    RoutingConfig: {
      AdditionalVersionWeights: routing.AdditionalVersionWeights ?? [],
      AddtionVersionMatchs: routing.AddtionVersionMatchs ?? [],
    },
    Description: alias.description,
    AddTime: formatTime(alias.created),
    ModTime: formatTime(alias.modified),
  };
}

/** `Offset` and `Limit` of ListAliases are text. */
function numberOf(text: string | undefined, name: string): number | undefined {
  if (text === undefined || text === "") return undefined;
  if (!/^\d{1,9}$/.test(text)) refuse("InvalidParameter", `${name} is a whole number from 0, as text`);
  return Number(text);
}

export const aliases = {
  CreateAlias(context, request) {
    const { database, now } = context;
    const fn = findFunction(context, request, "ResourceNotFound.Function");
    requirePresent(fn);
    // The built-in alias does not have the form of a name.
    if (request.Name !== defaultAlias) checkName(request.Name, "alias", "InvalidParameterValue.Name");
    checkDescription(request.Description ?? "", "alias");
    if (lookUpAlias(context, fn, request.Name)) {
      refuse("ResourceInUse.Alias", `${nameOf(fn)} has an alias ${request.Name} already`);
    }
    const routing = checkRouting(context, fn, request.FunctionVersion, request.RoutingConfig ?? {});
    database.run(
      `INSERT INTO aliases (function, name, version, additional, routing, description, created, modified)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      fn.id,
      request.Name,
      routing.version,
      routing.additional,
      JSON.stringify(routing.config),
      request.Description ?? "",
      now,
      now,
    );
    return {};
  },

  /** What the platform does with an absent RoutingConfig is not documented. Here it stays, as absent fields do elsewhere. */
  UpdateAlias(context, request) {
    const fn = findFunction(context, request);
    requirePresent(fn);
    const alias = findAlias(context, fn, request.Name);
    if (request.Description !== undefined) {
      checkDescription(request.Description, "alias");
    }
    const config = request.RoutingConfig ?? parseJson<RoutingConfig>(alias.routing);
    const routing = checkRouting(context, fn, request.FunctionVersion, config);
    context.database.run(
      `UPDATE aliases SET version = ?, additional = ?, routing = ?, description = ?, modified = ?
       WHERE function = ? AND name = ?`,
      routing.version,
      routing.additional,
      JSON.stringify(routing.config),
      request.Description ?? alias.description,
      context.now,
      fn.id,
      alias.name,
    );
    return {};
  },

  DeleteAlias(context, request) {
    const { database } = context;
    const fn = findFunction(context, request, "ResourceNotFound.Function");
    requirePresent(fn);
    if (request.Name === defaultAlias) {
      refuse("InvalidParameterValue.Alias", `The alias ${defaultAlias} is built in and cannot be deleted`);
    }
    const alias = findAlias(context, fn, request.Name);
    refuseWhileBound(context, fn, alias.name, "FailedOperation.DeleteAlias");
    database.run("DELETE FROM triggers WHERE function = ? AND qualifier = ?", fn.id, alias.name);
    database.run("DELETE FROM aliases WHERE function = ? AND name = ?", fn.id, alias.name);
    return {};
  },

  GetAlias(context, request) {
    return describeAlias(findAlias(context, findFunction(context, request), request.Name));
  },

  ListAliases(context, request) {
    const fn = findFunction(context, request);
    const wanted = request.FunctionVersion ? versionNumber(request.FunctionVersion) : undefined;
    const found = context.database
      .all<AliasRow>("SELECT * FROM aliases WHERE function = ? ORDER BY rowid", fn.id)
      .filter((alias) => !request.FunctionVersion || alias.version === wanted || alias.additional === wanted);
    const range = pageRange(
      numberOf(request.Offset, "Offset"),
      numberOf(request.Limit, "Limit"),
      "InvalidParameter",
    );
    return {
      TotalCount: found.length,
      Aliases: found.slice(range.offset, range.offset + range.limit).map(describeAlias),
    };
  },
} satisfies Partial<Handlers<"scf">>;
