import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import * as vm from "node:vm";
import type { Cache } from "../../start/cache";
import { identity } from "../../start/identity";
import { witness } from "../../start/witness";

/** A big library in one file, whose compiled code is kept from one run to the next. */
export class CodeCache {
  private script: vm.Script | undefined;
  private kept = false;

  constructor(
    private readonly cache: Cache,
    private readonly name: string,
    private readonly file: string,
  ) {}

  /** What the file exports. It is not entered into Node's cache of modules: nobody else loads it in this process. */
  load(): unknown {
    const source = fs.readFileSync(this.file, "utf8");
    const cachedData = this.read();
    const text = `(function (exports, require, module, __filename, __dirname) {${source}\n})`;
    this.script = new vm.Script(text, { filename: this.file, ...(cachedData ? { cachedData } : {}) });
    this.kept = cachedData !== undefined && this.script.cachedDataRejected !== true;
    const module = { exports: {} };
    const run = this.script.runInThisContext() as (...parameters: unknown[]) => void;
    run.call(
      module.exports,
      module.exports,
      createRequire(this.file),
      module,
      this.file,
      path.dirname(this.file),
    );
    return module.exports;
  }

  /** Keeps the code that was compiled up to now: best called when everything that a run needs has run. */
  save(): void {
    if (this.kept || !this.script) return;
    this.kept = true;
    const label = Buffer.from(`${this.label()}\n`);
    this.cache.write(this.name, [label, this.script.createCachedData()]);
  }

  private read(): Buffer | undefined {
    const bytes = this.cache.read(this.name);
    const end = bytes?.indexOf("\n") ?? -1;
    return bytes?.toString("utf8", 0, end) === this.label() ? bytes.subarray(end + 1) : undefined;
  }

  private label(): string {
    return JSON.stringify([identity(), this.file, witness(this.file)]);
  }
}
