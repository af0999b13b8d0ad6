import { limits } from "../../../model/quotas";
import { parseJson, refuse } from "../context";
import type { Handlers } from "../context";
import type { FixedSettings } from "./configuration";
import { findFunction, findVersion, latestOf, nameOf, statusOf } from "./lookup";
import type { FunctionRow } from "./lookup";

/** Further attempts and age of events of a function that nobody has told anything (EXE-RETRY). */
export function usualInvocation(asynchronous: boolean): { readonly retries: number; readonly age: number } {
  const { retryAttempts, eventAgeSeconds } = limits.asyncInvocation;
  return { retries: asynchronous ? 0 : retryAttempts, age: eventAgeSeconds.largest };
}

export const asyncInvocation = {
  GetFunctionEventInvokeConfig(context, request) {
    const fn = findFunction(context, request);
    findVersion(context, fn, request.Qualifier, "ResourceNotFound.FunctionVersion");
    return { AsyncTriggerConfig: { RetryConfig: [{ RetryNum: fn.retry_attempts }], MsgTTL: fn.event_age } };
  },

  UpdateFunctionEventInvokeConfig(context, request) {
    const fn = findFunction(context, request);
    const status = statusOf(context, fn, latestOf(context, fn));
    if (status !== "Active") {
      refuse(
        "FailedOperation.FunctionVersionStatusNotActive",
        `The function ${nameOf(fn)} is ${status}: it can be changed when it is Active`,
      );
    }
    const { RetryConfig: retries, MsgTTL: age } = request.AsyncTriggerConfig;
    const [retry] = retries;
    if (retries.length !== 1 || !retry) {
      refuse("InvalidParameterValue.AsyncTriggerConfig", `RetryConfig has one entry, not ${retries.length}`);
    }
    checkAttempts(retry.RetryNum);
    checkAge(age);
    checkFunction(fn, retry.RetryNum);
    context.database.run(
      "UPDATE functions SET retry_attempts = ?, event_age = ? WHERE id = ?",
      retry.RetryNum,
      age,
      fn.id,
    );
    return {};
  },
} satisfies Partial<Handlers<"scf">>;

function checkAttempts(attempts: number): void {
  const most = limits.asyncInvocation.retryAttempts;
  if (attempts > most) refuse("LimitExceeded.RetryNum", `RetryNum is ${attempts}; it is ${most} at most`);
  if (Number.isInteger(attempts) && attempts >= 0) return;
  refuse(
    "InvalidParameterValue.AsyncTriggerConfig",
    `RetryNum is ${attempts}; it is a whole number from 0 to ${most}`,
  );
}

function checkAge(seconds: number): void {
  const { smallest, largest } = limits.asyncInvocation.eventAgeSeconds;
  if (seconds > largest) refuse("LimitExceeded.MsgTTL", `MsgTTL is ${seconds} s; it is ${largest} s at most`);
  if (Number.isInteger(seconds) && seconds >= smallest) return;
  refuse(
    "InvalidParameterValue.AsyncTriggerConfig",
    `MsgTTL is ${seconds}; it is a whole number of seconds from ${smallest} to ${largest}`,
  );
}

/** WEB-ASYNC and EXE-RETRY. */
function checkFunction(fn: FunctionRow, attempts: number): void {
  const code = "UnsupportedOperation.UpdateFunctionEventInvokeConfig";
  if (fn.type === "HTTP") {
    refuse(code, `${nameOf(fn)} is a web function: it is not invoked asynchronously`);
  }
  const { AsyncRunEnable } = parseJson<FixedSettings>(fn.fixed);
  if (AsyncRunEnable === "TRUE" && attempts > 0) {
    refuse(code, `${nameOf(fn)} has asynchronous execution: runs that fail are not tried again`);
  }
}
