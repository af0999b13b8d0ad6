import * as vm from "node:vm";
import { identity } from "./identity";

const FORMAT = 1;
/** Frames of the image count as Node's own for whoever reads stack traces: none of them is a user's line. */
const SCRIPT_NAME = "node:cdktf-scf/modules";

export type ModuleFunction = (
  this: unknown,
  exports: unknown,
  require: NodeJS.Require,
  module: NodeJS.Module,
  file: string,
  folder: string,
) => void;

/** What is known of a run's modules, apart from their code. */
interface Knowledge {
  /** Whether the compiled code was taken after everything had run. */
  readonly warm: boolean;
  /** File by folder and request, with what decides about it: indexes into `folders` and `deciders`. */
  readonly resolutions: Readonly<
    Record<
      string,
      Readonly<Record<string, readonly [file: string, folders: readonly number[], files: readonly number[]]>>
    >
  >;
  readonly folders: readonly (readonly [folder: string, witness: string])[];
  readonly deciders: readonly (readonly [file: string, witness: string])[];
}

export interface ImageContent extends Knowledge {
  readonly files: readonly { readonly file: string; readonly witness: string; readonly text: string }[];
}

/** One script with the code of many files. */
interface Part {
  readonly encoding: "latin1" | "utf16le";
  readonly sourceBytes: number;
  readonly codeBytes: number;
  readonly files: readonly (readonly [file: string, witness: string])[];
}

interface Header extends Knowledge {
  readonly format: number;
  readonly identity: string;
  readonly excluded: readonly string[];
  readonly parts: readonly Part[];
}

interface CompiledPart {
  readonly part: Part;
  readonly source: string;
  readonly script: vm.Script;
}

export interface UnpackedImage {
  readonly content: Knowledge;
  readonly functions: ReadonlyMap<string, { readonly function: ModuleFunction; readonly witness: string }>;
  /** Files that are always loaded the ordinary way. */
  readonly excluded: ReadonlySet<string>;
  readonly compiled: readonly CompiledPart[];
  readonly header: Header;
}

/**
 * The bytes of an image file: length and text of the header, then source and compiled code of each part.
 *
 * @param ran the image that this run came from: its compiled code now has every function that a run needs
 */
export function packImage(content: ImageContent | Knowledge, ran?: UnpackedImage): Uint8Array[] {
  const { compiled, excluded } = ran
    ? { compiled: ran.compiled, excluded: ran.header.excluded }
    : compile(content as ImageContent);
  const pieces = compiled.map(({ part, source, script }) => {
    const text = Buffer.from(source, part.encoding);
    const code = script.createCachedData();
    return { part: { ...part, sourceBytes: text.length, codeBytes: code.length }, bytes: [text, code] };
  });
  const { resolutions, folders, deciders } = content;
  const header: Header = {
    format: FORMAT,
    identity: identity(),
    warm: ran !== undefined,
    resolutions,
    folders,
    deciders,
    excluded,
    parts: pieces.map(({ part }) => part),
  };
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  return [length, json, ...pieces.flatMap(({ bytes }) => bytes)];
}

/** Undefined for a file that another Node has made, or that is not whole. */
export function unpackImage(bytes: Buffer | undefined): UnpackedImage | undefined {
  if (!bytes || bytes.length < 4) return undefined;
  try {
    let at = 4 + bytes.readUInt32LE(0);
    const header = JSON.parse(bytes.toString("utf8", 4, at)) as Header;
    if (header.format !== FORMAT || header.identity !== identity()) return undefined;
    const total = header.parts.reduce((sum, part) => sum + part.sourceBytes + part.codeBytes, at);
    if (total !== bytes.length) return undefined;
    const functions = new Map<string, { function: ModuleFunction; witness: string }>();
    const compiled = header.parts.map((part) => {
      const source = bytes.toString(part.encoding, at, (at += part.sourceBytes));
      const cachedData = bytes.subarray(at, (at += part.codeBytes));
      const script = new vm.Script(source, { filename: SCRIPT_NAME, cachedData });
      if (script.cachedDataRejected) throw new Error("compiled with other flags");
      const made = script.runInThisContext() as ModuleFunction[];
      part.files.forEach(([file, witness], index) => {
        const code = made[index];
        if (code) functions.set(file, { function: code, witness });
      });
      return { part, source, script };
    });
    return { content: header, functions, excluded: new Set(header.excluded), compiled, header };
  } catch {
    return undefined;
  }
}

function compile(content: ImageContent): { compiled: CompiledPart[]; excluded: string[] } {
  const excluded = content.files
    .filter(({ text }) => importsAtRunTime(text) || isEsModule(text))
    .map(({ file }) => file);
  const files = content.files
    .filter(({ file }) => !excluded.includes(file))
    .map(({ file, witness, text }) => ({ file, witness, text: functionText(text) }));
  const compiled = (["latin1", "utf16le"] as const).flatMap((encoding) => {
    const chosen = files.filter(({ text }) => encodingOf(text) === encoding);
    if (chosen.length === 0) return [];
    const source = `[${chosen.map(({ text }) => text).join(",")}]`;
    const part: Part = {
      encoding,
      sourceBytes: 0,
      codeBytes: 0,
      files: chosen.map(({ file, witness }) => [file, witness] as const),
    };
    return [{ part, source, script: new vm.Script(source, { filename: SCRIPT_NAME }) }];
  });
  return { compiled, excluded };
}

/** The parentheses make V8 compile a module's own code together with the script. */
function functionText(text: string): string {
  const body = text.replace(/^#!.*/, "").replace(/^\/\/# sourceMappingURL=.*$/gm, "");
  return `(function (exports, require, module, __filename, __dirname) {${body}\n})`;
}

/**
 * What `import()` finds depends on the name of the script that it stands in, and here all have the same one. In comments
 * it only names types.
 */
function importsAtRunTime(text: string): boolean {
  return text.split("\n").some((line) => /\bimport\s*\(/.test(line) && !/^\s*(\*|\/\/|\/\*)/.test(line));
}

/** Node can `require` one as well. Whatever makes it one, it is no code of a function, and nothing else would be kept with it. */
function isEsModule(text: string): boolean {
  if (!/^\s*(import|export)\b/m.test(text)) return false;
  try {
    new vm.Script(functionText(text));
    return false;
  } catch {
    return true;
  }
}

/** A string of bytes is half the size of one that has to hold other characters, and quicker to read. */
function encodingOf(text: string): Part["encoding"] {
  // eslint-disable-next-line no-control-regex -- the characters that fit into a byte
  return /^[\u0000-\u00ff]*$/.test(text) ? "latin1" : "utf16le";
}
