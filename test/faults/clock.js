// Loaded into a command line before anything else, and does what the environment says.
//
// CLOCK_OFFSET_MS  the time of day is off by so much
// CLOCK_SPEED      pauses are over so many times as fast
const { performance } = require("node:perf_hooks");

const { CLOCK_OFFSET_MS, CLOCK_SPEED } = process.env;

if (CLOCK_OFFSET_MS !== undefined) {
  const offset = Number(CLOCK_OFFSET_MS);
  const RealDate = Date;
  globalThis.Date = class extends RealDate {
    constructor(...parameters) {
      if (parameters.length === 0) super(RealDate.now() + offset);
      else super(...parameters);
    }
    static now() {
      return RealDate.now() + offset;
    }
  };
}

if (CLOCK_SPEED !== undefined) {
  const speed = Number(CLOCK_SPEED);
  const now = performance.now.bind(performance);
  performance.now = () => now() * speed;
  const start = setTimeout;
  globalThis.setTimeout = (callback, milliseconds, ...parameters) =>
    start(callback, milliseconds / speed, ...parameters);
}
