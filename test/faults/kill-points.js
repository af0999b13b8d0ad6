// Loaded into a command line before anything else (`node --require`). It counts the instants at which a death matters - around
// every change of a file of a state, around every call of the platform - and kills the process with SIGKILL at the chosen one.
//
// KILL_AT     number of the point to die at, or a piece of its name with `#n` for the n-th such point: "after scf.CreateFunction#2"
// KILL_POINTS file that gets the name of every point that was passed, one per line
//
// Without either it does nothing: runs that are not to die load it too, so that all of them have the same options of Node, and
// with them the same image of the modules.
if (process.env.KILL_AT === undefined && process.env.KILL_POINTS === undefined) return;

const fs = require("node:fs");
const http = require("node:http");
const path = require("node:path");
const Libsql = require("libsql");

const original = { ...fs };
const [wanted, nth = "1"] = (process.env.KILL_AT ?? "").split("#");
const log = process.env.KILL_POINTS;
let passed = 0;
let fitted = 0;

/** Counts a point; tells whether it is the one to die at. */
function isLast(name) {
  if (log) original.appendFileSync(log, `${name}\n`);
  passed++;
  if (wanted === "") return false;
  return /^\d+$/.test(wanted) ? passed === Number(wanted) : name.includes(wanted) && ++fitted === Number(nth);
}

function point(name) {
  if (isLast(name)) die();
}

function die() {
  process.kill(process.pid, "SIGKILL");
  for (;;);
}

/** Name of a file in the folder of a state, without what differs from run to run; undefined for all other files. */
function nameOf(file) {
  if (typeof file !== "string") return undefined;
  const inState = /[\\/]\.cdktf-scf[\\/][^\\/]+[\\/](.+)$/.exec(path.resolve(file));
  return inState?.[1].replace(/[0-9a-f]{12,}/g, "*");
}

const names = new Map();

function around(method, nameFrom, { torn } = {}) {
  fs[method] = (...parameters) => {
    const name = nameFrom(parameters);
    if (name === undefined) return original[method](...parameters);
    point(`before ${method} ${name}`);
    if (torn && isLast(`torn ${method} ${name}`)) {
      torn(parameters);
      die();
    }
    const result = original[method](...parameters);
    point(`after ${method} ${name}`);
    return result;
  };
}

const ofDescriptor = ([descriptor]) => names.get(descriptor);
const ofPath = ([file]) => nameOf(file);

fs.openSync = (file, ...rest) => {
  const name = nameOf(file);
  const makes = name !== undefined && !original.existsSync(file);
  const descriptor = original.openSync(file, ...rest);
  if (name !== undefined && !original.fstatSync(descriptor).isDirectory()) names.set(descriptor, name);
  if (makes) point(`after openSync ${name}`);
  return descriptor;
};
fs.closeSync = (descriptor) => {
  names.delete(descriptor);
  original.closeSync(descriptor);
};
around("writeSync", ofDescriptor, {
  torn: ([descriptor, bytes, offset = 0, length = bytes.length - offset, position = null]) =>
    original.writeSync(descriptor, bytes, offset, Math.ceil(length / 2), position),
});
around("ftruncateSync", ofDescriptor);
around("fsyncSync", ofDescriptor);
around("fdatasyncSync", ofDescriptor);
for (const method of ["renameSync", "linkSync", "rmSync", "unlinkSync", "copyFileSync", "truncateSync"])
  around(method, ofPath);
around("writeFileSync", ofPath, {
  torn: ([file, data]) => original.writeFileSync(file, data.slice(0, Math.ceil(data.length / 2))),
});
for (const method of ["fsync", "fdatasync"]) {
  fs[method] = (descriptor, done) => {
    const name = names.get(descriptor);
    if (name === undefined) return original[method](descriptor, done);
    point(`before ${method} ${name}`);
    original[method](descriptor, (error) => {
      point(`after ${method} ${name}`);
      done(error);
    });
  };
}

// A call of the platform in this process is a transaction that logs it. What dies before the commit never arrived.
const { exec, prepare } = Libsql.prototype;
let call;
Libsql.prototype.prepare = function (sql) {
  const statement = prepare.call(this, sql);
  if (!/^\s*INSERT INTO calls\b/.test(sql)) return statement;
  const run = statement.run.bind(statement);
  statement.run = (bindings) => {
    call = `${bindings[2]}.${bindings[3]} ${bindings[5]}`;
    return run(bindings);
  };
  return statement;
};
Libsql.prototype.exec = function (sql) {
  if (sql === "BEGIN IMMEDIATE") call = undefined;
  if (sql !== "COMMIT" || call === undefined) return exec.call(this, sql);
  point(`before ${call}`);
  const result = exec.call(this, sql);
  point(`after ${call}`);
  return result;
};

// Over HTTP: before the request leaves, and when its answer is there and nobody has seen it.
const { end, emit } = http.ClientRequest.prototype;
let servicesByVersion;
function callOf(request) {
  const action = request.getHeader("x-tc-action");
  if (action === undefined) return undefined;
  servicesByVersion ??= Object.fromEntries(
    Object.entries(require("../../dist/platform/api").services).map(([service, { version }]) => [
      version,
      service,
    ]),
  );
  return `${servicesByVersion[request.getHeader("x-tc-version")]}.${action}`;
}
http.ClientRequest.prototype.end = function (...parameters) {
  const call = callOf(this);
  if (call !== undefined) point(`before ${call}`);
  return end.apply(this, parameters);
};
http.ClientRequest.prototype.emit = function (event, ...parameters) {
  const call = event === "response" ? callOf(this) : undefined;
  if (call !== undefined) point(`after ${call}`);
  return emit.call(this, event, ...parameters);
};
