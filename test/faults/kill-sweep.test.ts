import * as fs from "node:fs";
import * as os from "node:os";
import { FaultProject, makeLoadBalancer, type Ended } from "./project";
import { atOnce, differences, distinctPoints, outcomeOf, sample, type Outcome } from "./sweep";
import { sweepProgram } from "./sweep-program";

/** `all`, or how many points of every phase: the short run takes some, other ones every day. */
const points = process.env["FAULTS_SWEEP"] ?? "2";
const seed = Number(process.env["FAULTS_SEED"] ?? "1");
const jobs = Number(process.env["FAULTS_JOBS"] ?? (points === "all" ? os.availableParallelism() : 1));

const deploy = ["deploy", "--skip-synth", "--auto-approve"];
const destroy = ["destroy", "shop", "--auto-approve"];
/** What runs one after the other passes the same points every time. */
const alone = ["--parallelism", "1"];

/** One step in the life of the stack: where it begins, what is run, and where that leads. */
interface Phase {
  readonly base: FaultProject;
  readonly since: number;
  readonly argv: readonly string[];
  readonly expected: Outcome;
  readonly points: readonly string[];
}

async function measure(base: FaultProject, argv: readonly string[]): Promise<[Phase, FaultProject]> {
  const undisturbed = base.copy();
  const since = base.lastCall();
  const passed = await undisturbed.points([...argv, ...alone]);
  return [{ base, since, argv, expected: outcomeOf(undisturbed, since), points: passed }, undisturbed];
}

/** Kills a run at a point, runs it again, and says what is not as after an undisturbed run. */
async function killAt(phase: Phase, point: number, thorough: boolean): Promise<string[] | "not reached"> {
  const project = phase.base.copy();
  try {
    const killed = await project.killed(point, [...phase.argv, ...alone]);
    if (killed.signal !== "SIGKILL")
      return killed.exitCode === 0 ? "not reached" : [told("The first run", killed)];
    const again = await project.cli(phase.argv);
    const problems = again.exitCode === 0 ? [] : [told("The next run", again)];
    problems.push(...differences(phase.expected, outcomeOf(project, phase.since)));
    if (thorough && problems.length === 0 && phase.argv[0] === "deploy") {
      const before = project.acceptedWrites().length;
      const third = await project.cli(["diff", "--skip-synth"]);
      if (third.exitCode !== 0) problems.push(told("A diff after it", third));
      if (project.acceptedWrites().length !== before) problems.push("A diff after it wrote.");
    }
    return problems;
  } finally {
    fs.rmSync(project.directory, { recursive: true, force: true });
  }
}

function told(what: string, { exitCode, stdout, stderr }: Ended): string {
  return `${what} ended with ${exitCode}: ${`${stdout}\n${stderr}`.trim().split("\n").slice(-12).join("\n    ")}`;
}

describe("a run that is killed is finished by the next one: same platform, same writes", () => {
  const phases: Record<string, Phase> = {};

  beforeAll(async () => {
    const empty = new FaultProject({ "main.js": sweepProgram });
    await makeLoadBalancer(empty);
    expect(await empty.cli(["synth"], { STATE: "first" })).toMatchObject({ exitCode: 0 });
    const [create, created] = await measure(empty, deploy);
    expect(await created.cli(["synth"], { STATE: "second" })).toMatchObject({ exitCode: 0 });
    const [change, changed] = await measure(created, deploy);
    const [remove] = await measure(changed, destroy);
    Object.assign(phases, { create, change, remove });
  });

  test("the program creates, updates, replaces in both orders and deletes", () => {
    const writes = (name: string) =>
      new Set(phases[name]?.expected.writes.map((write) => write.split(" ")[0]));
    for (const action of [
      "CreateFunction",
      "PublishVersion",
      "PublishLayerVersion",
      "CreateAlias",
      "CreateTrigger",
    ]) {
      expect(writes("create")).toContain(`scf.${action}`);
    }
    for (const action of [
      "UpdateFunctionCode",
      "UpdateAlias",
      "DeleteFunction",
      "CreateFunction",
      "PublishVersion",
    ]) {
      expect(writes("change")).toContain(`scf.${action}`);
    }
    for (const action of ["scf.DeleteFunction", "clb.DeleteListener", "cam.DeletePolicy", "cam.DeleteRole"]) {
      expect(writes("remove")).toContain(action);
    }
  });

  test("points are passed before, in the middle of and after every write of the journal, and around every call", () => {
    for (const { points: names } of Object.values(phases)) {
      for (const name of [
        /^torn writeSync journal/,
        /^after writeSync journal/,
        /^after fdatasync journal/,
      ]) {
        expect(names.filter((point) => name.test(point)).length).toBeGreaterThan(10);
      }
      expect(names).toEqual(
        expect.arrayContaining([
          expect.stringMatching(/^before scf\./),
          expect.stringMatching(/^after scf\./),
        ]),
      );
    }
  });

  test.each(["create", "change", "remove"])(
    "killed in the phase %s",
    async (name) => {
      const phase = phases[name] as Phase;
      const all = distinctPoints(phase.points);
      const only = process.env["FAULTS_POINT"];
      const chosen =
        only !== undefined
          ? all.filter(({ number }) => number === Number(only))
          : sample(all, points === "all" ? all.length : Number(points), seed);
      const failures: string[] = [];
      let missed = 0;
      await atOnce(chosen, jobs, async (point) => {
        const problems = await killAt(phase, point.number, points !== "all" || point.number % 5 === 0);
        if (problems === "not reached") missed++;
        else if (problems.length > 0)
          failures.push(`killed at ${point.number} (${point.name}):\n  ${problems.join("\n  ")}`);
      });
      expect(failures.sort().join("\n")).toBe("");
      // How often something is asked for that takes its time differs a little from run to run.
      expect(missed).toBeLessThanOrEqual(Math.max(1, chosen.length / 20));
    },
    3_600_000,
  );
});
