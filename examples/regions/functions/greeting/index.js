"use strict";

/** Greets visitors, and tells them which region has answered. */
exports.main_handler = async () => ({
  isBase64Encoded: false,
  statusCode: 200,
  headers: { "Content-Type": "text/plain; charset=utf-8" },
  body: `Welcome, from ${process.env.REGION}.\n`,
});
