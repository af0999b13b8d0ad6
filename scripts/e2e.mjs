// All that `npm test` leaves out: at length with the real terraform, with the real cdktf-cli where it is installed, and with new
// projects.
import { spawnSync } from "node:child_process";

const environment = {
  CDKTF_SCF_E2E: "1",
  CDKTF_SCF_CONFIGURATIONS: "1000",
  ...process.env,
};
const tests = [
  "test/terraform",
  ...["cdktf-cli", "init", "released-by-command", "terraform"].map((name) => `test/end-to-end/${name}`),
];

function run(command, words) {
  const { status } = spawnSync(command, words, {
    stdio: "inherit",
    env: environment,
    shell: process.platform === "win32",
  });
  if (status !== 0) process.exit(status ?? 1);
}

run("npm", ["run", "build", "--silent"]);
run("npx", ["jest", "--selectProjects", "cdktf", "--", ...tests, ...process.argv.slice(2)]);
