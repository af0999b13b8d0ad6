// Tries rules and local platform on many random programs: npm run fuzz [-- <programs> [<seed>]]
import { spawnSync } from "node:child_process";

const [runs = "100000", seed = String(Date.now() % 2 ** 31)] = process.argv.slice(2);
console.log(`${runs} programs, seed ${seed}`);
const { status } = spawnSync("npx", ["jest", "test/agreement", "--maxWorkers=1"], {
  stdio: "inherit",
  env: { ...process.env, AGREEMENT_RUNS: runs, PROPERTY_SEED: seed },
});
process.exit(status ?? 1);
