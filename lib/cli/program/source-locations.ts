import { SourceMap, type SourceMapPayload } from "node:module";

/** Translated code by the name of the file it was made from. */
const translated = new Map<string, { readonly code: string; map?: SourceMap | undefined }>();

/** Where source locations are looked up by whoever reads a stack trace, here and in the constructs. */
const MAP_LOCATION = Symbol.for("cdktf-scf/map-location");

export interface Location {
  readonly file: string;
  readonly line: number;
}

/** Remembers what a file was translated to. Its map is read only when somebody asks for a line of it. */
export function rememberTranslation(file: string, code: string): void {
  translated.set(file, { code });
}

/** Where a position of translated code stands in the source; undefined for a file that was not translated. */
export function mapLocation(file: string, line: number, column: number): Location | undefined {
  const entry = translated.get(file);
  if (!entry) return undefined;
  entry.map ??= inlineMap(entry.code);
  const found = entry.map?.findEntry(line - 1, column - 1);
  return found && "originalLine" in found ? { file, line: found.originalLine + 1 } : { file, line };
}

export function installLocationMap(): void {
  Object.defineProperty(globalThis, MAP_LOCATION, { value: mapLocation, configurable: true, writable: true });
}

function inlineMap(code: string): SourceMap | undefined {
  const marker = "//# sourceMappingURL=data:application/json;base64,";
  const start = code.lastIndexOf(marker);
  if (start < 0) return undefined;
  try {
    const json = Buffer.from(code.slice(start + marker.length), "base64").toString("utf8");
    return new SourceMap(JSON.parse(json) as SourceMapPayload);
  } catch {
    return undefined;
  }
}
