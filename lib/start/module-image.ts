import * as fs from "node:fs";
import * as path from "node:path";
import type { Cache } from "./cache";
import {
  packImage,
  unpackImage,
  type ImageContent,
  type ModuleFunction,
  type UnpackedImage,
} from "./image-file";
import { commonJs, requireOf, type LoadableModule } from "./node-modules";
import { deciders, folderWitness, witness } from "./witness";

const ownPackage = path.resolve(__dirname, "..", "..");

/**
 * The library modules that a command loads, in one file with their compiled code. Finding, reading and compiling several
 * hundred small files is most of what a synthesis takes; from the image it is one read. Modules, their cache and the order
 * in which they run stay as they are. Every file, and whatever decides which file a request means, is looked at before the
 * image is used for it: what has changed is loaded the ordinary way, and the image is made anew.
 */
export class ModuleImage {
  private readonly image: UnpackedImage | undefined;
  private readonly checkedFolders = new Map<number, boolean>();
  private readonly checkedFiles = new Map<number, boolean>();
  /** Library files of this run, and what their requests meant. */
  private readonly used = new Set<string>();
  private readonly resolutions = new Map<string, Map<string, string>>();
  /** How many files and resolutions the image should have had. */
  private missed = 0;

  /**
   * Begins to answer `require` from the image, and to take note for the next one.
   *
   * @param command each command loads modules of its own
   */
  static start(cache: Cache, command: string): ModuleImage {
    const image = new ModuleImage(cache, `modules-${command}.bin`);
    image.install();
    return image;
  }

  private constructor(
    private readonly cache: Cache,
    private readonly name: string,
  ) {
    this.image = unpackImage(cache.read(name));
  }

  /** Keeps what this run has loaded. Does nothing when the image had it all. */
  save(): void {
    if (this.missed === 0 && this.image?.content.warm) return;
    try {
      // The folder of the cache is an entry of a folder that resolutions depend on: it has to be there before they are noted.
      this.cache.prepare();
      const packed =
        this.missed === 0 && this.image
          ? packImage(this.image.content, this.image)
          : packImage(this.content());
      this.cache.write(this.name, packed);
    } catch {
      // It is only there for speed.
    }
  }

  private install(): void {
    const load = commonJs._load;
    commonJs._load = (request, parent, isMain) => {
      const file = parent ? this.resolved(request, parent) : undefined;
      if (file === undefined) return load.call(commonJs, request, parent, isMain);
      const present = commonJs._cache[file];
      if (present?.loaded) return present.exports;
      const found = present ? undefined : this.functionOf(file);
      return found ? run(found, file, parent) : load.call(commonJs, request, parent, isMain);
    };
    const resolve = commonJs._resolveFilename;
    commonJs._resolveFilename = (request, parent, isMain, options) => {
      const found = resolve.call(commonJs, request, parent, isMain, options);
      if (options === undefined && parent && path.isAbsolute(found) && isStable(request, parent)) {
        this.note(parent.path, request, found);
      }
      return found;
    };
    const loadFile = commonJs._extensions[".js"];
    if (!loadFile) return;
    commonJs._extensions[".js"] = (module, file) => {
      // The image knows the file, but not this way to it: the program stands in another folder, or an ES module asks.
      const found = this.functionOf(file);
      if (found) return execute(found, module, file);
      loadFile(module, file);
      if (!isLibrary(file)) return;
      this.used.add(file);
      if (!this.image?.excluded.has(file)) this.missed++;
    };
  }

  /** The file that a request means, if the image knows it and nothing that decides about it has changed. */
  private resolved(request: string, parent: NodeJS.Module): string | undefined {
    const known = this.image?.content.resolutions[parent.path]?.[request];
    if (!known || !isStable(request, parent)) return undefined;
    const [file, folders, files] = known;
    if (!this.holds(folders, files)) {
      // Around a program something changes all the time; Node finds its few packages about as fast.
      if (isLibrary(parent.filename ?? "")) this.missed++;
      return undefined;
    }
    this.note(parent.path, request, file);
    return file;
  }

  private functionOf(file: string): ModuleFunction | undefined {
    const entry = this.image?.functions.get(file);
    if (!entry || witness(file) !== entry.witness) return undefined;
    this.used.add(file);
    return entry.function;
  }

  private holds(folders: readonly number[], files: readonly number[]): boolean {
    return folders.every((index) => this.folderHolds(index)) && files.every((index) => this.fileHolds(index));
  }

  private folderHolds(index: number): boolean {
    return remember(this.checkedFolders, index, () => {
      const [folder, seen] = this.image?.content.folders[index] ?? ["", ""];
      return folderWitness(folder) === seen;
    });
  }

  private fileHolds(index: number): boolean {
    return remember(this.checkedFiles, index, () => {
      const [file, seen] = this.image?.content.deciders[index] ?? ["", ""];
      return witness(file) === seen;
    });
  }

  private note(folder: string, request: string, file: string): void {
    remember(this.resolutions, folder, () => new Map<string, string>()).set(request, file);
  }

  private content(): ImageContent {
    this.takeOver();
    const folders = new Index();
    const files = new Index();
    const resolutions: Record<string, Record<string, readonly [string, number[], number[]]>> = {};
    for (const [folder, requests] of this.resolutions) {
      const known: Record<string, readonly [string, number[], number[]]> = {};
      for (const [request, file] of requests) {
        const deciding = deciders(request, folder, file);
        if (!deciding) continue;
        known[request] = [
          file,
          deciding.folders.map((name) => folders.of(name)),
          deciding.files.map((name) => files.of(name)),
        ];
      }
      resolutions[folder] = known;
    }
    return {
      warm: false,
      resolutions,
      folders: folders.names.map((name) => [name, folderWitness(name)] as const),
      deciders: files.names.map((name) => [name, witness(name)] as const),
      files: [...this.used].map((file) => ({
        file,
        witness: witness(file),
        text: fs.readFileSync(file, "utf8"),
      })),
    };
  }

  /**
   * Adds what the image holds and this run had no use for. What a command loads depends on what it finds to do: without
   * this, two kinds of runs in turn would each throw away what the other one needs.
   */
  private takeOver(): void {
    const image = this.image;
    if (!image) return;
    for (const [file, entry] of image.functions) if (witness(file) === entry.witness) this.used.add(file);
    for (const [folder, requests] of Object.entries(image.content.resolutions)) {
      for (const [request, [file, folders, files]] of Object.entries(requests)) {
        if (this.resolutions.get(folder)?.has(request)) continue;
        if (this.holds(folders, files)) this.note(folder, request, file);
      }
    }
  }
}

/** A module as Node makes it, but with the paths of its packages found when somebody asks for them. */
class ImageModule extends commonJs {
  override get paths(): string[] {
    return commonJs._nodeModulePaths(path.dirname(this.filename));
  }
  override set paths(value: string[]) {
    Object.defineProperty(this, "paths", { value, writable: true, enumerable: true, configurable: true });
  }
}

function run(code: ModuleFunction, file: string, parent: NodeJS.Module | null | undefined): unknown {
  const module: LoadableModule = new ImageModule(file, parent);
  module.filename = file;
  commonJs._cache[file] = module;
  let ended = false;
  try {
    execute(code, module, file);
    module.loaded = ended = true;
  } finally {
    if (!ended) delete commonJs._cache[file];
  }
  return module.exports;
}

function execute(code: ModuleFunction, module: NodeJS.Module, file: string): void {
  code.call(module.exports, module.exports, requireOf(module), module, file, path.dirname(file));
}

/** Files of packages, and our own: they change when something is installed, not while somebody works on a program. */
function isLibrary(file: string): boolean {
  return file.includes(`${path.sep}node_modules${path.sep}`) || file.startsWith(ownPackage + path.sep);
}

/** Requests inside of libraries, and requests for packages from everywhere. */
function isStable(request: string, parent: NodeJS.Module): boolean {
  return !/^\.{0,2}\//.test(request) || isLibrary(parent.filename ?? "");
}

function remember<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

/** Names in the order of their first use. */
class Index {
  readonly names: string[] = [];
  private readonly positions = new Map<string, number>();

  of(name: string): number {
    return remember(this.positions, name, () => this.names.push(name) - 1);
  }
}
