import * as path from "node:path";
import { ScfError } from "../../model/error";
import type { State } from "../../reconciler/state";
import { approved } from "../approval";
import type { Project } from "../project";
import { stateOf } from "../reconciliation";
import { recordedStacks } from "../recorded-stacks";
import { readSynthesis } from "../synthesis";
import type { Terminal } from "../terminal";
import { modules } from "./lazy";

/** One resource of a state, or an earlier generation of it that is still to be deleted. */
interface Recorded {
  readonly stack: string;
  readonly address: string;
  readonly generation: number;
  readonly kind: string;
  readonly unfinished: boolean;
}

export async function forget(
  project: Project,
  terminal: Terminal,
  wanted: string,
  { autoApprove }: { readonly autoApprove?: boolean },
): Promise<number> {
  const { state, recorded } = find(project, wanted);
  const { stack, address, generation, kind, unfinished } = recorded;
  terminal.say(`${terminal.style.bold(wanted)}  ${terminal.style.dim(`${kind}, generation ${generation}`)}`);
  if (unfinished) {
    terminal.say(
      "An operation on it was interrupted: what that left on the platform is not looked for any more.",
    );
  }
  const dependents = dependentsOf(state, address);
  if (dependents.length > 0) terminal.say(`It is referred to by ${dependents.join(", ")}.`);
  terminal.say("The object stays on the platform as it is: nothing changes or deletes it any more.");
  if (!(await approved(terminal, "state rm", "Forget it?", autoApprove))) {
    terminal.say("Nothing was changed.");
    return 1;
  }
  const { editState, forgetting } = modules.reconciler();
  await edit(terminal, () =>
    editState({
      directory: path.join(project.stateDirectory, stack),
      stack,
      purpose: "state rm",
      entry: (fold) => forgetting(fold, address, generation),
    }),
  );
  terminal.say(`Forgotten. \`cdktf-scf import ${address} ID\` brings it back.`);
  if (terminal.json) terminal.data({ forgotten: { address, kind, generation } });
  return 0;
}

export async function move(project: Project, terminal: Terminal, from: string, to: string): Promise<number> {
  const { state, recorded } = find(project, from);
  const { stack, kind } = recorded;
  requireAddress(to, stack);
  if (!(to in state.resources)) requireSameKind(project, recorded, to);
  const { editState, moving } = modules.reconciler();
  await edit(terminal, () =>
    editState({
      directory: path.join(project.stateDirectory, stack),
      stack,
      purpose: "state mv",
      entry: (fold) => moving(fold, recorded.address, to),
    }),
  );
  terminal.say(`${recorded.address} is ${to} from now on. The object stays as it is on the platform.`);
  if (terminal.json) terminal.data({ moved: { from: recorded.address, to, kind } });
  return 0;
}

async function edit(terminal: Terminal, change: () => Promise<readonly string[]>): Promise<void> {
  for (const warning of await change()) terminal.warn(warning);
}

/** @throws ScfError `ADDRESS_UNKNOWN` */
function find(project: Project, wanted: string): { readonly state: State; readonly recorded: Recorded } {
  const stack = wanted.split("/", 1)[0] ?? "";
  const state = recordedStacks(project).includes(stack) ? stateOf(project, stack) : undefined;
  const leftover = state?.leftovers?.[wanted];
  const unfinished = state?.unfinished[wanted];
  const found = leftover ?? state?.resources[wanted] ?? unfinished;
  if (!state || !found) throw modules.reconciler().unknownAddress(wanted);
  const { kind, generation } = found;
  const address = leftover?.address ?? wanted;
  return { state, recorded: { stack, address, kind, generation, unfinished: unfinished !== undefined } };
}

function dependentsOf(state: State, address: string): string[] {
  return Object.entries(state.resources)
    .filter(([, { dependencies }]) => dependencies.includes(address))
    .map(([dependent]) => dependent)
    .sort();
}

function requireAddress(address: string, stack: string): void {
  const [first, ...rest] = address.split("/");
  const isPath = rest.length > 0 && rest.every((part) => part !== "") && !address.includes("#");
  if (!isPath) {
    throw new ScfError("ADDRESS_INVALID", `${address} is not an address.`, {
      fix: `Write the path of the construct, for example ${stack}/orders.`,
    });
  }
  if (first !== stack) {
    throw new ScfError("ADDRESS_INVALID", `${address} is in another stack than ${stack}.`, {
      fix: `A resource stays in its stack. To change it, \`cdktf-scf state rm\` it here and import it into ${first}.`,
    });
  }
}

/** An object of one kind under the address of another would be replaced by the next deploy. */
function requireSameKind(project: Project, { stack, kind }: Recorded, to: string): void {
  const declared = declaredKind(project, stack, to);
  if (declared === undefined || declared === kind) return;
  throw new ScfError("ADDRESS_TAKEN", `The program declares ${to} as ${declared}; this one is ${kind}.`, {
    fix: "Choose the address at which the program declares it.",
  });
}

/** What the last synthesis says; there may be none. */
function declaredKind(project: Project, stack: string, address: string): string | undefined {
  try {
    const plan = readSynthesis(project).stacks.find(({ name }) => name === stack)?.plan;
    return plan?.resources.find((resource) => resource.address === address)?.kind;
  } catch (error) {
    if (ScfError.is(error)) return undefined;
    throw error;
  }
}
