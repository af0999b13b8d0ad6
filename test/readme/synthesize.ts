import * as fs from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";
import type { Plan } from "../../lib/model/plan";
import { packageEntries, root } from "./page";

/** Puts into a folder what the programs of the pages name by path. */
export function writeNamedFolders(folder: string): void {
  const copies = {
    "functions/orders": "flash-sale/functions/orders",
    "functions/site": "web-shop/functions/site",
    "layers/http": "flash-sale/layers/shop-http",
  };
  for (const [to, from] of Object.entries(copies)) {
    fs.cpSync(path.join(root, "examples", from), path.join(folder, to), { recursive: true });
  }
}

/** Runs a program as a user would, in a project's folder, and gives the plans that it has written. */
export function synthesize(program: string, folder: string): readonly Plan[] {
  const { outputText } = ts.transpileModule(program, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, esModuleInterop: true },
  });
  const compiled = new Function("require", "exports", outputText) as (load: unknown, to: object) => void;
  const before = process.cwd();
  process.env["CDKTF_OUTDIR"] = path.join(folder, "cdktf.out");
  process.chdir(folder);
  try {
    compiled(load, {});
  } finally {
    process.chdir(before);
    delete process.env["CDKTF_OUTDIR"];
  }
  const stacks = path.join(folder, "cdktf.out", "stacks");
  return fs.readdirSync(stacks).map((stack) => {
    return JSON.parse(fs.readFileSync(path.join(stacks, stack, "scf.plan.json"), "utf8")) as Plan;
  });
}

/** Loads a module of the package from its sources, and every other one as it is installed. */
function load(name: string): unknown {
  const entry = packageEntries().find((candidate) => candidate.name === name);
  if (!entry) return require(name);
  return require(path.join(root, entry.types.replace("./dist/", "lib/").replace(/\.d\.ts$/, "")));
}
