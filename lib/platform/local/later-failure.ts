import type { Database } from "./database";
import type { Context } from "./context";
import { parseJson } from "./context";
import { isReadAction, services } from "../api";
import { findFunction, latestOf } from "./scf/lookup";

/** Carries the call out, as the platform would if nothing went wrong. */
type Work = () => object;
type LaterFailure = (context: Context, request: never, work: Work) => object;

interface FunctionRequest {
  readonly Namespace?: string;
  readonly FunctionName?: string;
  readonly Qualifier?: string;
}

/**
 * Calls that are accepted and end later, and how each fails then. What was to be made stays as a thing that never works; what
 * was to be changed stays as it was. The documents name these states and say no more about them.
 */
const scf: Readonly<Record<string, LaterFailure>> = {
  CreateFunction(context, request: FunctionRequest, work) {
    const answer = work();
    markFunction(context, request, "Creating", "CreateFailed");
    return answer;
  },
  UpdateFunctionCode: staysAsItWas("Updating", "UpdateFailed"),
  UpdateFunctionConfiguration: staysAsItWas("Updating", "UpdateFailed"),
  DeleteFunction: staysAsItWas("Deleting", "DeleteFailed"),
  PublishVersion(context, request: FunctionRequest, work) {
    const answer = work() as { readonly FunctionVersion: string };
    context.database.run(
      "UPDATE versions SET failed = 'PublishFailed' WHERE function = ? AND number = ?",
      findFunction(context, request).id,
      Number(answer.FunctionVersion),
    );
    return answer;
  },
  PublishLayerVersion(context, request: { readonly LayerName: string }, work) {
    const answer = work() as { readonly LayerVersion: number };
    context.database.run(
      `UPDATE layer_versions SET failed = 'PublishFailed'
       WHERE number = ? AND layer = (SELECT id FROM layers WHERE region = ? AND name = ?)`,
      answer.LayerVersion,
      context.region,
      request.LayerName,
    );
    return answer;
  },
};

/** Writes to load balancers are tasks: the failed one leaves everything as it was. */
function failTask(context: Context, work: Work): object {
  const { database, requestId } = context;
  let balancers = "[]";
  const answer = undone(database, () => {
    const made = work();
    const task = database.get<{ load_balancers: string }>(
      "SELECT load_balancers FROM tasks WHERE id = ?",
      requestId,
    );
    balancers = task?.load_balancers ?? balancers;
    return made;
  });
  const readyAt = context.now + context.settings.delayMs;
  for (const id of parseJson<string[]>(balancers)) {
    database.run("UPDATE load_balancers SET busy_until = ? WHERE id = ?", readyAt, id);
  }
  database.run(
    "INSERT INTO tasks (id, region, load_balancers, ready_at, failed) VALUES (?, ?, ?, ?, 1)",
    requestId,
    context.region,
    balancers,
    readyAt,
  );
  return answer;
}

/** Whether calls of an action end in the background, and so can fail there. */
export function failsLater(service: string | undefined, action: string | undefined): boolean {
  if (action === undefined) return false;
  if (service === "scf") return Object.hasOwn(scf, action);
  return service === "clb" && Object.hasOwn(services.clb.actions, action) && !isReadAction(action);
}

/** Answers as if all was well; the failure shows when the work is over. */
export function failLater(
  context: Context,
  service: string,
  action: string,
  request: object,
  work: Work,
): object {
  const failure = service === "scf" ? scf[action] : undefined;
  return failure ? failure(context, request as never, work) : failTask(context, work);
}

function staysAsItWas(pending: string, failed: string): LaterFailure {
  return (context, request: FunctionRequest, work) => {
    const answer = undone(context.database, work);
    markFunction(context, request, pending, failed);
    return answer;
  };
}

function markFunction(context: Context, request: FunctionRequest, pending: string, failed: string): void {
  const version = latestOf(context, findFunction(context, request));
  context.database.run(
    "UPDATE versions SET pending = ?, ready_at = ?, failed = ? WHERE id = ?",
    pending,
    context.now + context.settings.delayMs,
    failed,
    version.id,
  );
}

/** The answer to a call of which nothing stays. */
function undone(database: Database, work: Work): object {
  const takeBack = Symbol("take back");
  let answer: object = {};
  try {
    database.savepoint(() => {
      answer = work();
      throw takeBack;
    });
  } catch (error) {
    if (error !== takeBack) throw error;
  }
  return answer;
}
