"use strict";

const { createHash } = require("node:crypto");
const { answer, jsonBody } = require("shop-http");

/** Nobody buys the whole sale. */
const LIMIT_PER_ORDER = 2;

/**
 * Takes an order of the flash sale: POST { "customer": "c-17", "item": "lamp", "quantity": 1 }. The order number follows
 * from customer and item, so that an impatient second click is the same order.
 */
exports.main_handler = async (event) => {
  if (event.httpMethod !== "POST") return answer(405, { error: "Orders are sent with POST." });

  const order = jsonBody(event);
  if (typeof order?.customer !== "string" || typeof order.item !== "string") {
    return answer(400, { error: "An order names a customer and an item." });
  }
  const quantity = order.quantity ?? 1;
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > LIMIT_PER_ORDER) {
    return answer(422, { error: `The sale allows 1 to ${LIMIT_PER_ORDER} of an item.` });
  }

  const number = createHash("sha256").update(`${order.customer}\n${order.item}`).digest("hex").slice(0, 12);
  console.log(JSON.stringify({ table: process.env.ORDERS_TABLE, number, item: order.item, quantity }));
  return answer(202, { number, item: order.item, quantity });
};
