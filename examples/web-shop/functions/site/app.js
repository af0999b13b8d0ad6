"use strict";

const fs = require("node:fs");
const http = require("node:http");
const path = require("node:path");

/** The file system that the catalogue's editors write to, and the thumbnails' function, too. */
const FOLDER = process.env.CATALOGUE ?? "/mnt/catalogue";

function items() {
  return JSON.parse(fs.readFileSync(path.join(FOLDER, "items.json"), "utf8"));
}

function answer(response, status, body) {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

/** GET /items lists what the shop sells; GET /items/lamp shows one item. */
function serve(request, response) {
  if (request.method !== "GET") return answer(response, 405, { error: "The shop is read with GET." });
  const [collection, name, ...more] = request.url.split("?")[0].split("/").slice(1);
  if (collection !== "items" || more.length > 0) return answer(response, 404, { error: "There is /items." });
  if (name === undefined) return answer(response, 200, { items: items() });
  const item = items().find((candidate) => candidate.name === decodeURIComponent(name));
  return item
    ? answer(response, 200, item)
    : answer(response, 404, { error: "The shop does not sell this." });
}

// Requests come in on this port, and never through the loopback address.
if (require.main === module) http.createServer(serve).listen(9000, "0.0.0.0");

module.exports = { serve };
