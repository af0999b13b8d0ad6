import * as scf from "cdktf-scf";
import { UnknownOutcomeError } from "../../lib/kinds/kind";
import { node } from "../constructs/app";
import { Project, type Program } from "./deployment";

const codeOf = (answer: number) => scf.Code.fromInline(`exports.main_handler = async () => ${answer};\n`);

/** A function with a layer, a version, an alias and settings of its own. */
function orders({ answer, memory }: { answer: number; memory: scf.MemoryMb }): Program {
  return (stack) => {
    const layer = new scf.Layer(stack, "deps", { code: codeOf(answer), compatibleRuntimes: [node.runtime] });
    const declared = new scf.Function(stack, "orders", {
      ...node,
      code: codeOf(answer),
      memory,
      layers: [layer],
      namespace: new scf.Namespace(stack, "sale"),
    });
    const live = declared.addAlias("live", { version: declared.currentVersion });
    live.addTrigger("nightly", scf.Trigger.timer({ schedule: scf.Schedule.cron("0 0 2 * * * *") }));
  };
}

const before = orders({ answer: 1, memory: 128 });
const after = orders({ answer: 2, memory: 256 });

/** Loses the answer to the first call of an action, after the platform has accepted it. */
function loseAnswerTo(project: Project, lost: string): void {
  const call = project.platform.call.bind(project.platform) as (...args: unknown[]) => Promise<unknown>;
  let isLost = false;
  jest.spyOn(project.platform, "call").mockImplementation((async (
    service: string,
    action: string,
    ...rest: unknown[]
  ) => {
    const answer = await call(service, action, ...rest);
    if (action !== lost || isLost) return answer;
    isLost = true;
    throw new UnknownOutcomeError({ service, action, message: "connection reset", sent: true });
  }) as never);
}

/** Writes that the platform has accepted, in order of their names: which of two independent ones comes first is chance. */
function accepted(project: Project): string[] {
  return project.platform
    .calls()
    .filter((call) => call.write && call.code === undefined)
    .map(({ action, resource }) => `${action} ${resource}`)
    .sort();
}

/** Looks often, so that work in the background need not take long to be under way still at the next look. */
const timing = { pollFirst: 10, pollMost: 50, lookAgain: [0, 25, 50] };

describe.each([0, 60])("with work in the background that takes %i ms", (delayMs) => {
  let undisturbed: { first: string[]; both: string[] };
  beforeAll(async () => {
    const project = new Project({ delayMs, timing });
    await project.deploy(before);
    const first = accepted(project);
    await project.deploy(after);
    undisturbed = { first, both: accepted(project) };
  });

  test.each([
    "CreateNamespace",
    "PublishLayerVersion",
    "CreateFunction",
    "PublishVersion",
    "CreateAlias",
    "CreateTrigger",
  ])("a lost answer to %s sends nothing twice", async (action) => {
    const project = new Project({ delayMs, timing });
    loseAnswerTo(project, action);
    await project.deploy(before);
    await project.deploy(before);
    expect(accepted(project)).toEqual(undisturbed.first);
  });

  test.each(["UpdateFunctionCode", "UpdateFunctionConfiguration", "UpdateAlias"])(
    "a lost answer to %s sends nothing twice",
    async (action) => {
      const project = new Project({ delayMs, timing });
      await project.deploy(before);
      loseAnswerTo(project, action);
      await project.deploy(after);
      await project.deploy(after);
      expect(accepted(project)).toEqual(undisturbed.both);
    },
  );
});
