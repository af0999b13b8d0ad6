import { createHash } from "node:crypto";
import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import type * as TypeScript from "typescript";
import { ScfError } from "../../model/error";
import type { Cache } from "../../start/cache";
import { CodeCache } from "./code-cache";
import { compilerOptions, type CompilerOptions } from "./compiler-options";
import { rememberTranslation } from "./source-locations";

/** Another number when translations come out differently. */
const TRANSLATION_VERSION = 1;
const endings = [".ts", ".tsx", ".cts"] as const;

/** The part of a CommonJS module that runs its code; Node does not declare it. */
interface CompilingModule extends NodeJS.Module {
  _compile(code: string, file: string): void;
}

/**
 * Lets this process load TypeScript files. They are translated one by one, without checking types: the editor and the
 * tests do that. A translation is kept under a hash of everything it depends on, and TypeScript is loaded only when one
 * is missing.
 */
export class TypeScriptHook {
  private readonly options: CompilerOptions;
  private compiler: typeof TypeScript | undefined;
  private code: CodeCache | undefined;
  private readonly version: string;
  private readonly packageFile: string;

  /**
   * @param script the program, in whose place `typescript` is looked up and whose tsconfig.json counts
   * @throws ScfError `TYPESCRIPT_MISSING` when the project has no TypeScript
   */
  constructor(
    private readonly script: string,
    tsconfig: string | undefined,
    private readonly cache: Cache,
  ) {
    this.packageFile = this.findTypeScript();
    this.version = (JSON.parse(fs.readFileSync(this.packageFile, "utf8")) as { version: string }).version;
    this.options = compilerOptions(script, tsconfig, () => this.typescript(), cache);
  }

  install(): void {
    for (const ending of endings) {
      require.extensions[ending] = (module, file) => {
        const code = this.translate(file);
        rememberTranslation(file, code);
        (module as CompilingModule)._compile(code, file);
      };
    }
  }

  /** To be called when the program has been loaded. */
  save(): void {
    this.code?.save();
  }

  private translate(file: string): string {
    const source = fs.readFileSync(file, "utf8");
    // One slot per file, so that the cache does not grow with every change; what it holds is known by its content.
    const slot = path.join("translated", `${hash(file)}.js`);
    const key = hash(
      [TRANSLATION_VERSION, this.version, this.options.key, path.basename(file), source].join("\0"),
    );
    const cached = this.cache.read(slot)?.toString("utf8");
    if (cached?.startsWith(`${key}\n`)) return cached.slice(key.length + 1);
    const ts = this.typescript();
    const result = ts.transpileModule(source, {
      fileName: file,
      compilerOptions: this.options.options,
      reportDiagnostics: true,
    });
    const problem = result.diagnostics?.find((found) => found.category === ts.DiagnosticCategory.Error);
    if (problem) throw doesNotCompile(ts, problem, file);
    this.cache.write(slot, `${key}\n${result.outputText}`);
    return result.outputText;
  }

  private findTypeScript(): string {
    // A program may lie outside of the folder that has node_modules; the package's own TypeScript is no fallback, because
    // at users there is none.
    try {
      return createRequire(this.script).resolve("typescript/package.json");
    } catch (cause) {
      throw new ScfError(
        "TYPESCRIPT_MISSING",
        `${this.script} is TypeScript, and TypeScript is not installed here.`,
        {
          fix: "Run `npm install --save-dev typescript@5.9`.",
          cause,
        },
      );
    }
  }

  private typescript(): typeof TypeScript {
    if (this.compiler) return this.compiler;
    let file: string;
    try {
      file = createRequire(this.packageFile).resolve(path.dirname(this.packageFile));
    } catch (cause) {
      // From version 7 on the package has no JavaScript to load.
      throw this.unusable(cause);
    }
    this.code = new CodeCache(this.cache, "typescript.bin", file);
    const loaded = this.code.load() as Partial<typeof TypeScript>;
    if (typeof loaded.transpileModule !== "function") throw this.unusable();
    this.compiler = loaded as typeof TypeScript;
    return this.compiler;
  }

  private unusable(cause?: unknown): ScfError {
    return new ScfError(
      "TYPESCRIPT_UNUSABLE",
      `TypeScript ${this.version} of this project cannot be called from JavaScript.`,
      {
        fix: 'Run `npm install --save-dev typescript@5.9`, or name a command that runs the program as "app" in cdktf.json.',
        cause,
      },
    );
  }
}

function doesNotCompile(ts: typeof TypeScript, problem: TypeScript.Diagnostic, file: string): ScfError {
  const text = ts.flattenDiagnosticMessageText(problem.messageText, " ").replace(/\.$/, "");
  const position =
    problem.file && problem.start !== undefined
      ? problem.file.getLineAndCharacterOfPosition(problem.start)
      : undefined;
  const place = position
    ? `${relative(file)}:${position.line + 1}:${position.character + 1}`
    : relative(file);
  return new ScfError("PROGRAM_DOES_NOT_COMPILE", `${place} does not compile: ${text}.`, {
    fix: "Correct the line; `npx tsc --noEmit` checks the types of the whole program too.",
  });
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function relative(file: string): string {
  return path.relative(process.cwd(), file);
}
