"use strict";

/** Takes a partner's order: POST { "partner": "p-7", "items": [{ "item": "lamp", "quantity": 3 }] }. */
exports.main_handler = async (event) => {
  const order = parsed(event.body);
  const items = Array.isArray(order?.items) ? order.items : [];
  const wrong = items.findIndex(({ item, quantity }) => typeof item !== "string" || !(quantity > 0));
  if (typeof order?.partner !== "string" || items.length === 0) {
    return answer(400, { error: "An order names its partner and at least one item." });
  }
  if (wrong >= 0) return answer(422, { error: `Item ${wrong + 1} has no name, or no quantity above 0.` });
  return answer(202, { partner: order.partner, taken: items.length });
};

function parsed(body) {
  try {
    return JSON.parse(body);
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
