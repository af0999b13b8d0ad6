import { ScfError } from "../model/error";
import { stackOf } from "../model/stack-of";
import { isAtOrBelow, unknownTarget } from "../reconciler/targets";
import { closest } from "../rules/edit-distance";
import type { Project } from "./project";
import { stateOf } from "./reconciliation";
import type { SynthesizedStack } from "./synthesis";

/** The stacks that a command line means: those that it names, otherwise those that its targets are in. */
export function stacksMeant(wanted: readonly string[], targets: readonly string[]): readonly string[] {
  return wanted.length > 0 ? wanted : [...new Set(targets.map(stackOf))];
}

/**
 * The targets in each of the stacks that were chosen; undefined when everything is meant.
 *
 * @throws ScfError `TARGET_UNKNOWN` for one that leads nowhere, `TARGET_STACK` when stacks and targets do not fit together
 */
export function targetsByStack(
  project: Project,
  stacks: readonly SynthesizedStack[],
  targets: readonly string[],
): ReadonlyMap<string, readonly string[]> | undefined {
  if (targets.length === 0) return undefined;
  const byStack = new Map<string, string[]>(stacks.map(({ name }) => [name, []]));
  for (const target of targets) {
    const own = byStack.get(stackOf(target));
    if (!own) {
      throw new ScfError("TARGET_STACK", `The target ${target} is in none of the stacks that are named.`, {
        fix: `Name its stack as well, or no stack: those of the targets are taken then.`,
      });
    }
    own.push(target);
  }
  for (const stack of stacks) {
    const own = byStack.get(stack.name) ?? [];
    if (own.length === 0) {
      throw new ScfError("TARGET_STACK", `No target is in stack ${stack.name}.`, {
        fix: "Leave the stack out, or name an address in it with --target.",
      });
    }
    const known = knownAddresses(project, stack);
    for (const target of own) {
      if (known.some((address) => isAtOrBelow(address, target))) continue;
      throw unknownTarget(target, meant(target, known));
    }
  }
  return byStack;
}

function knownAddresses(project: Project, { name, plan }: SynthesizedStack): string[] {
  const state = stateOf(project, name);
  return [
    ...plan.resources.map(({ address }) => address),
    ...Object.keys(state?.resources ?? {}),
    ...Object.keys(state?.unfinished ?? {}),
    ...Object.values(state?.leftovers ?? {}).map(({ address }) => address),
  ];
}

/** What somebody probably meant: an address as deep as theirs, or else any. */
function meant(target: string, known: readonly string[]): string | undefined {
  const candidates = new Set(known.flatMap(withScopes));
  const depth = target.split("/").length;
  const asDeep = [...candidates].filter((address) => address.split("/").length === depth);
  return closest(target, asDeep) ?? closest(target, [...candidates]);
}

function withScopes(address: string): string[] {
  const segments = address.split("/");
  return segments.map((_, index) => segments.slice(0, index + 1).join("/"));
}
