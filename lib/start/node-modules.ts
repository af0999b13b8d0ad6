import * as nodeModule from "node:module";

/** A module as Node's CommonJS loader sees it. */
export interface LoadableModule extends NodeJS.Module {
  filename: string;
  loaded: boolean;
}

/** The parts of Node's CommonJS loader that other loaders have made public in all but name. */
interface CommonJs {
  new (file: string, parent: NodeJS.Module | null | undefined): LoadableModule;
  _load(request: string, parent: NodeJS.Module | null | undefined, isMain: boolean): unknown;
  _resolveFilename(
    request: string,
    parent: NodeJS.Module | null | undefined,
    isMain?: boolean,
    options?: object,
  ): string;
  _resolveLookupPaths(request: string, parent: NodeJS.Module): string[] | null;
  _nodeModulePaths(folder: string): string[];
  readonly _cache: NodeJS.Dict<NodeJS.Module>;
  readonly _extensions: Record<string, (module: NodeJS.Module, file: string) => void>;
}

export const commonJs = (nodeModule as unknown as { Module: CommonJs }).Module;

/** Runs a file so that `require.main === module` holds in it, as when Node is started on it. */
export function loadAsMain(file: string): void {
  commonJs._load(file, null, true);
}

/** The `require` of a module, as Node makes it. */
export function requireOf(module: NodeJS.Module): NodeJS.Require {
  const require = (request: string): unknown => module.require(request);
  const resolve = (request: string, options?: object): string =>
    commonJs._resolveFilename(request, module, false, options);
  resolve.paths = (request: string): string[] | null => commonJs._resolveLookupPaths(request, module);
  require.resolve = resolve;
  require.main = process.mainModule;
  require.extensions = commonJs._extensions as unknown as NodeJS.RequireExtensions;
  require.cache = commonJs._cache;
  return require as NodeJS.Require;
}
