import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import type { BegunCreates, UnfinishedOperation } from "../../reconciler";

/**
 * A file for every create that has begun, until Terraform shows that it has the object in its state: should the provider or
 * Terraform be killed in between, the next run goes on with what is there. Secrets are fingerprints in them.
 */
export class BegunCreateFiles implements BegunCreates {
  private readonly directory: string;
  /** The files that are there, by what their names begin with: most resources have none, and are asked about at every read. */
  private files: Map<string, string[]> | undefined;

  /** @param workingDirectory where Terraform runs */
  constructor(workingDirectory: string) {
    const data = process.env["TF_DATA_DIR"] ?? ".terraform";
    this.directory = path.resolve(workingDirectory, data, "cdktf-scf");
  }

  find(address: string): UnfinishedOperation | undefined {
    const name = this.filesOf(address)?.at(-1);
    if (name === undefined) return undefined;
    try {
      return JSON.parse(fs.readFileSync(path.join(this.directory, name), "utf8")) as UnfinishedOperation;
    } catch {
      // None, or one that was being written when its writer was killed: nothing had been called by then.
      return undefined;
    }
  }

  keep(address: string, begun: UnfinishedOperation): void {
    const known = this.filesOf(address);
    const name = known?.at(-1) ?? nameOf(address);
    fs.mkdirSync(this.directory, { recursive: true, mode: 0o700 });
    const temporary = path.join(this.directory, `${name}.${process.pid}.tmp`);
    const descriptor = fs.openSync(temporary, "w", 0o600);
    try {
      fs.writeFileSync(descriptor, JSON.stringify(begun));
      fs.fsyncSync(descriptor);
    } finally {
      fs.closeSync(descriptor);
    }
    fs.renameSync(temporary, path.join(this.directory, name));
    if (!known) this.present().set(beginningOf(address), [name]);
  }

  /**
   * A disk may take long to let go of a file, and after many creates there are many: nobody waits for it. A file that this
   * process leaves behind is forgotten by the next one that reads the object.
   */
  forget(address: string): void {
    const names = this.filesOf(address);
    if (!names) return;
    this.present().delete(beginningOf(address));
    for (const name of names) fs.unlink(path.join(this.directory, name), () => undefined);
  }

  private filesOf(address: string): readonly string[] | undefined {
    const files = this.present();
    return files.size === 0 ? undefined : files.get(beginningOf(address));
  }

  private present(): Map<string, string[]> {
    return (this.files ??= fs.existsSync(this.directory) ? filesIn(this.directory) : new Map());
  }
}

/** Oldest first. */
function filesIn(directory: string): Map<string, string[]> {
  const files = new Map<string, string[]>();
  for (const name of fs.readdirSync(directory).sort()) {
    const beginning = /^([0-9a-f]+)-\d+\.json$/.exec(name)?.[1];
    if (beginning === undefined) continue;
    const known = files.get(beginning);
    if (known) known.push(name);
    else files.set(beginning, [name]);
  }
  return files;
}

let latest = 0;

/** Another one every time, and later ones sort later: one that is being removed is in nobody's way. */
function nameOf(address: string): string {
  latest = Math.max(Date.now(), latest + 1);
  return `${beginningOf(address)}-${latest}.json`;
}

function beginningOf(address: string): string {
  return createHash("sha256").update(address).digest("hex").slice(0, 32);
}
