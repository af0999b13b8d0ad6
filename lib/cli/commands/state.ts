import { ScfError } from "../../model/error";
import type { State } from "../../reconciler/state";
import type { Project } from "../project";
import { stateOf } from "../reconciliation";
import { recordedStacks } from "../recorded-stacks";
import { renderValue } from "../render/value";
import { chooseNames, deployed } from "../stacks";
import type { Terminal } from "../terminal";

export function listState(project: Project, terminal: Terminal, wanted: readonly string[]): number {
  const recorded = recordedStacks(project);
  const names = wanted.length === 0 ? recorded : chooseNames(recorded, wanted, deployed);
  const rows = names.flatMap((name) => {
    const state = stateOf(project, name);
    return state ? entriesOf(state) : [];
  });
  if (terminal.json) {
    terminal.data({ resources: rows });
    return 0;
  }
  if (rows.length === 0) terminal.say("Nothing is recorded here: nothing was deployed from this folder.");
  const width = Math.max(0, ...rows.map(({ address }) => address.length));
  for (const { address, kind, note } of rows) {
    const said = note === undefined ? "" : terminal.style.yellow(`  ${note}`);
    terminal.say(`${address.padEnd(width)}  ${terminal.style.dim(kind)}${said}`);
  }
  return 0;
}

export function showState(project: Project, terminal: Terminal, address: string): number {
  const stack = address.split("/", 1)[0] ?? "";
  const state = recordedStacks(project).includes(stack) ? stateOf(project, stack) : undefined;
  const resource = state?.resources[address];
  if (!resource) {
    throw new ScfError("ADDRESS_UNKNOWN", `Nothing is recorded at ${address}.`, {
      fix: "`cdktf-scf state list` prints the addresses that are.",
    });
  }
  if (terminal.json) {
    terminal.data({ address, ...resource });
    return 0;
  }
  const { style } = terminal;
  terminal.say(`${style.bold(address)}  ${style.dim(`${resource.kind}, generation ${resource.generation}`)}`);
  const section = (
    title: string,
    values: Readonly<Record<string, Parameters<typeof renderValue>[0]>>,
  ): void => {
    const names = Object.keys(values).sort();
    if (names.length === 0) return;
    terminal.say(`  ${title}`);
    for (const name of names) terminal.say(`    ${name}: ${renderValue(values[name])}`);
  };
  section("properties", resource.properties);
  section("computed by the platform", resource.attributes);
  if (resource.lifecycle?.protect) terminal.say("  protected: neither deleted nor replaced");
  if (resource.lifecycle?.retain) {
    terminal.say("  retained: stays on the platform when it leaves the program or the stack is destroyed");
  }
  if (resource.dependencies.length > 0)
    terminal.say(`  refers to ${[...resource.dependencies].sort().join(", ")}`);
  return 0;
}

interface Entry {
  readonly address: string;
  readonly kind: string;
  readonly generation: number;
  readonly note?: string;
}

function entriesOf(state: State): Entry[] {
  const entries = new Map<string, Entry>();
  for (const [address, { kind, generation, lifecycle }] of Object.entries(state.resources)) {
    const said = [lifecycle?.protect ? "protected" : [], lifecycle?.retain ? "retained" : []].flat();
    entries.set(address, {
      address,
      kind,
      generation,
      ...(said.length > 0 ? { note: said.join(", ") } : {}),
    });
  }
  for (const [address, { kind, generation, operation }] of Object.entries(state.unfinished)) {
    entries.set(address, { address, kind, generation, note: `${operation} was interrupted` });
  }
  for (const [key, { kind, generation }] of Object.entries(state.leftovers ?? {})) {
    entries.set(key, { address: key, kind, generation, note: "replaced, to be deleted" });
  }
  return [...entries.values()].sort((left, right) => (left.address < right.address ? -1 : 1));
}
