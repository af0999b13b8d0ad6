import * as fs from "node:fs";
import * as path from "node:path";

/** What `init` can begin with, and what it is called. */
export const templates = {
  project: "A project",
  package: "A package of templates",
} as const;

export type TemplateName = keyof typeof templates;

/** npm leaves files of these names out of packages, or takes them for its own. */
const renamed: Readonly<Record<string, string>> = { gitignore: ".gitignore" };

/** The files of a template by their paths, sorted, with `{{name}}` and `{{version}}` filled in. */
export function templateFiles(
  template: TemplateName,
  values: { readonly name: string; readonly version: string },
): ReadonlyMap<string, string> {
  const folder = path.resolve(__dirname, "../../templates", template);
  const files = filesBelow(folder).map((file): [string, string] => {
    const text = fs.readFileSync(path.join(folder, file), "utf8");
    return [
      renamed[file] ?? file,
      text.replaceAll("{{name}}", values.name).replaceAll("{{version}}", values.version),
    ];
  });
  return new Map(files.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function filesBelow(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
}
