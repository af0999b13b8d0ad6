import { ScfError } from "../model/error";
import { orderNames } from "../model/stack-order";
import type { SynthesizedStack } from "./synthesis";

interface Place {
  /** Where the stacks are, in a sentence. */
  readonly where: string;
  /** What to do when there is none. */
  readonly none: string;
}

export const inProgram: Place = {
  where: "with functions in the program",
  none: "Give one of its stacks an ScfProvider; `cdktf deploy` deploys the others.",
};
export const deployed: Place = {
  where: "deployed from here",
  none: "`cdktf-scf deploy` deploys those of the program.",
};

/**
 * The stacks that a command line names. `*` stands for any text. Without a name the only stack is taken.
 *
 * @throws ScfError `STACK_UNKNOWN`, `STACK_AMBIGUOUS` or `STACK_NONE`
 */
export function chooseNames(
  known: readonly string[],
  wanted: readonly string[],
  { where, none }: Place,
): string[] {
  const there = [...known].sort();
  if (there.length === 0) {
    throw new ScfError("STACK_NONE", `There is no stack ${where}.`, { fix: none });
  }
  if (wanted.length === 0) {
    if (there.length === 1) return there;
    throw new ScfError("STACK_AMBIGUOUS", `There are ${there.length} stacks ${where}: ${there.join(", ")}.`, {
      fix: "Name the ones you mean, or '*' for all of them.",
    });
  }
  const chosen = new Set<string>();
  for (const pattern of wanted) {
    const matching = there.filter((name) => matches(name, pattern));
    if (matching.length === 0) {
      throw new ScfError("STACK_UNKNOWN", `There is no stack ${pattern} ${where}.`, {
        fix: `The stacks are: ${there.join(", ")}.`,
      });
    }
    for (const name of matching) chosen.add(name);
  }
  return there.filter((name) => chosen.has(name));
}

function matches(name: string, pattern: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(name);
}

/** The stacks in an order in which each comes after those that it refers to. */
export function inDependencyOrder(stacks: readonly SynthesizedStack[]): SynthesizedStack[] {
  const byName = new Map(stacks.map((stack) => [stack.name, stack]));
  return orderNames(
    stacks.map((stack) => stack.name),
    (name) => byName.get(name)?.plan.dependsOnStacks ?? [],
  ).flatMap((name) => byName.get(name) ?? []);
}
