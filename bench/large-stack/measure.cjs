const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");

/**
 * Times a program without the loading of its modules, and prints milliseconds, bytes written and its memory at the peak.
 *
 * @param {(count: number, outdir: string) => () => void} declare declares a stack; what it returns synthesizes it
 */
exports.measure = function measure(declare) {
  const count = Number(process.argv[2]);
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), "cdktf-scf-bench-"));
  // Modules that are loaded when they are first needed are no part of what is measured.
  declare(1, fs.mkdtempSync(path.join(outdir, "first-")))();
  const start = process.hrtime.bigint();
  const synthesize = declare(count, outdir);
  synthesize();
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
  const peakMegabytes = process.resourceUsage().maxRSS / 1024;
  console.log(JSON.stringify({ milliseconds, peakMegabytes, bytes: sizeOf(outdir) }));
  fs.rmSync(outdir, { recursive: true, force: true });
};

function sizeOf(folder) {
  let bytes = 0;
  for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) bytes += fs.statSync(path.join(entry.parentPath, entry.name)).size;
  }
  return bytes;
}
