// Derives what programs for cdktn load from what was compiled for cdktf: dist/cdktn/ has those modules of dist/ that reach
// cdktf, in their code or in their types, with the other name. Everything else, the rules above all, is there once.
import fs from "node:fs";
import path from "node:path";

const FOLDER = "cdktn";
const specifiers = /(\bfrom\s*|\brequire\(\s*|\bimport\(\s*|^import\s*)(["'])([^"'\n]+)\2/gm;
const cdktf = /^cdktf(?=\/|$)/;

/** @param {string} dist the compiled package; its folder `cdktn` is written anew where it has changed */
export function writeCdktnEntry(dist) {
  const modules = modulesFrom(dist, "index");
  const bound = thatReachCdktf(modules);
  const outputs = new Map();
  for (const name of bound) {
    for (const [file, text] of modules.get(name).files) {
      outputs.set(path.posix.join(FOLDER, file), rewritten(file, text, bound, dist));
    }
  }
  removeOthers(dist, outputs);
  for (const [file, text] of outputs) writeChanged(path.join(dist, file), text);
}

/** Every module that the one named leads to, with its files and the modules that it names. */
function modulesFrom(dist, first) {
  const modules = new Map();
  const visit = (name) => {
    if (modules.has(name)) return;
    const files = [".js", ".d.ts"].map((ending) => [
      name + ending,
      fs.readFileSync(path.join(dist, name + ending), "utf8"),
    ]);
    const requests = files.flatMap(([, text]) => [...text.matchAll(specifiers)].map((match) => match[3]));
    const named = requests.flatMap((request) => moduleOf(dist, name, request) ?? []);
    modules.set(name, { files, requests, named });
    for (const each of named) visit(each);
  };
  visit(first);
  return modules;
}

function moduleOf(dist, from, request) {
  if (!/^\.{1,2}(\/|$)/.test(request)) return undefined;
  const name = path.posix.join(path.posix.dirname(from), request);
  return fs.existsSync(path.join(dist, `${name}.js`)) ? name : path.posix.join(name, "index");
}

function thatReachCdktf(modules) {
  const bound = new Set();
  for (let before = -1; before !== bound.size;) {
    before = bound.size;
    for (const [name, { requests, named }] of modules) {
      if (requests.some((request) => cdktf.test(request)) || named.some((each) => bound.has(each)))
        bound.add(name);
    }
  }
  return bound;
}

function rewritten(file, text, bound, dist) {
  if (/\b__(dir|file)name\b/.test(text.replace(/\/\*[^]*?\*\//g, ""))) {
    throw new Error(
      `${file} asks where it is, and is in two places: ask in a module that does not reach cdktf.`,
    );
  }
  const name = file.replace(/(\.d\.ts|\.js)$/, "");
  return text.replace(specifiers, (_, before, quote, request) => {
    if (request.startsWith("@cdktf/")) {
      throw new Error(`${file} needs ${request}, which is for cdktf only: use the classes of cdktf itself.`);
    }
    return `${before}${quote}${requestFrom(name, request, bound, dist)}${quote}`;
  });
}

function requestFrom(name, request, bound, dist) {
  if (cdktf.test(request)) return request.replace(cdktf, "cdktn");
  const named = moduleOf(dist, name, request);
  if (named === undefined || bound.has(named)) return request;
  const folder = path.posix.dirname(name);
  return path.posix.relative(path.posix.join(FOLDER, folder), path.posix.join(folder, request));
}

function removeOthers(dist, outputs) {
  const folder = path.join(dist, FOLDER);
  if (!fs.existsSync(folder)) return;
  for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath ?? entry.path, entry.name);
    if (entry.isFile() && !outputs.has(path.relative(dist, file).split(path.sep).join("/"))) fs.rmSync(file);
  }
}

/** What has not changed keeps its time: the command line has compiled it already. */
function writeChanged(file, text) {
  if (fs.existsSync(file) && fs.readFileSync(file, "utf8") === text) return;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
}
