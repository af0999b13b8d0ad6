import { alarmLimits, repeatIntervals } from "../model/metrics";
import { isSymbolic, type Value } from "../model/value";
import type { AppModel } from "./app-model";
import type { Report } from "./rule";
import { count, listed, quote } from "./text";
import { eachNumber, eachText } from "./unchecked";

const LONGEST_NAME = 128;

/** Forms of values of roles, policies, attachments and alarms that the API reference gives and the documents do not. */
export function checkAccessForms(app: AppModel, report: Report): void {
  eachText(app, report, "cam_role", "roleName", (name, { address }) => {
    const problem = nameProblem("role", name);
    if (problem) report({ ...problem, places: [{ address }] });
  });
  eachText(app, report, "cam_policy", "policyName", (name, { address }) => {
    const problem = nameProblem("policy", name);
    if (problem) report({ ...problem, places: [{ address }] });
  });
  checkUsers(app, report);
  checkAccounts(app, report);
  eachNumber(app, report, "cam_group_policy_attachment", "groupId", (id, { address }) => {
    if (Number.isSafeInteger(id) && id > 0) return;
    report({
      message: `${id} is no id of a user group: ids are whole numbers`,
      places: [{ address }],
      fix: "use the id that the platform shows for the group",
    });
  });
  checkAlarms(app, report);
}

function checkUsers(app: AppModel, report: Report): void {
  eachText(app, report, "cam_user_policy_attachment", "uin", (uin, { address }) => {
    if (isAccountId(uin)) return;
    report({
      message: `${quote(uin)} is no account id: account ids are digits`,
      places: [{ address }],
      fix: "use User.fromName for a name",
    });
  });
  for (const attachment of app.ofKind("cam_user_policy_attachment")) {
    const isGiven = (name: "userName" | "uin") =>
      !["", null, undefined].includes(attachment.raw(name) as string);
    if (isGiven("userName") !== isGiven("uin")) continue;
    report({
      message: isGiven("uin") ? "the user has both a name and an account id" : "the attachment names no user",
      places: [{ address: attachment.address }],
      fix: "give the user's name or account id, one of them",
    });
  }
}

function checkAccounts(app: AppModel, report: Report): void {
  for (const role of app.ofKind("cam_role")) {
    const accounts: unknown = role.get("trustedAccounts");
    if (!Array.isArray(accounts)) continue;
    for (const account of accounts as readonly unknown[]) {
      if (typeof account !== "string" || isAccountId(account)) continue;
      report({
        message: `the role trusts account ${quote(account)}: account ids are digits`,
        places: [{ address: role.address }],
        fix: "use the account's id",
      });
    }
  }
}

/** Longer numbers than these are no numbers any more on their way to the API. */
function isAccountId(text: string): boolean {
  return /^[1-9]\d{0,14}$/.test(text);
}

function checkAlarms(app: AppModel, report: Report): void {
  eachText(app, report, "monitor_alarm_policy", "policyName", (name, { address }) => {
    const length = [...name].length;
    if (length >= 1 && length <= alarmLimits.nameCharacters) return;
    report({
      message: `the name of the alarm policy has ${count(length, "character")}: 1 to ${alarmLimits.nameCharacters} are allowed`,
      places: [{ address }],
      fix: "choose another name",
    });
  });
  eachText(app, report, "monitor_alarm_policy", "description", (text, { address }) => {
    const length = [...text].length;
    const wrong = /[^\p{L}\p{N}_-]/u.exec(text)?.[0];
    if (length <= alarmLimits.remarkCharacters && wrong === undefined) return;
    report({
      message:
        wrong === undefined
          ? `the description of the alarm policy has ${count(length, "character")}: at most ${alarmLimits.remarkCharacters} are allowed`
          : `the description of the alarm policy contains ${quote(wrong)}: letters, digits, _ and - are allowed`,
      places: [{ address }],
      fix:
        wrong === undefined
          ? "shorten it"
          : `use ${quote(text.replace(/[^\p{L}\p{N}_-]+/gu, "-"))}, for example`,
    });
  });
  for (const alarm of app.ofKind("monitor_alarm_policy")) {
    const conditions = app.dereference(alarm.raw("conditions"));
    if (!Array.isArray(conditions)) continue;
    for (const item of conditions as readonly Value[]) {
      const condition = app.dereference(item);
      if (typeof condition !== "object" || condition === null || isSymbolic(condition)) continue;
      const value = (name: string): unknown => app.follow((condition as { [name: string]: Value })[name]);
      const problem = conditionProblem(value);
      if (problem) report({ ...problem, places: [{ address: alarm.address }] });
    }
  }
}

function conditionProblem(value: (name: string) => unknown): { message: string; fix: string } | undefined {
  const threshold = value("threshold");
  if (typeof threshold === "number" && !(threshold >= 0 && Number.isFinite(threshold))) {
    return { message: `threshold ${threshold} is below 0, and no metric ever is`, fix: "use 0 or more" };
  }
  const occurrences = value("occurrences");
  if (typeof occurrences === "number" && !(Number.isSafeInteger(occurrences) && occurrences >= 1)) {
    return {
      message: `a condition cannot hold in ${occurrences} periods: whole numbers from 1 are allowed`,
      fix: `use ${Math.max(1, Math.round(occurrences) || 1)}`,
    };
  }
  const repeat = value("repeatSeconds");
  if (typeof repeat === "number" && !repeatIntervals.includes(repeat)) {
    const nearest = repeatIntervals
      .slice(1)
      .reduce((best, interval) => (Math.abs(interval - repeat) < Math.abs(best - repeat) ? interval : best));
    return {
      message: `an alarm cannot be told again every ${repeat} seconds: ${listed(repeatIntervals.map(String), "or")} are allowed`,
      fix: `use ${nearest}, or 0 for never`,
    };
  }
  return undefined;
}

/** Roles and policies (API CreateRole.RoleName, CreatePolicy.PolicyName). */
function nameProblem(what: string, name: string): { message: string; fix: string } | undefined {
  const fix = "use 1 to 128 letters, digits and _ + = , . @ -";
  if (name.length < 1 || name.length > LONGEST_NAME) {
    return {
      message: `${what} name ${quote(name)} has ${count(name.length, "character")}: 1 to ${LONGEST_NAME} are allowed`,
      fix,
    };
  }
  const wrong = /[^A-Za-z0-9_+=,.@-]/u.exec(name)?.[0];
  return wrong === undefined
    ? undefined
    : { message: `${what} name ${quote(name)} contains ${quote(wrong)}, which is not allowed`, fix };
}
