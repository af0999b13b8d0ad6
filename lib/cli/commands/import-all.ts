import * as fs from "node:fs";
import * as path from "node:path";
import { ScfError } from "../../model/error";
import type { Kind, Platform } from "../../kinds/kind";
import { makeFolder } from "../make-folder";
import { engineFor } from "../program-writer/engine";
import { takeInventory } from "../program-writer/inventory";
import { writeProgram, type WrittenPlatform, type WrittenProgram } from "../program-writer/write-program";
import { count } from "../render/text";
import type { Terminal } from "../terminal";
import { cannotWrite } from "../unwritable";
import type { ImportOptions } from "./import-options";
import { modules } from "./lazy";

const DEFAULT_REGION = "ap-guangzhou";
const DEFAULT_STACK = "imported";
/** Where a local platform is unless a program says otherwise, below its folder. */
const LOCAL_DATABASE = path.join(".cdktf-scf", "local.db");

/** Files of every program: one that is there already is left as it is. */
const projectFiles: Readonly<Record<string, object>> = {
  "cdktf.json": { language: "typescript", app: "ts-node --transpile-only main.ts" },
  "tsconfig.json": {
    compilerOptions: {
      target: "ES2022",
      module: "node16",
      moduleResolution: "node16",
      strict: true,
      esModuleInterop: true,
      skipLibCheck: true,
      noEmit: true,
    },
    include: ["**/*.ts"],
  },
};

/** Writes a program for everything that there is in a region. Records nothing, and changes nothing on the platform. */
export async function importAll(
  terminal: Terminal,
  words: readonly string[],
  options: ImportOptions,
): Promise<number> {
  refuseOthers(words, options);
  const folder = path.resolve(options.out ?? ".");
  const region = options.region ?? DEFAULT_REGION;
  const stack = options.stack ?? DEFAULT_STACK;
  if (!/^[A-Za-z][A-Za-z0-9_-]*$/.test(stack)) {
    throw new ScfError("STACK_NAME", `"${stack}" cannot be the name of a stack.`, {
      fix: "Begin with a letter, and use letters, digits, `-` and `_` only.",
    });
  }
  // Before anything is asked of the platform: reading a large region takes a while.
  refuseExisting(folder, ["main.ts", "imports.json", ".env.example", "code"]);
  const { platform, written } = openPlatform(folder, region, options);
  let program: WrittenProgram;
  try {
    terminal.say(`Looking at what there is in ${region} …`);
    const kinds = modules.kinds().kinds as Readonly<Record<string, Kind>>;
    const uin = options.account ?? "";
    const inventory = await takeInventory(platform, kinds, uin);
    program = await writeProgram(inventory, {
      engine: engineFor(folder),
      stack,
      region,
      platform: written,
      uin,
      withEnvironment: options.withEnvironment === true,
    });
  } finally {
    await platform.close();
  }
  if (program.imports.length === 0) {
    throw new ScfError("NOTHING_THERE", `There is nothing in ${region} that a program could declare.`, {
      fix: "Check the region and the account. Nothing was written.",
    });
  }
  const files = write(folder, stack, program);
  if (terminal.json) {
    const { imports, placeholders, leftOut, warnings, environment } = program;
    terminal.data({ folder, files, imports, placeholders, leftOut, warnings, environment });
  }
  report(terminal, folder, files, program);
  return 0;
}

function openPlatform(
  folder: string,
  region: string,
  { local, endpoint }: ImportOptions,
): { platform: Platform; written: WrittenPlatform } {
  if (local === undefined || local === false) {
    const { openTencentCloud, findCredentials } = modules.tencentCloud();
    const credentials = () => findCredentials(process.env);
    const at = endpoint === undefined ? {} : { endpoint };
    return {
      platform: openTencentCloud({ region, credentials, ...at }),
      written: { type: "tencentcloud", ...at },
    };
  }
  const file = path.resolve(local === true ? LOCAL_DATABASE : local);
  if (!fs.existsSync(file)) {
    throw new ScfError("LOCAL_PLATFORM_MISSING", `There is no local platform at ${file}.`, {
      fix: "Give the file of its database: `--local path/to/local.db`.",
    });
  }
  const relative = path.relative(folder, file);
  return {
    platform: modules.localPlatform().openLocalPlatform({ path: file, region }),
    written: {
      type: "local",
      ...(relative === LOCAL_DATABASE ? {} : { path: relative.split(path.sep).join("/") }),
    },
  };
}

function refuseOthers(words: readonly string[], options: ImportOptions): void {
  const given = [
    ...(words.length > 0 ? ["addresses and ids"] : []),
    ...(options.from === undefined ? [] : ["--from"]),
    ...(options.takeOver ? ["--take-over"] : []),
    ...(options.autoApprove ? ["--auto-approve"] : []),
    ...(options.app === undefined ? [] : ["--app"]),
    ...(options.output === undefined ? [] : ["--output"]),
    ...(options.skipSynth ? ["--skip-synth"] : []),
  ];
  if (given.length > 0) {
    throw new ScfError(
      "IMPORT_ARGUMENTS",
      `--all writes a program and imports nothing: it takes no ${given.join(", ")}.`,
      {
        fix:
          options.output === undefined
            ? "Run `cdktf-scf import --all` first, look at what it wrote, then `cdktf-scf import --from imports.json`."
            : "The folder that it writes to is `--out`.",
      },
    );
  }
  if (options.local && options.endpoint !== undefined) {
    throw new ScfError("IMPORT_ARGUMENTS", "--local and --endpoint exclude each other.", {
      fix: "Give the one that you mean.",
    });
  }
}

/** @throws ScfError `FILE_EXISTS` */
function refuseExisting(folder: string, names: readonly string[]): void {
  const there = names.filter((name) => fs.existsSync(path.join(folder, name)));
  if (there.length === 0) return;
  throw new ScfError(
    "FILE_EXISTS",
    `${folder} has ${there.join(", ")} already, and nothing is overwritten.`,
    {
      fix: "Write into another folder: `--out imported`.",
    },
  );
}

/** Gives the names of the files that were written. */
function write(folder: string, stack: string, program: WrittenProgram): string[] {
  const written: string[] = [];
  const put = (name: string, content: string | Uint8Array): void => {
    const file = path.join(folder, name);
    try {
      makeFolder(path.dirname(path.resolve(file)));
      // Whoever has made it in the meantime keeps it.
      fs.writeFileSync(file, content, { flag: "wx" });
    } catch (error) {
      throw cannotWrite(file, error, "Write into another folder: `--out imported`.");
    }
    written.push(name);
  };
  for (const [name, content] of program.files) put(name, content);
  const others = { ...projectFiles, "package.json": packageJson(stack) };
  for (const [name, content] of Object.entries(others)) {
    if (!fs.existsSync(path.join(folder, name))) put(name, `${JSON.stringify(content, undefined, 2)}\n`);
  }
  return written;
}

/** With the versions that this tool was built with. */
function packageJson(stack: string): object {
  const own = path.resolve(__dirname, "..", "..", "..", "package.json");
  const { version, peerDependencies, devDependencies } = JSON.parse(fs.readFileSync(own, "utf8")) as {
    version: string;
    peerDependencies: Readonly<Record<string, string>>;
    devDependencies: Readonly<Record<string, string>>;
  };
  return {
    name: stack.toLowerCase(),
    private: true,
    dependencies: { "cdktf-scf": `^${version}`, ...peerDependencies },
    devDependencies: {
      "@types/node": devDependencies["@types/node"],
      "ts-node": devDependencies["ts-node"],
      typescript: devDependencies["typescript"],
    },
  };
}

function report(
  terminal: Terminal,
  folder: string,
  files: readonly string[],
  { imports, placeholders, leftOut, warnings, environment }: WrittenProgram,
): void {
  const { style } = terminal;
  const list = (title: string, lines: readonly string[]): void => {
    if (lines.length > 0) terminal.say([title, ...lines.map((line) => `  ${line}`), ""].join("\n"));
  };
  terminal.say(`${style.bold(`${count(imports.length, "object")} written`)} into ${folder}:`);
  terminal.say(`  ${files.join(", ")}\n`);
  list(
    style.yellow(
      "Code that is not here. Put it into the program before you deploy: a deploy replaces the code that runs.",
    ),
    placeholders.map(({ owner, reason }) => `${owner}: ${reason}`),
  );
  list("What to know:", warnings);
  list("Left out:", leftOut);
  const steps = [
    "npm install && npx tsc --noEmit",
    ...(environment.length > 0
      ? [
          `cp .env.example .env, fill in ${count(environment.length, "value")}, then: set -a; . ./.env; set +a`,
        ]
      : []),
    "npx cdktf-scf import --from imports.json",
    "npx cdktf-scf diff",
  ];
  terminal.say([`Next, in ${folder}:`, ...steps.map((step) => `  ${step}`)].join("\n"));
}
