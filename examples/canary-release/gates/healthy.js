/**
 * A gate: exit code 0 lets the release go on, anything else rolls it back. This one judges by the failures that were counted
 * while the new version had its share: a program that reads them prints `<calls> <failures>`, here a file does.
 */
const fs = require("node:fs");

const { SCF_FUNCTION, SCF_NEW_VERSION, SCF_PERCENT, COUNTS = "counts.txt" } = process.env;
const [calls = 0, failures = 0] = fs.existsSync(COUNTS)
  ? fs.readFileSync(COUNTS, "utf8").trim().split(" ").map(Number)
  : [];
const share = calls === 0 ? 0 : failures / calls;
console.log(
  `${SCF_FUNCTION} version ${SCF_NEW_VERSION} at ${SCF_PERCENT} %: ${failures} of ${calls} calls failed`,
);
process.exit(share > 0.01 ? 1 : 0);
