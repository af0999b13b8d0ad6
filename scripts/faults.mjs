// Runs what a deploy has to survive, on the built command line:
//
//   npm run test:faults                           every fault once, and a sample of kills
//   npm run test:faults -- 4 7                    faults 4 and 7
//   npm run test:faults -- --repeat 100 [-- 4 7]  each as often
//   npm run test:faults -- sweep [points]         kill a run at every point, or at so many of each phase
//   npm run test:faults -- kills [count [seed]]   kill a deploy of 200 functions at random instants
//
// The last line says how many passed and failed.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const { tests, environment } = asked(process.argv.slice(2).filter((word) => word !== "--"));
run(["scripts/build.mjs"]);

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "cdktf-scf-faults-"));
const report = path.join(folder, "report.json");
// There are three files of faults, which take about the same time each: none waits for another to end.
const options = ["--verbose", "--json", `--outputFile=${report}`, "--maxWorkers=3"];
const status = run(["node_modules/jest/bin/jest.js", ...tests, ...options], environment);
const { numPassedTests: passed, numFailedTests: failed, testResults } = readReport();
fs.rmSync(folder, { recursive: true, force: true });
const broken = testResults.filter(
  (file) => file.status === "failed" && file.assertionResults.length === 0,
).length;
console.log(`${passed} passed, ${failed + broken} failed`);
process.exit(status);

/** What the words of the command line ask for: which tests, and what these read from the environment. */
function asked(words) {
  const at = (name) => path.join("test", "faults", name);
  const [first, second, third] = words;
  if (first === "sweep")
    return { tests: [at("kill-sweep")], environment: { FAULTS_SWEEP: count(second, "all") } };
  if (first === "kills") {
    const seed = third === undefined ? {} : { FAULTS_SEED: count(third) };
    return { tests: [at("random-kills")], environment: { FAULTS_KILLS: count(second, "20"), ...seed } };
  }
  const repeated = words.indexOf("--repeat");
  const times = repeated === -1 ? "1" : count(words[repeated + 1] ?? "");
  const numbers = words.filter(
    (_, index) => repeated === -1 || (index !== repeated && index !== repeated + 1),
  );
  for (const number of numbers) if (!(Number(count(number)) <= 30)) usage(`There is no fault ${number}`);
  const files = [1, 11, 21]
    .filter((from) => numbers.length === 0 || numbers.some((number) => number >= from && number < from + 10))
    .map((from) => at(`faults-${from}-`));
  return {
    tests: numbers.length > 0 || repeated !== -1 ? files : [at("")],
    environment: {
      FAULTS_REPEAT: times,
      FAULTS_ONLY: numbers.length === 0 ? "all" : numbers.join(","),
    },
  };
}

function count(text, otherwise) {
  if (text === undefined && otherwise !== undefined) return otherwise;
  if (/^[1-9]\d*$/.test(text)) return text;
  return usage(`${text || "Nothing"} is not a whole number of at least 1`);
}

function usage(problem) {
  console.error(`${problem}. Usage: npm run test:faults [-- --repeat <times>] [-- <numbers of faults>]`);
  console.error("       npm run test:faults -- sweep [points]");
  console.error("       npm run test:faults -- kills [count [seed]]");
  process.exit(1);
}

function run(argv, environment = {}) {
  const env = { ...process.env, ...environment };
  const { status } = spawnSync(process.execPath, argv, { cwd: root, stdio: "inherit", env });
  if (argv[0].endsWith("build.mjs") && status !== 0) process.exit(status ?? 1);
  return status ?? 1;
}

function readReport() {
  try {
    return JSON.parse(fs.readFileSync(report, "utf8"));
  } catch {
    return { numPassedTests: 0, numFailedTests: 1, testResults: [] };
  }
}
