import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import type * as TypeScript from "typescript";
import { ScfError } from "../../model/error";
import type { Cache } from "../../start/cache";

export interface CompilerOptions {
  readonly options: TypeScript.CompilerOptions;
  /** Differs when anything about the options does. */
  readonly key: string;
}

interface CachedOptions {
  readonly options: TypeScript.CompilerOptions;
  /** Every file that the options were read from, as it was then. */
  readonly files: readonly { readonly file: string; readonly text: string }[];
}

/**
 * The options of the TypeScript project that a program belongs to. Reading them takes TypeScript itself, which is slow to
 * load, so they are kept with the text of the files they came from.
 */
export function compilerOptions(
  script: string,
  tsconfig: string | undefined,
  typescript: () => typeof TypeScript,
  cache: Cache,
): CompilerOptions {
  const file = tsconfig ?? findUpwards("tsconfig.json", path.dirname(script));
  if (file === undefined) return withKey(forRunning({ esModuleInterop: true }));
  const name = `tsconfig-${hash(file)}.json`;
  const cached = readCached(cache, name);
  if (cached) return withKey(cached.options);
  const read = readOptions(typescript(), file);
  cache.write(name, JSON.stringify(read));
  return withKey(read.options);
}

function readCached(cache: Cache, name: string): CachedOptions | undefined {
  try {
    const cached = JSON.parse(cache.read(name)?.toString("utf8") ?? "null") as CachedOptions | null;
    const same = cached?.files.every(({ file, text }) => fs.readFileSync(file, "utf8") === text);
    return cached && same ? cached : undefined;
  } catch {
    return undefined;
  }
}

function readOptions(ts: typeof TypeScript, file: string): CachedOptions {
  const files: { file: string; text: string }[] = [];
  const read = (name: string): string | undefined => {
    const text = ts.sys.readFile(name);
    if (text !== undefined) files.push({ file: name, text });
    return text;
  };
  const { config, error } = ts.readConfigFile(file, read);
  const parsed = ts.parseJsonConfigFileContent(
    config ?? {},
    { ...ts.sys, readFile: read, readDirectory: () => [] },
    path.dirname(file),
  );
  // 18002 and 18003: the project names no files. Only its options matter here.
  const problem = error ?? parsed.errors.find((found) => found.code !== 18002 && found.code !== 18003);
  if (problem) {
    throw new ScfError(
      "TSCONFIG_DAMAGED",
      `${file} cannot be used: ${ts.flattenDiagnosticMessageText(problem.messageText, " ")}`,
      { fix: "Correct the file; `npx tsc --showConfig` shows how TypeScript reads it." },
    );
  }
  return { options: forRunning(parsed.options), files };
}

/** What decides how the code behaves is the project's choice; what decides how it is written and loaded is ours. */
function forRunning(options: TypeScript.CompilerOptions): TypeScript.CompilerOptions {
  const chosen = { ...options };
  // Each of these is about files on disk, or contradicts CommonJS.
  for (const name of [
    "configFilePath", "pathsBasePath", "outDir", "outFile", "rootDir", "rootDirs", "declaration", "declarationMap",
    "declarationDir", "emitDeclarationOnly", "composite", "incremental", "tsBuildInfoFile", "noEmit", "paths", "baseUrl",
    "sourceRoot", "mapRoot", "moduleResolution", "verbatimModuleSyntax", "resolvePackageJsonExports",
    "resolvePackageJsonImports", "allowImportingTsExtensions", "customConditions", "isolatedDeclarations", "noCheck",
  ]) delete chosen[name]; // prettier-ignore
  // `module: CommonJS` and `target: ES2022`, by number: TypeScript is not loaded when nothing has changed.
  return {
    ...chosen,
    module: 1,
    target: options.target ?? 9,
    inlineSourceMap: true,
    inlineSources: false,
    sourceMap: false,
  };
}

function withKey(options: TypeScript.CompilerOptions): CompilerOptions {
  return { options, key: hash(JSON.stringify(options)) };
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

function findUpwards(name: string, from: string): string | undefined {
  for (let directory = from; ; directory = path.dirname(directory)) {
    const file = path.join(directory, name);
    if (fs.existsSync(file)) return file;
    if (directory === path.dirname(directory)) return undefined;
  }
}
