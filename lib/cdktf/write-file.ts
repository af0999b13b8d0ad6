import * as fs from "node:fs";

/** Writes a file piece by piece, so that the text of a large one is never in memory as a whole. */
export function writeChunks(file: string, chunks: Iterable<string>): void {
  const descriptor = fs.openSync(file, "w");
  try {
    // Unlike `writeSync` it does not stop half-way when the system takes less than it is given.
    for (const chunk of chunks) fs.writeFileSync(descriptor, chunk);
  } finally {
    fs.closeSync(descriptor);
  }
}

/** Leaves a file alone that has this text already. */
export function writeIfDifferent(file: string, text: string): void {
  if (fs.existsSync(file) && fs.readFileSync(file, "utf8") === text) return;
  fs.writeFileSync(file, text);
}
