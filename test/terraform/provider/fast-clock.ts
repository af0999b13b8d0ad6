// Pauses are over at once: the platform in the same process shows its writes at once, and nothing is gained by waiting for it.
process.env["CLOCK_SPEED"] = "100";
require("../../faults/clock.js");

export {};
