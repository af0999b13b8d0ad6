import * as path from "node:path";
import { ScfError } from "../../model/error";
import type { StateMove } from "../../reconciler";
import type { State } from "../../reconciler/state";
import type { MoveContext, Ours, TerraformResource, TerraformState } from "../../terraform/moves";
import { approved } from "../approval";
import { chosenStacks } from "../chosen-stacks";
import type { Project, ProjectOverrides } from "../project";
import { stateOf } from "../reconciliation";
import { recordedStacks } from "../recorded-stacks";
import { keepSecretsOf, secretEnvironment } from "../secrets-in-use";
import { referredStacks } from "../stack-references";
import type { SynthesizedStack } from "../synthesis";
import type { Terminal } from "../terminal";
import { TerraformStateFile } from "../terraform-state-file";
import { modules } from "./lazy";

export interface StateMoveOptions extends ProjectOverrides {
  readonly autoApprove?: boolean;
  readonly skipSynth?: boolean;
}

/** Moves what is recorded of a stack to Terraform's state: written there first, then taken away here. */
export async function toTerraform(
  project: Project,
  terminal: Terminal,
  wanted: string | undefined,
  options: StateMoveOptions,
): Promise<number> {
  const stack = await theStack(project, terminal, wanted, options);
  const { name, plan, planFile } = stack;
  const recorded = stateOf(project, name);
  if (recorded?.terraform === "left") {
    terminal.say(`The resources of ${name} are in Terraform's state already.`);
    return tell(terminal, { stack: name, to: "terraform", resources: [] });
  }
  const addresses = Object.keys(recorded?.resources ?? {});
  if (!recorded || (addresses.length === 0 && recorded.terraform === undefined)) throw nothingRecorded(name);
  requireSettled(recorded);
  requireUnused(project, name);
  const { requireSamePlace } = modules.reconciler();
  requireSamePlace(name, recorded.provider, plan.provider);
  const salt = modules.stateMoves().providerSalt(name, path.dirname(planFile));
  showMove(terminal, addresses, name, "go to Terraform's state");
  if (!(await agreed(terminal, "to-terraform", name, options))) return 1;
  const file = new TerraformStateFile(path.dirname(planFile));
  const moved = await withMove(project, terminal, stack, "state to-terraform", undefined, async (move) => {
    requireSettled(move.state());
    return moveToTerraform(move, file, salt, contextOf(project, stack), terminal);
  });
  terminal.say(
    `Moved. \`cdktf deploy\` goes on from here; \`cdktf-scf state from-terraform ${name}\` brings it back.`,
  );
  return tell(terminal, { stack: name, to: "terraform", resources: moved });
}

/** Moves what Terraform's state has of a stack here: recorded here first, then taken away there. */
export async function fromTerraform(
  project: Project,
  terminal: Terminal,
  wanted: string | undefined,
  options: StateMoveOptions,
): Promise<number> {
  const stack = await theStack(project, terminal, wanted, options);
  const { name, plan, planFile } = stack;
  requireDependenciesHere(project, stack);
  const { parseTerraformState, oursIn, lineageOf } = modules.stateMoves();
  const file = new TerraformStateFile(path.dirname(planFile));
  const ours = oursIn(parseTerraformState(await file.pull()), plan);
  if (ours.size === 0 && stateOf(project, name)?.terraform === undefined) throw nothingInTerraform(name);
  showMove(terminal, [...ours.keys()], name, "come from Terraform's state");
  if (!(await agreed(terminal, "from-terraform", name, options))) return 1;
  const lineage = lineageOf(ours);
  const moved = await withMove(project, terminal, stack, "state from-terraform", lineage, (move) =>
    moveFromTerraform(move, file, contextOf(project, stack), terminal),
  );
  terminal.say(
    `Moved. \`cdktf-scf deploy\` goes on from here, and Terraform must not: with \`terraform: "reconciler"\` on its ` +
      `ScfProvider, \`cdktf deploy\` does as well. \`cdktf-scf state to-terraform ${name}\` brings it back.`,
  );
  return tell(terminal, { stack: name, to: "cdktf-scf", resources: moved });
}

async function moveToTerraform(
  move: StateMove,
  file: TerraformStateFile,
  salt: string,
  context: MoveContext,
  terminal: Terminal,
): Promise<readonly string[]> {
  const { isSameObject, nextTerraformState, oursIn, parseTerraformState, toTerraformResources } =
    modules.stateMoves();
  const state = move.state();
  const addresses = Object.keys(state.resources).sort();
  const before = parseTerraformState(await file.pull());
  const isThere = (there: TerraformState): boolean =>
    [...oursIn(there, context.plan)].some(([address, one]) => isSameObject(state, address, one));
  // Terraform takes a state as a whole. Since then it alone may have changed them.
  if (state.terraform !== undefined && isThere(before)) {
    await move.step("left");
    return addresses;
  }
  const { moved, notes } = toTerraformResources(state, salt, context);
  requireFree(before, moved.resources);
  for (const note of notes) terminal.warn(note);
  await move.step("leaving");
  try {
    await file.push(
      nextTerraformState(before, {
        resources: [...before.resources, ...moved.resources],
        outputs: { ...before.outputs, ...moved.outputs },
      }),
    );
  } catch (error) {
    // What Terraform has refused is not there, and nothing has to be taken up again.
    if (!isThere(parseTerraformState(await file.pull()))) await move.step(undefined);
    throw error;
  }
  await move.step("left");
  return addresses;
}

async function moveFromTerraform(
  move: StateMove,
  file: TerraformStateFile,
  context: MoveContext,
  terminal: Terminal,
): Promise<readonly string[]> {
  const { nextTerraformState, oursIn, parseTerraformState, toRecordedResources, withoutOurs } =
    modules.stateMoves();
  const before = parseTerraformState(await file.pull());
  const ours = oursIn(before, context.plan);
  const state = move.state();
  if (ours.size === 0) {
    await move.step(undefined);
    return Object.keys(state.resources).sort();
  }
  // What is on its way is newer there than here.
  if (state.terraform === undefined) requireAddressesFree(state, ours);
  const { moved, notes } = toRecordedResources(ours, state, context);
  for (const note of notes) terminal.warn(note);
  await move.arrive(moved);
  await file.push(nextTerraformState(before, withoutOurs(before, ours, context.plan)));
  await move.step(undefined);
  return [...ours.keys()].sort();
}

async function withMove<T>(
  project: Project,
  terminal: Terminal,
  { name, plan }: SynthesizedStack,
  purpose: string,
  lineage: string | undefined,
  work: (move: StateMove) => Promise<T>,
): Promise<T> {
  const move = modules.reconciler().openMove({
    directory: path.join(project.stateDirectory, name),
    stack: name,
    purpose,
    provider: plan.provider,
    lineage,
  });
  try {
    for (const warning of move.warnings) terminal.warn(warning);
    return await work(move);
  } finally {
    await move.close();
  }
}

function contextOf(project: Project, { plan }: SynthesizedStack): MoveContext {
  keepSecretsOf(plan);
  return { plan, environment: secretEnvironment, stateOf: (stack) => stateOf(project, stack) };
}

async function theStack(
  project: Project,
  terminal: Terminal,
  wanted: string | undefined,
  options: StateMoveOptions,
): Promise<SynthesizedStack> {
  const [stack, ...others] = await chosenStacks(
    project,
    terminal,
    wanted === undefined ? [] : [wanted],
    options,
  );
  if (stack && others.length === 0) return stack;
  throw new ScfError("STACK_AMBIGUOUS", `${wanted} stands for several stacks.`, {
    fix: "Move one after the other.",
  });
}

function showMove(terminal: Terminal, addresses: readonly string[], name: string, how: string): void {
  const { style } = terminal;
  for (const address of [...addresses].sort()) terminal.say(`  ${address}`);
  const what = addresses.length === 1 ? "1 resource" : `${addresses.length} resources`;
  terminal.say(`${style.bold(`${name}:`)} ${what} ${how}. Nothing changes on the platform.`);
}

async function agreed(
  terminal: Terminal,
  command: string,
  name: string,
  { autoApprove }: StateMoveOptions,
): Promise<boolean> {
  if (await approved(terminal, `state ${command}`, `Move ${name}?`, autoApprove)) return true;
  terminal.say("Nothing was changed.");
  return false;
}

interface MoveReport {
  readonly stack: string;
  readonly to: "terraform" | "cdktf-scf";
  readonly resources: readonly string[];
}

function tell(terminal: Terminal, moved: MoveReport): number {
  if (terminal.json) terminal.data({ moved });
  return 0;
}

/** What is not known for certain cannot be said to Terraform. */
function requireSettled({ stack, unfinished, leftovers = {} }: State): void {
  const open = [...Object.keys(unfinished), ...Object.keys(leftovers)].sort();
  if (open.length === 0) return;
  throw new ScfError(
    "STATE_UNFINISHED",
    `The last run of ${stack} was cut off: ${open.join(", ")} is left to do.`,
    {
      fix: `Run \`cdktf-scf deploy ${stack}\`, then this command again.`,
    },
  );
}

/** The bundled reconciler reads values of other stacks from what is recorded of them. */
function requireUnused(project: Project, name: string): void {
  const users = recordedStacks(project, { withContent: true }).filter(
    (other) => other !== name && referredStacks(project, other).includes(name),
  );
  if (users.length === 0) return;
  throw new ScfError("STACK_IN_USE", `${users.join(" and ")} refers to ${name}, and is recorded here.`, {
    fix: `Move first what refers to it: \`cdktf-scf state to-terraform ${users[0]}\`.`,
  });
}

function requireDependenciesHere(project: Project, { name, plan }: SynthesizedStack): void {
  const away = plan.dependsOnStacks.filter((other) => {
    const state = stateOf(project, other);
    return !state || state.terraform === "left";
  });
  if (away.length === 0) return;
  throw new ScfError(
    "STACK_DEPENDENCY",
    `${name} refers to ${away.join(" and ")}, which is not recorded here.`,
    {
      fix: `Move first what it refers to: \`cdktf-scf state from-terraform ${away[0]}\`.`,
    },
  );
}

/** @throws ScfError `ADDRESS_TAKEN` */
function requireFree(there: TerraformState, moved: readonly TerraformResource[]): void {
  const { addressOf } = modules.stateMoves();
  const taken = new Set(there.resources.filter(({ module }) => module === undefined).map(addressOf));
  const address = moved.map(addressOf).find((one) => taken.has(one));
  if (address === undefined) return;
  throw new ScfError("ADDRESS_TAKEN", `Terraform's state has a resource at ${address} already.`, {
    fix: `Take it out with \`terraform state rm ${address}\` if it is not meant, then run the command again.`,
  });
}

/** @throws ScfError `ADDRESS_TAKEN` */
function requireAddressesFree(state: State, ours: Ours): void {
  const { isSameObject } = modules.stateMoves();
  const taken = [...ours].find(
    ([address, one]) =>
      (address in state.resources || address in state.unfinished) && !isSameObject(state, address, one),
  );
  if (!taken) return;
  throw new ScfError("ADDRESS_TAKEN", `There is another resource recorded at ${taken[0]} already.`, {
    fix: `Forget it with \`cdktf-scf state rm ${taken[0]}\` if it is not meant, then run the command again.`,
  });
}

function nothingRecorded(name: string): ScfError {
  return new ScfError("STATE_MISSING", `Nothing is recorded of ${name}, so there is nothing to move.`, {
    fix: "`cdktf-scf state list` prints what is recorded of all stacks.",
  });
}

function nothingInTerraform(name: string): ScfError {
  return new ScfError(
    "STATE_MISSING",
    `Terraform's state has no resource of ${name}, so there is nothing to move.`,
    {
      fix: "`terraform state list` in the stack's folder prints what it has.",
    },
  );
}
