"use strict";

const PRICES = new Map([
  ["lamp", 4900],
  ["lantern", 2900],
]);

/** Adds up a cart, in cents: POST { "lamp": 2, "lantern": 1 }. */
exports.main_handler = async (event) => {
  const cart = cartOf(event);
  if (!cart) return answer(400, { error: "A cart has whole numbers above 0, by item." });
  const missing = [...cart.keys()].filter((item) => !PRICES.has(item));
  if (missing.length > 0) return answer(422, { error: `The shop does not have: ${missing.join(", ")}.` });
  const total = [...cart].reduce((sum, [item, count]) => sum + PRICES.get(item) * count, 0);
  return answer(200, { total });
};

/** Counts by item; undefined when that is no cart. */
function cartOf({ body = "", isBase64Encoded = false }) {
  try {
    const entries = Object.entries(
      JSON.parse(Buffer.from(body, isBase64Encoded ? "base64" : "utf8").toString()),
    );
    return entries.every(([, count]) => Number.isInteger(count) && count > 0) ? new Map(entries) : undefined;
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
