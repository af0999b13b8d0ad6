"use strict";

/** Takes an order, and answers in the form that a load balancer understands. */
exports.main_handler = async (event) => {
  const headers = { "Content-Type": "application/json" };
  let order;
  try {
    order = JSON.parse(event.body ?? "");
  } catch {
    const body = JSON.stringify({ error: "the order is not JSON" });
    return { isBase64Encoded: false, statusCode: 400, headers, body };
  }
  const body = JSON.stringify({ accepted: order.item ?? null });
  return { isBase64Encoded: false, statusCode: 202, headers, body };
};
