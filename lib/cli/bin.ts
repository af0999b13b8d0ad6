#!/usr/bin/env node
// `--version` is what scripts ask most: it reads one file and loads nothing else.
if (process.argv.length === 3 && (process.argv[2] === "--version" || process.argv[2] === "-V")) {
  const { readFileSync } = require("node:fs") as typeof import("node:fs");
  const text = readFileSync(`${__dirname}/../../package.json`, "utf8");
  process.stdout.write(`${(JSON.parse(text) as { version: string }).version}\n`);
} else {
  const { start } = require("./start") as typeof import("./start");
  start(process.argv.slice(2));
}
