"use strict";

/** Tells which entry each receipt becomes: `incoming/2026/lamp.txt` is entered as `entries/2026/lamp.json`. */
exports.main_handler = async (event) => {
  const { FROM, TO } = process.env;
  return (event.Records ?? []).map(({ cos }) => {
    // Keys come as `/account/bucket/name`.
    const name = cos.cosObject.key.split("/").slice(3).join("/");
    return { from: name, to: name.replace(FROM, TO).replace(/\.txt$/, ".json") };
  });
};
