"use strict";

/** Tells the day that the report is about: the one before the night in which it runs. */
exports.main_handler = async ({ Time: time }) => {
  const day = new Date(time);
  day.setUTCDate(day.getUTCDate() - 1);
  return { day: day.toISOString().slice(0, 10) };
};
