import * as fs from "node:fs";
import * as path from "node:path";
import type { PlannedAsset } from "../model/plan";
import type { CodePackage } from "./package";

/** Folder of staged packages, below the output folder. */
export const ASSETS_DIRECTORY = "assets";

/**
 * Puts a package's ZIP beside the plans, under its content hash, and describes it for the plan in `planDirectory`. A
 * package that is there already is not made again. The file appears whole or not at all.
 */
export function stagePackage(
  codePackage: CodePackage,
  outputDirectory: string,
  planDirectory: string,
): PlannedAsset {
  const directory = path.join(outputDirectory, ASSETS_DIRECTORY);
  const file = path.join(directory, `${codePackage.hash}.zip`);
  let zipBytes = fs.statSync(file, { throwIfNoEntry: false })?.size;
  // The same files may come in another ZIP than last time: what is staged is always the one that was given.
  if (!zipBytes || (codePackage.givenBytes !== undefined && codePackage.givenBytes !== zipBytes)) {
    const zip = codePackage.zip();
    fs.mkdirSync(directory, { recursive: true });
    const partial = `${file}.${process.pid}.partial`;
    fs.writeFileSync(partial, zip);
    fs.renameSync(partial, file);
    zipBytes = zip.byteLength;
  }
  return {
    hash: codePackage.hash,
    path: path.relative(planDirectory, file).split(path.sep).join("/"),
    zipBytes,
    uncompressedBytes: codePackage.uncompressedBytes,
  };
}

/** The package as the plan in `planDirectory` would name it, below the same output folder, with nothing staged. */
export function describePackage(codePackage: CodePackage, planDirectory: string): PlannedAsset {
  return {
    hash: codePackage.hash,
    path: path.posix.relative(planDirectory, path.posix.join(ASSETS_DIRECTORY, `${codePackage.hash}.zip`)),
    zipBytes: codePackage.zip().byteLength,
    uncompressedBytes: codePackage.uncompressedBytes,
  };
}

/** Whether the bytes still hold the files that the hash stands for. */
export function matchesHash(bytes: Uint8Array, hash: string): boolean {
  const { openZip } = require("./archive") as typeof import("./archive"); // the plan is read far more often than a package
  try {
    return openZip(bytes, hash).hash === hash;
  } catch {
    return false;
  }
}
