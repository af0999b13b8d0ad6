const path = require("node:path");

const root = path.resolve(__dirname, "..");
const dist = path.join(root, "dist");

/** A module of this checkout's build. */
const library = (name) => require(path.join(dist, name));

exports.library = library;

/** Loads modules as the command line does: from an image that the first run leaves for the next. */
exports.startAsCommand = function startAsCommand(name) {
  const { Cache } = library("start/cache");
  const { ModuleImage } = library("start/module-image");
  const image = ModuleImage.start(Cache.of(root), name);
  process.on("exit", () => image.save());
};

/** Ends as the command line does: as soon as all is written, without cleaning up memory that goes anyway. */
exports.endAsCommand = function endAsCommand(result) {
  process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit());
};
