"use strict";

const { createServer } = require("node:http");

const figures = { orders: 0, receipts: 0 };

/** Shows the figures of the day to people who look after the shop. */
function serve(request, response) {
  const isKnown = request.method === "GET" && request.url === "/figures";
  response.writeHead(isKnown ? 200 : 404, { "Content-Type": "application/json" });
  response.end(JSON.stringify(isKnown ? figures : { error: "There is /figures, to be read." }));
}

module.exports = { serve };
if (require.main === module) createServer(serve).listen(9000, "0.0.0.0");
