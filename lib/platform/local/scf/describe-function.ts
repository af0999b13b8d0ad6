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
  Pick<VersionRow, "description" | "configuration" | "pending" | "ready_at" | "failed" | "modified"> & {
    readonly reserved: number | null;
    readonly provisioned: number;
  };

const orders = {
  FunctionName: "functions.name",
  AddTime: "functions.created",
  ModTime: "versions.modified",
} as const;
type Order = keyof typeof orders;

export function listFunctions(context: Context, request: ListRequest): Answer<"scf", "ListFunctions"> {
  const { database, region } = context;
  const namespace = namespaceOf(request);
  requireNamespace(context, namespace);
  if (request.Filters && request.Filters.length > 0) {
    refuse("InvalidParameterValue", "The local platform lists functions without Filters");
  }
  const by = checkWord(
    request.Orderby ?? "FunctionName",
    Object.keys(orders) as Order[],
    "Orderby",
    "InvalidParameterValue",
  );
  const order = checkWord(request.Order ?? "ASC", ["ASC", "DESC"], "Order", "InvalidParameterValue.Order");
  const range = pageRange(request.Offset, request.Limit, "InvalidParameterValue.Limit");
  const { SearchKey: search = "", Description: description = "" } = request;

  // Plain pages in the order of names come from an index alone; whoever asks for more has every function looked at.
  const plain = search === "" && description === "" && by === "FunctionName";
  const from = plain
    ? "functions"
    : "functions JOIN versions ON versions.function = functions.id AND versions.number = 0";
  const conditions = plain ? "" : "AND instr(functions.name, ?) > 0 AND instr(versions.description, ?) > 0";
  const bindings = [region, namespace, ...(plain ? [] : [search, description])];
  const where = `FROM ${from} WHERE functions.region = ? AND functions.namespace = ? ${conditions}`;
  const total = plain
    ? "SELECT functions AS n FROM namespaces WHERE region = ? AND name = ?"
    : `SELECT count(*) AS n ${where}`;
  const sorted = `ORDER BY ${orders[by]} ${order}, functions.id ${order}`;
  // The page is picked by ids first: everything else of a function is read for those on it alone.
  const rows = database.all<Row>(
    `SELECT functions.*, description, configuration, pending, ready_at, failed, modified,
       (SELECT megabytes FROM reserved_concurrency WHERE function = functions.id) AS reserved,
       (SELECT coalesce(sum(megabytes), 0) FROM provisioned_concurrency WHERE function = functions.id) AS provisioned
     FROM functions
     JOIN versions ON versions.function = functions.id AND number = 0
     WHERE functions.id IN (SELECT functions.id ${where} ${sorted} LIMIT ? OFFSET ?) ${sorted}`,
    ...bindings,
    range.limit,
    range.offset,
  );
  return {
    TotalCount: database.get<{ n: number }>(total, ...bindings)?.n ?? 0,
    Functions: rows.map((row) => summary(context, row)),
  };
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
    Status: statusOf(context, row, row),
    StatusDesc: "",
    Tags: parseJson<Tag[]>(row.tags),
    AsyncRunEnable: fixed.AsyncRunEnable,
    TraceEnable: fixed.TraceEnable,
    TotalProvisionedConcurrencyMem: row.provisioned,
    ...(row.reserved === null ? {} : { ReservedConcurrencyMem: row.reserved }),
    AddTime: formatTime(row.created),
    ModTime: formatTime(row.modified),
  };
}
