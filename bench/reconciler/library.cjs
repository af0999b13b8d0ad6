const path = require("node:path");

const dist = path.resolve(__dirname, "..", "..", "dist");

/** A module of this checkout's build. */
exports.library = (name) => require(path.join(dist, name));
