// As many resources that do nothing as it is told: `node alchemy.mjs COUNT`, in the folder that keeps the state.
import path from "node:path";
import { pathToFileURL } from "node:url";

const { default: alchemy, Resource } = await import(
  pathToFileURL(path.join(process.env.PEERS, "alchemy", "lib", "index.js"))
);

const Item = Resource("bench::Item", async function (_id, properties) {
  if (this.phase === "delete") return this.destroy();
  made++;
  return { ...properties, id: `id-${properties.name}` };
});

let made = 0;
const app = await alchemy("bench", { phase: "up", quiet: true, password: "none" });
const names = Array.from({ length: Number(process.argv[2]) }, (_, index) => `i${index}`);
await Promise.all(names.map((name) => Item(name, { name, value: `value of ${name}` })));
await app.finalize();
console.log(JSON.stringify({ made, peakMegabytes: process.resourceUsage().maxRSS / 1024 }));
