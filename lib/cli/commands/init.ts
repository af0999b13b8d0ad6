import * as fs from "node:fs";
import * as path from "node:path";
import { ScfError } from "../../model/error";
import { toolVersion } from "../../reconciler/tool-version";
import { makeFolder } from "../make-folder";
import { templateFiles, templates, type TemplateName } from "../template";
import type { Terminal } from "../terminal";
import { cannotWrite } from "../unwritable";

export interface InitOptions {
  readonly template: TemplateName;
}

/**
 * Writes a new project, in the current folder or in one that is named. Nothing that is there already is touched.
 *
 * @throws ScfError `INIT_FOLDER` when the name is empty, `INIT_OCCUPIED` when a file of the project is there already, `UNWRITABLE`
 */
export function init(terminal: Terminal, folder: string | undefined, { template }: InitOptions): number {
  if (folder === "") {
    throw new ScfError("INIT_FOLDER", "The name of the folder is empty.", {
      fix: "Name a folder, or leave the name out for the current one.",
    });
  }
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
  for (const command of [...(shown === "." ? [] : [`cd ${quoted(shown)}`]), "npm install", "npm test"]) {
    terminal.say(`  ${command}`);
  }
  return 0;
}

/** As a shell takes it. */
function quoted(folder: string): string {
  return /^[\w./-]+$/.test(folder) ? folder : `'${folder.replaceAll("'", "'\\''")}'`;
}

/** What npm takes as a name, from the name of the folder: at most 214 characters. */
function packageName(target: string): string {
  const name = path
    .basename(target)
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^[._-]+/, "")
    .slice(0, 214)
    .replace(/-+$/, "");
  return name === "" ? "functions" : name;
}

function refuseOccupied(target: string, files: readonly string[]): void {
  if (fs.existsSync(target) && fs.statSync(target).isFile()) {
    throw new ScfError("INIT_OCCUPIED", `${target} is a file.`, { fix: "Name another folder." });
  }
  const occupied = files.filter((file) => fs.existsSync(path.join(target, file)));
  if (occupied.length === 0) return;
  throw new ScfError("INIT_OCCUPIED", `${target} has ${occupied.join(", ")} already; nothing was written.`, {
    fix: "Name a folder that does not exist yet: `cdktf-scf init shop`.",
  });
}

/** Writes all files, or leaves nothing behind. */
function write(target: string, files: ReadonlyMap<string, string>): void {
  const made: string[] = [];
  try {
    for (const [name, text] of files) {
      const file = path.join(target, name);
      makeFolder(path.dirname(file), made);
      // Only what is ours is taken back: somebody else may have made the file just now.
      fs.writeFileSync(file, "", { flag: "wx" });
      made.push(file);
      fs.writeFileSync(file, text);
    }
  } catch (cause) {
    for (const one of made) fs.rmSync(one, { recursive: true, force: true });
    throw cannotWrite(target, cause, "Name a folder that you may write to.");
  }
}
