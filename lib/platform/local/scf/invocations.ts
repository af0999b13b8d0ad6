import { randomInt, randomUUID } from "node:crypto";
import {
  DRAWS,
  isInShare,
  matchesHeaders,
  routingHeaders,
  type RoutingHeaders,
} from "../../../model/routing";
import { parseJson, refuse } from "../context";
import type { Context, Handlers } from "../context";
import { checkWord } from "../words";
import { recordEvent } from "./async-events";
import type { FixedSettings } from "./configuration";
import {
  defaultAlias,
  findFunction,
  latestOf,
  nameOf,
  requireActive,
  resolveQualifier,
  versionName,
} from "./lookup";
import type { FunctionRow } from "./lookup";
import type { RoutingConfig } from "./routing";

/** FN-PAY, TRG-ASYNC: what an event may weigh. */
const largestEvent = { synchronous: 6 * 1024 ** 2, asynchronous: 128 * 1024 } as const;
/** CON-ASYNCQPS. */
const asyncExecutionsPerSecond = 1000;
/** SDK Invoke.RoutingKey. */
const longestRoutingKey = 1024;

interface Invocation {
  readonly event: string;
  readonly asynchronous: boolean;
  readonly qualifier: string | undefined;
  readonly routingKey: string | undefined;
}

/**
 * Decides which version an invocation runs, and refuses what the platform would refuse. The local platform runs no code: the
 * answer names the version that would have run.
 */
function invoke(context: Context, fn: FunctionRow, invocation: Invocation) {
  requireActive(context, fn, latestOf(context, fn));
  const { event, asynchronous } = invocation;
  // WEB-INVOKE: only an API gateway calls web functions.
  if (fn.type !== "Event") {
    refuse("InvalidParameterValue.FunctionType", `${nameOf(fn)} is a web function: an API gateway calls it`);
  }
  const largest = asynchronous ? largestEvent.asynchronous : largestEvent.synchronous;
  const bytes = Buffer.byteLength(event);
  if (bytes > largest) {
    const how = asynchronous ? "asynchronous" : "synchronous";
    refuse(
      "InvalidParameter.RequestTooLarge",
      `The event has ${bytes} bytes; ${how} invocations take ${largest} at most`,
    );
  }
  checkEvent(event);
  const version = route(context, fn, invocation);
  const id = randomUUID();
  if (isStopped(context, fn))
    return { Result: result(id, { InvokeResult: 432, ErrMsg: "ResourceLimitReached" }) };
  const { AsyncRunEnable: runs } = parseJson<FixedSettings>(fn.fixed);
  if (runs === "TRUE") countExecution(context, fn);
  if (runs === "TRUE" || asynchronous) recordEvent(context, fn, id, versionName(version));
  const answers = !asynchronous && runs !== "TRUE";
  return {
    Result: result(id, answers ? { RetMsg: JSON.stringify({ version: versionName(version) }) } : {}),
  };
}

interface Outcome {
  readonly RetMsg?: string;
  readonly ErrMsg?: string;
  readonly InvokeResult?: number;
}

function result(FunctionRequestId: string, { RetMsg = "", ErrMsg = "", InvokeResult = 0 }: Outcome) {
  return {
    Log: "",
    RetMsg,
    ErrMsg,
    MemUsage: 0,
    Duration: 0,
    BillDuration: 0,
    FunctionRequestId,
    InvokeResult,
  };
}

/** CON-ZERO: a function whose quota is 0 answers nobody. One quota stands for all of its versions (CON-RESNS). */
function isStopped(context: Context, fn: FunctionRow): boolean {
  const sql = "SELECT megabytes FROM reserved_concurrency WHERE function = ?";
  return context.database.get<{ megabytes: number }>(sql, fn.id)?.megabytes === 0;
}

function checkEvent(event: string): void {
  if (event === "") return;
  try {
    parseJson(event);
  } catch {
    refuse("InvalidParameterValue.ClientContext", "The event is not JSON");
  }
}

/** ALS-INVOKE: an invocation that names no version goes to the alias that every function has. */
function route(context: Context, fn: FunctionRow, { qualifier, routingKey }: Invocation): number {
  const name = qualifier === undefined || qualifier === "" ? defaultAlias : qualifier;
  const resolved = resolveQualifier(context, fn, name);
  if (!resolved) {
    refuse("ResourceNotFound.Qualifier", `${nameOf(fn)} has no version or alias ${name.slice(0, 80)}`);
  }
  const headers = readRoutingKey(routingKey);
  if (resolved.type === "VERSION") return resolved.number;
  const alias = context.database.get<{ version: number; additional: number | null; routing: string }>(
    "SELECT version, additional, routing FROM aliases WHERE function = ? AND name = ?",
    fn.id,
    name,
  );
  if (!alias || alias.additional === null) return resolved.number;
  return takesAdditional(parseJson<RoutingConfig>(alias.routing), headers) ? alias.additional : alias.version;
}

function takesAdditional(routing: RoutingConfig, headers: RoutingHeaders): boolean {
  const [weight] = routing.AdditionalVersionWeights ?? [];
  if (weight) return isInShare(weight.Weight, randomInt(DRAWS));
  const [match] = routing.AddtionVersionMatchs ?? [];
  if (!match) return false;
  return matchesHeaders({ key: match.Key, method: match.Method, expression: match.Expression }, headers);
}

function readRoutingKey(text: string | undefined): RoutingHeaders {
  if (text === undefined || text === "") return new Map();
  const code = "InvalidParameterValue.Param";
  if (Buffer.byteLength(text) > longestRoutingKey) {
    refuse(code, `RoutingKey has ${longestRoutingKey} bytes at most`);
  }
  try {
    const value = parseJson<unknown>(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      return routingHeaders(value);
    }
  } catch {
    // Falls through to the refusal: what is wrong with it is the same either way.
  }
  return refuse(code, 'RoutingKey is an object in JSON, such as {"User":"Bob"}');
}

function countExecution(context: Context, fn: FunctionRow): void {
  const { database, now } = context;
  const second = Math.floor(now / 1000);
  const row = database.get<{ second: number; accepted: number }>(
    "SELECT second, accepted FROM invocations WHERE function = ?",
    fn.id,
  );
  const accepted = row?.second === second ? row.accepted : 0;
  if (accepted >= asyncExecutionsPerSecond) {
    refuse(
      "LimitExceeded.Quota",
      `${nameOf(fn)} was called ${accepted} times in this second; asynchronous execution takes ${asyncExecutionsPerSecond}`,
    );
  }
  database.run(
    "INSERT OR REPLACE INTO invocations (function, second, accepted) VALUES (?, ?, ?)",
    fn.id,
    second,
    accepted + 1,
  );
}

export const invocations = {
  Invoke(context, request) {
    const kind = checkWord(
      request.InvocationType ?? "RequestResponse",
      ["RequestResponse", "Event"],
      "InvocationType",
      "InvalidParameterValue",
    );
    return invoke(context, findFunction(context, request, "ResourceNotFound.Function"), {
      event: request.ClientContext ?? "",
      asynchronous: kind === "Event",
      qualifier: request.Qualifier,
      routingKey: request.RoutingKey,
    });
  },

  InvokeFunction(context, request) {
    return invoke(context, findFunction(context, request, "ResourceNotFound.Function"), {
      event: request.Event ?? "",
      asynchronous: false,
      qualifier: request.Qualifier,
      routingKey: request.RoutingKey,
    });
  },
} satisfies Partial<Handlers<"scf">>;
