const path = require("node:path");

const root = path.resolve(__dirname, "..", "..");
const dist = path.join(root, "dist");

/** A module of this checkout's build. */
const library = (name) => require(path.join(dist, name));

exports.library = library;

/** Loads modules as the command line does: from an image that the first run leaves for the next. */
exports.startAsCommand = function startAsCommand(name) {
  const { Cache } = library("cli/program/cache");
  const { ModuleImage } = library("cli/program/module-image");
  const image = ModuleImage.start(Cache.of(root), name);
  process.on("exit", () => image.save());
};
