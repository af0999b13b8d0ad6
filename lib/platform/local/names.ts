import { limits } from "../../model/quotas";
import { refuse } from "./context";

/** FN-NAME, LYR-NAME, ALS-NAME; namespaces follow the same form. */
const namePattern = /^[A-Za-z][A-Za-z0-9_-]{0,58}[A-Za-z0-9]$/;

export function checkName(name: string, what: string, code: string): void {
  if (namePattern.test(name)) return;
  refuse(
    code,
    `The name of a ${what} has 2 to 60 letters, digits, "_" and "-", begins with a letter and ends with a letter or digit; ` +
      `"${name.slice(0, 80)}" does not`,
  );
}

/**
 * FN-DESC and ALS-DESC. Letters of every script count: the API's own comment allows Chinese, with its punctuation, and
 * line breaks.
 */
const descriptionPattern = /^[\p{L}\p{M}\p{N} ,.，。\n]*$/u;

export function checkDescription(description: string, what: string): void {
  const code = "InvalidParameterValue.Description";
  checkLength(description, what, code);
  if (descriptionPattern.test(description)) return;
  refuse(code, `The description of a ${what} holds letters, digits, spaces, commas and periods only`);
}

/** LYR-ZIP: for layers and versions the documents limit the length alone. */
export function checkLength(description: string, what: string, code: string): void {
  const length = [...description].length;
  if (length <= limits.descriptionCharacters) return;
  refuse(
    code,
    `The description of a ${what} has ${length} characters, ${limits.descriptionCharacters} at most are allowed`,
  );
}
