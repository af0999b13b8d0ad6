import * as fs from "node:fs";
import * as path from "node:path";
import { ScfError } from "../../model/error";
import { toolVersion } from "../../reconciler/tool-version";
import { templateFiles, templates, type TemplateName } from "../template";
import type { Terminal } from "../terminal";
import { cannotWrite } from "../unwritable";

export interface InitOptions {
  readonly template: TemplateName;
}

/**
 * Writes a new project, in the current folder or in one that is named. Nothing that is there already is touched.
 *
 * @throws ScfError `INIT_OCCUPIED` when a file of the project is there already, `UNWRITABLE`
 */
export function init(terminal: Terminal, folder: string | undefined, { template }: InitOptions): number {
  const target = path.resolve(folder ?? ".");
  const files = templateFiles(template, { name: packageName(target), version: toolVersion() });
  refuseOccupied(target, [...files.keys()]);
  write(target, files);
  if (terminal.json) {
    terminal.data({ folder: target, template, files: [...files.keys()] });
    return 0;
  }
  const shown = path.relative(process.cwd(), target) || ".";
  terminal.say(`${terminal.style.bold(templates[template])} in ${shown}:`);
  for (const file of files.keys()) terminal.say(`  ${file}`);
  terminal.say("");
  terminal.say("Go on with:");
  for (const command of [...(shown === "." ? [] : [`cd ${shown}`]), "npm install", "npm test"]) {
    terminal.say(`  ${command}`);
  }
  return 0;
}

/** What npm takes as a name, from the name of the folder. */
function packageName(target: string): string {
  const name = path
    .basename(target)
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^[._-]+|-+$/g, "");
  return name === "" ? "functions" : name;
}

function refuseOccupied(target: string, files: readonly string[]): void {
  const occupied = files.filter((file) => fs.existsSync(path.join(target, file)));
  const isFile = fs.statSync(target, { throwIfNoEntry: false })?.isFile() === true;
  if (isFile) {
    throw new ScfError("INIT_OCCUPIED", `${target} is a file.`, { fix: "Name another folder." });
  }
  if (occupied.length === 0) return;
  throw new ScfError("INIT_OCCUPIED", `${target} has ${occupied.join(", ")} already; nothing was written.`, {
    fix: "Name a folder that does not exist yet: `cdktf-scf init shop`.",
  });
}

/** Writes all files, or leaves none of them behind. */
function write(target: string, files: ReadonlyMap<string, string>): void {
  const made: string[] = [];
  const first = firstMissing(target);
  try {
    for (const [name, text] of files) {
      const file = path.join(target, name);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, text, { flag: "wx" });
      made.push(file);
    }
  } catch (cause) {
    if (first !== undefined) fs.rmSync(first, { recursive: true, force: true });
    else for (const file of made) fs.rmSync(file, { force: true });
    throw cannotWrite(target, cause, "Name a folder that you may write to.");
  }
}

/** The topmost folder on the way that is not there yet. */
function firstMissing(target: string): string | undefined {
  let missing: string | undefined;
  for (let folder = target; !fs.existsSync(folder); folder = path.dirname(folder)) missing = folder;
  return missing;
}
