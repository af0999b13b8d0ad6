import { checkAccessForms } from "./access-forms";
import type { AppModel } from "./app-model";
import { boundLayers } from "./bound-layers";
import { nameProblem } from "./name-form";
import { limits } from "../model/quotas";
import { checkListenerForms } from "./listener-forms";
import type { Report } from "./rule";
import { count, grouped, quote } from "./text";
import { checkTriggerForms } from "./trigger-forms";
import { eachNumber, eachText } from "./unchecked";

/** Forms of values that the API reference gives and the documents do not. */

const LARGEST_PORT = 65_535;
const LONGEST_TRIGGER_NAME = 100;

export function checkApiForms(app: AppModel, report: Report): void {
  eachText(app, report, "scf_namespace", "name", (name, { address }) => {
    const problem = nameProblem("namespace", name);
    if (problem) report({ ...problem, places: [{ address }] });
  });
  checkAccessForms(app, report);
  eachText(app, report, "scf_timer_trigger", "triggerName", (name, { address }) => {
    const problem = triggerNameProblem(name);
    if (problem) report({ ...problem, places: [{ address }] });
  });
  checkTriggerForms(app, report);
  eachNumber(app, report, "clb_listener", "port", (port, { address }) => {
    if (Number.isInteger(port) && port >= 1 && port <= LARGEST_PORT) return;
    report({
      message: `port ${grouped(port)} does not exist: ports are whole numbers from 1 to ${grouped(LARGEST_PORT)}`,
      places: [{ address }],
      fix: `use ${Math.min(LARGEST_PORT, Math.max(1, Math.round(port)))}`,
    });
  });
  for (const resource of app.ofKind("scf_function")) {
    for (const { name, version } of boundLayers(resource) ?? []) {
      if (version === undefined || isWholeFrom(version, 1, Infinity)) continue;
      report({
        message: `version ${grouped(version)} of layer ${quote(name)} does not exist: versions are whole numbers from 1`,
        places: [{ address: resource.address }],
        fix: `use ${grouped(closestWhole(version, 1, Infinity))}`,
      });
    }
  }
  const { retryAttempts, eventAgeSeconds } = limits.asyncInvocation;
  eachNumber(app, report, "scf_async_invocation", "retryAttempts", (attempts, { address }) => {
    if (isWholeFrom(attempts, 0, retryAttempts)) return;
    report({
      message: `${grouped(attempts)} retry attempts are not possible: 0 to ${retryAttempts} are`,
      places: [{ address }],
      fix: `use ${closestWhole(attempts, 0, retryAttempts)}`,
    });
  });
  eachNumber(app, report, "scf_async_invocation", "maximumEventAge", (seconds, { address }) => {
    const { smallest, largest } = eventAgeSeconds;
    if (isWholeFrom(seconds, smallest, largest)) return;
    report({
      message: `events cannot wait for ${grouped(seconds)} seconds: ${smallest} to ${grouped(largest)} are allowed, in whole seconds`,
      places: [{ address }],
      fix: `use ${grouped(closestWhole(seconds, smallest, largest))} seconds`,
    });
  });
  checkListenerForms(app, report);
}

function isWholeFrom(value: number, smallest: number, largest: number): boolean {
  return Number.isInteger(value) && value >= smallest && value <= largest;
}

function closestWhole(value: number, smallest: number, largest: number): number {
  return Math.min(largest, Math.max(smallest, Math.round(value)));
}

function triggerNameProblem(name: string): { message: string; fix?: string } | undefined {
  if (name.length < 1 || name.length > LONGEST_TRIGGER_NAME) {
    return {
      message: `trigger name ${quote(name)} has ${count(name.length, "character")}: 1 to ${LONGEST_TRIGGER_NAME} are allowed`,
      fix: "choose another name",
    };
  }
  const wrong = /[^A-Za-z0-9_-]/u.exec(name)?.[0];
  if (wrong === undefined) return undefined;
  return {
    message: `trigger name ${quote(name)} contains ${quote(wrong)}: letters, digits, _ and - are allowed`,
    fix: `use ${quote(name.replace(/[^A-Za-z0-9_-]+/g, "-"))}, for example`,
  };
}
