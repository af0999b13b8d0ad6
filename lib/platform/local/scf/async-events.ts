import { formatTime, parseJson, refuse } from "../context";
import type { Context, Handlers } from "../context";
import { pageRange } from "../paging";
import { checkWord } from "../words";
import type { FixedSettings } from "./configuration";
import { findFunction, nameOf } from "./lookup";
import type { FunctionRow } from "./lookup";

/** EXE-TRACK: how long the platform remembers what became of a run. */
const keptMilliseconds = 3 * 24 * 3600 * 1000;

const statuses = ["RUNNING", "FINISHED", "ABORTED", "FAILED"] as const;
type Status = (typeof statuses)[number];

interface EventRow {
  readonly id: string;
  readonly function: number;
  readonly qualifier: string;
  readonly started: number;
  readonly ends: number;
  readonly aborted: number;
}

/** Only functions with status tracking have what becomes of their runs kept. */
export function recordEvent(context: Context, fn: FunctionRow, id: string, qualifier: string): void {
  if (parseJson<FixedSettings>(fn.fixed).TraceEnable !== "TRUE") return;
  const { database, now, settings } = context;
  database.run("DELETE FROM async_events WHERE function = ? AND started < ?", fn.id, now - keptMilliseconds);
  database.run(
    "INSERT INTO async_events (id, function, qualifier, started, ends) VALUES (?, ?, ?, ?, ?)",
    id,
    fn.id,
    qualifier,
    now,
    now + settings.delayMs,
  );
}

/** No code is run: an event takes as long as the platform's other work does. */
function statusOf(context: Context, event: EventRow): Status {
  if (event.aborted === 1) return "ABORTED";
  return event.ends > context.now ? "RUNNING" : "FINISHED";
}

function findEvent(context: Context, id: string): EventRow {
  const sql = "SELECT * FROM async_events WHERE id = ? AND started >= ?";
  const found = context.database.get<EventRow>(sql, id, context.now - keptMilliseconds);
  return found ?? refuse("ResourceNotFound.AsyncEvent", `There is no event ${id.slice(0, 80)}`);
}

const statusCodes: Readonly<Record<Status, number>> = {
  RUNNING: 0,
  FINISHED: 200,
  ABORTED: 439,
  FAILED: 500,
};

export const asyncEvents = {
  ListAsyncEvents(context, request) {
    const fn = findFunction(context, request);
    const wanted = (request.Status ?? []).map((status) =>
      checkWord(status, statuses, "Status", "InvalidParameterValue.Status"),
    );
    const found = context.database
      .all<EventRow>(
        "SELECT * FROM async_events WHERE function = ? AND started >= ? ORDER BY started DESC, id",
        fn.id,
        context.now - keptMilliseconds,
      )
      .filter(
        (event) =>
          (wanted.length === 0 || wanted.includes(statusOf(context, event))) &&
          (request.Qualifier === undefined || event.qualifier === request.Qualifier) &&
          (request.InvokeRequestId === undefined || event.id === request.InvokeRequestId),
      );
    const range = pageRange(request.Offset, request.Limit, "InvalidParameterValue.Limit");
    return {
      TotalCount: found.length,
      EventList: found.slice(range.offset, range.offset + range.limit).map((event) => ({
        InvokeRequestId: event.id,
        InvokeType: "Event",
        Qualifier: event.qualifier,
        Status: statusOf(context, event),
        StartTime: formatTime(event.started),
        EndTime: statusOf(context, event) === "RUNNING" ? "" : formatTime(event.ends),
      })),
    };
  },

  GetAsyncEventStatus(context, request) {
    const status = statusOf(context, findEvent(context, request.InvokeRequestId));
    return {
      Result: { Status: status, StatusCode: statusCodes[status], InvokeRequestId: request.InvokeRequestId },
    };
  },

  /** EXE-TERM: with GraceShutdown the code gets SIGTERM first; there is no code here, so both end the event. */
  TerminateAsyncEvent(context, request) {
    const fn = findFunction(context, request);
    const event = findEvent(context, request.InvokeRequestId);
    if (event.function !== fn.id) {
      refuse("ResourceNotFound.AsyncEvent", `${nameOf(fn)} has no event ${event.id}`);
    }
    const status = statusOf(context, event);
    if (status !== "RUNNING") {
      refuse(
        "FailedOperation.AsyncEventStatus",
        `The event ${event.id} is ${status}: only running ones are ended`,
      );
    }
    context.database.run("UPDATE async_events SET aborted = 1, ends = ? WHERE id = ?", context.now, event.id);
    return {};
  },
} satisfies Partial<Handlers<"scf">>;
