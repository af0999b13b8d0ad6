import fs from "fs";
import { dirname, join } from "path";

/** A change to a file of a folder that is about to be made. */
export interface Step {
  readonly call: string;
  readonly file: string;
}

type Call = (...args: unknown[]) => unknown;
type Done = (error: Error | null) => void;

const byDescriptor = ["writeSync", "fsyncSync", "fdatasync"];
const byName = ["openSync", "renameSync", "linkSync", "rmSync"];

/**
 * Sees every change that is made to the files of one folder, and knows what a power failure would leave of them: the content
 * of a file as it was when the file was synchronized last, under the names that the folder had when it was.
 */
export class WatchedDisk {
  private readonly calls = fs as unknown as Record<string, Call>;
  private readonly real: Record<string, Call> = {};
  /** Files of the folder, and the folder itself, that are open. */
  private readonly open = new Map<number, string>();
  private readonly contents = new Map<number, Buffer>();
  private entries = new Map<string, number>();

  /** @param before called before each change */
  constructor(
    private readonly folder: string,
    private readonly before: (step: Step, disk: WatchedDisk) => void,
  ) {
    for (const name of fs.readdirSync(folder)) this.synchronize(join(folder, name));
    this.synchronize(folder);
    for (const call of [...byDescriptor, ...byName]) {
      const real = this.calls[call] as Call;
      this.real[call] = real;
      this.calls[call] = (...args) => this.make(call, real, args);
    }
  }

  stop(): void {
    Object.assign(this.calls, this.real);
  }

  /** Puts what the folder holds, or would hold after a power failure, into another one. */
  copyTo(target: string, cause: "kill" | "power failure"): void {
    fs.mkdirSync(target, { recursive: true });
    const found: Iterable<readonly [string, Buffer]> =
      cause === "kill"
        ? fs.readdirSync(this.folder).map((name) => [name, fs.readFileSync(join(this.folder, name))] as const)
        : [...this.entries].map(([name, ino]) => [name, this.contents.get(ino) ?? Buffer.alloc(0)] as const);
    for (const [name, content] of found) fs.writeFileSync(join(target, name), content);
  }

  private make(call: string, real: Call, args: unknown[]): unknown {
    const file = this.fileOf(call, args);
    if (file === undefined) {
      const result = real(...args);
      if (call === "openSync") this.remember(result as number, args[0]);
      return result;
    }
    this.before({ call, file }, this);
    if (call === "fdatasync") {
      const done = args[1] as Done;
      return real(args[0], (error: Error | null) => {
        if (!error) this.synchronize(file);
        done(error);
      });
    }
    const result = real(...args);
    if (call === "openSync") this.remember(result as number, file);
    if (call === "fsyncSync") this.synchronize(file);
    return result;
  }

  /** The file that a call changes, when it is one of the folder. */
  private fileOf(call: string, [first, second]: unknown[]): string | undefined {
    if (byDescriptor.includes(call)) return this.open.get(first as number);
    if (call === "openSync") return second !== "r" && this.has(first) ? (first as string) : undefined;
    if (call === "rmSync")
      return this.has(first) && fs.existsSync(first as string) ? (first as string) : undefined;
    return this.has(second) ? (second as string) : undefined;
  }

  private has(path: unknown): boolean {
    return typeof path === "string" && dirname(path) === this.folder;
  }

  private remember(descriptor: number, path: unknown): void {
    if (path === this.folder || this.has(path)) this.open.set(descriptor, path as string);
    else this.open.delete(descriptor);
  }

  private synchronize(path: string): void {
    if (path === this.folder) {
      const names = fs.readdirSync(path);
      this.entries = new Map(names.map((name) => [name, fs.statSync(join(path, name)).ino]));
    } else if (fs.existsSync(path)) this.contents.set(fs.statSync(path).ino, fs.readFileSync(path));
  }
}
