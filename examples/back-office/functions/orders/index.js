"use strict";

/** Takes a partner's order: POST { "partner": "p-7", "items": [{ "item": "lamp", "quantity": 3 }] }. */
exports.main_handler = async (event) => {
  const order = orderOf(event);
  const items = Array.isArray(order?.items) ? order.items : [];
  const wrong = items.findIndex((entry) => typeof entry?.item !== "string" || !(entry.quantity > 0));
  if (typeof order?.partner !== "string" || items.length === 0) {
    return answer(400, { error: "An order names its partner and at least one item." });
  }
  if (wrong >= 0) return answer(422, { error: `Item ${wrong + 1} has no name, or no quantity above 0.` });
  return answer(202, { partner: order.partner, taken: items.length });
};

function orderOf({ body = "", isBase64Encoded = false }) {
  try {
    return JSON.parse(Buffer.from(body, isBase64Encoded ? "base64" : "utf8").toString());
  } catch {
    return undefined;
  }
}

function answer(statusCode, content) {
  return {
    isBase64Encoded: false,
    statusCode,
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(content),
  };
}
