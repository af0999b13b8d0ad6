import { spawnSync } from "node:child_process";

/**
 * Runs commands in turn, so that whatever else the machine does falls on all of them alike.
 *
 * @param {{ name: string, command: string[], cwd?: string, env?: Record<string, string>, before?: () => void }[]} subjects
 * @param {number} rounds
 * @returns {Map<string, { median: number, least: number, runs: number[] }>} milliseconds by name
 */
export function measureInTurn(subjects, rounds) {
  const runs = new Map(subjects.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const { name, command, cwd, env, before } of subjects) {
      before?.();
      const start = process.hrtime.bigint();
      const result = spawnSync(command[0], command.slice(1), {
        cwd,
        env: { ...process.env, ...env },
        encoding: "utf8",
        maxBuffer: 256 * 1024 ** 2,
      });
      const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
      if (result.status !== 0) {
        throw new Error(
          `${command.join(" ")} failed:\n${result.stdout}${result.stderr}${result.error ?? ""}`,
        );
      }
      runs.get(name).push(milliseconds);
    }
  }
  return new Map([...runs].map(([name, times]) => [name, summarize(times)]));
}

/** The middle and the least of several runs. */
export function summarize(times) {
  const sorted = [...times].sort((left, right) => left - right);
  return { median: sorted[Math.floor(sorted.length / 2)], least: sorted[0], runs: times };
}
