import { ScfError } from "../model/error";

/**
 * The parts of an id that somebody has typed.
 *
 * @param shape of such an id, for people: `namespace/name`
 * @param form with one group for each part
 * @throws ScfError `IMPORT_ID` when the id has another form
 */
export function importParts(title: string, shape: string, form: RegExp, id: string): string[] {
  const match = form.exec(id);
  if (match) return match.slice(1).map((part: string | undefined) => part ?? "");
  throw new ScfError("IMPORT_ID", `"${id}" is no id of the kind ${title}: one has the form ${shape}.`, {
    fix: `Write it as ${shape}.`,
  });
}
