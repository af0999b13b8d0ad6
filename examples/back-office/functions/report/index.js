"use strict";

/** Tells the day that the report is about: the one before the night in which it runs, in the function's time zone. */
exports.main_handler = async ({ Time: time }) => {
  const day = new Date(time);
  day.setDate(day.getDate() - 1);
  const twoDigits = (number) => String(number).padStart(2, "0");
  return { day: `${day.getFullYear()}-${twoDigits(day.getMonth() + 1)}-${twoDigits(day.getDate())}` };
};
