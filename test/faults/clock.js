// Loaded into a command line before anything else: its clock is off by CLOCK_OFFSET_MS.
const offset = Number(process.env.CLOCK_OFFSET_MS);
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
