import { Session, type Profiler } from "node:inspector";

// V8 counts in functions that it compiles from now on: import this before what is to be counted.
const session = new Session();
session.connect();
session.post("Profiler.enable");
session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });

/**
 * How many times blocks of `file` (the end of its path) were entered while `run` ran: a measure of work that is the same on
 * every machine, however busy. What the engine does by itself, like a search in a string, counts as one.
 */
export function stepsIn(file: string, run: () => void): number {
  coverage();
  run();
  const functions = coverage()
    .filter(({ url }) => url.endsWith(file))
    .flatMap((script) => script.functions);
  if (functions.length === 0) throw new Error(`Nothing of ${file} ran.`);
  return functions.flatMap(({ ranges }) => ranges).reduce((sum, { count }) => sum + count, 0);
}

/** What was counted since the last time this was asked. */
function coverage(): readonly Profiler.ScriptCoverage[] {
  let result: readonly Profiler.ScriptCoverage[] = [];
  session.post("Profiler.takePreciseCoverage", (error, taken) => {
    if (error) throw error;
    result = taken.result;
  });
  return result;
}

// Counting slows down whatever else the process runs.
afterAll(() => session.disconnect());
