import { checkAccessForms } from "./access-forms";
import type { AppModel } from "./app-model";
import { boundLayers } from "./bound-layers";
import { variablesOf } from "./environment";
import type { Value } from "../model/value";
import { nameProblem } from "./name-form";
import { limits } from "../model/quotas";
import { checkListenerForms } from "./listener-forms";
import { itemsOf, partsOf } from "./provisioning";
import { perValue } from "./per-value";
import type { Report } from "./rule";
import { count, grouped, quote } from "./text";
import { checkTriggerForms } from "./trigger-forms";
import { eachNumber, eachText } from "./unchecked";

/** Forms of values that the API reference gives and the documents do not. */

const LARGEST_PORT = 65_535;
const LONGEST_TRIGGER_NAME = 100;
const LONGEST_TEST_EVENT_NAME = 100;
/** API CreatePolicy.Description and CreateRole.Description. */
const LONGEST_POLICY_DESCRIPTION = 300;
const LONGEST_ROLE_DESCRIPTION = 1000;
/** API CfsInsInfo.UserId: ten digits. */
const LARGEST_OWNER = 9_999_999_999;

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
  for (const kind of ["scf_namespace", "scf_timer_trigger", "scf_ckafka_trigger"] as const) {
    checkLength(app, report, kind, limits.descriptionCharacters);
  }
  checkLength(app, report, "cam_policy", LONGEST_POLICY_DESCRIPTION);
  checkLength(app, report, "cam_role", LONGEST_ROLE_DESCRIPTION);
  checkFunctionForms(app, report);
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
  eachText(app, report, "scf_test_event", "name", (name, { address }) => {
    const length = [...name].length;
    if (
      length >= 1 &&
      length <= LONGEST_TEST_EVENT_NAME &&
      name.trim() === name &&
      !/[\r\n\u2028\u2029]/.test(name)
    )
      return;
    report({
      message: `the test event's name ${quote(name)} is not possible: it has 1 to ${LONGEST_TEST_EVENT_NAME} characters, and no space at either end`,
      places: [{ address }],
      fix: "choose another name",
    });
  });
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

/** Descriptions that may hold any characters. */
function checkLength(
  app: AppModel,
  report: Report,
  kind: "scf_namespace" | "scf_timer_trigger" | "scf_ckafka_trigger" | "cam_policy" | "cam_role",
  longest: number,
): void {
  eachText(app, report, kind, "description", (text, { address }) => {
    const length = [...text].length;
    if (length <= longest) return;
    report({
      message: `the description has ${count(length, "character")}: ${grouped(longest)} are allowed`,
      places: [{ address }],
      fix: "shorten it",
    });
  });
}

/** Owners of mounted files, and the queue that takes lost events. */
function checkFunctionForms(app: AppModel, report: Report): void {
  const queueOf = perValue((queue: Value | undefined) => partsOf(app, queue));
  for (const resource of app.ofKind("scf_function")) {
    for (const name of Object.keys(variablesOf(resource) ?? {})) {
      if (name !== "" && !/[=\0]/.test(name)) continue;
      report({
        message: `${quote(name)} cannot be the name of an environment variable`,
        places: [{ address: resource.address }],
        fix: "use letters, digits and _",
      });
    }
    if (queueOf(resource.raw("deadLetterQueue"))?.part("name") === "") {
      report({
        message: "the dead letter queue has no name",
        places: [{ address: resource.address }],
        fix: "give the name of the queue or topic",
      });
    }
    for (const item of itemsOf(app, resource.raw("fileSystems"))) {
      const mount = partsOf(app, item);
      for (const [name, noun] of [
        ["userId", "user"],
        ["groupId", "group"],
      ] as const) {
        const id = mount?.part(name);
        if (typeof id !== "number" || isWholeFrom(id, 0, LARGEST_OWNER)) continue;
        report({
          message: `the ${noun} id ${grouped(id)} of a file system does not exist: ids are whole numbers from 0`,
          places: [{ address: resource.address }],
          fix: `use 10000, which is the ${noun} that functions run as`,
        });
      }
    }
  }
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
