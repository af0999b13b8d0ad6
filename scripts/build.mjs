// Builds dist/. Does nothing when neither the sources nor dist/ have changed since the last build that succeeded, so that
// tests, benchmarks and the quickstart can each begin with it.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { bundle } from "./bundle.mjs";
import { writeCdktnEntry } from "./cdktn-entry.mjs";

const require = createRequire(import.meta.url);
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const dist = path.join(root, "dist");
const cache = path.join(root, "node_modules", ".cache", "cdktf-scf-build");
const stampFile = path.join(cache, "stamp.json");
const buildInfo = path.join(cache, "tsconfig.build.tsbuildinfo");

const before = { sources: digestOfSources(), outputs: digestOf(filesBelow(dist)) };
const last = readStamp();
if (last?.ok && last.sources === before.sources && last.outputs === before.outputs) process.exit(0);
// TypeScript writes only what has changed since its last run: it must not believe in outputs that are gone.
if (last?.outputs !== before.outputs) fs.rmSync(buildInfo, { force: true });
fs.rmSync(stampFile, { force: true });

const compiled = spawnSync(
  process.execPath,
  [
    require.resolve("typescript/bin/tsc"),
    ...["-p", path.join(root, "tsconfig.build.json")],
    ...["--incremental", "--tsBuildInfoFile", buildInfo],
  ],
  { cwd: root, stdio: "inherit" },
);
if (compiled.status !== 0) {
  writeStamp(false);
  console.error("The build failed: correct the errors above.");
  process.exit(1);
}

removeOthers();
copyPage();
writeCdktnEntry(dist);
fs.chmodSync(path.join(dist, "cli", "bin.js"), 0o755);
writeSchemas();
writeTerraformSchema();
bundleProvider();
writeStamp(true);

/** What a browser gets as it stands: it is not compiled. */
function copyPage() {
  const page = path.join("cli", "graph", "page");
  fs.rmSync(path.join(dist, page), { recursive: true, force: true });
  fs.cpSync(path.join(root, "lib", page), path.join(dist, page), { recursive: true });
}

/** The published schemas of plans, saved plans, snapshots and events, from the same schemas that everything else comes from. */
function writeSchemas() {
  const module = path.join(dist, "model", "plan-schema.js");
  if (!fs.existsSync(module)) return;
  const { planJsonSchema, snapshotJsonSchema } = require(module);
  const write = (name, schema) =>
    fs.writeFileSync(path.join(dist, name), `${JSON.stringify(schema, undefined, 2)}\n`);
  write("plan.schema.json", planJsonSchema());
  write("account.schema.json", snapshotJsonSchema());
  write("events.schema.json", require(path.join(dist, "reconciler", "event-schema.js")).eventsJsonSchema());
  const { savedPlanJsonSchema } = require(path.join(dist, "reconciler", "saved-plan-schema.js"));
  write("saved-plan.schema.json", savedPlanJsonSchema());
}

/** What Terraform is told, as it is answered: nobody waits for the kinds' schemas to be loaded. */
function writeTerraformSchema() {
  const terraform = path.join(dist, "terraform");
  const { providerSchema } = require(path.join(terraform, "schema", "provider-schema.js"));
  const { encodeProviderSchema } = require(path.join(terraform, "plugin", "schema-encoding.js"));
  const { SCHEMA_FILE } = require(path.join(terraform, "encoded-schema.js"));
  fs.writeFileSync(path.join(terraform, SCHEMA_FILE), encodeProviderSchema(providerSchema()));
}

/** Terraform waits for the provider to start several times in every run. What it does comes later, from files of its own. */
function bundleProvider() {
  const folder = path.join(dist, "terraform");
  const provider = path.join(folder, "provider", "index.js");
  bundle(path.join(folder, "entry.js"), path.join(folder, "main.js"), [provider]);
}

/** Removes what was not compiled now: an output of an earlier build would be loaded, and published. */
function removeOthers() {
  for (const file of filesBelow(dist)) {
    const relative = path.relative(dist, file);
    if (relative.startsWith(`cdktn${path.sep}`)) continue;
    const source = path.join(root, "lib", relative.replace(/(\.d)?\.(m?)[jt]s$/, ".$2ts"));
    if (!fs.existsSync(source)) fs.rmSync(file);
  }
}

function digestOfSources() {
  const configuration = [
    "tsconfig.json",
    "tsconfig.build.json",
    "package-lock.json",
    "scripts/build.mjs",
    "scripts/bundle.mjs",
    "scripts/cdktn-entry.mjs",
  ];
  return digestOf([
    ...filesBelow(path.join(root, "lib")),
    ...configuration.map((name) => path.join(root, name)),
  ]);
}

function digestOf(files) {
  const hash = createHash("sha256");
  for (const file of files.sort()) {
    const { mtimeMs, size } = fs.statSync(file);
    hash.update(`${path.relative(root, file)}\0${mtimeMs}\0${size}\n`);
  }
  return hash.digest("hex");
}

function filesBelow(directory) {
  if (!fs.existsSync(directory)) return [];
  return fs
    .readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
}

function writeStamp(ok) {
  fs.mkdirSync(cache, { recursive: true });
  const outputs = digestOf(filesBelow(dist));
  fs.writeFileSync(stampFile, JSON.stringify({ ok, sources: before.sources, outputs }));
}

function readStamp() {
  try {
    return JSON.parse(fs.readFileSync(stampFile, "utf8"));
  } catch {
    return undefined;
  }
}
