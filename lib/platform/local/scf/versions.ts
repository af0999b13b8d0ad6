import { formatTime, parseJson, refuse } from "../context";
import type { Handlers } from "../context";
import { checkLength } from "../names";
import { pageRange } from "../paging";
import type { Configuration } from "./configuration";
import { deleteVersion } from "./deletion";
import { findFunction, latestOf, requireActive, statusOf, versionName } from "./lookup";
import type { VersionRow } from "./lookup";
import { publish } from "./publish";

export const versions = {
  PublishVersion(context, request) {
    const fn = findFunction(context, request);
    const source = latestOf(context, fn);
    requireActive(context, fn, source);
    const description = request.Description ?? "";
    checkLength(description, "version", "InvalidParameterValue.Description");
    const number = publish(context, fn, description, context.now);
    const configuration = parseJson<Configuration>(source.configuration);
    return {
      FunctionVersion: String(number),
      CodeSize: source.code_bytes,
      MemorySize: configuration.MemorySize,
      Description: description,
      Handler: configuration.Handler,
      Timeout: configuration.Timeout,
      Runtime: configuration.Runtime,
      Namespace: fn.namespace,
    };
  },

  DeleteFunctionVersion(context, request) {
    const fn = findFunction(context, request);
    if (request.Qualifier === "") refuse("InvalidParameterValue.Qualifier", "Qualifier is empty");
    deleteVersion(context, fn, request.Qualifier);
    return {};
  },

  ListVersionByFunction(context, request) {
    const fn = findFunction(context, request);
    const order = request.Order === "DESC" ? "DESC" : "ASC";
    const range = pageRange(request.Offset, request.Limit, "InvalidParameterValue");
    const total = context.database.get<{ n: number }>(
      "SELECT count(*) AS n FROM versions WHERE function = ?",
      fn.id,
    );
    const versions = context.database
      .all<VersionRow>(
        `SELECT * FROM versions WHERE function = ? ORDER BY number ${order} LIMIT ? OFFSET ?`,
        fn.id,
        range.limit,
        range.offset,
      )
      .map((version) => ({
        Version: versionName(version.number),
        Description: version.description,
        AddTime: formatTime(version.created),
        ModTime: formatTime(version.modified),
        Status: statusOf(context, fn, version),
      }));
    return {
      TotalCount: total?.n ?? 0,
      FunctionVersion: versions.map((version) => version.Version),
      Versions: versions,
    };
  },
} satisfies Partial<Handlers<"scf">>;
