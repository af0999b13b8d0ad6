const { default: Sequencer } = require("@jest/test-sequencer");

/** Folders whose tests start processes, the slowest first. */
const slow = ["terraform", "faults", "end-to-end", "cli", "examples"];

/**
 * Begins with the files that take long, so that none is left to run alone at the end. Jest does so by itself once it has seen
 * how long each takes; on a fresh checkout it goes by the size of the files, and those of the faults are three lines.
 */
module.exports = class extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const found = slow.findIndex((folder) => path.includes(`/test/${folder}/`));
      return found === -1 ? slow.length : found;
    };
    return super.sort(tests).sort((one, other) => rank(one) - rank(other));
  }
};
