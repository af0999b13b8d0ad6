"use strict";

/**
 * What the shop's functions share: requests of the load balancer in, answers in the form that it understands out. A layer
 * is unpacked into /opt, which is on NODE_PATH: `require("shop-http")` finds this file.
 */

/** An answer in the integrated-response format that the load balancer needs. */
function answer(statusCode, body) {
  return {
    isBase64Encoded: false,
    statusCode,
    headers: { "Content-Type": "application/json; charset=utf-8" },
    body: JSON.stringify(body),
  };
}

/** The request's JSON body, or undefined when there is none that can be read. */
function jsonBody(event) {
  try {
    const text = event.isBase64Encoded ? Buffer.from(event.body, "base64").toString("utf8") : event.body;
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

module.exports = { answer, jsonBody };
