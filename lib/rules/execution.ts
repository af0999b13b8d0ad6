import { isEmpty } from "../model/value";
import { UNKNOWN, type AppModel, type ModelResource } from "./app-model";
import { isEventFunction, isWebFunction } from "./function-type";
import { functionIdentity, functionOf } from "./identity";
import { perApp } from "./per-app";
import { perValue } from "./per-value";
import type { Rule } from "./rule";
import { count, grouped } from "./text";
import { notKnownYet } from "./unchecked";

/** Restrictions of asynchronous execution and invocation: section 8 of the rules. */

const execution = { document: "scf-operation-guide", section: "异步执行" } as const;
const tracking = { document: "scf-operation-guide", section: "状态追踪" } as const;
const throttled = { document: "scf-operation-guide", section: "并发超限处理" } as const;

/** How long a run role's credentials are valid. */
const CREDENTIALS_SECONDS = 6 * 60 * 60;

export const executionRules: readonly Rule[] = [
  {
    id: "EXE-TRACK",
    severity: "error",
    statement: "status tracking exists with asynchronous execution only",
    source: tracking,
    fix: "switch asynchronous execution on, or status tracking off",
    check(app, report) {
      for (const resource of app.ofKind("scf_function")) {
        const tracks: unknown = resource.get("statusTracking");
        if (isEmpty(tracks) || tracks === false) continue;
        const asynchronous: unknown = resource.get("asyncExecution");
        if (asynchronous === true) continue;
        const unknown =
          tracks === UNKNOWN ? "statusTracking" : asynchronous === UNKNOWN ? "asyncExecution" : undefined;
        if (unknown) {
          if (app.hasForeignToken(resource.raw(unknown))) report(notKnownYet(resource.address, unknown));
        } else if (tracks === true) {
          report({
            message:
              "the function tracks the status of asynchronous runs, and does not execute asynchronously",
            places: [{ address: resource.address }],
            ...(isWebFunction(resource)
              ? { fix: "switch status tracking off: web functions never execute asynchronously" }
              : {}),
          });
        }
      }
    },
  },
  {
    id: "EXE-RETRY",
    severity: "error",
    statement: "with asynchronous execution, runs that failed are not tried again",
    source: execution,
    fix: "use 0 retry attempts",
    check(app, report) {
      for (const settings of app.ofKind("scf_async_invocation")) {
        const target = functionOf(settings);
        if (!target || isWebFunction(target)) continue;
        const attempts: unknown = settings.get("retryAttempts");
        const asynchronous: unknown = target.get("asyncExecution");
        if (isEmpty(attempts) || attempts === 0 || asynchronous === false || isEmpty(asynchronous)) continue;
        if (attempts === UNKNOWN || asynchronous === UNKNOWN) {
          if (app.hasForeignToken(settings.raw("retryAttempts"))) {
            report(notKnownYet(settings.address, "retryAttempts"));
          } else if (app.hasForeignToken(target.raw("asyncExecution"))) {
            report(notKnownYet(target.address, "asyncExecution"));
          }
        } else if (typeof attempts === "number" && asynchronous === true) {
          report({
            message: `the function executes asynchronously, where runs that failed are not tried again, and ${count(attempts, "retry attempt")} ${attempts === 1 ? "is" : "are"} set`,
            places: [
              { address: settings.address },
              { address: target.address, note: "asynchronous execution" },
            ],
          });
        }
      }
    },
  },
  {
    id: "EXE-ROLE",
    severity: "warning",
    statement: "the credentials of a run role are valid for 6 hours, and an asynchronous run can take longer",
    source: execution,
    fix: "have the code use permanent keys for what comes after 6 hours, or lower the execution timeout to 21600 seconds",
    check(app, report) {
      for (const resource of app.ofKind("scf_function")) {
        if (isEmpty(resource.raw("role")) || resource.get("asyncExecution") !== true) continue;
        const timeout: unknown = resource.get("timeout");
        if (typeof timeout !== "number" || timeout <= CREDENTIALS_SECONDS) continue;
        report({
          message: `a run may take ${grouped(timeout)} seconds, and the credentials of its role are valid for ${grouped(CREDENTIALS_SECONDS)}`,
          places: [{ address: resource.address }],
        });
      }
    },
  },
  {
    id: "EXE-DLQ",
    severity: "warning",
    statement:
      "retries, the age of events and the dead letter queue are settings of functions that are invoked asynchronously",
    source: throttled,
    fix: "remove the settings, or acknowledge this warning if something outside of the app invokes the function asynchronously",
    check(app, report) {
      const callers = callersByFunction(app);
      if (callers.size === 0) return;
      const holders = [
        ...app.ofKind("scf_function").filter((resource) => !isEmpty(resource.raw("deadLetterQueue"))),
        ...app.ofKind("scf_async_invocation"),
      ];
      for (const holder of holders) {
        const target = functionOf(holder);
        // Asynchronous execution turns every call into an event.
        if (!target || !isEventFunction(target) || target.get("asyncExecution") !== false) continue;
        const found = callers.get(functionIdentity(target));
        if (!found?.synchronous || found.asynchronous) continue;
        report({
          message: `${holder.is("scf_function") ? "a dead letter queue takes" : "these settings are for"} events that wait to be run, and everything that starts the function here waits for its answer`,
          places: [
            { address: holder.address },
            { address: found.synchronous.address, note: "waits for the answer" },
          ],
        });
      }
    },
  },
];

interface Callers {
  synchronous?: ModelResource;
  asynchronous?: ModelResource;
}

/** Who starts each function of the app, its versions and aliases included (TRG-TYPE). */
const callersByFunction = perApp((app: AppModel): ReadonlyMap<string, Callers> => {
  const byFunction = new Map<string, Callers>();
  const sortOf = perValue(sortOfCaller);
  for (const resource of app.resources) {
    const sort = sortOf(resource.kind);
    if (!sort) continue;
    const identity = functionIdentity(
      resource as ModelResource<"scf_timer_trigger" | "clb_function_binding">,
    );
    const callers = byFunction.get(identity) ?? {};
    callers[sort] ??= resource;
    byFunction.set(identity, callers);
  }
  return byFunction;
});

function sortOfCaller(kind: string): keyof Callers | undefined {
  if (kind === "clb_function_binding") return "synchronous";
  if (!/^scf_.*_trigger$/.test(kind)) return undefined;
  return /gateway|apigw|kafka|clb|url|http/.test(kind) ? "synchronous" : "asynchronous";
}
