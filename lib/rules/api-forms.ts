import type { AppModel } from "./app-model";
import { checkListenerForms } from "./listener-forms";
import type { Report } from "./rule";
import { count, grouped, quote } from "./text";
import { eachNumber, eachText } from "./unchecked";

/** Forms of values that the API reference gives and the documents do not. */

const LARGEST_PORT = 65_535;
const LONGEST_TRIGGER_NAME = 100;

export function checkApiForms(app: AppModel, report: Report): void {
  eachText(app, report, "scf_timer_trigger", "triggerName", (name, { address }) => {
    const problem = triggerNameProblem(name);
    if (problem) report({ ...problem, places: [{ address }] });
  });
  eachNumber(app, report, "clb_listener", "port", (port, { address }) => {
    if (Number.isInteger(port) && port >= 1 && port <= LARGEST_PORT) return;
    report({
      message: `port ${grouped(port)} does not exist: ports are whole numbers from 1 to ${grouped(LARGEST_PORT)}`,
      places: [{ address }],
      fix: `use ${Math.min(LARGEST_PORT, Math.max(1, Math.round(port)))}`,
    });
  });
  checkListenerForms(app, report);
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
