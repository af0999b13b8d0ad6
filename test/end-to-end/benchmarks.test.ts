import { execFileSync } from "node:child_process";
import * as path from "node:path";
import { temporaryFolder } from "../temporary-folder";
import { checkout } from "../installed";

/** What a program of `npm run bench` prints. Its figures are not looked at: they say nothing on a busy machine. */
function run(program: string, ...parameters: readonly string[]): unknown {
  const file = path.join(checkout, "bench", "reconciler", program);
  return JSON.parse(execFileSync(process.execPath, [file, ...parameters], { encoding: "utf8" })) as unknown;
}

describe("the benchmarks of the reconciler", () => {
  test.each([
    ["instant-run.cjs", "resources in memory", ["setup", "7"], ["plan", "7"]],
    ["no-op-plan.cjs", "functions on the local platform", ["setup", "7"], ["plan"]],
  ])("%s finds %s as it has made them", (program, _what, setup, plan) => {
    const folder = temporaryFolder();
    run(program, ...setup, folder);
    expect(run(program, ...plan, folder)).toMatchObject({ unchanged: 7 });
  });

  test.each([
    ["apply", "9"],
    ["chains", "3", "3", "0"],
    ["rate", "9", "1000", "window"],
    ["rate", "9", "1000", "bucket"],
  ])("instant-run.cjs %s makes all nine", (...parameters) => {
    expect(run("instant-run.cjs", ...parameters)).toMatchObject({ calls: { write: 9 } });
  });
});
