"use strict";

const { answer } = require("shop-http");

/** What is on sale, cheapest first. The nightly timer has it sorted again; a new instance does so by itself. */
const items = [
  { item: "lamp", price: 4900, stock: 120 },
  { item: "kettle", price: 2900, stock: 300 },
  { item: "speaker", price: 9900, stock: 45 },
];
let catalogue = refresh();

function refresh() {
  return items.filter(({ stock }) => stock > 0).sort((left, right) => left.price - right.price);
}

exports.main_handler = async (event) => {
  if (event.Type === "Timer") {
    catalogue = refresh();
    console.log(`catalogue refreshed: ${catalogue.length} items`);
    return { items: catalogue.length };
  }
  return answer(200, { items: catalogue });
};
