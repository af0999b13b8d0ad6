"use strict";

/** Takes a payment: { "order": "o-17", "cents": 4900 }. With `dryRun` no money moves. */
exports.main_handler = async ({ order, cents, dryRun = false }) => {
  if (typeof order !== "string" || !Number.isInteger(cents) || cents <= 0) {
    return { accepted: false, reason: "A payment names its order, and whole cents above 0." };
  }
  return { accepted: true, order, cents, bank: process.env.BANK, moved: !dryRun };
};
