import type { Answer, Context } from "../context";
import { formatTime, parseJson, refuse } from "../context";
import type { Request } from "../../api";
import { pageRange } from "../paging";
import { checkWord } from "../words";
import { describeLayers } from "./bound-layers";
import type { Configuration, FixedSettings } from "./configuration";
import { openEnvironment } from "./environment";
import { namespaceOf, requireNamespace, statusOf, versionName } from "./lookup";
import type { FunctionRow, VersionRow } from "./lookup";
import { triggersOf } from "./trigger-store";

interface Tag {
  Key: string;
  Value: string;
}

export function describeFunction(
  context: Context,
  fn: FunctionRow,
  version: VersionRow,
  qualifier: string,
): Answer<"scf", "GetFunction"> {
  const configuration = parseJson<Configuration>(version.configuration);
  const fixed = parseJson<FixedSettings>(fn.fixed);
  const { ImageConfig, DeadLetterConfig, CfsConfig, ProtocolParams, InstanceConcurrencyConfig } =
    configuration;
  return {
    FunctionId: fn.public_id,
    FunctionName: fn.name,
    Namespace: fn.namespace,
    FunctionVersion: versionName(version.number),
    Qualifier: qualifier,
    Description: version.description,
    Type: fn.type,
    Runtime: configuration.Runtime,
    Handler: configuration.Handler,
    MemorySize: configuration.MemorySize,
    Timeout: configuration.Timeout,
    InitTimeout: configuration.InitTimeout,
    Role: configuration.Role,
    VpcConfig: configuration.VpcConfig,
    InstallDependency: configuration.InstallDependency,
    ClsLogsetId: configuration.ClsLogsetId,
    ClsTopicId: configuration.ClsTopicId,
    DnsCache: configuration.DnsCache,
    L5Enable: configuration.L5Enable,
    PublicNetConfig: {
      PublicNetStatus: configuration.PublicNetConfig.PublicNetStatus,
      EipConfig: {
        EipStatus: configuration.PublicNetConfig.EipConfig?.EipStatus ?? "DISABLE",
        EipAddress: [],
      },
    },
    IntranetConfig: { IpFixed: configuration.IntranetConfig.IpFixed, IpAddress: [] },
    Environment: { Variables: [...openEnvironment(context, version.environment)] },
    Layers: configuration.Layers.length === 0 ? [] : describeLayers(context, version.id),
    Triggers: triggersOf(context, fn),
    Tags: parseJson<Tag[]>(fn.tags),
    ...fixed,
    ...(DeadLetterConfig && { DeadLetterConfig }),
    ...(CfsConfig && { CfsConfig }),
    ...(ProtocolParams && { ProtocolParams }),
    ...(InstanceConcurrencyConfig && { InstanceConcurrencyConfig }),
    ...(ImageConfig && { ImageConfig }),
    Status: statusOf(context, fn, version),
    StatusDesc: "",
    StatusReasons: [],
    AvailableStatus: "Available",
    CodeInfo: "",
    CodeSize: version.code_bytes,
    CodeResult: "success",
    CodeError: "",
    ErrNo: 0,
    UseGpu: "FALSE",
    AddTime: formatTime(version.created),
    ModTime: formatTime(version.modified),
  };
}

type ListRequest = Request<"scf", "ListFunctions">;
type Row = FunctionRow &
  Pick<VersionRow, "description" | "configuration" | "pending" | "ready_at" | "modified">;

const columns = {
  AddTime: "functions.created",
  ModTime: "versions.modified",
  FunctionName: "functions.name",
} as const;

export function listFunctions(context: Context, request: ListRequest): Answer<"scf", "ListFunctions"> {
  const namespace = namespaceOf(request);
  requireNamespace(context, namespace);
  const words = Object.keys(columns) as (keyof typeof columns)[];
  const column =
    columns[checkWord(request.Orderby ?? "FunctionName", words, "Orderby", "InvalidParameterValue")];
  const order = checkWord(request.Order ?? "ASC", ["ASC", "DESC"], "Order", "InvalidParameterValue.Order");
  const range = pageRange(request.Offset, request.Limit, "InvalidParameterValue.Limit");
  const search = request.SearchKey ?? "";
  const description = request.Description ?? "";
  const where = `FROM functions JOIN versions ON versions.function = functions.id AND number = 0
     WHERE functions.region = ? AND namespace = ? AND instr(functions.name, ?) > 0 AND instr(description, ?) > 0`;
  const conditions = [context.region, namespace, search, description] as const;
  if (request.Filters && request.Filters.length > 0) {
    refuse("InvalidParameterValue", "The local platform lists functions without Filters");
  }
  const total = context.database.get<{ n: number }>(`SELECT count(*) AS n ${where}`, ...conditions);
  const rows = context.database.all<Row>(
    `SELECT functions.*, description, configuration, pending, ready_at, modified ${where}
     ORDER BY ${column} ${order}, functions.id ${order} LIMIT ? OFFSET ?`,
    ...conditions,
    range.limit,
    range.offset,
  );
  return { TotalCount: total?.n ?? 0, Functions: rows.map((row) => summary(context, row)) };
}

function summary(context: Context, row: Row) {
  const fixed = parseJson<FixedSettings>(row.fixed);
  return {
    FunctionId: row.public_id,
    FunctionName: row.name,
    Namespace: row.namespace,
    Description: row.description,
    Type: row.type,
    Runtime: parseJson<Configuration>(row.configuration).Runtime,
    Status: row.gone_at !== null ? "Deleting" : row.ready_at > context.now ? row.pending : "Active",
    StatusDesc: "",
    Tags: parseJson<Tag[]>(row.tags),
    AsyncRunEnable: fixed.AsyncRunEnable,
    TraceEnable: fixed.TraceEnable,
    AddTime: formatTime(row.created),
    ModTime: formatTime(row.modified),
  };
}
