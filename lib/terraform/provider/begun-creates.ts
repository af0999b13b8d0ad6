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
  /** Names of the files that are there: most resources have none, and are asked about at every read. */
  private names: Set<string> | undefined;

  /** @param workingDirectory where Terraform runs */
  constructor(workingDirectory: string) {
    const data = process.env["TF_DATA_DIR"] ?? ".terraform";
    this.directory = path.resolve(workingDirectory, data, "cdktf-scf");
  }

  find(address: string): UnfinishedOperation | undefined {
    if (!this.present().has(nameOf(address))) return undefined;
    try {
      return JSON.parse(fs.readFileSync(this.file(address), "utf8")) as UnfinishedOperation;
    } catch {
      // None, or one that was being written when its writer was killed: nothing had been called by then.
      return undefined;
    }
  }

  keep(address: string, begun: UnfinishedOperation): void {
    const file = this.file(address);
    fs.mkdirSync(this.directory, { recursive: true, mode: 0o700 });
    const temporary = `${file}.${process.pid}.tmp`;
    const descriptor = fs.openSync(temporary, "w", 0o600);
    try {
      fs.writeFileSync(descriptor, JSON.stringify(begun));
      fs.fsyncSync(descriptor);
    } finally {
      fs.closeSync(descriptor);
    }
    fs.renameSync(temporary, file);
    this.present().add(nameOf(address));
  }

  forget(address: string): void {
    if (this.present().delete(nameOf(address))) fs.rmSync(this.file(address), { force: true });
  }

  private present(): Set<string> {
    return (this.names ??= new Set(fs.existsSync(this.directory) ? fs.readdirSync(this.directory) : []));
  }

  private file(address: string): string {
    return path.join(this.directory, nameOf(address));
  }
}

function nameOf(address: string): string {
  return `${createHash("sha256").update(address).digest("hex").slice(0, 32)}.json`;
}
